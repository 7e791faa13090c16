"""The guard before every page: the host that is asked for, the origin, the size of a body."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import PlainTextResponse

from pantau.api.language import accepted_language
from pantau.api.problems import problem_answer
from pantau.api.routes import PREFIX
from pantau.console.access import HEADERS, SAFE_METHODS, comes_from_own_page, is_part_of_other
from pantau.observe.asked_host import AskedHost
from pantau.problems import Problem, problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_LIMIT: Final = 64 * 1024
"""Largest body of a request in bytes; the longest has a query and some names."""
BODY_SECONDS: Final = 10.0
"""Time limit in seconds for a body to arrive."""


@dataclass(frozen=True, slots=True)
class BodyKind:
    """The methods that a part of the console takes beside `GET`, and the type of their bodies."""

    methods: frozenset[str]
    media_type: str


_FORMS: Final = BodyKind(frozenset({"POST"}), "application/x-www-form-urlencoded")
_API: Final = BodyKind(frozenset({"POST", "PATCH", "DELETE"}), "application/json")


def body_kind(path: str) -> BodyKind:
    """Return what an address takes."""
    return _API if path.startswith(f"{PREFIX}/") else _FORMS


class Guard:
    """Refuses requests before a page sees them, and adds the security headers to responses."""

    def __init__(self, app: App, hosts: AskedHost) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection of ASGI; other protocols than HTTP are refused."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        headers = _headers(scope)
        kind = body_kind(scope["path"])
        refusal = self._refusal(scope["method"], headers, kind)
        if refusal is not None:
            await _refuse(send, refusal, headers, kind)
            return
        if scope["method"] in SAFE_METHODS:
            # Their pages read no form: a body, of whatever size, stays in the connection.
            await self._app(scope, _replayed(b"", receive), _with_headers(send))
            return
        try:
            body = await asyncio.wait_for(_body(receive), BODY_SECONDS)
        except (TimeoutError, ValueError):
            refusal = RequestRefusal(413, problem("api.too-large", most=BODY_LIMIT))
            await _refuse(send, refusal, headers, kind)
            return
        await self._app(scope, _replayed(body, receive), _with_headers(send))

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(
        self, method: str, headers: dict[str, str], kind: BodyKind
    ) -> "RequestRefusal | None":
        """Return why a request is not answered; None if it is."""
        host = headers.get("host")
        if host is None or not self._hosts.accepts(host):
            return RequestRefusal(421, problem("api.unknown-host"))
        if method in SAFE_METHODS:
            if is_part_of_other(headers):
                return RequestRefusal(403, problem("api.foreign-part"))
            return None
        if method not in kind.methods:
            return RequestRefusal(405, problem("console.no-method", method=method[:20]))
        if not comes_from_own_page(headers):
            return RequestRefusal(403, problem("api.foreign-change"))
        given = headers.get("content-type", kind.media_type).partition(";")[0].strip().lower()
        if given != kind.media_type:
            return RequestRefusal(415, problem("api.wrong-type", expected=kind.media_type))
        return None


@dataclass(frozen=True, slots=True)
class RequestRefusal:
    """Why a request is not answered."""

    status: int
    problem: Problem


def _headers(scope: Scope) -> dict[str, str]:
    """Return the headers by name in lower case; a repeated one is joined, which no rule accepts."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]},{text}" if key in found else text
    return found


async def _body(receive: Receive) -> bytes:
    """Return a body. Raises ValueError for one that is too large, or was cut off."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ValueError(message["type"])
        part = message.get("body", b"")
        size += len(part)
        if size > BODY_LIMIT:
            raise ValueError(size)
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return what hands out a body that was read; then the rest of the connection's events."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message


def _with_headers(send: Send) -> Send:
    async def start(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *_RAW]
        await send(message)

    return start


_RAW: Final = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


async def _refuse(
    send: Send, refusal: RequestRefusal, headers: dict[str, str], kind: BodyKind
) -> None:
    lang = accepted_language(headers.get("accept-language"), None)
    if kind is _API:
        made = problem_answer(refusal.status, refusal.problem, lang)
    else:
        made = PlainTextResponse(f"{refusal.problem.text(lang)}\n", refusal.status)
    sent = [*made.raw_headers, (b"connection", b"close"), *_RAW]
    await send({"type": "http.response.start", "status": refusal.status, "headers": sent})
    await send({"type": "http.response.body", "body": made.body})
