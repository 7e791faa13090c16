"""Elasticsearch queries read back: the joins here, each leaf by the evaluator."""

from typing import Any

from pantau.query import ast
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document


def read_back(body: dict[str, Any], document: Document) -> bool:
    """Return whether an Elasticsearch query accepts an article."""
    ((kind, inside),) = body.items()
    match kind:
        case "constant_score":
            return read_back(inside["filter"], document)
        case "bool":
            should = inside.get("should", ())
            assert not should or inside["minimum_should_match"] == 1
            return (
                all(read_back(one, document) for one in inside.get("filter", ()))
                and not any(read_back(one, document) for one in inside.get("must_not", ()))
                and (not should or any(read_back(one, document) for one in should))
            )
        case "terms":
            ((name, values),) = inside.items()
            return any(accepts(ast.Term((name,), value), document) for value in values)
        case _:
            return accepts(_leaf(kind, inside), document)


def _leaf(kind: str, inside: dict[str, Any]) -> ast.Query:  # noqa: PLR0911 (one return a kind)
    if kind == "match_all":
        return ast.MatchAll()
    if kind == "match_none":
        return ast.MatchNone()
    if kind == "exists":
        return ast.Exists((inside["field"],))
    ((name, wanted),) = inside.items()
    match kind:
        case "term":
            return ast.Term((name,), wanted)
        case "match_phrase":
            assert wanted["analyzer"] == "whitespace"
            return ast.Phrase((name,), tuple(wanted["query"].split()), wanted.get("slop", 0))
        case "prefix":
            return ast.Prefix((name,), wanted["value"])
        case "wildcard":
            return ast.Wildcard((name,), wanted["value"])
        case "fuzzy":
            return ast.Fuzzy((name,), wanted["value"], wanted["fuzziness"])
        case _:
            assert kind == "range"
            return ast.Range((name,), wanted.get("gte"), wanted.get("lte"))
