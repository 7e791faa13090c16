"""Who a request comes from: the middleware between the guard and the pages, where people sign in.

It sets `scope["state"]["person"]`; see `pantau.api.identity`. A request of nobody reaches only the
addresses of `PUBLIC`: a page leads to the sign-in, everything else is answered with 401.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import anyio
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response

from pantau.api.identity import NO_ACCOUNT, PERSON
from pantau.api.language import accepted_language
from pantau.api.problems import problem_answer
from pantau.console.access import BY_SECRET, SAFE_METHODS, client_address
from pantau.console.guard import App, Receive, Scope, Send
from pantau.console.show.links import local_back, own_path
from pantau.errors import PantauError
from pantau.problems import problem
from pantau.settings import ConsoleSettings
from pantau.usecases.accounts.person import Person
from pantau.usecases.accounts.signing_in import Accounts

COOKIE: Final = "__Host-pantau"
"""Browsers keep it over HTTPS alone (and on this machine), for this host and every path of it."""
SIGN_IN: Final = "/sign-in"
PUBLIC: Final[Mapping[str, str]] = {
    SIGN_IN: "it is where nobody has signed in yet",
    "/sign-in/done": "it says when a browser did not keep the cookie",
    "/sign-in/provider": "it leads to where people sign in",
    "/sign-in/provider/return": "the provider leads there, and its answer signs a person in",
    "/sign-in/provider/end": "it leads to where people sign out of the provider",
    "/static/": "files of the program, which have nothing of anybody",
    "/language/": "it sets a cookie of the browser and reads nothing",
}
"""Addresses, and beginnings of addresses that end with a slash, that nobody has to sign in for."""
_AT_ONCE: Final = 2
"""Requests whose person is looked up at a time; each thread has a connection of its own."""
_LONGEST: Final = 8_000
"""Characters of the header `Cookie` that are read."""
_PROGRAMS: Final = ("/api/", "/mcp", "/events")
"""Beginnings of addresses that programs ask for, which are never led to the sign-in."""


class PersonFinder:
    """ASGI middleware that finds who a request comes from."""

    def __init__(self, app: App, accounts: Accounts, settings: ConsoleSettings) -> None:
        self._app = app
        self._accounts = accounts
        self._settings = settings
        self._limiter = anyio.CapacityLimiter(_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request of HTTP; see ASGI."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1")
            for name, value in scope["headers"]
        }
        peer = scope["client"][0] if scope.get("client") else ""
        forwarded = headers.get("x-forwarded-for", "")
        address = client_address(peer, forwarded, self._settings.proxies)
        if scope["path"].startswith(tuple(BY_SECRET)):
            state = {**scope.get("state", {}), PERSON: None, NO_ACCOUNT: True, "address": address}
            await self._app({**scope, "state": state}, receive, send)
            return
        try:
            person = await anyio.to_thread.run_sync(
                self._person, headers, address, limiter=self._limiter
            )
        except PantauError:  # the store does not answer
            await self._refused(scope, headers, 503)(scope, receive, send)
            return
        state = {**scope.get("state", {}), PERSON: person, "address": address}
        scope = {**scope, "state": state}
        if person is None and not is_public(scope["path"]):
            await self._refused(scope, headers, 401)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _person(self, headers: Mapping[str, str], address: str) -> Person | None:
        """Return whose a token is, or who has signed in; a token that is wrong is nobody's."""
        given = headers.get("authorization")
        # A request that has an `Authorization` is decided by it alone: with a wrong token, the
        # cookie that a browser adds must not count.
        if given is not None:
            kind, _, secret = given.partition(" ")
            is_token = kind.lower() == "bearer"
            return self._accounts.by_token(secret.strip(), address) if is_token else None
        secret = cookie_of(headers.get("cookie", ""))
        return self._accounts.by_cookie(secret, address) if secret else None

    def _refused(self, scope: Scope, headers: Mapping[str, str], status: int) -> Response:
        path = scope["path"]
        is_program = path.startswith(_PROGRAMS) or path.endswith((".json", ".csv", ".atom"))
        if status != 401 or is_program or "authorization" in headers:
            return self._problem(headers, status)
        query = scope.get("query_string", b"").decode("latin-1")
        back = f"{path}?{query}" if query else path
        is_page = scope["method"] in SAFE_METHODS
        if not is_page:  # nothing of it was done: say so, and lead back to the form
            back = form_page(headers)
        kept = None if back == "/" else back
        over = None if is_page else 1
        return RedirectResponse(own_path(SIGN_IN, back=kept, over=over), status_code=303)

    def _problem(self, headers: Mapping[str, str], status: int) -> Response:
        lang = accepted_language(headers.get("accept-language"), None)
        if status == 503:
            return problem_answer(status, problem("accounts.away"), lang, retry_after=5)
        made = problem_answer(status, problem("accounts.needed"), lang)
        made.headers["WWW-Authenticate"] = 'Bearer realm="pantau"'  # RFC 6750, 3
        return made


def form_page(headers: Mapping[str, str]) -> str:
    """Return the page of the console whose form was sent; the first page where none is named.

    Names of `headers` are in lower case. Pure.
    """
    try:
        sent_by = urlsplit(headers.get("referer", ""))
    except ValueError:
        return "/"
    if sent_by.netloc != headers.get("host") or is_public(sent_by.path):
        return "/"
    return local_back(f"{sent_by.path}?{sent_by.query}" if sent_by.query else sent_by.path)


def is_public(path: str) -> bool:
    """Return whether nobody has to sign in for an address."""
    return any(
        path.startswith(one) if one.endswith("/") else path == one for one in (*PUBLIC, *BY_SECRET)
    )


def cookie_of(header: str) -> str:
    """Return the secret of a session in a header `Cookie`; empty where there is none."""
    return cookie_parser(header[:_LONGEST]).get(COOKIE, "")
