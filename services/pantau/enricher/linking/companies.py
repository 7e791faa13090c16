"""Companies that an article calls by the beginning of their name: Union Central, PT Praba."""

from collections.abc import Iterable
from typing import Final

from pantau.enricher.linking.legal_forms import without_legal_form

_LEAST_WORDS: Final = 2
"""Words of a beginning that means the company without a legal form before it."""

_COMMISSION: Final = "komisi "
"""The first word of a parliament's commission, whose parliament may be left out."""


def longer_names(names: Iterable[str]) -> dict[str, str]:
    """Return the names of companies that only one longer name in the article begins with.

    `names` are those of its organisations in lower case, and so are the results, without legal
    forms: `praba` is `praba indopersada` where the article has `PT Praba` and `PT Praba
    Indopersada`. Time grows with the number of names times its logarithm.
    """
    companies: set[str] = set()
    short: set[str] = set()
    whole: set[str] = set()
    for low in names:
        bare = without_legal_form(low)
        if bare != low or low.startswith(_COMMISSION):
            companies.add(bare)
            if not low.endswith(bare):
                whole.add(bare)  # Corp after a name ends it
            short.add(bare)
        elif bare.count(" ") + 1 >= _LEAST_WORDS:
            short.add(bare)
    if not companies:
        return {}
    names = sorted(companies)
    found: dict[str, str] = {}
    at = 0
    for name in sorted(short - whole):
        front = f"{name} "
        while at < len(names) and names[at] < front:
            at += 1
        longer = [one for one in names[at : at + 2] if one.startswith(front)]
        if len(longer) == 1:
            found[name] = longer[0]
    return found
