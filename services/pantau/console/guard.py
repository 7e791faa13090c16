"""The guard before every page: the host that is asked for, the origin, the size of a body."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from pantau.console.access import HEADERS, SAFE_METHODS, comes_from_own_page, is_part_of_other
from pantau.observe.asked_host import AskedHost

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_LIMIT: Final = 64 * 1024
"""Largest body of a request in bytes; the longest form has a query and some names."""
BODY_SECONDS: Final = 10.0
"""Time limit in seconds for a body to arrive."""
_FORM: Final = "application/x-www-form-urlencoded"


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
        refusal = self._refusal(scope["method"], headers)
        if refusal is not None:
            await _refuse(send, *refusal)
            return
        if scope["method"] in SAFE_METHODS:
            # Their pages read no form: a body, of whatever size, stays in the connection.
            await self._app(scope, _replayed(b"", receive), _with_headers(send))
            return
        try:
            body = await asyncio.wait_for(_body(receive), BODY_SECONDS)
        except (TimeoutError, ValueError):
            await _refuse(send, 413, "The form is too large, or did not arrive in time.")
            return
        await self._app(scope, _replayed(body, receive), _with_headers(send))

    async def _other(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(self, method: str, headers: dict[str, str]) -> tuple[int, str] | None:
        """Return the status and the reason of a request that is not answered."""
        host = headers.get("host")
        if host is None or not self._hosts.accepts(host):
            return 421, "This host is not known here; add it to console.allow_hosts."
        if method in SAFE_METHODS:
            if is_part_of_other(headers):
                return 403, "This page is no part of a page of another site."
            return None
        if method != "POST":
            return 405, "The console has no such method."
        if not comes_from_own_page(headers):
            return 403, "This request comes from a page of another site."
        kind = headers.get("content-type", _FORM).partition(";")[0].strip().lower()
        if kind != _FORM:
            return 415, f"The console reads forms of the type {_FORM}."
        return None


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


async def _refuse(send: Send, status: int, reason: str) -> None:
    body = f"{reason}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
        *_RAW,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
