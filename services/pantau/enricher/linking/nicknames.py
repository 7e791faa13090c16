"""Names by which a person is called: Sutarmaji yang akrab disapa Midji."""

import re
from collections.abc import Iterable, Iterator, Sequence
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
        elif word.isupper() and 1 < len(word) <= _MOST_INITIALS:
            full = (text[one.start : one.end] for one in mentions if one.type == "person")
            name = initialled(word, full)
            if name is not None:
                yield word, name


def initialled(short: str, names: Iterable[str]) -> str | None:
    """Return the only one of some names whose words begin with these letters, if there is one."""
    found = {name for name in names if " " in name and _begins(short, name)}
    return found.pop() if len(found) == 1 else None


def _begins(short: str, name: str) -> bool:
    """Return whether all words of a name, or all but the first, begin with these letters."""
    letters = "".join(word[0] for word in name.split(" ") if word)
    return letters == short or (letters[1:] == short and len(short) > 1)


def _is_other_called(text: str, called: Mention) -> bool:
    """Return whether a name is what a person is called whom other words stand for before it."""
    if not text.endswith((" disapa ", " dipanggil ", " nama "), 0, called.start):
        return False
    found = _OTHER_CALLED.search(text, max(0, called.start - _LONGEST_BEFORE), called.start)
    if found is None:
        return False
    low = found["who"].lower()
    return low in _OTHERS or bool(word_flags().get(low, 0) & OFFICE)
