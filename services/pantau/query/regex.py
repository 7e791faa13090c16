r"""Lucene's regular expressions as automata: never by Python's `re`, so no expression can stall.

Operators: `| & ~ ? * + {n,m} [...] [^...] . @ # <n-m> "..."` and `\` before a sign; `\d \D \w \W \s \S` too.
`~a` is all but `a`, `@` any text, `#` none, `<1-12>` numbers. The whole word must match.

Here they are read; `derivatives` runs them.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from pantau.query.derivatives import (
    ALL,
    ANY,
    EMPTY,
    HIGHEST,
    MAX_STATES,
    NONE,
    Automaton,
    Expression,
    Ranges,
    chars,
    complement,
    concat,
    intersection,
    star,
    union,
)

MAX_LENGTH: Final = 1_000
"""Longest expression, in characters."""
MAX_REPEATS: Final = 64
"""Most repetitions in one expression: what keeps a state small."""


class RegexError(ValueError):
    """The text is no regular expression. `place` counts from its first character."""

    def __init__(self, place: int, expected: str) -> None:
        super().__init__(expected)
        self.place = place
        self.expected = expected


def read(pattern: str) -> tuple[Expression, list[Expression]]:
    """Read an expression into its normal form; give the operands of `| & ~`, too, which that may have lost.

    Raises RegexError; RecursionError where it is nested too deeply.
    """
    parser = _Parser(pattern)
    return parser.whole(), parser.operands


@lru_cache(maxsize=10_000)
def compiled(pattern: str) -> Callable[[str], bool]:
    """Give the test for an expression. Raises RegexError."""
    try:
        automaton = Automaton(read(pattern)[0])
        automaton.accepts("a0")  # what is nested too deeply shows here
    except RecursionError as error:
        raise RegexError(0, "an expression that is less deeply nested") from error
    return automaton.accepts


_DIGITS: Final = ((0x30, 0x39),)
_WORD: Final = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
_BLANK: Final = ((0x09, 0x0A), (0x0D, 0x0D), (0x20, 0x20))


def _all_but(ranges: Ranges) -> Ranges:
    found = []
    low = 0
    for first, last in sorted(ranges):
        if low < first:
            found.append((low, first - 1))
        low = max(low, last + 1)
    if low <= HIGHEST:
        found.append((low, HIGHEST))
    return tuple(found)


_CLASSES: Final = {
    "d": _DIGITS,
    "D": _all_but(_DIGITS),
    "w": _WORD,
    "W": _all_but(_WORD),
    "s": _BLANK,
    "S": _all_but(_BLANK),
}


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.depth = 0
        self.size = 0
        self.repeats = 0
        self.operands: list[Expression] = []

    def whole(self) -> Expression:
        if not self.text:
            return EMPTY
        found = self.union()
        if self.place < len(self.text):
            raise RegexError(self.place, "the end of the regular expression")
        return found

    def at(self, signs: str) -> bool:
        return self.place < len(self.text) and self.text[self.place] in signs

    def take(self, sign: str) -> bool:
        if self.text.startswith(sign, self.place):
            self.place += 1
            return True
        return False

    def char(self) -> int:
        self.take("\\")
        if self.place >= len(self.text):
            raise RegexError(self.place, "a character")
        self.place += 1
        return ord(self.text[self.place - 1])

    def union(self) -> Expression:
        self.depth += 1
        if self.depth > 50:
            raise RegexError(self.place, "at most 50 parentheses in one another")
        found = [self.both()]
        while self.take("|"):
            found.append(self.both())
        self.depth -= 1
        self.operands += found[1:] and found
        return union(*found)

    def both(self) -> Expression:
        found = [self.sequence()]
        while self.take("&"):
            found.append(self.sequence())
        self.operands += found[1:] and found
        return intersection(*found)

    def sequence(self) -> Expression:
        found = [self.repeated()]
        while self.place < len(self.text) and not self.at(")|") and not self.at("&"):
            found.append(self.repeated())
        joined = EMPTY
        for one in reversed(found):
            joined = concat(one, joined)
        return joined

    def repeated(self) -> Expression:
        found = self.negated()
        while self.at("?*+{"):
            self.repeats += 1
            if self.repeats > MAX_REPEATS:
                raise RegexError(self.place, f"at most {MAX_REPEATS} of the signs ? * + {{")
            if self.take("?"):
                found = union(found, EMPTY)
            elif self.take("*"):
                found = star(found)
            elif self.take("+"):
                found = concat(found, star(found))
            else:
                found = self.counted(found)
        return found

    def counted(self, one: Expression) -> Expression:
        self.take("{")
        low = self.number()
        high: int | None = low
        if self.take(","):
            high = self.number() if self.at("0123456789") else None
        if not self.take("}"):
            raise RegexError(self.place, "a closing }")
        if low > MAX_LENGTH or (high is not None and (high > MAX_LENGTH or high < low)):
            raise RegexError(self.place, f"a number of times from low to high, at most {MAX_LENGTH}")
        found = star(one) if high is None else EMPTY
        self.size = (self.size or 1) * max(1, high or low)
        if self.size > MAX_STATES:
            raise RegexError(self.place, f"an expression of at most {MAX_STATES} states")
        for _ in range(0 if high is None else high - low):
            found = union(EMPTY, concat(one, found))
        for _ in range(low):
            found = concat(one, found)
        return found

    def number(self) -> int:
        start = self.place
        while self.at("0123456789"):
            self.place += 1
        if start == self.place:
            raise RegexError(self.place, "a number")
        return int(self.text[start : self.place])

    def negated(self) -> Expression:
        signs = 0
        while self.take("~"):
            signs += 1
        found = self.simple()
        if signs:
            self.operands.append(found)
        return complement(found) if signs % 2 else found

    def simple(self) -> Expression:  # noqa: PLR0911 (one return a sign)
        if self.take("["):
            return self.char_class()
        if self.take("."):
            return ANY
        if self.take("#"):
            return NONE
        if self.take("@"):
            return ALL
        if self.take('"'):
            return self.quoted()
        if self.take("("):
            if self.take(")"):
                return EMPTY
            found = self.union()
            if not self.take(")"):
                raise RegexError(self.place, "a closing )")
            return found
        if self.take("<"):
            return self.interval()
        if self.at("\\") and self.text[self.place + 1 : self.place + 2] in _CLASSES:
            self.place += 2
            return chars(_CLASSES[self.text[self.place - 1]])
        if (
            self.at("\\")
            and self.text[self.place + 1 : self.place + 2].isalpha()
            and self.text[self.place + 1].isascii()
        ):
            raise RegexError(self.place, "one of \\d \\D \\w \\W \\s \\S, or \\ before a sign")
        code = self.char()
        return chars(((code, code),))

    def quoted(self) -> Expression:
        end = self.text.find('"', self.place)
        if end < 0:
            raise RegexError(self.place, 'a closing "')
        found = EMPTY
        for char in reversed(self.text[self.place : end]):
            found = concat(chars(((ord(char), ord(char)),)), found)
        self.place = end + 1
        return found

    def char_class(self) -> Expression:
        negative = self.take("^")
        ranges: list[tuple[int, int]] = []
        while True:
            if self.at("\\") and self.text[self.place + 1 : self.place + 2] in _CLASSES:
                self.place += 2
                ranges += _CLASSES[self.text[self.place - 1]]
            else:
                low = self.char()
                high = low
                if self.take("-"):
                    if self.at("]"):
                        ranges.append((0x2D, 0x2D))
                    else:
                        high = self.char()
                if low > high:
                    raise RegexError(self.place, "a range of characters from low to high")
                ranges.append((low, high))
            if self.place >= len(self.text) or self.at("]"):
                break
        if not self.take("]"):
            raise RegexError(self.place, "a closing ]")
        found = tuple(sorted(set(ranges)))
        return chars(_all_but(found) if negative else found)

    def interval(self) -> Expression:
        end = self.text.find(">", self.place)
        low, dash, high = self.text[self.place : max(end, 0)].partition("-")
        if (
            end < 0
            or not dash
            or not (low + high).isdecimal()
            or not low
            or not high
            or not (low + high).isascii()
        ):
            raise RegexError(self.place, "an interval of numbers such as <1-31>")
        self.place = end + 1
        first, last = sorted((int(low), int(high)))
        if last - first > MAX_STATES:
            raise RegexError(self.place, f"an interval of at most {MAX_STATES} numbers")
        if len(low) == len(high):
            return _between(*sorted((low, high)))
        sizes = range(len(str(first)), len(str(last)) + 1)  # of numbers without the zeros before them
        parts = [_between(str(max(first, 10 ** (size - 1))), str(min(last, 10**size - 1))) for size in sizes]
        if first == 0:
            parts.append(_between("0", str(min(last, 9))))
        return concat(star(chars(((0x30, 0x30),))), union(*parts))


def _between(low: str, high: str) -> Expression:
    """Write: a number from low to high, of as many digits as both have. Takes a few expressions a digit, not one a number."""
    rest = len(low) - 1
    if rest < 0:
        return EMPTY
    first, last = ord(low[0]), ord(high[0])
    if low == "0" * len(low) and high == "9" * len(low):
        return concat(chars(_DIGITS), _between(low[1:], high[1:]))
    if first == last:
        return concat(chars(((first, first),)), _between(low[1:], high[1:]))
    parts = [
        concat(chars(((first, first),)), _between(low[1:], "9" * rest)),
        concat(chars(((last, last),)), _between("0" * rest, high[1:])),
    ]
    if last - first > 1:
        parts.append(concat(chars(((first + 1, last - 1),)), _between("0" * rest, "9" * rest)))
    return union(*parts)
