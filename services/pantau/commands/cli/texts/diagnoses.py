"""Diagnoses of a query, for programs and for people."""

from typing import TYPE_CHECKING, Any

from pantau.commands.cli.language import current
from pantau.commands.cli.say import print_aside, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pantau.query import QueryError
    from pantau.query.diagnosis.diagnosis import Diagnosis, Edit
    from pantau_schemas.events.subscription import QueryLanguage


def shown(one: "Diagnosis") -> dict[str, Any]:
    """Return a diagnosis for JSON.

    `suggestion` is a query in the query language `suggestion_language`, which `edits` make of the
    query; it is null, and `edits` empty, where no repair is known.
    """
    return {
        "code": one.code,
        "severity": one.severity.value,
        "position": one.start,
        "end": one.end,
        "count": one.count,
        "message": one.text(current()),
        "params": dict(one.params),
        "suggestion": one.suggestion,
        "suggestion_language": one.language if one.suggestion is not None else None,
        "edits": _edits(one.edits),
    }


def shown_error(error: "QueryError", language: "QueryLanguage") -> dict[str, Any]:
    """Return for JSON why a query cannot be read."""
    from pantau.query.diagnosis.diagnosis import difference

    suggestion = error.suggestion
    edits = difference(error.query, suggestion) if suggestion is not None else ()
    return {
        "code": error.code,
        "position": error.position,
        "expected": error.expected,
        "suggestion": suggestion,
        "suggestion_language": None if suggestion is None else error.language or language,
        "edits": _edits(edits),
    }


def _edits(edits: "tuple[Edit, ...]") -> list[list[Any]]:
    return [[one.start, one.end, one.replacement] for one in edits]


def line(one: "Diagnosis", language: "QueryLanguage") -> str:
    """Return a diagnosis as a line for people."""
    from pantau.common.text.safe_text import one_line

    text = say("query.at-character", place=one.start + 1, text=one.text(current()))
    if one.suggestion is not None:
        chosen = "" if one.language == language else f" (--language {one.language})"
        text += say("query.try", suggestion=f"{one.suggestion}{chosen}")
    return one_line(text)


def report(found: "Iterable[Diagnosis]", language: "QueryLanguage") -> None:
    """Write what is surely not meant in a query to standard error."""
    for one in found:
        is_note = one.severity.value == "note"
        print_aside("cli.note" if is_note else "cli.warning", text=line(one, language))
