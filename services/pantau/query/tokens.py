"""Text to tokens, equal to Elasticsearch's `standard` analyzer: Lucene 10's StandardTokenizer, then lower case.

The rules are those of Unicode's UAX #29 (WB4 to WB13b) with Lucene's own additions: runs of South-East Asian
letters are one token, Han and Hiragana single ones, emoji sequences one, and what is longer than 255 UTF-16
units is cut. One regular expression does it all; three are compiled, since the classes of plain ASCII text are
several times quicker than those of all of Unicode.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pantau.query import word_break

LIMIT: Final = 255
"""Longest token, in UTF-16 units."""
_SAFE: Final = 127
"""Tokens up to this many code points fit the limit whatever they are made of."""
_ASCII, _BMP, _ALL = 0x7F, 0xFFFF, 0x10FFFF

Scan = tuple[list[str], list[int], list[int]]
"""Tokens with their starts and ends; a token's position is its index."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as indexed, and the code points of the text that it stands for."""

    text: str
    start: int
    end: int
    position: int


def _points(ranges: str) -> set[int]:
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def _class(ranges: str, highest: int, *, without: str = "") -> str:
    """Write a table as the inside of a character class, cut at `highest`; U+0000 to keep it from being empty."""
    left_out = _points(without)
    parts = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        low, high = int(first, 16), min(int(last or first, 16), highest)
        cuts = sorted(point for point in left_out if low <= point <= high)
        for cut in cuts:
            if low < cut:
                parts.append(f"\\U{low:08x}-\\U{cut - 1:08x}")
            low = cut + 1
        if low <= high:
            parts.append(f"\\U{low:08x}-\\U{high:08x}")
    return "".join(parts)


def _either(*classes: str) -> str:
    inside = "".join(classes)
    return f"[{inside}]" if inside else "(?!)"


def _word_pattern(highest: int) -> str:
    """Write the rule for words and numbers, as UAX #29 has it; see Lucene's grammar for the order of joining."""
    letter = _class(word_break.LETTER, highest)
    hebrew = _class(word_break.HEBREW, highest)
    number = _class(word_break.NUMERIC, highest)
    katakana = _class(word_break.KATAKANA, highest)
    joiner = _class(word_break.EXTEND_NUM_LET, highest)
    extend = _class(word_break.EXTEND, highest)
    ex = f"{_either(extend)}*" if extend else ""
    mid_letter, mid_number = _class(word_break.MID_LETTER, highest), _class(word_break.MID_NUM, highest)
    joined = f"{_either(joiner)}{_either(joiner, extend)}*"
    letters = f"{_either(letter)}{_either(letter, extend)}*"
    numbers = f"{_either(number)}{_either(number, extend)}*"
    numeric = f"{numbers}(?:(?:(?:{joined})?|{_either(mid_number)}{ex}){numbers})*"
    if hebrew:
        # A Hebrew letter before ' or before " and another one forms a unit of its own.
        quoted = f"{_either(hebrew)}{ex}(?:'{ex}|\"{ex}{_either(hebrew)}{ex})"
        plain = f"(?!{_either(hebrew)}{ex}(?:'|\"{ex}{_either(hebrew)})){_either(hebrew)}{ex}"
        alphabetic = (
            f"(?:{letters}|{plain})(?:(?:{joined})?(?:{letters}|{plain})"
            f"|{_either(mid_letter)}{ex}(?:{letters}|{_either(hebrew)}{ex}))*"
        )
        unit = f"(?:{alphabetic}|{numeric}|{quoted})+"
    else:
        alphabetic = f"{letters}(?:(?:{joined}|{_either(mid_letter)}{ex}){letters})*"
        unit = f"(?:{alphabetic}|{numeric})+"
    if katakana:
        run = f"{_either(katakana)}{_either(katakana, extend)}*"
        unit = f"(?:{unit}|{run}(?:{joined}{run})*)"
    return f"(?:{joined})?{unit}(?:{joined}{unit})*(?:{joined})?"


def _emoji_pattern(highest: int) -> str:
    """Write the rule for emoji: sequences of UTS #51, key caps, flags. U+FE0E and U+FE0F only where it says."""
    picture = _either(_class(word_break.PICTURE, highest))
    modifier = _either(_class(word_break.MODIFIER, highest))
    plain = _either(_class(word_break.EXTEND, highest, without="200D FE0E FE0F"))
    ex = f"(?:{plain}|\u200d(?!\u200d*{picture}))*"
    one = f"(?:\u200d*{picture}{ex}\ufe0f?|{modifier}{ex})"
    anything = f"{_either(_class(word_break.EXTEND, highest, without='FE0E FE0F'))}*"
    key_cap = f"[#*0-9]{anything}\ufe0f?\u20e3{anything}"
    flag = ""
    if highest > _BMP:
        region = f"{_either(_class(word_break.FLAG, highest))}{_either(_class(word_break.EXTEND, highest))}*"
        flag = f"|{region}{region}"
    tags = "[\U000e0020-\U000e007e]+\U000e007f"
    return f"{one}(?:{tags}|(?:\u200d{one})*)|{key_cap}{flag}"


