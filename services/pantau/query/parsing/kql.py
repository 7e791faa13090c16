"""Kibana's own language, KQL, without braces for nested fields.

    or         = and ( "or" and )*
    and        = not ( "and" not )*
    not        = ["not"] ( "(" or ")" | expression )
    expression = field ":" values | field ( "<" | "<=" | ">" | ">=" ) value | value
    values     = value | "(" the same with or, and, not over values ")"

Words without an operator between them are one value: `title: banjir besar` is a title with either
word. The meaning of each expression is that of Kibana's translation to Elasticsearch (`match`,
`match_phrase`, `exists`, `range`, and `query_string` for values with `*`); unlike in the Lucene
syntax, a value of which nothing is left matches nothing.
"""

import re
from collections.abc import Callable
from typing import Final

from pantau.query import ast
from pantau.query.errors import QueryError
from pantau.query.parsing import clauses, lucene
from pantau.query.parsing.clauses import Bounds, QueryRange
from pantau.query.parsing.kql_values import (
    BLANKS,
    CHARACTER,
    Value,
    as_date,
    as_number,
    character,
    unquote,
)
from pantau.query.parsing.unclosed import closed

# Nothing backtracks here: Kibana's grammar (PEG) never does, and failures would take exponential
# time.
_SPACE: Final = re.compile(r"[ \t\r\n]*+")
_OR: Final = re.compile(r"[ \t\r\n]++or[ \t\r\n]++", re.IGNORECASE | re.ASCII)
_AND: Final = re.compile(r"[ \t\r\n]++and[ \t\r\n]++", re.IGNORECASE | re.ASCII)
_NOT: Final = re.compile(r"not[ \t\r\n]++", re.IGNORECASE | re.ASCII)
_FIELD_BEFORE: Final = re.compile(
    r"(?P<no>\bnot\s+)?[\w.@*-]+\s*(?::|[<>]=?)\s*\Z", re.IGNORECASE | re.ASCII
)
_NEARBY: Final = 60
"""How many characters before a value its field's name is searched in."""
_COMPARE: Final = re.compile(r"<=|>=|<|>")
_QUOTED: Final = re.compile(r'"(?:\\[\\"]|[^"])*+"', re.DOTALL)


def parse(text: str, time_zone: str = "UTC") -> ast.Query:
    """Parse a query in KQL. Raises QueryError."""
    return clauses.finish(_KqlParser(text, time_zone).whole(), text)


