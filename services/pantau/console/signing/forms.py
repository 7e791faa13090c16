"""Sign-in, sign-out, and a new password: what begins or ends a session, and so sets its cookie."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pantau.api.identity import person_of
from pantau.console.asked import Asked, read_values
from pantau.console.identity import COOKIE, SIGN_IN
from pantau.console.language import chosen_language
from pantau.console.output import PageAnswer, error_response, response
from pantau.console.show.links import local_back, own_path
from pantau.errors import PantauError, UsageError
from pantau.operations.base.parts import Parts
from pantau.problems import problem
from pantau.usecases.accounts.person import Person
from pantau.usecases.accounts.signing_in import Accounts, SignInRefusedError

DONE: Final = "/sign-in/done"
SIGN_OUT: Final = "/sign-out"
PASSWORD: Final = "/account/password"  # noqa: S105 (an address)
SIGNING: Final = (SIGN_IN, DONE, SIGN_OUT, PASSWORD)
"""The addresses of this module."""

Step = Callable[[Asked, Accounts, Request], Response]


def signing_routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes; none where there are no accounts."""
    if parts.accounts is None:
        return []
    accounts = parts.accounts
    # Hashing a password takes 20 ms of one processor: pages are not to wait for many of them.
    limiter = anyio.CapacityLimiter(1)

    def endpoint(step: Step) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            body = (await request.body()).decode("utf-8", "replace")
            made = await anyio.to_thread.run_sync(
                _answered, step, parts, accounts, request, body, limiter=limiter
            )
            made.headers["Cache-Control"] = "no-store"
            return made

        return answer

    return [
        Route(SIGN_IN, endpoint(_ask), methods=["GET"]),
        Route(SIGN_IN, endpoint(_sign_in), methods=["POST"]),
        Route(DONE, endpoint(_done), methods=["GET"]),
        Route(SIGN_OUT, endpoint(_sign_out), methods=["POST"]),
        Route(PASSWORD, endpoint(_password), methods=["POST"]),
    ]


def _answered(
    step: Step, parts: Parts, accounts: Accounts, request: Request, body: str
) -> Response:
    asked = asked_of(parts, request)
    try:
        return step(asked_of(parts, request, request.url.query, body), accounts, request)
    except PantauError as error:
        return error_response(error, asked, "html")


def asked_of(parts: Parts, request: Request, query: str = "", body: str = "") -> Asked:
    """Return a request to an address that needs no sign-in.

    Raises UsageError for values that no page has.
    """
    lang = chosen_language(
        request.cookies, request.headers.get("accept-language"), parts.settings.lang
    )
    person = person_of(request)
    own = parts if person is None else parts.for_person(person)
    return Asked(
        own,
        lang,
        parts.clock.now(),
        request.url.path,
        values=read_values(query),
        form=read_values(body),
    )


def _ask(asked: Asked, accounts: Accounts, request: Request) -> Response:
    del accounts, request
    return sign_in_page(asked, asked.values.get("back", ""))


def _sign_in(asked: Asked, accounts: Accounts, request: Request) -> Response:
    form, back = asked.form, asked.form.get("back", "")
    address = str(request.scope["state"].get("address", ""))
    try:
        secret = accounts.sign_in(form.get("name", ""), form.get("password", ""), address)
    except SignInRefusedError as error:
        return refused(
            sign_in_page(asked, back, error.text(asked.lang), error.after_seconds), error
        )
    made = RedirectResponse(own_path(DONE, back=local_back(back)), status_code=303)
    set_cookie(made, secret, accounts)
    return made


def _done(asked: Asked, accounts: Accounts, request: Request) -> Response:
    """Redirect to the page that was asked for, or say that the browser did not keep the cookie.

    Whoever has a password that was made for them is led to where they choose their own.
    """
    person = person_of(request)
    if person is not None and accounts.has_first_password(person):
        return RedirectResponse("/account", status_code=303)
    if person is not None:
        return RedirectResponse(local_back(asked.values.get("back")), status_code=303)
    return sign_in_page(asked, asked.values.get("back", ""), asked.text("accounts.no-cookie"))


def _sign_out(asked: Asked, accounts: Accounts, request: Request) -> Response:
    person = person_of(request)
    if person is not None and person.via == "session":
        accounts.sign_out(person)
    ended = None if asked.parts.provider is None else 1
    made = RedirectResponse(own_path(SIGN_IN, ended=ended), status_code=303)
    made.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return made


def _password(asked: Asked, accounts: Accounts, request: Request) -> Response:
    """Replace the person's password; all other sessions end."""
    del request
    person, form = require_session(asked.parts.person), asked.form
    if form.get("new", "") != form.get("again", ""):
        raise UsageError(problem("accounts.not-the-same"))
    try:
        secret = accounts.change_password(person, form.get("current", ""), form.get("new", ""))
    except SignInRefusedError as error:
        return refused(error_response(error, asked, "html"), error)
    made = RedirectResponse(own_path("/account", done="accounts.password-changed"), status_code=303)
    set_cookie(made, secret, accounts)
    return made


def require_session(person: Person | None) -> Person:
    """Return a person who signed in themselves. Raises UsageError for a program with a token.

    Else whoever has a token could make another one with more rights, which lasts longer.
    """
    if person is None or person.via != "session":
        raise UsageError(problem("accounts.no-session"))
    return person


def set_cookie(made: Response, secret: str, accounts: Accounts) -> None:
    """Set the cookie of a session."""
    seconds = int(accounts.lasts.total_seconds())
    made.set_cookie(
        COOKIE, secret, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax"
    )


def refused(made: Response, error: SignInRefusedError) -> Response:
    """Return an answer that says how long the next sign-in has to wait."""
    if error.after_seconds:
        made.headers["Retry-After"] = str(error.after_seconds)
    return made


def sign_in_page(asked: Asked, back: str, fault: str = "", wait: int = 0) -> Response:
    """Return the page where people sign in, and what went wrong there."""
    provider = asked.parts.provider
    values: dict[str, Any] = {
        "back": local_back(back),
        "provider": None if provider is None else provider.label,
        "has_ended": asked.values.get("ended") == "1",
        "is_over": asked.values.get("over") == "1",
        "fault": fault,
        "name": asked.form.get("name", ""),
    }
    status = 429 if wait else 403 if fault else 200
    return response(PageAnswer("sign-in.html", values, status), asked, "html")
