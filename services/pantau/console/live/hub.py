"""The hub of live events: one follower of the table of alerts, and all who listen.

The follower runs only while there are listeners. A listener has a bounded buffer: one that does not
keep up is dropped, and its browser asks again from the last event that it got.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import anyio

from pantau.console.live.frames import alert_fields, frame, read_version, written_id
from pantau.errors import PantauError
from pantau.ports import Log, Watch
from pantau.usecases.alerts.history import readable
from pantau_schemas.events.alert import Alert
from pantau_schemas.topics import ALERTS

LISTENERS: Final = 32
"""Streams at a time; the other places of the server are left for pages."""
OF_ONE: Final = 16
"""Streams of one person at a time, where there are accounts: the other places are for others."""
BUFFER_BYTES: Final = 256 * 1024
"""Bytes that wait for a listener at most."""
RESUMED: Final = 200
"""Missed alerts that are sent to a listener that comes back; after more it starts over."""
RESUMED_RECORDS: Final = 20_000
"""Records of the log between an event and now, behind which a listener starts over unread.

A client names any event that it likes, and all alerts behind it would be in memory at once.
"""
LOOK_SECONDS: Final = 1.0
"""Longest wait in seconds of the follower; an alert ends it."""

Visible = Callable[[Alert], bool]
"""Decides whether a listener sees an alert. It may read the store, so it is called in a thread."""


@dataclass(slots=True, eq=False)
class Listener:
    """A stream and what waits for it. `version` is that of the last event in it.

    `early` holds what is new while what was missed is still read; None from then on.
    """

    visible: Visible
    owner: str | None = None
    version: int = 0
    early: list[tuple[Sequence[Alert], int]] | None = field(default_factory=list)
    ended: bool = False
    frames: deque[bytes] = field(default_factory=deque)
    size: int = 0
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, new: bytes) -> None:
        """Add a frame; end the stream where it does not keep up."""
        if self.ended:
            return
        self.frames.append(new)
        self.size += len(new)
        if self.size > BUFFER_BYTES:
            self.frames.clear()
            self.ended = True
        self._wake.set()

    def end(self) -> None:
        """Close the stream after what waits for it."""
        self.ended = True
        self._wake.set()

    async def next_frames(self, seconds: float) -> bytes | None:
        """Return what waits, empty after a number of seconds without anything, None at the end."""
        if not (self.frames or self.ended):
            self._wake.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), seconds)
        found = b"".join(self.frames)
        self.frames.clear()
        self.size = 0
        return None if self.ended and not found else found


class AlertHub:
    """Tells listeners of new alerts. For use in one event loop; `log` is read in a thread.

    `durable` means that versions of the table outlive the process; else ids of events name this
    process, and another one has its listeners start over.
    """

    def __init__(self, log: Log, *, durable: bool) -> None:
        self._log = log
        self._epoch = "" if durable else secrets.token_hex(4)
        self._listeners: set[Listener] = set()
        self._follower: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._watch: Watch | None = None
        self._closed = False
        self._version = 0

    async def join(
        self, last_id: str | None, visible: Visible, owner: str | None = None
    ) -> Listener | None:
        """Return a new listener, which first gets what it missed; None where there are too many.

        `owner` is the account that listens, None where there are none.
        """
        own = owner is not None and sum(one.owner == owner for one in self._listeners)
        if self._closed or len(self._listeners) >= LISTENERS or own >= OF_ONE:
            return None
        made = Listener(visible, owner)
        self._listeners.add(made)  # before the first wait, so that the number is never exceeded
        try:
            await self._welcome(made, last_id)
        except BaseException:
            self._listeners.discard(made)
            raise
        return made

    async def _welcome(self, made: Listener, last_id: str | None) -> None:
        # Before the log is read for the listener, so that nothing falls between the two.
        await self._start_follower()
        version, missed = await anyio.to_thread.run_sync(self._missed, last_id)
        if missed is None:
            made.offer(frame("reset", {}, written_id(version, self._epoch)))
        else:
            await self._add(made, missed, version)
            if not made.frames:  # the id from which it goes on if the stream breaks now
                made.offer(frame("hello", {}, written_id(version, self._epoch)))
        made.version = version
        while made.early:
            alerts, at = made.early.pop(0)
            if at > made.version:
                await self._add(made, alerts, at)
        made.early = None

    async def _start_follower(self) -> None:
        async with self._starting:
            if self._follower is None or self._follower.done():
                self._version = await anyio.to_thread.run_sync(self._current)
                self._follower = asyncio.create_task(self._follow())

    def leave(self, listener: Listener) -> None:
        """Remove a listener; the last one takes the follower with it."""
        self._listeners.discard(listener)
        if not self._listeners and self._watch is not None:
            self._watch.wake()

    async def close(self) -> None:
        """Close all streams at once, and the follower."""
        self._closed = True
        for one in self._listeners:
            one.end()
        if self._watch is not None:
            self._watch.wake()
        if self._follower is not None:
            await self._follower

    def _current(self) -> int:
        return self._log.table(ALERTS.name).version()

    def _missed(self, last_id: str | None) -> tuple[int, Sequence[Alert] | None]:
        """Return the current version and the alerts since an event; None for too many."""
        table, now = self._log.table(ALERTS.name), self._current()
        if last_id is None:
            return now, ()
        since = read_version(last_id, self._epoch)
        # A version after the current one is of another store, or made up.
        if since is None or not 0 <= now - since <= RESUMED_RECORDS:
            return now, None
        changes = table.changes(since)
        if len(changes.values) > RESUMED:
            return changes.version, None
        return changes.version, tuple(readable(filter(None, changes.values.values())))

    async def _follow(self) -> None:
        """Send what is new until nobody listens; a store that is away is asked again."""
        self._watch = self._log.watch()
        try:
            while self._listeners and not self._closed:
                # No pause is needed after an error: `_look` begins with a wait.
                with suppress(PantauError):
                    new = await anyio.to_thread.run_sync(self._look, limiter=self._own_thread())
                    for one in tuple(self._listeners):
                        await self._send(one, new, self._version)
        finally:
            watch, self._watch = self._watch, None
            watch.close()

    def _own_thread(self) -> anyio.CapacityLimiter:
        # The follower waits in its thread nearly all the time; in anyio's default limiter it would
        # take one of the threads that answer pages.
        return anyio.CapacityLimiter(1)

    def _look(self) -> Sequence[Alert]:
        if self._watch is not None:
            self._watch.wait(LOOK_SECONDS)
        changes = self._log.table(ALERTS.name).changes(self._version)
        self._version = changes.version
        return tuple(readable(filter(None, changes.values.values())))

    async def _send(self, listener: Listener, alerts: Sequence[Alert], version: int) -> None:
        """Add new alerts to a stream, unless it has them already."""
        if listener.early is not None:
            listener.early.append((alerts, version))
        elif version > listener.version:
            await self._add(listener, alerts, version)

    async def _add(self, listener: Listener, alerts: Sequence[Alert], version: int) -> None:
        """Add alerts to a stream.

        The last one carries the id, so that after a break some are repeated and none is lost.
        """
        shown: Sequence[Alert] = ()
        if alerts and not listener.ended:
            # Other requests are answered meanwhile: each alert takes some readings of the store.
            shown = await anyio.to_thread.run_sync(
                lambda: tuple(filter(listener.visible, alerts)), limiter=self._own_thread()
            )
        for place, one in enumerate(shown, 1):
            event_id = written_id(version, self._epoch) if place == len(shown) else None
            listener.offer(frame("alert", alert_fields(one), event_id))
        listener.version = version