def _other_pattern(highest: int) -> str:
    """Write the rules for runs of South-East Asian letters and for single Han and Hiragana characters."""
    extend = _class(word_break.EXTEND, highest)
    run = _class(word_break.SOUTH_EAST_ASIAN, highest)
    single = _either(_class(word_break.HAN, highest), _class(word_break.HIRAGANA, highest))
    return f"{_either(run)}{_either(run, extend)}*|{single}{_either(extend)}*"


@lru_cache(maxsize=3)
def _pattern(highest: int) -> re.Pattern[str]:
    if highest == _ASCII:
        return re.compile(_word_pattern(highest))
    return re.compile(f"{_word_pattern(highest)}|{_emoji_pattern(highest)}|{_other_pattern(highest)}")


@lru_cache(maxsize=1)
def _careful_patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(pattern) for pattern in (_emoji_pattern(_ALL), _word_pattern(_ALL), _other_pattern(_ALL))
    )


@lru_cache(maxsize=1)
def _unusual() -> re.Pattern[str]:
    """Find what needs every rule tried at every place: letters that are emoji too, joiners, long runs of them."""
    both = _points(word_break.PICTURE) & (_points(word_break.LETTER) | _points(word_break.HAN))
    both |= _points(word_break.PICTURE) & (
        _points(word_break.KATAKANA) | _points(word_break.SOUTH_EAST_ASIAN)
    )
    marks = "".join(f"\\U{point:08x}" for point in sorted(both))
    joiner = _either(_class(word_break.EXTEND_NUM_LET, _ALL))
    return re.compile(
        f"[{marks}\u200d\u20e3]|{joiner}{{50}}|{_either(_class(word_break.EXTEND, _ALL))}{{20}}"
    )


_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


def lower(text: str) -> str:
    """Write `text` in lower case as Java does it, code point by code point: the length never changes."""
    if not text.isascii():
        text = text.replace("İ", "i").replace("Σ", "σ")
    return text.lower()


def words(text: str) -> list[str]:
    """Give the tokens of a text, in order."""
    if text.isascii():
        found: list[str] = _pattern(_ASCII).findall(text.lower())
        careful = "_" in text and "_" * 50 in text
    elif _unusual().search(text):
        return scan(text)[0]
    else:
        pattern = _pattern(_ALL if _ASTRAL.search(text) else _BMP)
        found = lower("\n".join(pattern.findall(text))).split("\n")
        if found == [""]:
            return []
        careful = False
    if careful or (found and max(map(len, found)) > _SAFE):
        return scan(text)[0]
    return found


def scan(text: str) -> Scan:
    """Give the tokens of a text with where each starts and ends."""
    spans = _spans(text)
    lowered = lower(text)
    return (
        [lowered[start:end] for start, end in spans],
        [start for start, _ in spans],
        [end for _, end in spans],
    )


def tokenize(text: str) -> list[Token]:
    """Give the tokens of a text."""
    return [
        Token(word, start, end, index)
        for index, (word, start, end) in enumerate(zip(*scan(text), strict=True))
    ]


def _spans(text: str) -> list[tuple[int, int]]:
    if text.isascii():
        if "_" * 50 in text:
            return _careful_spans(text)
        pattern = _pattern(_ASCII)
    elif _unusual().search(text):
        return _careful_spans(text)
    else:
        pattern = _pattern(_ALL if _ASTRAL.search(text) else _BMP)
    spans = [match.span() for match in pattern.finditer(text)]
    if any(end - start > _SAFE for start, end in spans):
        return _careful_spans(text)
    return spans


def _careful_spans(text: str) -> list[tuple[int, int]]:
    """Try every rule at every place and take the longest, as a generated scanner with a buffer of 255 units does."""
    spans: list[tuple[int, int]] = []
    place, size = 0, len(text)
    while place < size:
        limit = _units_end(text, place)
        end = max(
            (found.end() for rule in _careful_patterns() if (found := rule.match(text, place, limit))),
            default=place,
        )
        if end > place:
            spans.append((place, end))
            place = end
        else:
            place += 1
    return spans


def _units_end(text: str, place: int) -> int:
    """Give how far 255 UTF-16 units from `place` reach."""
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
