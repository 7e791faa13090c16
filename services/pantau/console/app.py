"""The application: each address of `addresses.py` with the page that answers it, behind a guard."""

import logging
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import anyio
from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pantau.api.conditional import fresh_only
from pantau.api.identity import alerts_shown_to, parts_of, person_of
from pantau.api.language import accepted_language
from pantau.api.mount import PREFIX, LaterApp, no_route_answer
from pantau.api.segments import WholeMount
from pantau.console.access import shown_path
from pantau.console.addresses import (
    ACCOUNT_CHANGES,
    ACCOUNT_LISTS,
    ACCOUNT_PAGES,
    CHANGES,
    FEEDS,
    FILES,
    LISTS,
    PAGES,
    PATIENT,
    PICTURE,
    RIGHTS,
)
from pantau.console.asked import FORM_LIMIT, Asked, Form, read_values
from pantau.console.guard import MCP, UPLOADS, App, Guard
from pantau.console.identity import PersonFinder
from pantau.console.language import COOKIE, COOKIE_SECONDS, chosen_language
from pantau.console.live.endpoint import EventStream
from pantau.console.live.hub import AlertHub, Visible
from pantau.console.output import (
    View,
    error_response,
    problem_response,
    response,
)
from pantau.console.pictures import PictureEndpoint
from pantau.console.render import ASSETS, asset, asset_path
from pantau.console.show.links import local_back
from pantau.console.signing.forms import signing_routes
from pantau.console.signing.provider import provider_routes
from pantau.console.uploads import read_upload
from pantau.errors import PantauError, UsageError
from pantau.messages.languages import LANGS
from pantau.messages.options import speaking_to
from pantau.observe.asked_host import AskedHost
from pantau.operations.base.parts import Parts
from pantau.problems import problem
from pantau.usecases.accounts.person import require
from pantau_schemas.events.people.account import Scope

if TYPE_CHECKING:
    from pantau.mcp_server.http import McpEndpoint

log = logging.getLogger(__name__)

AT_ONCE: Final = 4
"""Pages that are computed at a time; others wait. Each thread has a connection of its own."""

_FORMS: Final[tuple[tuple[str, Form], ...]] = ((".json", "json"), (".csv", "csv"), ("", "html"))
"""Ends of the paths of lists, and the form of the answer that each asks for."""

Endpoint = Callable[[Request], Awaitable[Response]]
MakeEndpoint = Callable[[View, Scope, Form], Endpoint]
"""Returns what answers with a view, for those who have a right, in a form."""


def build_app(parts: Parts) -> Guard:
    """Build the application, behind its guard. Opens nothing."""
    limiter = anyio.CapacityLimiter(AT_ONCE)
    closing: list[Callable[[], Awaitable[None]]] = []
    hub = AlertHub(parts.store.log, durable=parts.store.transactional)
    endpoint = _endpoints(parts, limiter)

    async def lost(request: Request, error: Exception) -> Response:
        # Patterns of routes match no line break, so a path with one gets past all of them.
        del error
        return await nowhere(request)

    async def nowhere(request: Request) -> Response:
        if request.url.path == PREFIX or request.url.path.startswith(f"{PREFIX}/"):
            lang = accepted_language(request.headers.get("accept-language"), parts.settings.lang)
            return no_route_answer(404, request, lang)
        # Also below addresses that nobody signs in for, where there is no person to have parts.
        return await anyio.to_thread.run_sync(_nothing, parts, request, limiter=limiter)

    def shown(request: Request) -> Visible:
        return alerts_shown_to(request, parts)

    routes: list[BaseRoute] = [
        Route("/events", EventStream(hub, shown), methods=["GET"]),
        Route(f"{PREFIX}/events", EventStream(hub, shown), methods=["GET"]),
        WholeMount(PREFIX, LaterApp(lambda: _api(parts, limiter))),
    ]
    with_accounts = parts.accounts is not None
    routes += _list_routes(endpoint, with_accounts=with_accounts)
    routes += [*signing_routes(parts), *provider_routes(parts)]
    routes += _picture_routes(parts, limiter, closing)
    routes += _page_routes(endpoint, with_accounts=with_accounts)
    routes += [
        Route("/language/{lang}", _set_language, methods=["GET"]),
        Route("/static/{name}", _asset, methods=["GET"]),
        Route("/{rest:path}", nowhere, methods=["GET", "POST"]),
    ]
    own = parts.settings.console
    closing.append(hub.close)
    if own.mcp:
        mcp = _mcp(parts)
        closing.append(mcp.close)
        routes.insert(0, Route(MCP, mcp, methods=["GET", "POST", "DELETE"]))
    hosts = AskedHost(bound=own.host, allowed=(*own.allow_hosts, own.public_host))
    pages = Starlette(routes=routes, exception_handlers={404: lost})
    return Guard(_behind_sign_in(pages, parts), hosts, closing)


def _endpoints(parts: Parts, limiter: anyio.CapacityLimiter) -> MakeEndpoint:
    """Return what makes the endpoint of a view, which answers in a thread."""
    patient = anyio.CapacityLimiter(1)

    def endpoint(view: View, right: Scope, form: Form) -> Endpoint:
        async def answer(request: Request) -> Response:
            body = await request.body()
            if view in PATIENT:
                async with patient:
                    # Meanwhile the person may have typed on: nobody waits for the old answer.
                    if await request.is_disconnected():
                        return Response(status_code=204)
                    return await anyio.to_thread.run_sync(
                        _answered, view, form, right, parts, request, body
                    )
            return await anyio.to_thread.run_sync(
                _answered, view, form, right, parts, request, body, limiter=limiter
            )

        return answer

    return endpoint


