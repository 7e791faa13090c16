"""The Lucene syntax: Lucene's classic grammar, with Elasticsearch's meaning of each clause.

    query   = clause ( [AND | OR] clause )*
    clause  = [+ | - | NOT] [field:] ( term | phrase | range | "(" query ")" ) [^boost]

and for the language `pantau`, where an operand is a clause without its sign:

    clause  = [+ | - | NOT] operand [ (NEAR/n | ONEAR/n) operand ]
    operand = [field:] ( ... | ="words in exact case" | @list ) | [field:] ATLEAST/n operand

AND makes the clause before it and its own required; OR changes nothing; so `a AND b OR c` is `+a +b
c`. Neighbouring plain words are analysed together, as `query_string` does: in a keyword field they
are one value.
"""

from pantau.common.text.normal_text import normalise_text
from pantau.query import ast
from pantau.query.errors import QueryError
from pantau.query.meaning import proximity_rules
from pantau.query.parsing import clauses
from pantau.query.parsing.clauses import Bounds, QueryRange
from pantau.query.parsing.lucene_clauses import MODIFIERS, Clauses
from pantau.query.parsing.lucene_scanner import Kind, Lexeme, scan, unescape

_ENDS_WORDS = frozenset(
    {Kind.COLON, Kind.STAR, Kind.TILDE, Kind.CARET, Kind.AND, Kind.OR, Kind.NEAR}
)
_BARE_TERMS = frozenset({Kind.TERM, Kind.STAR, Kind.PREFIX, Kind.WILD, Kind.REGEX, Kind.BARE})


def parse(text: str, time_zone: str = "UTC") -> ast.Query:
    """Parse a query in the Lucene syntax. Raises QueryError."""
    if not text.strip():
        return ast.MatchNone(reason="the query is empty")
    return clauses.finish(_LuceneParser(text, time_zone).whole(), text)


def parse_own(text: str, time_zone: str = "UTC") -> ast.Query:
    """Parse a query in the language `pantau`. Raises QueryError."""
    if not text.strip():
        return ast.MatchNone(reason="the query is empty")
    query = clauses.finish(_LuceneParser(text, time_zone, own=True).whole(), text)
    return proximity_rules.check(query, text)


def parse_value(text: str, name: str | None, place: QueryRange) -> ast.Query | None:
    """Parse a value that Kibana passes on in this syntax.

    Its words are not analysed if they have a `*`. None if nothing is left of it. Raises QueryError
    at `place`.
    """
    try:
        query = _LuceneParser(text, "UTC", analyze=False).whole(name)
    except QueryError as error:
        raise place.refuse(error.expected) from error
    return None if query is None else clauses.within(query, place)


