"""The MCP server over HTTP ("Streamable HTTP"), as an ASGI application.

It is mounted behind the console's guard, which checks host, origin, type and size of a request.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

SESSIONS: Final = 64
"""Sessions of clients of former protocols at a time; others have none."""
IDLE_SECONDS: Final = 30 * 60.0
BODY_LIMIT: Final = 64 * 1024
SESSION: Final = b"mcp-session-id"
"""Header that names a session, in responses that begin one and in requests that go on with it."""
OWNERS: Final = 1_000
"""Sessions whose owner is remembered, the latest; there are fewer at a time."""
OwnerOf = Callable[[Scope], str | None]
"""Returns whose a request is; None where everybody may do all."""


class McpEndpoint:
    """Serves MCP to any number of clients. It starts with the first request.

    `build` builds the server; see `pantau.mcp_server.server.build_server`. A session is that of
    whoever began it: for others there is none.
    """

    def __init__(
        self, build: Callable[[], Server[Any]], owner_of: OwnerOf = lambda _: None
    ) -> None:
        self._build = build
        self._owner_of = owner_of
        self._owners: OrderedDict[bytes, str | None] = OrderedDict()
        self._starting = asyncio.Lock()
        self._end = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._manager: StreamableHTTPSessionManager | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        manager = await self._started()
        owner = self._owner_of(scope)
        named = next((value for name, value in scope["headers"] if name == SESSION), None)
        if named is not None and self._owners.get(named, owner) != owner:
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        await manager.handle_request(scope, receive, self._noted(owner, send))

    async def close(self) -> None:
        """Close every session and stream."""
        self._end.set()
        if self._running is not None:
            await self._running

    def _noted(self, owner: str | None, send: Send) -> Send:
        """Return what sends messages, and remembers whose the session is that a response begins."""

        async def noted(message: Message) -> None:
            for name, value in message.get("headers", ()):
                if name.lower() == SESSION and value not in self._owners:
                    self._owners[value] = owner
                    if len(self._owners) > OWNERS:
                        self._owners.popitem(last=False)
            await send(message)

        return noted

    async def _started(self) -> StreamableHTTPSessionManager:
        async with self._starting:
            if self._manager is None:
                # A client must not fill the log by what it sends.
                logging.getLogger("mcp.server").setLevel(logging.ERROR)
                manager = StreamableHTTPSessionManager(
                    self._build(),
                    session_idle_timeout=IDLE_SECONDS,
                    max_sessions=SESSIONS,
                    max_request_body_size=BODY_LIMIT,
                )
                is_ready = asyncio.Event()
                self._running = asyncio.create_task(self._run(manager, is_ready))
                await is_ready.wait()
                self._manager = manager
            return self._manager

    async def _run(self, manager: StreamableHTTPSessionManager, is_ready: asyncio.Event) -> None:
        async with manager.run():
            is_ready.set()
            await self._end.wait()
