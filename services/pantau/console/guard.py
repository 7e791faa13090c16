"""The guard before every page: the host that is asked for, the origin, the size of a body."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import PlainTextResponse

from pantau.api.language import accepted_language
from pantau.api.mount import PREFIX
from pantau.api.problems import problem_answer
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
DRAINED: Final = 4_000_000
"""Bytes of a refused body that are read all the same."""
DRAINED_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class BodyKind:
    """The methods that a part of the console takes beside `GET`, and the type of their bodies.

    `most` is the largest body in bytes.
    """

    methods: frozenset[str]
    media_type: str
    most: int = BODY_LIMIT
    others: tuple[str, ...] = ()


_FORMS: Final = BodyKind(frozenset({"POST"}), "application/x-www-form-urlencoded")
# What RFC 8058 recommends to mail programs; the body is not needed.
_ONE_CLICK: Final = BodyKind(_FORMS.methods, _FORMS.media_type, others=("multipart/form-data",))
# Three parts of 20,000 characters, each of at most nine bytes in a form.
_TEMPLATES: Final = BodyKind(_FORMS.methods, _FORMS.media_type, 600_000)
MCP: Final = "/mcp"
"""Where the tools for language models are served, if they are."""
_MCP: Final = BodyKind(frozenset({"POST", "DELETE"}), "application/json")
_API: Final = BodyKind(frozenset({"POST", "PATCH", "DELETE"}), "application/json")


_FILES: Final = BodyKind(frozenset({"POST"}), "multipart/form-data", 5_000_000)
UPLOADS: Final = frozenset({"/feeds/import"})
"""Addresses that take a form with a file."""


def body_kind(path: str) -> BodyKind:
    """Return what an address takes."""
    if path in UPLOADS:
        return _FILES
    if path == MCP:
        return _MCP
    if path.startswith("/unsubscribe/"):
        return _ONE_CLICK
    if path.startswith("/subscriptions/") and path.endswith("/messages"):
        return _TEMPLATES
    return _API if path.startswith(f"{PREFIX}/") else _FORMS


class Guard:
    """Refuses requests before a page sees them, and adds the security headers to responses."""

    def __init__(
        self, app: App, hosts: AskedHost, closing: Sequence[Callable[[], Awaitable[None]]] = ()
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._closing = closing

    async def close(self) -> None:
        """Close what outlives a request, such as streams."""
        for one in self._closing:
            await one()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection of ASGI; other protocols than HTTP are refused."""
        if scope["type"] != "http":
            await self._other(scope, receive, send)
            return
        headers = _headers(scope)
        kind = body_kind(scope["path"])
        refusal = self._refusal(scope["method"], headers, kind)
        if refusal is not None:
            await _drain(receive, headers)
            await _refuse(send, refusal, headers, kind)
            return
        if scope["method"] in SAFE_METHODS:
            # Their pages read no form: a body, of whatever size, stays in the connection.
            await self._app(scope, _replayed(b"", receive), _with_headers(send))
            return
        try:
            body = await asyncio.wait_for(_body(receive, kind.most), BODY_SECONDS)
        except (TimeoutError, ValueError) as error:
            refusal = RequestRefusal(413, problem("api.too-large", most=kind.most))
            if isinstance(error, _TooLargeError) and error.more:
                await _drain(receive, headers)
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
        # The interface for programs knows the methods of each of its paths.
        if method not in kind.methods and kind is not _API:
            return RequestRefusal(405, problem("console.no-method", method=method[:20]))
        if not comes_from_own_page(headers):
            return RequestRefusal(403, problem("api.foreign-change"))
        given = headers.get("content-type", kind.media_type).partition(";")[0].strip().lower()
        if given not in {kind.media_type, *kind.others}:
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


class _TooLargeError(ValueError):
    """A body of too many bytes; `more` says whether some have not been read."""

    def __init__(self, size: int, *, more: bool) -> None:
        super().__init__(f"{size} bytes are too many")
        self.more = more


async def _body(receive: Receive, most: int, *, keep: bool = True) -> bytes:
    """Return a body, empty if it is not kept. Raises ValueError if it is too large or cut off."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise ValueError(message["type"])
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise _TooLargeError(size, more=message.get("more_body", False))
        if keep:
            parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


async def _drain(receive: Receive, headers: dict[str, str]) -> None:
    """Read the rest of a refused request, within bounds, and discard it.

    A connection that is closed with unread bytes is reset, and a reset can destroy the answer on
    its way to the client (RFC 9112, 9.6). Whoever waits for a `100 Continue` has sent none.
    """
    if "expect" in headers:
        return
    with suppress(TimeoutError, ValueError):
        await asyncio.wait_for(_body(receive, DRAINED, keep=False), DRAINED_SECONDS)


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
    if refusal.status == 405:  # RFC 9110, 15.5.6
        made.headers["Allow"] = ", ".join(sorted(SAFE_METHODS | kind.methods))
    sent = [*made.raw_headers, (b"connection", b"close"), *_RAW]
    await send({"type": "http.response.start", "status": refusal.status, "headers": sent})
    await send({"type": "http.response.body", "body": made.body})
