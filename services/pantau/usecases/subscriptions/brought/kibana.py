"""Saved objects of Kibana (NDJSON of its export): searches, queries, and rules that watch one.

A search has its query in `attributes.kibanaSavedObjectMeta.searchSourceJSON`, one with tabs in
`attributes.tabs[].attributes` the same way, and becomes a subscription for each tab. A `query` has
it in `attributes.query`, a rule of type `.es-query` in `attributes.params.searchConfiguration`,
with its threshold as the trigger.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pantau.common.text.safe_text import one_line
from pantau.problems import Problem, problem
from pantau.usecases.subscriptions.brought.rows import BroughtRow, refused

NAME_LIMIT: Final = 200
_LANGUAGES: Final = {"kuery": "kql", "lucene": "lucene"}
_UNITS: Final = {"s": "s", "m": "m", "h": "h", "d": "d"}
_RULE: Final = ".es-query"
_LEAST: Final = {">": 1, ">=": 0}
_LARGEST: Final = 1_000_000_000
"""Largest number of a threshold that is read; a rule of Pantau has far smaller ones."""


def is_saved_object(row: Mapping[str, Any]) -> bool:
    """Return whether an object of JSON is one of Kibana's, or the summary at the end of a file."""
    is_object = isinstance(row.get("type"), str) and isinstance(row.get("attributes"), dict)
    return is_object or "exportedCount" in row


def kibana_rows(found: Mapping[str, Any]) -> Iterator[BroughtRow]:
    """Yield what a saved object becomes: a row for each query, or why it is none."""
    if "exportedCount" in found:
        return
    attributes, kind = found["attributes"], one_line(found["type"], 40)
    name = _text(attributes, "title") or _text(attributes, "name") or _text(found, "id") or kind
    if kind == "search":
        yield from _search(attributes, name)
    elif kind == "query":
        yield _row(name, attributes.get("query"), attributes.get("filters"))
    elif kind == "alert":
        yield _rule(attributes, name)
    else:
        yield refused(name, problem("brought.kibana-kind", kind=kind))


def _search(attributes: Mapping[str, Any], name: str) -> Iterator[BroughtRow]:
    tabs = attributes.get("tabs")
    if not isinstance(tabs, list) or not tabs:
        yield _source_row(attributes, name)
        return
    for tab in tabs:
        inner = tab.get("attributes") if isinstance(tab, dict) else None
        if not isinstance(inner, dict):
            yield refused(name, problem("brought.no-query"))
            continue
        label = _text(tab, "label")
        yield _source_row(inner, f"{name}: {label}" if label and len(tabs) > 1 else name)


def _source_row(attributes: Mapping[str, Any], name: str) -> BroughtRow:
    meta = attributes.get("kibanaSavedObjectMeta")
    text = meta.get("searchSourceJSON") if isinstance(meta, dict) else None
    try:
        source = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        source = None
    if not isinstance(source, dict):
        return refused(name, problem("brought.no-query"))
    return _row(name, source.get("query"), source.get("filter"))


def _row(name: str, query: object, filters: object) -> BroughtRow:
    if not isinstance(query, dict):
        return refused(name, problem("brought.no-query"))
    if "esql" in query or query.get("language") == "esql":
        return refused(name, problem("brought.esql"))
    text, language = query.get("query"), _LANGUAGES.get(str(query.get("language", "kuery")))
    if isinstance(text, dict) or language is None:
        return refused(name, problem("brought.query-dsl"))
    if not isinstance(text, str) or not text.strip():
        return refused(name, problem("brought.empty-query"))
    row = {"name": one_line(name, NAME_LIMIT), "query": text, "language": language}
    return BroughtRow(row, _filter_notes(filters))


def _filter_notes(filters: object) -> tuple[Problem, ...]:
    count = sum(1 for one in filters if _is_on(one)) if isinstance(filters, list) else 0
    return (problem("brought.filters", count=count),) if count else ()


def _is_on(one: object) -> bool:
    meta = one.get("meta") if isinstance(one, dict) else None
    return not (isinstance(meta, dict) and meta.get("disabled") is True)


def _rule(attributes: Mapping[str, Any], name: str) -> BroughtRow:
    params = attributes.get("params")
    if attributes.get("alertTypeId") != _RULE or not isinstance(params, dict):
        return refused(name, problem("brought.kibana-rule"))
    if params.get("searchType") == "esqlQuery":
        return refused(name, problem("brought.esql"))
    source = params.get("searchConfiguration")
    if not isinstance(source, dict):
        return refused(name, problem("brought.query-dsl"))
    made = _row(name, source.get("query"), source.get("filter"))
    if made.row is None:
        return made
    when, notes = _trigger(params), made.notes
    if when is None:
        return BroughtRow(made.row, (*notes, problem("brought.no-trigger")))
    return BroughtRow({**made.row, "when": when}, notes)


def _trigger(params: Mapping[str, Any]) -> str | None:
    """Return the threshold of a rule as `5 in 1h`; None for one that is not of that kind."""
    threshold, size = params.get("threshold"), params.get("timeWindowSize")
    unit = _UNITS.get(str(params.get("timeWindowUnit")))
    more = _LEAST.get(str(params.get("thresholdComparator")))
    first = threshold[0] if isinstance(threshold, list) and threshold else None
    if type(first) is not int or type(size) is not int or unit is None or more is None:
        return None
    if max(abs(first), abs(size)) > _LARGEST:  # of thousands of digits, which Python cannot write
        return None
    number = first + more
    return f"{number} in {size}{unit}" if number > 1 else "every match"


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    return one_line(value, NAME_LIMIT) if isinstance(value, str) else ""
