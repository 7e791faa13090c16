r"""Lucene's regular expressions as automata: never by Python's `re`, so none can stall.

Operators: `| & ~ ? * + {n,m} [...] [^...] . @ # <n-m> "..."` and `\` before a sign; `\d \D \w \W \s
\S` too. `~a` is anything but `a`, `@` any text, `#` none, `<1-12>` numbers. The whole word must
match.

This module parses; `automaton` builds, `determinize` checks that Elasticsearch accepts them,
`runner` executes.
"""

from functools import lru_cache
from typing import Final

from pantau.query.automata import automaton
from pantau.query.automata.automaton import ALL, EMPTY, HIGHEST, NONE, Nfa, Ranges, TooLargeError
from pantau.query.automata.determinize import explore
from pantau.query.automata.numbers import numbers
from pantau.query.automata.runner import Runner

MAX_LENGTH: Final = 1_000
"""Maximum length of an expression in characters."""
MAX_STATES: Final = 10_000
"""Maximum number of states of an automaton, before determinization."""
MAX_COST: Final = 250_000
"""Maximum total cost of the expressions of one query.

A single one stays below that.
"""
_MOST_WORK: Final = 300_000
"""Maximum number of intermediate states and transitions."""
_LONGEST_NUMBER: Final = 50
_HIGHEST_NUMBER: Final = 2**31 - 1
_SIMPLER: Final = (
    "lower counts in { }, fewer .* and alternatives: it needs more states than Elasticsearch allows"
)


class RegexError(ValueError):
    """The text is not a regular expression. `place` counts from its first character."""

    def __init__(self, place: int, expected: str) -> None:
        super().__init__(expected)
        self.place = place
        self.expected = expected


def compiled(pattern: str) -> Runner:
    """Compile an expression.

    Raises RegexError, also if Elasticsearch rejects it as too complex.
    """
    outcome = _outcome(pattern)
    if isinstance(outcome, Runner):
        return outcome
    raise RegexError(*outcome)


@lru_cache(maxsize=1_000)
def _outcome(pattern: str) -> Runner | tuple[int, str]:
    """Return what an expression compiles to, or the place and the words of its error.

    Errors are kept, too: what is too complex takes longest to see, and a query with a fault is
    read again after each step of a repair.
    """
    parser = _RegexParser(pattern)
    try:
        nfa = parser.whole()
        return Runner(nfa, explore(nfa))
    except RegexError as error:
        return error.place, error.expected
    except TooLargeError:
        return 0, _SIMPLER
    except RecursionError:
        return 0, "an expression that is less deeply nested"


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


class _RegexParser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.depth = 0
        self.work = 0

    def made(self, one: Nfa) -> Nfa:
        """Return the result of an operation, unless the total work exceeds the limit."""
        self.work += one.size
        if self.work > _MOST_WORK or len(one.rows) > MAX_STATES + 1:
            raise TooLargeError
        return one

    def whole(self) -> Nfa:
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

    def union(self) -> Nfa:
        self.depth += 1
        if self.depth > 50:
            raise RegexError(self.place, "at most 50 parentheses in one another")
        found = [self.both()]
        while self.take("|"):
            found.append(self.both())
        self.depth -= 1
        return found[0] if len(found) == 1 else self.made(automaton.union(found))

    def both(self) -> Nfa:
        found = self.sequence()
        while self.take("&"):
            found = self.made(automaton.intersection(found, self.sequence()))
        return found

    def sequence(self) -> Nfa:
        found = [self.repeated()]
        while self.place < len(self.text) and not self.at(")|&"):
            found.append(self.repeated())
        return found[0] if len(found) == 1 else self.made(automaton.concat(found))

    def repeated(self) -> Nfa:
        found = self.negated()
        while self.at("?*+{"):
            if self.take("?"):
                found = automaton.optional(found)
            elif self.take("*"):
                found = automaton.star(found)
            elif self.take("+"):
                found = automaton.at_least(found, 1)
            else:
                found = self.counted(found)
            self.made(found)
        return found

    def counted(self, one: Nfa) -> Nfa:
        self.take("{")
        low = self.number()
        high: int | None = low
        if self.take(","):
            high = self.number() if self.at("0123456789") else None
        if not self.take("}"):
            raise RegexError(self.place, "a closing }")
        if low > MAX_LENGTH or (high is not None and (high > MAX_LENGTH or high < low)):
            raise RegexError(
                self.place, f"a number of times from low to high, at most {MAX_LENGTH}"
            )
        if (len(one.rows) - 1) * (high or low) > MAX_STATES:
            raise RegexError(self.place, f"an expression of at most {MAX_STATES} states")
        return automaton.at_least(one, low) if high is None else automaton.between(one, low, high)

    def number(self) -> int:
        start = self.place
        while self.at("0123456789"):
            self.place += 1
        if start == self.place:
            raise RegexError(self.place, "a number")
        return int(self.text[start : self.place])

    def negated(self) -> Nfa:
        signs = 0
        while self.take("~"):
            signs += 1
        found = self.simple()
        # An odd number of complements equals one, an even number two: these leave the language as
        # it is, but determinize it, which counts.
        for _ in range(min(signs, 2 - signs % 2)):
            found = self.made(automaton.inverted(explore(found).dfa))
        return found

    def simple(self) -> Nfa:  # noqa: PLR0911 (one return a sign)
        if self.take("["):
            return self.char_class()
        if self.take("."):
            return automaton.chars(((0, HIGHEST),))
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
            return automaton.chars(_CLASSES[self.text[self.place - 1]])
        # Lucene keeps the other letters behind a backslash for classes of its own.
        if (
            self.at("\\")
            and self.text[self.place + 1 : self.place + 2].isalpha()
            and self.text[self.place + 1].isascii()
        ):
            raise RegexError(self.place, "one of \\d \\D \\w \\W \\s \\S, or \\ before a sign")
        code = self.char()
        return automaton.chars(((code, code),))

    def quoted(self) -> Nfa:
        end = self.text.find('"', self.place)
        if end < 0:
            raise RegexError(self.place, 'a closing "')
        found = automaton.text(self.text[self.place : end])
        self.place = end + 1
        return found

    def char_class(self) -> Nfa:
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
                    # A hyphen before the closing bracket is itself, as in [a-].
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
        return automaton.chars(_all_but(found) if negative else found)

    def interval(self) -> Nfa:
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
        first, last = sorted((int(low[-20:]), int(high[-20:])))
        if last > _HIGHEST_NUMBER or max(len(low), len(high)) > _LONGEST_NUMBER:
            raise RegexError(
                self.place, f"numbers up to {_HIGHEST_NUMBER}, of at most {_LONGEST_NUMBER} digits"
            )
        return self.made(numbers(first, last, len(low) if len(low) == len(high) else 0))
