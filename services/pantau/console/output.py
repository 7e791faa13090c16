"""Answers: a page, the same list as JSON or CSV, a redirection, an error."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeVar

from starlette.responses import RedirectResponse, Response

from pantau.common.text.csv_cells import safe_cell
from pantau.common.text.safe_text import harmless
from pantau.common.text.syndication import ATOM_TYPE, FeedHead, FeedItem, atom_document
from pantau.console.asked import Asked, Form
from pantau.console.language import COOKIE_SECONDS
from pantau.console.render import as_json, page
from pantau.console.show.links import KEPT, changed, own_path
from pantau.errors import PantauError, RetryError
from pantau.operations.base.outcomes import NOT_FOUND
from pantau.query import QueryError
from pantau.usecases.accounts.person import ForbiddenError
from pantau_schemas.ids import digest_id

RowT = TypeVar("RowT")


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """A page for people."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    is_secret: bool = False  # nobody may keep it


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """A page with a list, which programs get as rows; `more` is what JSON says beside them.

    `items` are the rows for newsreaders, where they are asked for.
    """

    shown: PageAnswer
    rows: Sequence[Mapping[str, Any]]
    columns: tuple[str, ...]
    more: Mapping[str, Any] = field(default_factory=dict)
    items: Sequence[FeedItem] = ()
    title: str = ""


def first_rows(found: Sequence[RowT], rows: int) -> tuple[Sequence[RowT], Mapping[str, bool]]:
    """Return the first of some things, and for programs whether there are more."""
    return found[:rows], {"has_more": len(found) > rows}


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A document for programs, which they can ask for again by its ETag."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A file to save. `name` has letters, digits, dots and hyphens alone."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Moved:
    """Where to go on after a change; `done` is the code of what the next page says about it.

    `cookie` is a name and a value that the browser keeps for a year.
    `values` are further ones of the address; empty ones are left out.
    """

    path: str
    done: str | None = None
    cookie: tuple[str, str] | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Data:
    """Values for the console's own script."""

    value: Any


Answer = PageAnswer | ListAnswer | FeedDocument | FileAnswer | Moved | Data
View = Callable[[Asked], Answer]


def response(answer: Answer, asked: Asked, form: Form) -> Response:
    """Return the response of an answer."""
    match answer:
        case Moved(path=path, done=done, cookie=cookie, values=values):
            moved = RedirectResponse(own_path(path, **values, done=done), status_code=303)
            if cookie is not None:
                moved.set_cookie(*cookie, max_age=COOKIE_SECONDS, httponly=True, samesite="lax")
            return moved
        case Data(value=value):
            return _data(as_json(value), 200)
        # Forms for programs come first; a list that is asked for in any other is a page.
        case ListAnswer() if form == "json":
            rows = [{name: row.get(name) for name in answer.columns} for row in answer.rows]
            return _data(as_json({"items": rows, **answer.more}), answer.shown.status)
        case ListAnswer(shown=shown) if form == "csv":
            return _csv(answer, asked) if shown.status == 200 else _no_table(answer, asked)
        case ListAnswer(shown=shown) if form == "atom":
            return _atom(answer, asked) if shown.status == 200 else _no_feed(shown.status, asked)
        case FeedDocument():
            return _document(answer)
        case FileAnswer(name=name, media_type=media_type, content=content):
            headers = {"Cache-Control": "private, no-store"}
            headers["Content-Disposition"] = f'attachment; filename="{name}"'
            return Response(content, 200, headers, media_type)
        case ListAnswer(shown=shown) | (PageAnswer() as shown):
            return _html(shown, asked)


def error_response(error: PantauError, asked: Asked, form: Form) -> Response:
    """Return the response to a request that cannot be fulfilled: what is wrong, and the fix."""
    code = error.problem.code if error.problem is not None else ""
    status = 404 if code in NOT_FOUND else 503 if isinstance(error, RetryError) else 400
    if isinstance(error, ForbiddenError):
        status = 403
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
    # Gone after the sign-out.
    secret = asked.form or shown.is_secret or asked.parts.person is not None
    kept = "no-store" if secret else "private, no-cache"
    headers = {"Cache-Control": kept, "Content-Language": asked.lang}
    headers["Vary"] = "Accept-Language, Cookie"
    return Response(text, shown.status, headers, "text/html; charset=utf-8")


def _data(text: str, status: int) -> Response:
    headers = {"Cache-Control": "private, no-cache"}
    return Response(text, status, headers, "application/json; charset=utf-8")


def _atom(answer: ListAnswer, asked: Asked) -> Response:
    """Return a list as a feed, whose id is that of the list with the values that it depends on."""
    path = asked.path.removesuffix(".atom")
    kept = {name: value for name, value in sorted(asked.values.items()) if name in KEPT}
    here = digest_id(path, *(part for pair in kept.items() for part in pair))
    name = " ".join(one for one in (answer.title, kept.get("q", "")) if one)
    head = FeedHead(
        feed_id=f"urn:pantau:list:{here}",
        title=f"{harmless(name)} - Pantau",
        self_link=asked.base + changed(asked.path, asked.values),
        home_link=asked.base + changed(path, asked.values),
        lang=asked.lang,
    )
    return _document(FeedDocument(atom_document(head, answer.items), ATOM_TYPE))


def _document(made: FeedDocument) -> Response:
    headers = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    headers["ETag"] = f'"{sha256(made.content).hexdigest()[:32]}"'
    return Response(made.content, 200, headers, made.media_type)


def _no_feed(status: int, asked: Asked) -> Response:
    """Return the problem of a list that has a page which shows it."""
    return problem_response(status, asked.text("console.no-feed"), asked, "atom")


def _no_table(answer: ListAnswer, asked: Asked) -> Response:
    """Return the problem of a list in place of a table without rows, which would look complete."""
    error = answer.more["error"]
    return problem_response(answer.shown.status, error["text"], asked, "csv", code=error["code"])


def _csv(answer: ListAnswer, asked: Asked) -> Response:
    """Return a list as a table; the header `Link` names the next page where there is one.

    `X-Has-More` says that there are more rows, but no next page.

    Spreadsheet programs read UTF-8 only behind a byte order mark, which programs stumble over: so
    `bom=1` asks for it, as the links of pages do.
    """
    out = io.StringIO()
    out.write("\ufeff" if asked.values.get("bom") == "1" else "")
    writer = csv.writer(out)
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([_cell(row.get(name)) for name in answer.columns])
    headers = {"Cache-Control": "private, no-cache", "Content-Disposition": "attachment"}
    if cursor := answer.more.get("cursor"):
        headers["Link"] = f'<{changed(asked.path, asked.values, cursor=cursor)}>; rel="next"'
    if answer.more.get("has_more"):
        headers["X-Has-More"] = "true"
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
