"""Connections of the console: none that sends no request keeps others out.

uvicorn limits how many connections there are, and how long one may be silent after a response. It
sets no limit to the time before a request is complete, so that a few silent clients would take
every place for good.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

CONNECTIONS: Final = 64
"""Connections at a time. For another one, the one that has waited longest for a request is cut.

While all of them are answered there may be twice as many; further ones are refused with 503.
"""
WAIT_SECONDS: Final = 20.0
"""Time limit in seconds for a request to arrive, and for a response to be read."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that cuts connections which wait for a request for too long."""

    wait_seconds = WAIT_SECONDS

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._limit: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self.waits_since = 0.0

    @property
    def waits(self) -> bool:
        """True while no request of the connection has arrived completely and is answered."""
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request
        return cycle is None or cycle.response_complete or cycle.more_body

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Count the connection; where there are too many, cut one that waits."""
        super().connection_made(transport)
        self._wait()
        there = [one for one in self.connections if isinstance(one, PatientProtocol)]
        if len(there) >= CONNECTIONS:
            waiting = [one for one in there if one.waits and one is not self]
            if waiting:
                min(waiting, key=lambda one: one.waits_since).cut()

    def data_received(self, data: bytes) -> None:
        """Read a part of a request; while one is answered, nothing limits the connection."""
        super().data_received(data)
        if not self.waits:
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """Wait for the next request, which may be there already."""
        super().on_response_complete()
        if self.waits:
            self._wait()
        else:
            self._stop_waiting()

    def pause_writing(self) -> None:
        """Limit the time in which a client must read: what waits for it fills the memory."""
        super().pause_writing()
        self._unread = self.loop.call_later(self.wait_seconds, self.cut)

    def resume_writing(self) -> None:
        """Stop that limit."""
        self._stop_unread()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the limits of time."""
        self._stop_waiting()
        self._stop_unread()
        super().connection_lost(exc)

    def cut(self) -> None:
        """Close the connection without sending what its client does not read."""
        self.connections.discard(self)
        self.transport.abort()

    def _stop_unread(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _wait(self) -> None:
        self._stop_waiting()
        self.waits_since = self.loop.time()
        self._limit = self.loop.call_later(self.wait_seconds, self.cut)

    def _stop_waiting(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