def _behind_sign_in(pages: App, parts: Parts) -> App:
    """Return the pages for those who have signed in; the pages themselves without accounts."""
    if parts.accounts is not None:
        return PersonFinder(pages, parts.accounts, parts.settings.console)
    if parts.settings.console.accounts:
        message = "the settings demand accounts, and the parts of the console have none"
        raise ValueError(message)
    return pages


def _list_routes(endpoint: MakeEndpoint, *, with_accounts: bool) -> Iterator[BaseRoute]:
    """Yield the routes of files and lists. They come before pages, whose patterns take any name."""
    for path, view in FILES:
        yield Route(path, endpoint(view, "read", "html"), methods=["GET"])
    for path, view in (*LISTS, *(ACCOUNT_LISTS if with_accounts else ())):
        for suffix, form in _FORMS:
            made = endpoint(view, RIGHTS.get(path, "read"), form)
            yield Route(path + suffix, made, methods=["GET"])
    for path, view in LISTS:
        if path in FEEDS:
            made = endpoint(view, RIGHTS.get(path, "read"), "atom")
            yield Route(f"{path}.atom", made, methods=["GET"])


def _page_routes(endpoint: MakeEndpoint, *, with_accounts: bool) -> Iterator[BaseRoute]:
    """Yield the routes of pages, and of the changes that their forms ask for."""
    for path, view in (*PAGES, *(ACCOUNT_PAGES if with_accounts else ())):
        yield Route(path, endpoint(view, RIGHTS.get(path, "read"), "html"), methods=["GET"])
    for path, view in (*CHANGES, *(ACCOUNT_CHANGES if with_accounts else ())):
        yield Route(path, endpoint(view, RIGHTS.get(path, "write"), "html"), methods=["POST"])


def _picture_routes(
    parts: Parts, limiter: anyio.CapacityLimiter, closing: list[Callable[[], Awaitable[None]]]
) -> list[BaseRoute]:
    if parts.pictures is None:
        return []
    closing.append(parts.pictures.close)
    endpoint = PictureEndpoint(parts, parts.pictures, limiter)
    return [Route(PICTURE, endpoint.answer, methods=["GET"])]


def _api(parts: Parts, limiter: anyio.CapacityLimiter) -> Starlette:
    from pantau.api.app import build_api  # noqa: PLC0415 (many models; see `LaterApp`)

    return build_api(parts, limiter)


def _mcp(parts: Parts) -> "McpEndpoint":
    """Return the MCP server. Raises UsageError where its library is not installed."""
    if find_spec("mcp") is None:
        raise UsageError(problem("console.mcp-missing"))
    from pantau.mcp_server.http import McpEndpoint  # noqa: PLC0415 (an extra, only where it is on)
    from pantau.mcp_server.server import build_server  # noqa: PLC0415 (as above)

    def owner_of(asked: MutableMapping[str, Any]) -> str | None:
        person = person_of(HTTPConnection(asked))
        return None if person is None else person.account_id

    return McpEndpoint(
        lambda: build_server(parts, lambda request: parts_of(request, parts)), owner_of
    )


def _answered(
    view: View, form: Form, right: Scope, parts: Parts, request: Request, body: bytes
) -> Response:
    """Return the response of a view, whatever goes wrong in it. Runs in a thread."""
    with speaking_to("pages"):
        return _shown(view, form, right, parts_of(request, parts), request, body)


def _shown(
    view: View, form: Form, right: Scope, parts: Parts, request: Request, body: bytes
) -> Response:
    lang = chosen_language(
        request.cookies, request.headers.get("accept-language"), parts.settings.lang
    )
    asked = Asked(parts, lang, parts.clock.now(), request.url.path, wants=form)
    uploads = request.method == "POST" and request.url.path in UPLOADS
    try:
        asked = Asked(
            parts,
            lang,
            asked.now,
            asked.path,
            values=read_values(request.url.query),
            named=request.path_params,
            form=read_values("" if uploads else body.decode("utf-8", "replace"), FORM_LIMIT),
            wants=form,
            cookies=request.cookies,
            files=read_upload(request.headers.get("content-type", ""), body) if uploads else {},
            base=parts.settings.console.public_url or f"http://{request.headers['host']}",
        )
        require(parts.person, right)
        return fresh_only(response(view(asked), asked, form), request.headers)
    except PantauError as error:
        return error_response(error, asked, form)
    except Exception:
        log.exception("the console could not answer %s", shown_path(request.url.path))
        return problem_response(500, asked.text("console.broken"), asked, form)


def _nothing(parts: Parts, request: Request) -> Response:
    """Return that there is no such page. Nothing of the store is read for it. Runs in a thread."""
    lang = chosen_language(
        request.cookies, request.headers.get("accept-language"), parts.settings.lang
    )
    person = person_of(request)
    own = parts if person is None else parts.for_person(person)
    with speaking_to("pages"):
        asked = Asked(own, lang, parts.clock.now(), request.url.path)
        return error_response(UsageError(problem("console.no-page")), asked, "html")


async def _set_language(request: Request) -> Response:
    """Keep the language that a link names, and go back to the page with the link."""
    made = RedirectResponse(local_back(request.query_params.get("back")), status_code=303)
    lang = request.path_params["lang"]
    if lang in LANGS:
        made.set_cookie(COOKIE, lang, max_age=COOKIE_SECONDS, httponly=True, samesite="lax")
    return made


async def _asset(request: Request) -> Response:
    """Return a file that pages refer to; its address changes when it does."""
    name = request.path_params["name"]
    if name not in ASSETS:
        return Response("", 404)
    current = asset_path(name).endswith(f"?{request.url.query}")
    kept = "public, max-age=31536000, immutable" if current else "no-cache"
    return Response(asset(name), headers={"Cache-Control": kept}, media_type=ASSETS[name])
