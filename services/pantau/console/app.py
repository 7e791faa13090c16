"""The application: which page answers which address."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

import anyio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from pantau.api.app import build_api
from pantau.api.routes import PREFIX
from pantau.common.text.safe_text import one_line
from pantau.console.asked import Asked, Form, read_values
from pantau.console.guard import App, Guard
from pantau.console.language import COOKIE, COOKIE_SECONDS, chosen_language
from pantau.console.output import (
    Answer,
    View,
    error_response,
    problem_response,
    response,
)
from pantau.console.pages import alerts, articles, feeds, now, pipeline, search, stories
from pantau.console.pages import subscriptions as subs
from pantau.console.render import ASSETS, asset, asset_path
from pantau.console.show.links import local_back
from pantau.errors import PantauError, UsageError
from pantau.messages.languages import LANGS
from pantau.observe.asked_host import AskedHost
from pantau.operations.base.parts import Parts
from pantau.problems import problem

log = logging.getLogger(__name__)

AT_ONCE: Final = 4
"""Pages that are computed at a time; others wait. Each thread has a connection of its own."""

LISTS: Final[tuple[tuple[str, View], ...]] = (
    ("/search", search.show),
    ("/stories", stories.show_all),
    ("/alerts", alerts.show_all),
    ("/subscriptions", subs.show_all),
    ("/feeds", feeds.show_all),
    ("/pipeline/dead-letters", pipeline.dead_letters),
)
"""Pages with a list, which also exist as `.json` and `.csv`."""
PAGES: Final[tuple[tuple[str, View], ...]] = (
    ("/", now.show),
    ("/search/reading", search.reading),
    ("/articles/{id}", articles.show),
    ("/stories/{id}", stories.show_one),
    ("/alerts/new", alerts.arrivals),
    ("/alerts/{id}", alerts.show_one),
    ("/subscriptions/new", subs.new),
    ("/subscriptions/{id}", subs.show_one),
    ("/subscriptions/{id}/remove", subs.ask_removal),
    ("/feeds/add", feeds.ask_address),
    ("/feeds/{id}", feeds.show_one),
    ("/feeds/{id}/remove", feeds.ask_removal),
    ("/pipeline", pipeline.show),
)
CHANGES: Final[tuple[tuple[str, View], ...]] = (
    ("/subscriptions/new", subs.create),
    ("/subscriptions/{id}/pause", subs.pause),
    ("/subscriptions/{id}/resume", subs.resume),
    ("/subscriptions/{id}/remove", subs.remove_one),
    ("/feeds/add", feeds.add),
    ("/feeds/{id}/poll", feeds.poll),
    ("/feeds/{id}/pause", feeds.pause),
    ("/feeds/{id}/resume", feeds.resume),
    ("/feeds/{id}/remove", feeds.remove_one),
    ("/pipeline/dead-letters/{id}/retry", pipeline.retry),
    ("/pipeline/dead-letters/{id}/discard", pipeline.discard),
)
"""Addresses that forms post to."""

Endpoint = Callable[[Request], Awaitable[Response]]


def build_app(parts: Parts) -> App:
    """Build the application, behind its guard. Opens nothing."""
    limiter = anyio.CapacityLimiter(AT_ONCE)

    def endpoint(view: View, form: Form = "html") -> Endpoint:
        async def answer(request: Request) -> Response:
            body = (await request.body()).decode("utf-8", "replace")
            return await anyio.to_thread.run_sync(
                _answered, view, form, parts, request, body, limiter=limiter
            )

        return answer

    forms: tuple[tuple[str, Form], ...] = (("", "html"), (".json", "json"), (".csv", "csv"))
    routes: list[BaseRoute] = [Mount(PREFIX, build_api(parts, limiter))]
    routes += [
        Route(path + suffix, endpoint(view, form), methods=["GET"])
        for path, view in LISTS
        for suffix, form in forms
    ]
    routes += [Route(path, endpoint(view), methods=["GET"]) for path, view in PAGES]
    routes += [Route(path, endpoint(view), methods=["POST"]) for path, view in CHANGES]
    routes += [
        Route("/language/{lang}", _set_language, methods=["GET"]),
        Route("/static/{name}", _asset, methods=["GET"]),
        Route("/{rest:path}", endpoint(_nothing), methods=["GET", "POST"]),
    ]
    own = parts.settings.console
    hosts = AskedHost(bound=own.host, allowed=own.allow_hosts)
    return Guard(Starlette(routes=routes), hosts)


def _answered(view: View, form: Form, parts: Parts, request: Request, body: str) -> Response:
    """Return the response of a view, whatever goes wrong in it. Runs in a thread."""
    lang = chosen_language(
        request.cookies, request.headers.get("accept-language"), parts.settings.lang
    )
    asked = Asked(parts, lang, parts.clock.now(), request.url.path, wants=form)
    try:
        asked = Asked(
            parts,
            lang,
            asked.now,
            asked.path,
            values=read_values(request.url.query),
            named=request.path_params,
            form=read_values(body),
            wants=form,
        )
        return response(view(asked), asked, form)
    except PantauError as error:
        return error_response(error, asked, form)
    except Exception:
        log.exception("the console could not answer %s", one_line(request.url.path, 200))
        return problem_response(500, asked.text("console.broken"), asked, form)


def _nothing(asked: Asked) -> Answer:
    del asked
    raise UsageError(problem("console.no-page"))


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
