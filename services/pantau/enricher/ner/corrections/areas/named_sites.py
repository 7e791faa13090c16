"""Sites after the word for their kind that an engine missed: Pelabuhan Sapeken, Candi Wailolong.

The word has a capital, and so has the name after it, which is no common word.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.common import is_affixed, is_common
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau.enricher.ner.corrections.spans import Words, with_free
from pantau.enricher.ner.engine import Mention

_HEADS: Final = frozenset(
    {
        "Pelabuhan", "Bandara", "Stasiun", "Terminal", "Pulau", "Gunung", "Sungai", "Danau",
        "Dusun", "Pantai", "Teluk", "Tanjung", "Selat", "Waduk", "Bendungan", "Jembatan", "Hutan",
        "Candi", "Stadion", "Kepulauan", "Perumahan", "Alun-alun", "Bukit",
        "Desa", "Gampong", "Nagari", "Kampung", "Bengawan", "Situ", "Telaga", "Curug", "Embung",
        "Rawa", "Bundaran", "Hospital", "Tasik", "Dukuh", "TPA", "TPST", "TPU", "Rusunawa",
    }
)  # fmt: skip
_TWO: Final = {"Air": "Terjun", "Taman": "Nasional"}
"""Kinds of two words."""
SITE_HEADS: Final = _HEADS.union(_TWO)
"""The first words of all kinds."""
_QUALITIES: Final = frozenset(
    {"lindung", "adat", "rakyat", "produksi", "konservasi", "bakau", "gantung", "layang", "ini"}
)
"""Words after a kind that narrow it and name nothing: Hutan Lindung."""
_LONGEST: Final = 3
"""Words of a name after its kind."""
_LEAST: Final = 3
"""Letters of the first of them."""
_DULL: Final = int(
    Flag.COMMON | Flag.NO_NAME | Flag.CALENDAR | Flag.CAPITAL | Flag.OFFICE | Flag.ORG_HEAD
    | Flag.PLACE_PREPOSITION | Flag.PLACE_HEAD | Flag.THING
)  # fmt: skip


def with_sites(words: Words, heads: Sequence[int], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with such sites where none is yet; `heads` are the tokens of a kind.

    What an engine took for a person or an organisation is the site: Candi Wailolong.
    """
    found = [
        words.mention(first, last, "place")
        for first, last in _ranges(words.tokens, heads, words.gazetteer)
    ]
    if not found:
        return mentions
    sites = {one.start: one.end for one in found}
    kept = [one for one in mentions if one.type == "place" or sites.get(one.start) != one.end]
    return with_free(len(words.passage.text), kept, found)


def _ranges(
    tokens: Sequence[str], heads: Sequence[int], gazetteer: Gazetteer
) -> Iterator[tuple[int, int]]:
    """Yield the first token of each site, and the one after it."""
    for at in heads:
        first = at + 1
        second = _TWO.get(tokens[at])
        if second is not None:
            if tokens[first : first + 1] != [second]:
                continue
            first += 1
        last = first
        while last < len(tokens) and last - first < _LONGEST and is_plain_name(tokens[last]):
            last += 1
        if last > first and len(tokens[first]) >= _LEAST:
            whole = " ".join(tokens[first:last]).lower()
            known = gazetteer.get(whole)
            if known is None or known.type == "place":
                yield at, last


def is_plain_name(token: str) -> bool:
    """Return whether a word with a capital is no common one, and no word for a kind of sites."""
    low = token.lower()
    if not (token.istitle() and token.isalpha()) or low in _QUALITIES:
        return False
    if word_flags().get(low, 0) & _DULL:
        return False
    return not (is_common(low) or is_affixed(low))
