"""The callback of hubs: one path of the HTTP server, which answers in threads of its own.

An id that no subscription has is answered with 404 before any body is read, and a body is read up
to the size limit of the feed. What `Hubs` decides is computed in the event loop of the poller.
"""

import asyncio
import concurrent.futures
import logging
import re
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, TypeVar

from pantau.observe.mounted import Answer, Mount, MountedRequest
from pantau.observe.request_body import BodyError
from pantau.poller.websub import lifecycle
from pantau.poller.websub.hubs import HubParts, Hubs, Sent
from pantau.poller.websub.rate_limit import RateLimit
from pantau.settings import PollSettings, WebSubSettings
from pantau_schemas.events.feed import Feed

log = logging.getLogger(__name__)

ANSWER_SECONDS: Final = 10.0
"""Time in which an answer must be stored; then the hub gets the status for a retry."""
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
_PLAIN: Final = "text/plain; charset=utf-8"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Attached:
    hubs: Hubs
    loop: asyncio.AbstractEventLoop


class CallbackEndpoint:
    """Answers hubs while a poller is attached, and 503 while none is."""

    def __init__(self, settings: WebSubSettings, max_bytes: int) -> None:
        self._settings = settings
        self._max_bytes = max_bytes
        self._attached: _Attached | None = None
        self._rate = RateLimit(time.monotonic)

    @property
    def mount(self) -> Mount:
        """Where the HTTP server has it."""
        return Mount(self._settings.callback_path, self._settings.host, self.answer)

    def hubs(self, parts: HubParts, poll: PollSettings) -> Hubs:
        """Build the subscriptions of a poller whose hubs call back here."""
        return Hubs(parts, self._settings, poll.waiting_bytes)

    def attach(self, hubs: Hubs, loop: asyncio.AbstractEventLoop) -> None:
        """Use these subscriptions from now on."""
        self._attached = _Attached(hubs, loop)

    def detach(self, hubs: Hubs) -> None:
        """Stop answering by these subscriptions."""
        if self._attached is not None and self._attached.hubs is hubs:
            self._attached = None

    def answer(self, request: MountedRequest) -> Answer:
        """Serve one request; called in a thread of the HTTP server."""
        if not _ID.fullmatch(request.rest):
            return HTTPStatus.NOT_FOUND, _PLAIN, b""
        attached = self._attached
        if attached is None:
            return HTTPStatus.SERVICE_UNAVAILABLE, _PLAIN, b""
        try:
            status, body = self._answer(attached, request)
        except BodyError as error:
            log.debug("a delivery was not read: %s", error)
            return error.status, _PLAIN, b""
        except (concurrent.futures.TimeoutError, concurrent.futures.CancelledError, RuntimeError):
            # The log cannot be written now, or the poller is stopping.
            return HTTPStatus.SERVICE_UNAVAILABLE, _PLAIN, b""
        return status, _PLAIN, body

    def _answer(self, attached: _Attached, request: MountedRequest) -> tuple[int, bytes]:
        hubs = attached.hubs
        if request.method == "GET":
            return _wait(attached, hubs.asked(request.rest, request.query))
        sub = _wait(attached, hubs.known(request.rest))
        if sub is None:
            return HTTPStatus.NOT_FOUND, b""
        if not lifecycle.wanted(sub):
            return HTTPStatus.GONE, b""
        # Before the body is read: a flood costs no more than its heads.
        if not _wait(attached, self._allowed(request.rest)):
            return HTTPStatus.TOO_MANY_REQUESTS, b""
        body = request.read(self._limit(hubs.feed(sub.feed_id)))
        headers = request.headers
        sent = Sent(body, headers.get("content-type"))
        signature, link = headers.get("x-hub-signature"), headers.get("link")
        return _wait(attached, hubs.delivered(sub, signature, link, sent))

    async def _allowed(self, callback_id: str) -> bool:
        return self._rate.allows(callback_id)  # in the event loop, so by one thread alone

    def _limit(self, feed: Feed | None) -> int:
        own = feed.access.max_bytes if feed is not None and feed.access is not None else None
        return min(own or self._max_bytes, MOST_BYTES)


MOST_BYTES: Final = 20_000_000
"""Longest document that is accepted, whatever a feed is allowed; the log limits its records."""


def _wait(attached: _Attached, work: Coroutine[Any, Any, T]) -> T:
    """Run in the event loop of the poller and wait for the result.

    Raises TimeoutError, and RuntimeError when the loop is closed.
    """
    try:
        future = asyncio.run_coroutine_threadsafe(work, attached.loop)
    except RuntimeError:
        work.close()
        raise
    try:
        return future.result(ANSWER_SECONDS)
    except concurrent.futures.TimeoutError:
        future.cancel()
        raise
