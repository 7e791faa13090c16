"""What is said of a query: diagnoses for programs and for people."""

from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.lang_option import tongue_of_locale

if TYPE_CHECKING:
    from pantau.query import QueryError
    from pantau.query.diagnosis.diagnosis import Diagnosis, Edit
    from pantau_schemas.subscription import QueryLanguage


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
        "message": one.text(tongue_of_locale()),
        "params": dict(one.params),
        "suggestion": one.suggestion,
        "suggestion_language": one.language if one.suggestion is not None else None,
        "edits": _edits(one.edits),
    }


def shown_error(error: "QueryError", language: "QueryLanguage") -> dict[str, Any]:
    """Return for JSON why a query cannot be read."""
    from pantau.query.diagnosis.diagnosis import difference  # noqa: PLC0415 (not needed for --help)

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
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (not needed for --help)

    tip = ""
    if one.suggestion is not None:
        chosen = "" if one.language == language else f" (--language {one.language})"
        tip = f"; try: {one.suggestion}{chosen}"
    return one_line(f"character {one.start + 1}: {one.text(tongue_of_locale())}{tip}")


def tell(text: str, language: "QueryLanguage", time_zone: str) -> None:
    """Write what is surely not meant in a query to standard error."""
    from pantau.query import warnings  # noqa: PLC0415 (not needed for --help)

    for one in warnings(text, language, time_zone):
        click.echo(f"{_label(one)}: {line(one, language)}", err=True)


def _label(one: "Diagnosis") -> str:
    return "note" if one.severity.value == "note" else "warning"
