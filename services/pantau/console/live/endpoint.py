"""The address of live events: a streaming response that its client or the server ends."""

from collections.abc import Callable
from typing import Final

import anyio
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from pantau.api.identity import person_of
from pantau.api.language import accepted_language
from pantau.api.problems import problem_answer
from pantau.console.live.frames import HEARTBEAT, RETRY_MILLIS
from pantau.console.live.hub import AlertHub, Listener, Visible
from pantau.problems import problem

HEARTBEAT_SECONDS: Final = 15.0
_RETRY_SECONDS: Final = 30
_HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx passes the events on at once
]


class EventStream:
    """An ASGI application that streams new alerts.

    `Last-Event-ID` resumes after an event. `visible_to` decides which alerts a request sees.
    """

    def __init__(self, hub: AlertHub, visible_to: Callable[[Request], Visible]) -> None:
        self._hub = hub
        self._visible_to = visible_to

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream until the client or the server ends it; refuse where there are too many."""
        request = Request(scope, receive)
        last_id = request.headers.get("last-event-id")
        person = person_of(request)
        owner = None if person is None else person.account_id
        listener = await self._hub.join(last_id, self._visible_to(request), owner)
        if listener is None:
            lang = accepted_language(request.headers.get("accept-language"), None)
            told = problem("console.too-many-streams")
            refusal = problem_answer(503, told, lang, retry_after=_RETRY_SECONDS)
            await refusal(scope, receive, send)
            return
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(_end_when_gone, receive, listener)
                await _write(listener, send)
                group.cancel_scope.cancel()
        finally:
            self._hub.leave(listener)


async def _end_when_gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


async def _write(listener: Listener, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    await send(_body(f"retry: {RETRY_MILLIS}\n\n".encode("ascii")))
    while (found := await listener.next_frames(HEARTBEAT_SECONDS)) is not None:
        await send(_body(found or HEARTBEAT))
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _body(content: bytes) -> dict[str, object]:
    return {"type": "http.response.body", "body": content, "more_body": True}
