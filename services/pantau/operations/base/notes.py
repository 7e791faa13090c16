"""Notes about a query: what is wrong with it or doubtful, and the repair."""

from typing import Literal

from pydantic import Field

from pantau.messages.languages import Lang
from pantau.operations.base.operation import Answer
from pantau.query import QueryError
from pantau.query.diagnosis.diagnosis import Diagnosis
from pantau_schemas.events.subscription import QueryLanguage


class QueryRemark(Answer):
    """A problem of a query, at its first place."""

    code: str = Field(description="Code of the diagnosis; `unreadable` where none knows more.")
    severity: Literal["error", "warning", "note"]
    position: int = Field(ge=0, description="In code points of the query, from 0.")
    message: str
    suggestion: str | None = Field(description="A query that may be meant.")
    suggestion_language: QueryLanguage | None = Field(
        description="Language of the suggestion; null where it is that of the query."
    )


def note_of(one: Diagnosis, lang: Lang) -> QueryRemark:
    """Return the note of a diagnosis."""
    return QueryRemark(
        code=one.code,
        severity=one.severity.value,
        position=one.start,
        message=one.text(lang),
        suggestion=one.suggestion,
        suggestion_language=one.language if one.suggestion is not None else None,
    )


def note_of_error(error: QueryError, language: QueryLanguage | None, lang: Lang) -> QueryRemark:
    """Return the note of a query that cannot be read; `language` is that of the query, if known."""
    return QueryRemark(
        code=error.code,
        severity="error",
        position=error.position,
        message=error.text(lang).partition("\n")[0],
        suggestion=error.suggestion,
        suggestion_language=None if error.suggestion is None else error.language or language,
    )
