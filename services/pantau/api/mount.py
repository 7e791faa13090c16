"""Where the interface is mounted, and the interface built at its first request.

The models of all operations take about 7 MB and a third of a second. A console that no program
asks needs neither, so nothing here imports them.
"""

from collections.abc import Callable
from threading import Lock
from typing import Final

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from pantau.api.problems import problem_answer
from pantau.common.text.safe_text import one_line
from pantau.messages.languages import Lang
from pantau.problems import Problem

PREFIX: Final = "/api/v1"
"""Where the interface is mounted."""


class LaterApp:
    """ASGI application that is built when the first request comes."""

    def __init__(self, build: Callable[[], ASGIApp]) -> None:
        self._build = build
        self._app: ASGIApp | None = None
        self._lock = Lock()

    @property
    def routes(self) -> list[BaseRoute]:
        """Return the routes of the application, which is built for it; a mount shows them."""
        return list(getattr(self._built(), "routes", ()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; see ASGI."""
        app = self._app
        if app is None:  # in a thread: pages are not to wait for the imports
            app = await anyio.to_thread.run_sync(self._built)
        await app(scope, receive, send)

    def _built(self) -> ASGIApp:
        with self._lock:
            if self._app is None:
                self._app = self._build()
            return self._app


def no_route_answer(status: int, request: Request, lang: Lang) -> Response:
    """Return the problem of a path or a method that no route has."""
    method, path = request.method[:20], one_line(request.url.path, 200)
    code = "api.no-method" if status == 405 else "api.no-route"
    told = Problem(code, {"method": method, "path": path, "prefix": PREFIX})
    return problem_answer(status, told, lang)