class _KqlParser:
    def __init__(self, text: str, time_zone: str) -> None:
        self.text = text
        self.time_zone = time_zone
        self.place = 0
        self.depth = 0

    def whole(self) -> ast.Query:
        self.blanks()
        if self.place == len(self.text):
            return ast.MatchAll(start=0, end=self.place)
        query = self.any_of(self.expression)
        self.blanks()
        if self.place < len(self.text):
            raise self.unexpected()
        return query

    def unexpected(self) -> QueryError:
        sign = self.text[self.place]
        if sign == ")":
            repair = self.text[: self.place] + self.text[self.place + 1 :]
            return self.refuse("and, or, or the end of the query; no ( is open", repair)
        if sign == "{":
            return self.refuse(
                "and, or, or the end of the query; { } for nested fields is not supported: no "
                "field is"
            )
        if sign in ':<>"\\':
            repair = self.text[: self.place] + "\\" + self.text[self.place :]
            return self.refuse(
                f"and, or, or the end of the query; \\{sign} where the sign itself is meant", repair
            )
        if _NOT.match(self.text, self.place):
            return self.refuse(
                "and or or before not", f"{self.text[: self.place]}and {self.text[self.place :]}"
            )
        return self.refuse("and, or, or the end of the query")

    def refuse(self, expected: str, suggestion: str | None = None) -> QueryError:
        return QueryError(self.text, self.place, expected, suggestion)

    def blanks(self) -> None:
        found = _SPACE.match(self.text, self.place)
        self.place = found.end() if found else self.place

    def take(self, pattern: re.Pattern[str]) -> str | None:
        found = pattern.match(self.text, self.place)
        if found is None:
            return None
        self.place = found.end()
        return found[0]

    def any_of(self, one: Callable[[], ast.Query]) -> ast.Query:
        start = self.place
        found = [self.all_of(one)]
        while self.take(_OR):
            found.append(self.all_of(one))
        joined = clauses.any_of(found, QueryRange(self.text, start, self.place))
        return found[0] if joined is None else joined

    def all_of(self, one: Callable[[], ast.Query]) -> ast.Query:
        start = self.place
        found = [self.negated(one)]
        while self.take(_AND):
            found.append(self.negated(one))
        if len(found) == 1:
            return found[0]
        return ast.Boolean(must=tuple(found), start=start, end=self.place)

    def negated(self, one: Callable[[], ast.Query]) -> ast.Query:
        start = self.place
        if not self.take(_NOT):
            return self.grouped(one)
        inner = self.grouped(one)
        every = ast.MatchAll(start=start, end=start)
        return ast.Boolean(must=(every,), must_not=(inner,), start=start, end=self.place)

    def grouped(self, one: Callable[[], ast.Query]) -> ast.Query:
        if not self.text.startswith("(", self.place):
            return one()
        opening = self.place
        self.depth += 1
        if self.depth > clauses.MAX_NESTING:
            raise self.refuse(f"at most {clauses.MAX_NESTING} parentheses in one another")
        self.place += 1
        self.blanks()
        query = self.any_of(one)
        self.blanks()
        if not self.text.startswith(")", self.place):
            if self.place < len(self.text):
                raise self.unexpected()
            raise self.refuse(f"a ) for the ( at character {opening + 1}", self.text + ")")
        self.place += 1
        self.depth -= 1
        return query

    def expression(self) -> ast.Query:
        name = self.value()
        before = self.place
        self.blanks()
        if self.text.startswith(":", self.place):
            self.place += 1
            self.blanks()
            if self.text.startswith("{", self.place):
                raise self.unexpected()
            return self.grouped(lambda: self.field_value(name, self.value()))
        sign = self.take(_COMPARE)
        if sign is not None:
            self.blanks()
            return self.comparison(name, sign, self.value())
        self.place = before
        return self.field_value(None, name)

    def value(self) -> Value:
        """Parse a quoted or a bare value, which ends at an operator or special character."""
        start = self.place
        if self.text.startswith('"', start):
            quoted = self.take(_QUOTED)
            if quoted is None:
                raise self.refuse('a closing "', closed(self.text))
            return Value((unquote(quoted[1:-1]),), start, self.place, quoted=True)
        parts: list[str | None] = []
        while True:
            blanks = BLANKS.match(self.text, self.place)
            if blanks is not None:
                parts.extend(blanks[0])
                self.place = blanks.end()
            found = CHARACTER.match(self.text, self.place)
            if found is None:
                break
            parts.append(character(found))
            self.place = found.end()
        if not parts or all(part is not None and part.isspace() for part in parts):
            raise self.missing(start)
        parts = _stripped(parts)
        # Trailing whitespace is returned: it may belong to `and` or `or`.
        while self.place > start and self.text[self.place - 1] in " \t\r\n":
            self.place -= 1
        return Value(tuple(parts), start, self.place)

    def missing(self, start: int) -> QueryError:
        self.place = min(start, len(self.text))
        rest = self.text[start:]
        word = re.match(r"[ \t\r\n]*(and|or|not)\b", rest, re.IGNORECASE)
        if word:
            before, after = self.text[:start], rest[word.end() :]
            field = _FIELD_BEFORE.search(before, max(0, start - _NEARBY))
            if word[1].lower() == "not" and field is not None:
                # Without the negation, the query would ask for what its writer excludes.
                named = f"{before[field.start() :].rstrip()} {after.lstrip()}"
                repair = None if field["no"] else f"{before[: field.start()]}not {named}"
            else:
                repair = (before + after).strip() or None
            return self.refuse(
                f"a value before {word[1]}; \\{word[1]} where the word itself is meant", repair
            )
        if not rest.strip():
            return self.refuse("a value, not the end of the query")
        return self.refuse("a value")

    def field_value(self, name: Value | None, value: Value) -> ast.Query:
        place = QueryRange(self.text, value.start, value.end)
        pattern = None if name is None else name.text
        if value.wild:
            return self.wildcard(pattern, value, place)
        if value.bare_null:
            raise place.refuse("a value; null is none in KQL", self._quoted(value))
        if pattern is not None and clauses.is_date(pattern):
            date = as_date(value)
            query = clauses.between(pattern, Bounds(date, date), self.time_zone, place)
        elif value.quoted:
            query = clauses.phrase(pattern, value.text, 0, place)
        else:
            query = clauses.words(pattern, as_number(value.text), place)
        return query or ast.MatchNone(
            reason="nothing of the value can be searched", start=value.start, end=value.end
        )

    def _quoted(self, value: Value) -> str:
        before, after = self.text[: value.start], self.text[value.end :]
        return f'{before}"{self.text[value.start : value.end]}"{after}'

    def wildcard(self, pattern: str | None, value: Value, place: QueryRange) -> ast.Query:
        if value.parts == (None,):
            if pattern == "*":
                return ast.MatchAll(start=place.start, end=place.end)
            if pattern is not None:
                return clauses.exists(pattern, place)
        query = lucene.parse_value(value.lucene, pattern, place)
        return query or ast.MatchNone(
            reason="nothing of the value can be searched", start=place.start, end=place.end
        )

    def comparison(self, name: Value, sign: str, value: Value) -> ast.Query:
        place = QueryRange(self.text, value.start, value.end)
        if value.wild or value.bare_null:
            raise place.refuse("a value, without *, after <, <=, > or >=", self._quoted(value))
        equal = len(sign) == 2
        end = as_date(value) if clauses.is_date(name.text) else value.text
        bounds = (
            Bounds(end, None, equal) if sign[0] == ">" else Bounds(None, end, include_high=equal)
        )
        query = clauses.between(name.text, bounds, self.time_zone, place, lower=False)
        return query or ast.MatchNone(
            reason="nothing of the value can be searched", start=value.start, end=value.end
        )


def _stripped(parts: list[str | None]) -> list[str | None]:
    """Strip whitespace at both ends."""
    kept = [place for place, part in enumerate(parts) if part is None or not part.isspace()]
    return parts[kept[0] : kept[-1] + 1] if kept else []
