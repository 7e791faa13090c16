"""Names by which a person is called: Sutarmaji yang akrab disapa Midji."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import OFFICE

_CALLED: Final = re.compile(
    r",? (?:atau |yang |dan )?(?:(?:biasa|akrab|kerap|lebih|sering|populer) )*"
    r"(?:disapa|dipanggil|dikenal(?: sebagai| dengan(?: nama| sebutan| panggilan)?)?|sapaan akrab)"
    r"(?: akrab)? [\"“'‘]?"
)
"""The text between a person's name and what the person is called."""
_LONGEST: Final = 48
"""Characters of that text."""
_OTHER_CALLED: Final = re.compile(
    r"(?:\b(?P<who>[^\W\d_]+)) yang (?:(?:biasa|akrab|kerap|lebih|sering|populer) )+"
    r"(?:disapa|dipanggil|dikenal dengan nama) [\"“'‘]?\Z"
)
"""Words for a person whom the article has named before, and what this person is called."""
_OTHERS: Final = frozenset(
    {"wanita", "pria", "perempuan", "lelaki", "sosok", "tokoh", "politisi", "politikus", "figur"}
)
_LEAST_INITIALS: Final = 2
_MOST_INITIALS: Final = 4
"""Letters of initials by which a person is called: JK, BCL."""
_LONGEST_BEFORE: Final = 60
"""Characters before the name that are read."""


def find_nicknames(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Yield each word by which a person is called, with the name before it.

    `mentions` are in order, without overlaps. The name is directly before, or that of the person
    named last: `kata wanita yang akrab disapa Kiki`.
    """
    last: Mention | None = None
    known: Mapping[str, set[str]] | None = None
    for one, called in pairwise(mentions):
        if one.type == "person" and " " in text[one.start : one.end]:
            last = one
        if called.type != "person" or " " in (word := text[called.start : called.end]):
            continue
        # The length is tested first: it costs least, and is wrong for nearly all pairs.
        if (
            one.type == "person"
            and len(" disapa ") <= called.start - one.end <= _LONGEST
            and _CALLED.fullmatch(text, one.end, called.start) is not None
        ):
            yield word, text[one.start : one.end]
        elif last is not None and _is_other_called(text, called):
            yield word, text[last.start : last.end]
        elif word.isupper() and _LEAST_INITIALS <= len(word) <= _MOST_INITIALS:
            if known is None:
                known = by_initials(text[a:b] for a, b, kind in mentions if kind == "person")
            name = initialled(word, known)
            if name is not None:
                yield word, name


def by_initials(names: Iterable[str]) -> Mapping[str, set[str]]:
    """Return names of several words by the letters that their words begin with.

    Each is there by those of all its words but the first, too.
    """
    found: dict[str, set[str]] = {}
    for name in names:
        if " " in name:
            letters = "".join(word[0] for word in name.split(" ") if word)
            found.setdefault(letters, set()).add(name)
            if len(letters) > _LEAST_INITIALS:
                found.setdefault(letters[1:], set()).add(name)
    return found


def initialled(short: str, known: Mapping[str, set[str]]) -> str | None:
    """Return the only one of some names (see `by_initials`) that has these initials, if any."""
    found = known.get(short, ())
    return next(iter(found)) if len(found) == 1 else None


def _is_other_called(text: str, called: Mention) -> bool:
    """Return whether a name is what a person is called whom other words stand for before it."""
    if not text.endswith((" disapa ", " dipanggil ", " nama "), 0, called.start):
        return False
    found = _OTHER_CALLED.search(text, max(0, called.start - _LONGEST_BEFORE), called.start)
    if found is None:
        return False
    low = found["who"].lower()
    return low in _OTHERS or bool(word_flags().get(low, 0) & OFFICE)
