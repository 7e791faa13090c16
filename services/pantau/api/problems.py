"""Answers to requests that cannot be fulfilled: problem details (RFC 9457)."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from pantau.errors import PantauError
from pantau.messages.languages import Lang
from pantau.operations.base.faults import MOST_FAULTS
from pantau.operations.base.notes import QueryRemark, note_of_error
from pantau.operations.base.outcomes import code_of, status_of
from pantau.problems import Problem
from pantau.query import QueryError

MEDIA_TYPE: Final = "application/problem+json"
RETRY_SECONDS: Final = 5
"""Delay that clients are asked for while the store does not answer."""


class FieldFault(BaseModel):
    """A field of a request that is at fault, and why."""

    field: str
    message: str


class ProblemDetails(BaseModel):
    """Why a request is not fulfilled, and what would work. `code` is stable; sentences are not."""

    model_config = ConfigDict(frozen=True)

    type: Literal["about:blank"] = "about:blank"
    title: str = Field(description="Phrase of the status.")
    status: int
    detail: str = Field(description="A sentence in the language of the request.")
    code: str = Field(description="Code of the problem, such as `feeds.missing`.")
    errors: tuple[FieldFault, ...] = Field(description="Faults of single fields.")
    note: QueryRemark | None = Field(description="Of a query that cannot be read.")


def problem_answer(
    status: int,
    what: Problem,
    lang: Lang,
    *,
    errors: Sequence[FieldFault] = (),
    retry_after: int | None = None,
) -> Response:
    """Return the response of a problem of the catalogue."""
    return _response(status, what.code, what.text(lang), errors=errors, retry_after=retry_after)


def error_answer(error: PantauError, lang: Lang) -> Response:
    """Return the response of an error."""
    status, note = status_of(error), None
    detail = error.text(lang)
    if isinstance(error, QueryError):  # without the picture of the place, which is for terminals
        note = note_of_error(error, None, lang)
        detail = note.message
    wait = RETRY_SECONDS if status == 503 else None
    return _response(status, code_of(error), detail, note=note, retry_after=wait)


def _response(
    status: int,
    code: str,
    detail: str,
    *,
    errors: Sequence[FieldFault] = (),
    note: QueryRemark | None = None,
    retry_after: int | None = None,
) -> Response:
    details = ProblemDetails(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        errors=tuple(errors[:MOST_FAULTS]),
        note=note,
    )
    headers = {"Cache-Control": "no-store"}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return Response(details.model_dump_json(), status, headers, MEDIA_TYPE)
