"""Tokenization, equal to Elasticsearch's `standard` analyzer.

Lucene 10's StandardTokenizer, then lower case. The rules are those of Unicode's UAX #29 (see
`token_rules`) with Lucene's own additions: runs of South-East Asian letters are one token, Han and
Hiragana single ones, emoji sequences one, and tokens longer than 255 UTF-16 units are split. One
regular expression does it all; there is one for ASCII, one for Latin letters with the usual
punctuation, and one for all of Unicode, each compiled on first use.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pantau.query.text import token_rules

LIMIT: Final = 255
"""Maximum length of a token in UTF-16 units."""
_SAFE: Final = 127
"""Tokens up to this many code points fit the limit whatever they contain."""
_ASCII, _LATIN = 0x7F, 0x24F

Scan = tuple[list[str], list[int], list[int]]
"""Tokens with their starts and ends; a token's position is its index."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as indexed, and its code point range in the text."""

    text: str
    start: int
    end: int
    position: int


_OTHER: Final = re.compile(
    "[^\x00-\xa8\xaa-\xac\xaf-\u024f\u2010-\u2022\u2026\u2030-\u2033\u2039\u203a\u20a0-\u20bf]"
)
"""Anything but Latin, punctuation that always separates words, and curly apostrophes."""


@lru_cache(maxsize=2)
def _latin(highest: int) -> re.Pattern[str]:
    alphabet = token_rules.Latin(highest)
    return re.compile(f"{token_rules.plain_word(alphabet)}|{token_rules.word(alphabet)}")


class _Unicode:
    """The rules over kinds of characters: for text with more than Latin letters."""

    def __init__(self) -> None:
        self.kinds = token_rules.Kinds()
        rules = (
            token_rules.emoji(self.kinds),
            token_rules.word(self.kinds),
            token_rules.other(self.kinds),
        )
        self.rules = tuple(map(re.compile, rules))
        self.pattern = re.compile(f"{rules[1]}|{rules[0]}|{rules[2]}")
        self.idle = re.compile(token_rules.idle(self.kinds))
        self.unusual = tuple(map(re.compile, token_rules.unusual(self.kinds)))


@lru_cache(maxsize=1)
def _unicode() -> _Unicode:
    return _Unicode()


_LONG_JOIN: Final = "_" * 50
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


def lower(text: str) -> str:
    """Convert `text` to lower case as Java does, code point by code point.

    The length never changes.
    """
    if not text.isascii():
        text = text.replace("İ", "i").replace("Σ", "σ")
    return text.lower()


def units(text: str) -> int:
    """Return the number of UTF-16 units of a text, which is its length in Java."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def words(text: str) -> list[str]:
    """Return the tokens of a text, in order."""
    if _LONG_JOIN in text:  # before any rule is tried: endless joiners would take quadratic time
        return scan(text)[0]
    if text.isascii():
        found: list[str] = _latin(_ASCII).findall(text.lower())
    elif _OTHER.search(text) is None:
        joined = lower("\n".join(_latin(_LATIN).findall(text)))
        found = joined.split("\n") if joined else []
    else:
        return scan(text)[0]
    if found and max(map(len, found)) > _SAFE:
        return scan(text)[0]
    return found


def scan(text: str) -> Scan:
    """Return the tokens of a text with their starts and ends."""
    found = spans(text)
    lowered = lower(text)
    return (
        [lowered[start:end] for start, end in found],
        [start for start, _ in found],
        [end for _, end in found],
    )


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text."""
    return [
        Token(word, start, end, index)
        for index, (word, start, end) in enumerate(zip(*scan(text), strict=True))
    ]


def spans(text: str, known: list[str] | None = None) -> list[tuple[int, int]]:
    """Return the start and end of each token of a text; faster if its `words` are known."""
    if (text.isascii() or _OTHER.search(text) is None) and _LONG_JOIN not in text:
        if known is not None:
            return (
                _found(lower(text), known)
                if max(map(len, known), default=0) <= _SAFE
                else _careful_spans(text)
            )
        places = [
            found.span() for found in _latin(_ASCII if text.isascii() else _LATIN).finditer(text)
        ]
    else:
        rules = _unicode()
        kinds = text.translate(rules.kinds)
        # Combinations that one regular expression cannot express are rare and take the slow path.
        if any(pattern.search(kinds) for pattern in rules.unusual):
            return _careful_spans(text)
        places = [found.span() for found in rules.pattern.finditer(kinds)]
    if any(end - start > _SAFE for start, end in places):
        return _careful_spans(text)
    return places


def _found(lowered: str, known: list[str]) -> list[tuple[int, int]]:
    """Find each token after the one before.

    Between two Latin ones there is nothing with which a token can begin.
    """
    places = []
    find, end = lowered.find, 0
    for word in known:
        start = find(word, end)
        end = start + len(word)
        places.append((start, end))
    return places


def _careful_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans by trying every rule at every position, taking the longest match.

    Like a generated scanner with a buffer of 255 units.
    """
    spans: list[tuple[int, int]] = []
    rules = _unicode()
    kinds = text.translate(rules.kinds)
    place, size = 0, len(text)
    while place < size:
        limit = _units_end(text, place)
        end = max(
            (found.end() for rule in rules.rules if (found := rule.match(kinds, place, limit))),
            default=place,
        )
        if end > place:
            spans.append((place, end))
            place = end
        else:
            # If the whole buffer can only continue a word, and there is none, no rule needs a try.
            run = rules.idle.match(kinds, place)
            place = max(place + 1, run.end() - LIMIT if run else 0)
    return spans


def _units_end(text: str, place: int) -> int:
    """Return the end of 255 UTF-16 units from `place`."""
    end = min(place + LIMIT, len(text))
    piece = text[place:end]
    if not _ASTRAL.search(piece):
        return end
    units = 0
    for index, char in enumerate(piece):
        units += 2 if char > "\uffff" else 1
        if units > LIMIT:
            return place + index
    return end
