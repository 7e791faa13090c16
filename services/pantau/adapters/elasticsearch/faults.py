"""Whose fault a rejected write is: the document's, or that of the index it goes to.

A document that can never be stored is rejected and becomes a dead letter. What is wrong with the
index (its mapping, its name, a missing template) concerns every document: those wait until an
operator has repaired it. Elasticsearch reports both with status 400. So a rejection counts as the
document's only if its type says so and the index is as Pantau makes it; anything else waits.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from elasticsearch import Elasticsearch

from pantau_schemas.index_template import mapping

_DOCUMENT: Final = frozenset(
    {
        "",  # a proxy in between rejected the size of the request
        "action_request_validation_exception",  # an id that is too long
        "array_index_out_of_bounds_exception",
        "date_time_parse_exception",
        "document_parsing_exception",
        "illegal_argument_exception",  # such as a term that is too long; see `_OF_INDEX`
        "input_coercion_exception",
        "json_parse_exception",
        "mapper_parsing_exception",
        "max_bytes_length_exceeded_exception",
        "not_x_content_exception",
        "number_format_exception",
        "parse_exception",
        "parsing_exception",
        "stream_constraints_exception",
        "x_content_e_o_f_exception",
        "x_content_parse_exception",
    }
)
"""Types of errors that concern one document."""
_OF_INDEX: Final = (
    "limit of total fields",
    "limit of mapping depth",
    "alias",
    "template",
    "analyzer",
    "cannot change",
    "can't merge",
    "different type",
    "number of documents",
    "pipeline",
    "no write index",
    "setting",
)
"""Parts of the reasons of `illegal_argument_exception` that concern an index."""


def about_document(kind: str, reason: str) -> bool:
    """Return whether an error's type and reason concern one document. Pure."""
    told = reason.lower()
    if kind not in _DOCUMENT:
        return False
    return kind != "illegal_argument_exception" or not any(sign in told for sign in _OF_INDEX)


def wrong_fields(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[str]:
    """Yield how the fields of a mapping differ in type from those of another. Pure.

    Missing fields are not named: Elasticsearch reports those itself.
    """
    held = found.get("properties", {})
    for name, field in wanted.get("properties", {}).items():
        # An older version may have stored without indexing what can be searched today.
        if name not in held or held[name].get("enabled") is False:
            continue
        has, needs = _kind(held[name]), _kind(field)
        if has != needs:
            yield f"{name} is {has}, not {needs}"
        elif field.get("enabled", True):
            yield from (f"{name}.{one}" for one in wrong_fields(held[name], field))


def _kind(field: Mapping[str, Any]) -> str:
    kind = str(field.get("type", "object"))
    return f"{kind} that is not indexed" if field.get("enabled") is False else kind


def fault_of_index(server: Elasticsearch, alias: str, indices: Iterable[str]) -> str | None:
    """Return what is wrong with the indices, and what to do; None if they are as they should be."""
    if _is_index(server, alias):
        return (
            f"there is an index named {alias}, which is the name of the alias of all articles: "
            "delete it, or choose another elasticsearch.prefix"
        )
    for index in sorted(set(indices)):
        wrong = _wrong(server, alias, index)
        if wrong:
            return (
                f"the index {index} was not made from Pantau's template ({'; '.join(wrong[:5])}): "
                "delete it and run `pantau replay`, which fills it again"
            )
    return None


def _wrong(server: Elasticsearch, alias: str, index: str) -> list[str]:
    """Return how an existing index differs from one that the template makes."""
    answer = server.options(ignore_status=404).indices.get(
        index=index, filter_path="*.aliases,*.mappings"
    )
    if answer.meta.status != 200:
        return []
    # The name may be an alias by now: of the index that took the place of the one it was.
    found: Mapping[str, Any] = next(iter(answer.values()), {})
    wrong = [] if alias in found.get("aliases", {}) else [f"it lacks the alias {alias}"]
    return wrong + list(wrong_fields(found.get("mappings", {}), mapping()))


def _is_index(server: Elasticsearch, alias: str) -> bool:
    """Return whether the name of the alias is that of an index."""
    answer = server.options(ignore_status=404).indices.get(index=alias, filter_path="*.aliases")
    return answer.meta.status == 200 and alias in answer
