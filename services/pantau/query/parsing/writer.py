"""From a tree back to text, in the language `pantau`: how a query in KQL is shown and kept.

What is written is read as the same query: the same articles match, though the tree may be nested in
another way.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pantau.query import ast
from pantau.query.text import tokenizer
from pantau_schemas.fields import DEFAULT_FIELDS, FIELDS, FieldKind

_SPECIAL: Final = re.compile(r'[+\-!():^\[\]"{}~*?\\/&|<>=\s]')
_PLAIN: Final = re.compile(r"[^\W_][\w.]*")
_OPERATORS: Final = frozenset({"AND", "OR", "NOT", "TO", "NEAR", "ONEAR", "ATLEAST"})
_OF_REGEX: Final = re.compile(r'[.?+*|{}\[\]()"\\#@&<>~^/]')
_MILLI: Final = timedelta(milliseconds=1)


class UnwritableError(ValueError):
    """The query has a part that the language `pantau` cannot express."""


def write(query: ast.Query, text: str, time_zone: str = "UTC") -> str:
    """Return the query as text in the language `pantau`.

    `text` is what the tree was read from, `time_zone` the zone of its days. Raises UnwritableError.
    """
    return _Writer(text, time_zone).write(query)


class _Writer:
    def __init__(self, text: str, time_zone: str) -> None:
        self.text = text
        self.zone = ZoneInfo(time_zone)

    def write(self, query: ast.Query) -> str:
        match query:
            case ast.Boolean():
                return self._boolean(query)
            case ast.MatchAll():
                return "*:*"
            case ast.MatchNone(unknown=None):
                return "(NOT *:*)"
            case ast.DateRange():
                return self._dates(query)
            case ast.Near() | ast.AtLeast() | ast.ExactCase() | ast.MatchNone():
                raise UnwritableError(type(query).__name__)
            case _:
                return self._leaf(query)

    def _inner(self, query: ast.Query) -> str:
        written = self.write(query)
        many = isinstance(query, ast.Boolean) or " OR " in written
        return f"({written})" if many and not written.startswith("(") else written

    def _boolean(self, query: ast.Boolean) -> str:
        excluded = [f"NOT {self._inner(one)}" for one in query.must_not]
        required = [one for one in query.must if not (excluded and isinstance(one, ast.MatchAll))]
        parts = [self._inner(one) for one in required]
        if not query.must:
            either = " OR ".join(dict.fromkeys(self._inner(one) for one in query.should))
            if not excluded:
                return f"({either})" if len(query.should) > 1 else either
            parts = [f"({either})"]
        return "(" + " AND ".join((*parts, *excluded)) + ")"

    def _leaf(self, query: ast.Query) -> str:
        names: tuple[str, ...] = getattr(query, "fields", ())
        if isinstance(query, ast.InList) and query.fields == DEFAULT_FIELDS:
            return f"@{query.name}"
        if isinstance(query, ast.InList):
            return _either([f"{name}:@{query.name}" for name in names])
        if isinstance(query, ast.Exists):
            return _either([f"_exists_:{name}" for name in names])
        if names == DEFAULT_FIELDS:
            return self._value(query, FieldKind.TEXT)
        return _either([f"{name}:{self._value(query, FIELDS[name].kind)}" for name in names])

    def _value(self, query: ast.Query, kind: FieldKind) -> str:
        match query:
            case ast.Term(text=text):
                return self._word(query, text) if kind is FieldKind.TEXT else _quoted(text)
            case ast.Phrase(terms=terms, slop=slop):
                words = self._typed(query, terms) or " ".join(terms)
                return f"{_quoted(words, always=True)}{f'~{slop}' if slop else ''}"
            case ast.Prefix(text=text):
                return _prefix(text, kind)
            case ast.Wildcard(pattern=pattern):
                return _pattern(pattern)
            case ast.Regex(pattern=pattern):
                return f"/{pattern}/"
            case ast.Fuzzy(text=text, edits=edits):
                return f"{_SPECIAL.sub(_escape, text)}~{edits}"
            case ast.Range():
                return self._range(query, kind)
            case _:
                raise UnwritableError(type(query).__name__)

    def _word(self, query: ast.Query, token: str) -> str:
        typed = self._typed(query, (token,))
        return _quoted(typed or token)

    def _typed(self, query: ast.Query, terms: tuple[str, ...]) -> str | None:
        """Return the words as they were typed, where the node stands for nothing else."""
        written = self.text[query.start : query.end].strip().strip('"')
        same = "\\" not in written and tuple(tokenizer.words(written)) == terms
        return written if same and '"' not in written else None

    def _range(self, query: ast.Range, kind: FieldKind) -> str:
        ends = [query.low, query.high]
        if kind is FieldKind.TEXT and any(end and end != tokenizer.lower(end) for end in ends):
            raise UnwritableError("a range of words in capitals")
        low, high = ("*" if end is None else _quoted(end, always=True) for end in ends)
        opening, closing = "[" if query.include_low else "{", "]" if query.include_high else "}"
        return f"{opening}{low} TO {high}{closing}"

    def _dates(self, query: ast.DateRange) -> str:
        low, high = query.low, query.high
        if low is None and high is None:
            return f"_exists_:{query.field}"
        opening = "{" if low is not None and low.shift > 0 else "["
        closing = "}" if high is not None and high.at is None and high.shift < 0 else "]"
        if low is not None and low.at is not None:
            opening = "["
        first, last = self._moment(low, ends=False), self._moment(high, ends=True)
        return f"{query.field}:{opening}{first} TO {last}{closing}"

    def _moment(self, moment: ast.Moment | None, *, ends: bool) -> str:
        if moment is None:
            return "*"
        if moment.at is None:
            return f"now{moment.from_now or ''}"
        local = moment.at.astimezone(self.zone)
        start = local.replace(hour=0, minute=0, second=0, microsecond=0)
        edge = (start + timedelta(days=1) - _MILLI) if ends else start
        if local.replace(tzinfo=None) == edge.replace(tzinfo=None) and local.fold == 0:
            return f"{local.year:04}-{local.month:02}-{local.day:02}"
        return _quoted(_iso(moment.at), always=True)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


def _either(parts: list[str]) -> str:
    if not parts:
        raise UnwritableError("no field")
    return parts[0] if len(parts) == 1 else "(" + " OR ".join(parts) + ")"


def _quoted(text: str, *, always: bool = False) -> str:
    if not always and _PLAIN.fullmatch(text) and text not in _OPERATORS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _escape(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def _prefix(text: str, kind: FieldKind) -> str:
    if kind is FieldKind.TEXT and tokenizer.words(text) != [text]:
        return "/" + _OF_REGEX.sub(_escape, text) + ".*/"  # one token, which is not to be cut
    return _SPECIAL.sub(_escape, text) + "*"


def _pattern(pattern: str) -> str:
    """Return a wildcard, its signs escaped but for `*` and `?`; what is escaped stays so."""
    parts = re.findall(r"\\.|.", pattern, re.DOTALL)
    return "".join(
        part if len(part) > 1 or part in "*?" else _SPECIAL.sub(_escape, part) for part in parts
    )
