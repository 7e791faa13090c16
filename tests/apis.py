"""A client of the REST interface, asking the application in the same process."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlencode

from pantau.adapters.templates.rendering import render
from pantau.api.mount import PREFIX
from pantau.bootstrap.documents import REPORT_WRITERS
from pantau.bootstrap.faces import read_feed_list
from pantau.console.app import build_app
from pantau.console.guard import App, Message
from pantau.operations.base.parts import Parts
from pantau.ports import Store
from pantau.settings import Settings
from tests.consoles import add_feed, send_trials
from tests.support import FixedClock

_HOST: Final = "127.0.0.1:8480"


@dataclass(frozen=True, slots=True)
class ApiReply:
    """A response; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


class ApiClient:
    """Asks the application one request at a time, each in a loop of its own."""

    def __init__(self, app: App, prefix: str = PREFIX) -> None:
        self._app = app
        self._prefix = prefix

    def get(self, path: str, params: Any = (), **headers: str) -> ApiReply:
        asked = f"{path}?{urlencode(params, doseq=True)}" if params else path
        return self.ask("GET", asked, headers=headers)

    def send(self, method: str, path: str, value: Any = None, **headers: str) -> ApiReply:
        body = b"" if value is None else json.dumps(value).encode()
        return self.ask(method, path, body, headers)

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> ApiReply:
        """Send a request; `_` in names of headers stands for `-`."""
        place, _, query = path.partition("?")
        sent = {"host": _HOST, **(headers or {})}
        if body:
            sent.setdefault("content-type", "application/json")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(self._prefix + place),
            "raw_path": (self._prefix + place).encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [
                (name.lower().replace("_", "-").encode(), value.encode("latin-1"))
                for name, value in sent.items()
            ],
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", 8480),
        }
        return asyncio.run(self._answer(scope, body))

    async def _answer(self, scope: dict[str, Any], body: bytes) -> ApiReply:
        messages: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            messages.append(message)

        await self._app(scope, receive, send)
        start, *rest = messages
        headers: dict[str, str] = {}
        for raw, value in start["headers"]:  # repeated ones, such as cookies, in a line each
            name, text = raw.decode(), value.decode("latin-1")
            headers[name] = f"{headers[name]}\n{text}" if name in headers else text
        content = b"".join(one.get("body", b"") for one in rest)
        return ApiReply(start["status"], headers, content)


def api_client(store: Store, settings: Settings, clock: FixedClock) -> ApiClient:
    """Return a client of the application over a store."""
    return ApiClient(build_app(api_parts(store, settings, clock)))


def api_parts(store: Store, settings: Settings, clock: FixedClock) -> Parts:
    """Return what the application works with, over a store."""
    return Parts(
        *(store, settings, clock, add_feed, send_trials, read_feed_list, lambda: {"enricher": 0}),
        render_template=render,
        report_writers=REPORT_WRITERS,
    )