class _LuceneParser:
    def __init__(
        self, text: str, time_zone: str, *, analyze: bool = True, own: bool = False
    ) -> None:
        self.text = text
        self.time_zone = time_zone
        self.analyze = analyze
        self.lexemes = scan(text, own=own)
        self.place = 0
        self.depth = 0
        self.expenses = clauses.Expenses()

    def whole(self, name: str | None = None) -> ast.Query | None:
        query = self.query(name)
        if self.here.kind is not Kind.END:
            repair = (
                self.text[: self.here.start] + self.text[self.here.end :]
                if self.here.kind is Kind.CLOSE
                else None
            )
            raise self.refuse(
                f"the end of the query or another clause, not {self.here.text}", repair
            )
        return query

    @property
    def here(self) -> Lexeme:
        return self.lexemes[self.place]

    def at(self, *kinds: Kind) -> bool:
        return self.lexemes[self.place].kind in kinds

    def ahead(self, steps: int) -> Kind:
        return self.lexemes[min(self.place + steps, len(self.lexemes) - 1)].kind

    def take(self) -> Lexeme:
        lexeme = self.lexemes[self.place]
        self.place += 1
        return lexeme

    def since(self, start: int) -> QueryRange:
        return QueryRange(self.text, start, self.lexemes[self.place - 1].end)

    def refuse(self, expected: str, suggestion: str | None = None) -> QueryError:
        return QueryError(self.text, self.here.start, expected, suggestion)

    def query(self, name: str | None) -> ast.Query | None:
        """Parse clauses up to a closing parenthesis or the end."""
        found = Clauses()
        start = self.here.start
        first = True
        while first or self.here.kind not in {Kind.CLOSE, Kind.END}:
            if self.here.kind is Kind.TERM and self._another_word(1):
                self._words(name, found)
            else:
                conjunction = None
                if not first and self.here.kind in {Kind.AND, Kind.OR}:
                    conjunction = self.take().kind
                modifier = MODIFIERS.get(self.here.kind)
                if modifier is not None:
                    self.take()
                found.add(self.clause(name), conjunction, modifier)
            first = False
        return found.joined(self.since(start))

    def _another_word(self, steps: int) -> bool:
        return self.ahead(steps) is Kind.TERM and self.ahead(steps + 1) not in _ENDS_WORDS

    def _words(self, name: str | None, found: Clauses) -> None:
        """Parse adjacent plain words as one text."""
        first = self.take()
        parts = [unescape(self.text, first.text, first.start)]
        while self.here.kind is Kind.TERM and self.ahead(1) not in _ENDS_WORDS:
            following = self.take()
            parts.append(unescape(self.text, following.text, following.start))
        found.add(self._field_query(name, " ".join(parts), self.since(first.start)), None, None)

    def clause(self, name: str | None) -> ast.Query | None:
        start = self.here.start
        made = self._operand(name)
        if not self.at(Kind.NEAR):
            return made
        operator = self.take()
        middle = self.here.start
        other = self._operand(name)
        if self.at(Kind.NEAR):
            again = self.text[middle : self.lexemes[self.place - 1].end]
            repair = f"{self.text[: self.here.start]}AND {again} {self.text[self.here.start :]}"
            raise self.refuse(f"AND after {again}: {operator.text} has two sides", repair)
        return proximity_rules.near(made, other, operator.text, self.since(start))

    def _operand(self, name: str | None) -> ast.Query | None:
        if self.here.kind in {Kind.TERM, Kind.STAR} and self.ahead(1) is Kind.COLON:
            lexeme = self.take()
            name = (
                "*" if lexeme.kind is Kind.STAR else unescape(self.text, lexeme.text, lexeme.start)
            )
            self.take()
        # A field before a group holds for all clauses in it, so it is handed down.
        if self.here.kind is Kind.OPEN:
            return self._group(name)
        if self.here.kind in {Kind.AT_LEAST, Kind.EXACT}:
            return self._at_least(name) if self.here.kind is Kind.AT_LEAST else self._exact(name)
        if self.here.kind in _BARE_TERMS:
            return self._bare(name)
        if self.here.kind is Kind.QUOTED:
            return self._quoted(name)
        if self.here.kind is Kind.RANGE_OPEN:
            return self._range(name)
        if self.here.kind is Kind.LIST:
            return self._list(name)
        raise self._missing()

    def _at_least(self, name: str | None) -> ast.Query | None:
        operator = self.take()
        if self.depth >= clauses.MAX_NESTING:
            raise self.refuse(
                f"at most {clauses.MAX_NESTING} parentheses and operators in one another"
            )
        self.depth += 1
        operand = self._operand(name)
        self.depth -= 1
        return proximity_rules.at_least(operand, operator.text, self.since(operator.start))

    def _exact(self, name: str | None) -> ast.Query | None:
        lexeme = self.take()
        place = QueryRange(self.text, lexeme.start, lexeme.end)
        if self._suffix() is not None:
            raise self.refuse('no ~ after words in exact case, ="..."')
        text = unescape(self.text, lexeme.text[2:-1], lexeme.start + 2)
        return proximity_rules.exact_case(name, text, place)

    def _list(self, name: str | None) -> ast.Query:
        lexeme = self.take()
        place = QueryRange(self.text, lexeme.start, lexeme.end)
        if self._suffix() is not None:
            raise self.refuse(f"no ~ after a list such as {lexeme.text}")
        return clauses.listed(name, lexeme.text[1:], place)

    def _missing(self) -> QueryError:
        kind = self.here.kind
        expected = (
            "a word, a phrase or a group in parentheses, not "
            f"{self.here.text or 'the end of the query'}"
        )
        before = self.lexemes[self.place - 1] if self.place else None
        operators = {Kind.AND, Kind.OR, Kind.NOT, Kind.PLUS, Kind.MINUS, Kind.NEAR, Kind.AT_LEAST}
        if kind is Kind.END and before is not None and before.kind in operators | {Kind.COLON}:
            return self.refuse(expected, self.text[: before.start].rstrip() or None)
        if kind in {Kind.NOT, Kind.MINUS} and before is not None:
            # Without the negation, the query would ask for what its writer excludes.
            if before.kind is Kind.NEAR:
                return self.refuse(expected)
            if before.kind is Kind.COLON:
                return self.refuse(expected, self._negated_field())
            if before.kind is Kind.PLUS:
                return self.refuse(expected, self.text[: before.start] + self.text[before.end :])
        if kind in operators:
            repair = self.text[: self.here.start] + self.text[self.here.end :].lstrip()
            return self.refuse(expected, repair if repair.strip() else None)
        if kind in {Kind.COLON, Kind.CARET, Kind.TILDE}:
            return self.refuse(
                expected, self.text[: self.here.start] + "\\" + self.text[self.here.start :]
            )
        return self.refuse(expected)

    def _negated_field(self) -> str | None:
        """Return the text with the negation of a value before the name of its field.

        None where the field has one already: what its writer excludes is unclear.
        """
        name = first = self.lexemes[self.place - 2]
        sign = self.lexemes[self.place - 3] if self.place > 2 else None
        if sign is not None and sign.kind in {Kind.NOT, Kind.MINUS}:
            return None
        if sign is not None and sign.kind is Kind.PLUS:
            first = sign
        rest = self.text[self.here.end :].lstrip()
        negation = "-" if self.here.kind is Kind.MINUS else f"{self.here.text} "
        written = self.text[name.start : self.here.start]
        return self.text[: first.start] + negation + written + rest

    def _group(self, name: str | None) -> ast.Query | None:
        opening = self.here
        self.depth += 1
        if self.depth > clauses.MAX_NESTING:
            raise self.refuse(f"at most {clauses.MAX_NESTING} parentheses in one another")
        self.take()
        query = self.query(name)
        if self.here.kind is not Kind.CLOSE:
            repair = self.text + ")" if self.here.kind is Kind.END else None
            raise QueryError(
                self.text,
                self.here.start,
                f"a ) for the ( at character {opening.start + 1}",
                repair,
            )
        self.take()
        self.depth -= 1
        self._boost()
        return query

    def _boost(self) -> None:
        if self.here.kind is Kind.CARET:
            self.take()
            self.take()

    def _suffix(self) -> Lexeme | None:
        """Parse ^boost and ~fuzziness, in either order; return the latter."""
        fuzzy = None
        if self.here.kind is Kind.TILDE:
            fuzzy = self.take()
        self._boost()
        if fuzzy is None and self.here.kind is Kind.TILDE:
            fuzzy = self.take()
        return fuzzy

    def _bare(self, name: str | None) -> ast.Query | None:
        lexeme = self.take()
        place = QueryRange(self.text, lexeme.start, lexeme.end)
        suffix = self._suffix()
        match lexeme.kind:
            # `*:*` is everything; `field:*` whatever has the field.
            case Kind.STAR:
                return (
                    ast.MatchAll(start=place.start, end=place.end)
                    if name == "*"
                    else clauses.exists(name, place)
                )
            case Kind.WILD:
                return clauses.wildcard(name, lexeme.text, place)
            case Kind.PREFIX:
                text = unescape(self.text, lexeme.text[:-1], lexeme.start)
                return clauses.prefix(name, text, place, analyze=self.analyze)
            case Kind.REGEX:
                return clauses.regex(name, lexeme.text[1:-1], place, self.expenses)
            case _:
                text = unescape(self.text, lexeme.text, lexeme.start)
                if suffix is not None:
                    return clauses.fuzzy(name, text, self._edits(suffix, text), place)
                return self._field_query(name, text, place)

    def _field_query(self, name: str | None, text: str, place: QueryRange) -> ast.Query | None:
        if name == "_exists_":
            return clauses.exists(text, place)
        if name is not None and len(text) > 1 and text[0] in "<>":
            return clauses.between(name, _one_sided(text), self.time_zone, place)
        if name is not None and len(text) > 1 and clauses.is_date(name):
            return clauses.between(name, Bounds(text, text), self.time_zone, place)
        return clauses.words(name, text, place)

    def _quoted(self, name: str | None) -> ast.Query | None:
        lexeme = self.take()
        place = QueryRange(self.text, lexeme.start, lexeme.end)
        suffix = self._suffix()
        text = unescape(self.text, lexeme.text[1:-1], lexeme.start + 1)
        slop = 0 if suffix is None else _slop(suffix)
        if name == "_exists_":
            return clauses.exists(text, place)
        return clauses.phrase(name, text, slop, place)

    def _edits(self, suffix: Lexeme, text: str) -> int:
        """Return the number of edits that `~`, `~1`, `~AUTO` allow for a word."""
        written = suffix.text[1:]
        place = QueryRange(self.text, suffix.start, suffix.end)
        if written == "" or written.upper() == "AUTO":
            size = len(normalise_text(text))  # of the word that is looked for
            return 0 if size < 3 else 1 if size < 6 else 2
        try:
            edits = float(written)
        except ValueError:
            edits = -1.0
        if edits not in {0.0, 1.0, 2.0}:
            raise place.refuse(
                "~, ~0, ~1 or ~2 after a word",
                self.text[: suffix.start] + "~" + self.text[suffix.end :],
            )
        return int(edits)

    def _range(self, name: str | None) -> ast.Query | None:
        opening = self.take()
        low = self._range_end()
        if not self.at(Kind.TO):
            raise self.refuse("TO between the ends of a range, such as [2022-09-01 TO 2022-09-30]")
        self.take()
        high = self._range_end()
        if not self.at(Kind.RANGE_CLOSE):
            raise self.refuse("a closing ] or }", self.text + "]" if self.at(Kind.END) else None)
        closing = self.take()
        self._boost()
        bounds = Bounds(low, high, opening.text == "[", closing.text == "]")
        return clauses.between(
            name, bounds, self.time_zone, QueryRange(self.text, opening.start, closing.end)
        )

    def _range_end(self) -> str | None:
        if not self.at(Kind.RANGE_GOOP, Kind.RANGE_QUOTED, Kind.TO):
            raise self.refuse("an end of a range: a word, a date, or * where it is open")
        lexeme = self.take()
        quoted = lexeme.kind is Kind.RANGE_QUOTED
        text = lexeme.text[1:-1] if quoted else lexeme.text
        value = unescape(self.text, text, lexeme.start + quoted)
        return None if value == "*" else value


def _one_sided(text: str) -> Bounds:
    """Parse `>a`, `>=a`, `<a`, `<=a`."""
    included = len(text) > 2 and text[1] == "="
    value = text[2:] if included else text[1:]
    found = None if value == "*" else value
    return (
        Bounds(found, None, included)
        if text[0] == ">"
        else Bounds(None, found, include_high=included)
    )


def _slop(suffix: Lexeme) -> int:
    """Parse the number after a phrase as Java does; an invalid number is 0."""
    try:
        return min(int(float(suffix.text[1:])), 2**31 - 1)
    except (ValueError, OverflowError):
        return 0
