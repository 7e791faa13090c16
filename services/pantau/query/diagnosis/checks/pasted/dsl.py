"""Queries of Elasticsearch as objects of JSON, such as `{"match": {"title": "banjir"}}`."""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from pantau.query.diagnosis.checks.names import known_name
from pantau_schemas.fields import FIELDS, FieldKind

_Body: TypeAlias = Mapping[str, object]
_DEEPEST: Final = 20
_BARE: Final = re.compile(r"[^\W_]+")
_PLAIN: Final = re.compile(r"[\w*?.][\w*?.-]*")
_TOKEN: Final = re.compile(r'[^\s"()]*"[^"]*"|\S+')
_SIMPLE: Final = re.compile(r'(?P<sign>[-+!]?)(?P<word>(?:\w+:)?(?:"[^"\\]*"|[\w*?]+))')
_MOMENT: Final = re.compile(r"[\w.+-]+(?:/\w)?")
_OWN_WORDS: Final = frozenset({"AND", "OR", "NOT", "TO"})


def query_of(found: object) -> str | None:
    """Return an object of the query language of Elasticsearch in Lucene syntax; None for others."""
    if isinstance(found, Mapping) and isinstance(found.get("query"), Mapping):
        found = found["query"]  # beside it stand size, sort and such
    try:
        return _clause(found, 0)
    except _UnknownError:
        return None


class _UnknownError(Exception):
    """Raised for what has no counterpart."""


def _clause(found: object, depth: int) -> str:
    if not isinstance(found, Mapping) or len(found) != 1 or depth > _DEEPEST:
        raise _UnknownError
    ((name, body),) = found.items()
    if not isinstance(body, Mapping):
        raise _UnknownError
    if name == "bool":
        return _bool(body, depth + 1)
    if name == "constant_score":
        return _clause(body.get("filter"), depth + 1)
    if name == "dis_max":
        return _joined(" OR ", _clauses(body.get("queries"), depth + 1))
    write = _LEAVES.get(name)
    if write is None:
        raise _UnknownError
    return write(body)


def _clauses(found: object, depth: int) -> list[str]:
    given = found if isinstance(found, list) else [] if found is None else [found]
    return [_clause(one, depth) for one in given]


def _bool(body: _Body, depth: int) -> str:
    required = [one for name in ("must", "filter") for one in _clauses(body.get(name), depth)]
    some = _clauses(body.get("should"), depth)
    excluded = [f"NOT {one}" for one in _clauses(body.get("must_not"), depth)]
    # Beside what is required, alternatives are so only where their number is named.
    least = body.get("minimum_should_match", 0 if required else 1)
    if some and not (required and str(least) == "0"):
        required.append(_joined(_least(least, len(some)), some))
    return _joined(" AND ", [*required, *excluded])


def _least(number: object, of: int) -> str:
    """Return how alternatives are joined of which a number must hold."""
    if str(number) == "1":
        return " OR "
    if str(number) in {str(of), "100%"}:
        return " AND "
    raise _UnknownError


def _joined(sign: str, parts: list[str]) -> str:
    if not parts:
        raise _UnknownError
    whole = len(parts) == 1 and not parts[0].startswith("NOT ")
    return parts[0] if whole else f"({sign.join(parts)})"


def _named(body: _Body) -> tuple[str, object, _Body]:
    """Return the field of `{field: value}` or `{field: {"query": value, ...}}`, value and rest."""
    names = [name for name in body if name != "boost"]
    if len(names) != 1:
        raise _UnknownError
    value = body[names[0]]
    if isinstance(value, Mapping):
        return _field(names[0]), value.get("query", value.get("value")), value
    return _field(names[0]), value, {}


def _field(name: str) -> str:
    known = known_name(name.partition("^")[0])
    if known is None:
        raise _UnknownError
    return known


