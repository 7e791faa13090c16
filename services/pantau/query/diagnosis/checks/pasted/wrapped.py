"""Queries that were copied with what is around them: an address, an object of JSON, a label."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from pantau.query.diagnosis.checks.pasted import dsl
from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau_schemas.events.subscription import QueryLanguage

_ADDRESS: Final = re.compile(
    r"\s*(?:https?://|(?=[\w-]+(?:\.[\w-]+)+/[^\s\"?]*\?))[^\s\"]+\s*", re.IGNORECASE
)
_PARAMETERS: Final = ("q", "query", "keyword", "keywords", "search", "as_q")
_RISON: Final = re.compile(
    r"query:\((?:language:(?P<before>\w+),)?query:'(?P<text>(?:![!']|[^'!])*)'"
    r"(?:,language:(?P<after>\w+))?"
)
"""The query in an address of Kibana, which writes `'` and `!` as `!'` and `!!`."""
_PAIR: Final = r"[a-z_]{1,20}=[^&\s]+"
_PAIRS: Final = re.compile(
    rf"\s*(?:\?(?={_PAIR})|(?={_PAIR}&))(?P<pairs>{_PAIR}(?:&[a-z_]{{1,20}}=[^&\s]*)*)\s*"
)
"""Names and values behind the question mark of an address."""
_LABEL: Final = re.compile(
    r"\s*(?:(?:search|boolean|query)[ -](?:query|string|terms?)|(?:kata|frasa)[ -]kunci|kueri|cari"
    r"|query|q|search|boolean|pencarian|kueri[ -]pencarian|(?-i:Keywords?|KEYWORDS?))"
    r"\s*[:=]\s*(?P<rest>\S.*\S)\s*",
    re.IGNORECASE | re.DOTALL,
)
_SEVERAL: Final = re.compile(r"\s(?:AND|OR|NOT|DAN|ATAU|BUKAN)\s|[,;].*[,;]", re.IGNORECASE)
_LANGUAGES: Final[Mapping[str, QueryLanguage]] = {
    "kuery": "kql", "kql": "kql", "lucene": "lucene", "pantau": "pantau",
}  # fmt: skip
_LONGEST: Final = 10_000
"""Characters of JSON up to which a query is looked for in it."""
_DEEPEST: Final = 6
_REQUEST: Final = re.compile(r"\s*(?:GET|POST)\s+\S+\s*(?=\{)")
"""The line before an object of JSON in Kibana's console."""


def wrapped(text: str, language: str) -> Iterator[Finding]:
    """Find a query within the address of a search, an object of JSON, or behind a label."""
    found = (
        _of_address(text)
        or _of_json(text, language)
        or _of_label(text)
        or _of_cells(text, language)
    )
    if found is None:
        return
    meant, used = found
    if not meant.strip() or meant == text:
        return
    params = {"meant": meant}
    edits = (Edit(0, len(text), meant),)
    other = None if used == language else used
    yield Finding("wrapped_query", 0, len(text), params, edits, other)


def _of_address(text: str) -> tuple[str, QueryLanguage | None] | None:
    pairs = _PAIRS.fullmatch(text)
    if pairs is None and _ADDRESS.fullmatch(text) is None:
        return None
    try:
        bare = text.strip()
        bare = f"https://x.invalid/?{pairs['pairs']}" if pairs else bare
        parts = urlsplit(bare if "://" in bare else f"https://{bare}")
        given = dict(parse_qsl(parts.query, max_num_fields=100))
    except ValueError:
        return None
    rison = _RISON.search(unquote(f"{parts.query}&{parts.fragment}"))
    if rison is not None:
        query = re.sub("!([!'])", r"\1", rison["text"])
        return query, _LANGUAGES.get(rison["before"] or rison["after"] or "")
    for name in _PARAMETERS:
        if name in given:
            return given[name], None
    return None


def _of_json(text: str, language: str) -> tuple[str, QueryLanguage | None] | None:
    request = _REQUEST.match(text)
    bare = text[request.end() if request else 0 :].strip()
    if not (bare.startswith("{") and bare.endswith("}")) or len(bare) > _LONGEST:
        return None
    try:
        whole = found = json.loads(bare)
    except (ValueError, RecursionError):
        return None
    for _ in range(_DEEPEST):
        if not isinstance(found, dict):
            break
        inner = found.get("query", found.get("query_string"))
        if isinstance(inner, str) and not {"fields", "default_operator"} & {*found}:
            return inner, _LANGUAGES.get(str(found.get("language")))
        found = inner
    meant = dsl.query_of(whole)
    return None if meant is None else (meant, "lucene" if language == "kql" else None)


_FORMULA: Final = re.compile(r'\s*="(?P<inner>(?:[^"]|"")+)"\s*')
_JOINED: Final = re.compile(r"\S\s+(?:AND|OR|NOT|DAN|ATAU)\s+\S")
_STARTS: Final = re.compile(r"(?:AND|OR|NOT|DAN|ATAU)\s|[+\-!]")
_ENDS: Final = re.compile(r"\s(?:AND|OR|NOT|DAN|ATAU)\Z")
"""Where a cell starts or ends so, a tab is white space within a query, and not its border."""
_CELL: Final = re.compile(r"[\w .,'/&:-]*")


def _of_cells(text: str, language: str) -> tuple[str, QueryLanguage | None] | None:
    """Return the query of a formula, or of a row of a table that has one in a single cell."""
    # Of Pantau's own language, `="KPK AND Co"` is a phrase; with doubled quotes it is none.
    formula = _FORMULA.fullmatch(text) if language != "pantau" or '""' in text else None
    if formula is not None and _JOINED.search(formula["inner"]):
        return formula["inner"].replace('""', '"'), None
    cells = [one.strip() for one in text.strip().split("\t")]
    queries = [one for one in cells if _JOINED.search(one)]
    others = [one for one in cells if not _JOINED.search(one)]
    if len(cells) < 2 or len(queries) != 1 or "\n" in text.strip():
        return None
    if not all(map(_CELL.fullmatch, others)) or {"AND", "OR", "NOT", "DAN", "ATAU"} & {*others}:
        return None
    if any(map(_STARTS.match, others)) or any(map(_ENDS.search, cells)):
        return None
    return queries[0], None


def _of_label(text: str) -> tuple[str, QueryLanguage | None] | None:
    """Return what stands behind a label; a single value may be that of a field."""
    found = _LABEL.fullmatch(text)
    if found is None or _SEVERAL.search(found["rest"]) is None:
        return None
    return found["rest"], None
