"""The rules of word breaking as regular expressions, over any alphabet of `word_break`.

Unicode's UAX #29 (WB4 to WB13b), with Lucene's own additions. Text of Latin letters is matched
directly. Other text is first translated to `Kinds`: every character becomes one that represents all
characters of the same tables, so that the expressions stay small (compiled over Unicode itself they
take half a second).
"""

from bisect import bisect_right
from typing import Final, Protocol

from pantau.query.text import word_break as tables

_QUOTE: Final = "27"
_DOUBLE: Final = "22"
_ZWJ: Final = "200D"
_TEXT_STYLE: Final = "FE0E"
_PICTURE_STYLE: Final = "FE0F"
_KEY: Final = "23 2A 30-39"
_KEY_CAP: Final = "20E3"
_TAG: Final = "E0020-E007E"
_TAG_END: Final = "E007F"
_FIRST_KIND: Final = 0x80

Ranges = list[tuple[int, int]]


def ranges_of(table: str) -> Ranges:
    """Parse a table of hexadecimal code points and ranges."""
    pairs = (part.partition("-") for part in table.split())
    return [(int(first, 16), int(last or first, 16)) for first, _, last in pairs]


class Alphabet(Protocol):
    """Formats a table as the inside of a character class.

    Empty if it has none of its characters.
    """

    def inside(self, table: str, without: str = "") -> str:
        """Return the characters of a table that are not in `without`."""


class Latin:
    """Characters up to `highest` and the curly apostrophes, unchanged.

    `without` is not needed here.
    """

    def __init__(self, highest: int) -> None:
        self._parts = [(0, highest)] if highest < 0x80 else [(0, highest), (0x2018, 0x2019)]

    def inside(self, table: str, without: str = "") -> str:
        """Return the part of a table that is in this alphabet."""
        del without
        return "".join(
            f"\\u{max(low, first):04x}-\\u{min(high, last):04x}"
            for low, high in ranges_of(table)
            for first, last in self._parts
            if max(low, first) <= min(high, last)
        )


class Kinds(dict[int, int]):
    """A table for `str.translate`: each character becomes its kind.

    Filled lazily.
    """

    _TABLES: Final = (
        tables.LETTER,
        tables.HEBREW,
        tables.NUMERIC,
        tables.KATAKANA,
        tables.EXTEND_NUM_LET,
        tables.EXTEND,
        tables.MID_LETTER,
        tables.MID_NUM,
        tables.SOUTH_EAST_ASIAN,
        tables.HAN,
        tables.HIRAGANA,
        tables.PICTURE,
        tables.MODIFIER,
        tables.FLAG,
        _QUOTE,
        _DOUBLE,
        _ZWJ,
        _TEXT_STYLE,
        _PICTURE_STYLE,
        _KEY,
        _KEY_CAP,
        _TAG,
        _TAG_END,
    )

    def __init__(self) -> None:
        super().__init__()
        steps: dict[int, int] = {0: 0}
        for number, table in enumerate(self._TABLES):
            for low, high in ranges_of(table):
                steps[low] = steps.get(low, 0) ^ 1 << number
                steps[high + 1] = steps.get(high + 1, 0) ^ 1 << number
        self._borders = sorted(steps)
        self._kinds: list[int] = []
        self._of_tables: dict[int, int] = {}
        held = 0
        for border in self._borders:
            held ^= steps[border]
            self._kinds.append(self._of_tables.setdefault(held, _FIRST_KIND + len(self._of_tables)))

    def __missing__(self, point: int) -> int:
        kind = self[point] = self._kinds[bisect_right(self._borders, point) - 1]
        return kind

    def inside(self, table: str, without: str = "") -> str:
        """Return the kinds of a table that are in none of the tables that `without` names."""
        return self.of_all([table], without)

    def of_all(self, wanted: list[str], without: str = "") -> str:
        """Return the kinds that are in all of the tables `wanted`."""
        needed = sum(1 << self._TABLES.index(table) for table in wanted)
        refused = sum(1 << self._TABLES.index(table) for table in without.split())
        return "".join(
            f"\\x{kind:02x}"
            for held, kind in self._of_tables.items()
            if held & needed == needed and not held & refused
        )


def _either(*classes: str) -> str:
    inside = "".join(classes)
    return f"[{inside}]" if inside else "(?!)"