def _quoted(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _UnknownError
    return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'


def _word(value: str) -> str:
    is_bare = _BARE.fullmatch(value) is not None and value not in _OWN_WORDS
    return value if is_bare else _quoted(value)


def _words(value: object, given: _Body) -> str:
    if not isinstance(value, str) or not value.split():
        raise _UnknownError
    parts = [_word(one) for one in value.split()]
    sign = " AND " if _is_and(given, "operator") else " OR "
    if sign == " OR " and "minimum_should_match" in given:
        sign = _least(given["minimum_should_match"], len(parts))
    return parts[0] if len(parts) == 1 else f"({sign.join(parts)})"


def _is_and(given: _Body, name: str) -> bool:
    return str(given.get(name)).lower() == "and"


def _match(body: _Body) -> str:
    field, value, rest = _named(body)
    if FIELDS[field].kind is not FieldKind.TEXT:
        return f"{field}:{_quoted(value)}"
    return f"{field}:{_words(value, rest)}"


def _phrase(body: _Body) -> str:
    field, value, rest = _named(body)
    slop = rest.get("slop")
    return f"{field}:{_quoted(value)}" + (f"~{slop}" if type(slop) is int and slop > 0 else "")


def _multi_match(body: _Body) -> str:
    is_phrase = body.get("type") == "phrase"
    value = body.get("query")
    written = _quoted(value) if is_phrase else _words(value, body)
    return _in_fields(body, written)


def _in_fields(body: _Body, written: str) -> str:
    given = body.get("fields", body.get("default_field"))
    names = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    if not names or "*" in names:
        return written
    fields = [_field(str(name)) for name in names]
    if {*fields} == {"title", "text"}:
        return written
    return _joined(" OR ", [f"{field}:{written}" for field in dict.fromkeys(fields)])


def _query_string(body: _Body) -> str:
    value = body.get("query")
    if not isinstance(value, str) or not value.strip():
        raise _UnknownError
    value = value.strip()
    tokens = _TOKEN.findall(value)
    if _is_and(body, "default_operator") and _OWN_WORDS.isdisjoint(tokens) and len(tokens) > 1:
        value = " AND ".join(map(_required, tokens))
    return _in_fields(body, value if len(tokens) == 1 else f"({value})")


def _required(token: str) -> str:
    """Return a word, phrase or pattern of a query all of whose parts must hold."""
    found = _SIMPLE.fullmatch(token)
    if found is None:
        raise _UnknownError
    return f"NOT {found['word']}" if found["sign"] in {"-", "!"} else found["word"]


def _term(body: _Body) -> str:
    field, value, _ = _named(body)
    return f"{field}:{_quoted(value)}"


def _terms(body: _Body) -> str:
    field, value, _ = _named(body)
    if not isinstance(value, list) or not value:
        raise _UnknownError
    return f"{field}:({' OR '.join(map(_quoted, value))})"


def _prefix(body: _Body) -> str:
    return _pattern(body, "*")


def _wildcard(body: _Body) -> str:
    return _pattern(body, "")


def _pattern(body: _Body, end: str) -> str:
    field, value, _ = _named(body)
    if not isinstance(value, str) or _PLAIN.fullmatch(value) is None:
        raise _UnknownError
    return f"{field}:{value}{end}"


def _exists(body: _Body) -> str:
    return f"_exists_:{_field(str(body.get('field')))}"


def _range(body: _Body) -> str:
    field, _, bounds = _named(body)
    if FIELDS[field].kind is not FieldKind.DATE:
        raise _UnknownError
    low, high = (bounds.get(name) for name in ("gte", "lte"))
    opening = "{" if low is None and "gt" in bounds else "["
    closing = "}" if high is None and "lt" in bounds else "]"
    ends = (_end(one) for one in (bounds.get("gt", low), bounds.get("lt", high)))
    return f"{field}:{opening}{' TO '.join(ends)}{closing}"


def _end(value: object) -> str:
    if value is None:
        return "*"
    if not isinstance(value, str):
        raise _UnknownError
    return value if _MOMENT.fullmatch(value) else _quoted(value)


_LEAVES: Final[Mapping[object, Callable[[_Body], str]]] = {
    "match": _match,
    "match_phrase": _phrase,
    "match_phrase_prefix": _phrase,
    "multi_match": _multi_match,
    "query_string": _query_string,
    "simple_query_string": _query_string,
    "term": _term,
    "terms": _terms,
    "prefix": _prefix,
    "wildcard": _wildcard,
    "exists": _exists,
    "range": _range,
    "match_all": lambda _: "*",
}
