"""Names by which a person is called: Sutarmaji yang akrab disapa Midji."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from pantau.enricher.ner.engine import Mention

_CALLED: Final = re.compile(
    r",? (?:atau |yang |dan )?(?:(?:biasa|akrab|kerap|lebih|sering|populer) )*"
    r"(?:disapa|dipanggil|dikenal(?: sebagai| dengan(?: nama| sebutan| panggilan)?)?|sapaan akrab)"
    r"(?: akrab)? [\"“'‘]?"
)
"""The text between a person's name and what the person is called."""
_LONGEST: Final = 48
"""Characters of that text."""


def find_nicknames(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """Yield each word by which a person is called, with the name before it.

    `mentions` are in order, without overlaps.
    """
    for one, called in pairwise(mentions):
        if (
            one.type == called.type == "person"
            and len(" disapa ") <= called.start - one.end <= _LONGEST
            and _CALLED.fullmatch(text, one.end, called.start) is not None
        ):
            word = text[called.start : called.end]
            if " " not in word:
                yield word, text[one.start : one.end]