def word(alphabet: Alphabet) -> str:
    """Build the rule for words and numbers; see Lucene's grammar for the order."""
    inside = alphabet.inside
    letter, number = inside(tables.LETTER), inside(tables.NUMERIC)
    hebrew, katakana = inside(tables.HEBREW), inside(tables.KATAKANA)
    joiner, extend = inside(tables.EXTEND_NUM_LET), inside(tables.EXTEND)
    ex = f"{_either(extend)}*" if extend else ""
    mid_letter, mid_number = inside(tables.MID_LETTER), inside(tables.MID_NUM)
    joined = f"{_either(joiner)}{_either(joiner, extend)}*"
    letters = f"{_either(letter)}{_either(letter, extend)}*"
    numbers = f"{_either(number)}{_either(number, extend)}*"
    numeric = f"{numbers}(?:(?:(?:{joined})?|{_either(mid_number)}{ex}){numbers})*"
    if hebrew:
        # A Hebrew letter before ' or before " and another one forms a unit of its own.
        quote, double = _either(inside(_QUOTE)), _either(inside(_DOUBLE))
        quoted = f"{_either(hebrew)}{ex}(?:{quote}{ex}|{double}{ex}{_either(hebrew)}{ex})"
        letter = f"{_either(hebrew)}{ex}"
        plain = f"(?!{letter}(?:{quote}|{double}{ex}{_either(hebrew)})){letter}"
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


def plain_word(alphabet: Alphabet) -> str:
    """Build the rule for letters that nothing can join to what follows.

    Covers most words, and is faster.
    """
    inside = alphabet.inside
    following = _either(
        inside(tables.LETTER),
        inside(tables.NUMERIC),
        inside(tables.EXTEND_NUM_LET),
        inside(tables.MID_LETTER),
    )
    return f"{_either(inside(tables.LETTER))}++(?!{following})"


def emoji(alphabet: Alphabet) -> str:
    """Build the rule for emoji: sequences of UTS #51, key caps, flags.

    U+FE0E and U+FE0F only where it says.
    """
    inside = alphabet.inside
    extends = f"{_either(inside(tables.EXTEND))}*"
    picture, modifier = _either(inside(tables.PICTURE)), _either(inside(tables.MODIFIER))
    joiner, style, key_cap = (
        _either(inside(_ZWJ)),
        _either(inside(_PICTURE_STYLE)),
        _either(inside(_KEY_CAP)),
    )
    plain = _either(inside(tables.EXTEND, f"{_ZWJ} {_TEXT_STYLE} {_PICTURE_STYLE}"))
    ex = f"(?:{plain}|{joiner}(?!{joiner}*{picture}))*"
    one = f"(?:{joiner}*{picture}{ex}{style}?|{modifier}{ex})"
    anything = f"{_either(inside(tables.EXTEND, f'{_TEXT_STYLE} {_PICTURE_STYLE}'))}*"
    key = f"{_either(inside(_KEY))}{anything}{style}?{key_cap}{anything}"
    region = f"{_either(inside(tables.FLAG))}{extends}"
    tags = f"{_either(inside(_TAG))}+{_either(inside(_TAG_END))}"
    return f"{one}(?:{tags}|(?:{joiner}{one})*)|{key}|{region}{region}"


def other(alphabet: Alphabet) -> str:
    """Build the rules for South-East Asian runs and for single Han and Hiragana characters."""
    inside = alphabet.inside
    extend, run = inside(tables.EXTEND), inside(tables.SOUTH_EAST_ASIAN)
    single = _either(inside(tables.HAN), inside(tables.HIRAGANA))
    return f"{_either(run)}{_either(run, extend)}*|{single}{_either(extend)}*"


def idle(kinds: Kinds) -> str:
    """Build the rule for runs of characters that only continue a word and never begin or end one.

    Some marks of South-East Asian scripts are excluded: a token can begin with them.
    """
    signs = _either(
        kinds.inside(tables.EXTEND_NUM_LET), kinds.inside(tables.EXTEND, tables.MODIFIER)
    )
    return f"(?:(?!{_either(kinds.inside(tables.SOUTH_EAST_ASIAN))}){signs})*+"


def unusual(kinds: Kinds) -> tuple[str, str, str]:
    """Build the rules for text that needs every rule tried at every position.

    Letters that are emoji too, joiners, long runs of them.
    """
    letters = (tables.LETTER, tables.HAN, tables.KATAKANA, tables.SOUTH_EAST_ASIAN)
    both = "".join(kinds.of_all([tables.PICTURE, table]) for table in letters)
    marks = _either(both, kinds.inside(_ZWJ), kinds.inside(_KEY_CAP))
    joiner, extend = kinds.inside(tables.EXTEND_NUM_LET), kinds.inside(tables.EXTEND)
    return marks, f"{_either(joiner, extend)}{{50}}", f"{_either(extend)}{{20}}"
