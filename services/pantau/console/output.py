"""Answers: a page, the same list as JSON or CSV, a redirection, an error."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import RedirectResponse, Response

from pantau.common.text.csv_cells import safe_cell
from pantau.common.text.safe_text import harmless
from pantau.console.asked import Asked, Form
from pantau.console.render import as_json, page
from pantau.console.show.links import own_path
from pantau.errors import PantauError, RetryError
from pantau.operations.base.outcomes import NOT_FOUND
from pantau.query import QueryError


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """A page for people."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """A page with a list, which programs get as rows; `more` is what JSON says beside them."""

    shown: PageAnswer
    rows: Sequence[Mapping[str, Any]]
    columns: tuple[str, ...]
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """Where to go on after a change; `done` is the code of what the next page says about it."""

    path: str
    done: str | None = None


@dataclass(frozen=True, slots=True)
class Data:
    """Values for the console's own script."""

    value: Any


Answer = PageAnswer | ListAnswer | Moved | Data
View = Callable[[Asked], Answer]


def response(answer: Answer, asked: Asked, form: Form) -> Response:
    """Return the response of an answer."""
    match answer:
        case Moved(path=path, done=done):
            return RedirectResponse(own_path(path, done=done), status_code=303)
        case Data(value=value):
            return _data(as_json(value), 200)
        case ListAnswer() if form == "json":
            rows = [{name: row.get(name) for name in answer.columns} for row in answer.rows]
            return _data(as_json({"items": rows, **answer.more}), answer.shown.status)
        case ListAnswer() if form == "csv":
            return _csv(answer)
        case ListAnswer(shown=shown) | (PageAnswer() as shown):
            return _html(shown, asked)


def error_response(error: PantauError, asked: Asked, form: Form) -> Response:
    """Return the response to a request that cannot be fulfilled: what is wrong, and the fix."""
    code = error.problem.code if error.problem is not None else ""
    status = 404 if code in NOT_FOUND else 503 if isinstance(error, RetryError) else 400
    text = error.text(asked.lang)
    if isinstance(error, QueryError):  # without the picture of the place, which is for terminals
        text = text.partition("\n")[0]
    made = problem_response(status, text, asked, form, code=code)
    if status == 503:
        made.headers["Retry-After"] = "5"
    return made


def problem_response(
    status: int, text: str, asked: Asked, form: Form, *, code: str = ""
) -> Response:
    """Return a page, or JSON, that says what is wrong."""
    if form != "html":
        return _data(as_json({"error": {"code": code, "text": text}}), status)
    return _html(PageAnswer("error.html", {"problem": text, "status": status}, status), asked)


def _html(shown: PageAnswer, asked: Asked) -> Response:
    text = page(shown.template, asked, shown.values)
    # The answer to a form may be the one page with a secret.
    kept = "no-store" if asked.form else "private, no-cache"
    headers = {"Cache-Control": kept, "Content-Language": asked.lang}
    headers["Vary"] = "Accept-Language, Cookie"
    return Response(text, shown.status, headers, "text/html; charset=utf-8")


def _data(text: str, status: int) -> Response:
    headers = {"Cache-Control": "private, no-cache"}
    return Response(text, status, headers, "application/json; charset=utf-8")


def _csv(answer: ListAnswer) -> Response:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([_cell(row.get(name)) for name in answer.columns])
    headers = {"Cache-Control": "private, no-cache", "Content-Disposition": "attachment"}
    return Response(out.getvalue(), answer.shown.status, headers, "text/csv; charset=utf-8")


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool() | int() | float():
            return str(value)
        case list() | tuple():
            return safe_cell("; ".join(harmless(str(one)) for one in value))
        case _:
            return safe_cell(harmless(str(value)))
