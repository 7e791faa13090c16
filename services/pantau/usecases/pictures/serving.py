"""Pictures of stored articles, for the pages that show them.

The address of a picture comes from an article, so it is whatever a feed or a page said: it is
fetched by the guarded fetcher alone, without cookies or logins, and shown only as an image that
was encoded here. A failure is remembered, so that a page asks once.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from pantau.errors import RejectError, RetryError
from pantau.ports import (
    Clock,
    Fetcher,
    FetchError,
    FetchRequest,
    Picture,
    PictureMaker,
    PictureSize,
)
from pantau.usecases.pictures.cache import PictureCache
from pantau.usecases.pictures.limits import FetchRate, SilentHosts
from pantau_schemas.events.feed_access import FeedAccess

log = logging.getLogger(__name__)

ACCEPT: Final = "image/avif,image/webp,image/jpeg,image/png,image/gif;q=0.8"
"""Formats that are read, in the header Accept: sites that can choose send a small one."""
PER_MINUTE: Final = 240
"""Fetches in a minute, of all people: twelve pages of results that nobody has seen before."""
AT_ONCE: Final = 6
"""Fetches at a time."""
MOST_BYTES: Final = 8_000_000
"""Largest original in bytes."""
SECONDS: Final = 15.0
"""For an original to arrive, redirects included."""
WAIT_SECONDS: Final = 6.0
"""For which whoever asks waits; the fetch goes on, for the next time.

Browsers ask one server for six things at a time: pictures of silent hosts would keep a person from
the next page.
"""
MOST_WAITING: Final = 100
"""Fetches that wait or are under way; more are put off."""

_NEVER: Final = timedelta(days=1)
"""How long an address is left alone that has no picture: refused, gone, or of another kind."""
_SOON: Final = timedelta(minutes=10)
"""How long where a later attempt may succeed."""
_GONE: Final = frozenset({400, 401, 403, 404, 410, 451})
"""Statuses that hold for long."""
_UNANSWERED: Final = frozenset({"unreachable", "timeout"})
"""Outcomes of a fetch that say something of its host."""


class ArticlePictures:
    """Serves pictures by their address, from memory where they are known. One event loop only.

    `open_fetcher` opens the guarded fetcher, with the first picture.
    """

    def __init__(
        self,
        open_fetcher: Callable[[], Fetcher],
        maker: PictureMaker,
        clock: Clock,
        *,
        cache: PictureCache | None = None,
        per_minute: int = PER_MINUTE,
        most_bytes: int = MOST_BYTES,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        self._open_fetcher = open_fetcher
        self._fetcher: Fetcher | None = None
        self._maker = maker
        self._clock = clock
        self._cache = cache or PictureCache()
        self._rate = FetchRate(per_minute)
        self._most_bytes = most_bytes
        self._wait_seconds = wait_seconds
        self._silent = SilentHosts(_SOON)
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._under_way: dict[str, asyncio.Task[None]] = {}

    def may_be_shown(self, address: str | None) -> bool:
        """Return whether a page should ask for a picture. Safe in any thread."""
        return address is not None and not self._cache.is_missing(address, self._clock.now())

    async def picture(self, address: str, size: PictureSize) -> Picture | None:
        """Return a picture; None where there is none.

        Raises RetryError where too many are asked for at once, or it takes long. Whoever asks for a
        picture that is under way waits for the same fetch, which goes on if they leave.
        """
        known = self._cache.get(address, size, self._clock.now())
        if known is not None:
            return known
        if not self.may_be_shown(address):
            return None
        task = self._under_way.get(address) or self._begin(address)
        try:
            async with asyncio.timeout(self._wait_seconds):
                await asyncio.shield(task)
        except TimeoutError as error:
            message = "it takes long to find a picture"
            raise RetryError(message) from error
        except asyncio.CancelledError:
            if not task.cancelled():  # whoever asked has left
                raise
            message = "the program is ending"
            raise RetryError(message) from None
        return self._cache.get(address, size, self._clock.now())

    async def close(self) -> None:
        """Close the fetcher and the maker; what is under way ends."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        self._maker.close()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._fetcher is not None:
            await self._fetcher.close()

    def _begin(self, address: str) -> "asyncio.Task[None]":
        if len(self._under_way) >= MOST_WAITING or not self._rate.take(self._clock.now()):
            message = "too many pictures are asked for at once"
            raise RetryError(message)
        task = asyncio.get_running_loop().create_task(self._find(address))
        self._under_way[address] = task
        task.add_done_callback(lambda _: self._under_way.pop(address, None))
        return task

    async def _find(self, address: str) -> None:
        """Fetch a picture and keep it, or that there is none."""
        async with self._at_once:
            # Of several pictures of a host that is silent, those that waited are not asked for.
            if self._silent.has(_host(address), self._clock.now()):
                self._lacks(address, _SOON)
                return
            try:
                document = await self._fetched(address)
                made = await self._maker.make(document) if document is not None else None
            except RejectError:
                self._lacks(address, _NEVER)
            except RetryError:
                self._lacks(address, _SOON)
            except Exception:
                log.exception("a picture could not be made")
                self._lacks(address, _SOON)
            else:
                if made is not None:
                    self._cache.keep(address, made, self._clock.now())

    async def _fetched(self, address: str) -> bytes | None:
        """Return what an address sends; None where that is nothing, which is remembered."""
        self._fetcher = self._fetcher or self._open_fetcher()
        try:
            async with asyncio.timeout(SECONDS):
                answer = await self._fetcher.get(self._request(address))
        except (FetchError, TimeoutError) as error:
            outcome = error.outcome if isinstance(error, FetchError) else "timeout"
            if outcome in _UNANSWERED:
                self._silent.add(_host(address), self._clock.now())
            self._lacks(address, _NEVER if outcome in {"refused", "too_large"} else _SOON)
            return None
        if answer.status != 200:
            self._lacks(address, _NEVER if answer.status in _GONE else _SOON)
            return None
        return answer.body

    def _request(self, address: str) -> FetchRequest:
        return FetchRequest(address, accept=ACCEPT, access=FeedAccess(max_bytes=self._most_bytes))

    def _lacks(self, address: str, duration: timedelta) -> None:
        self._cache.lacks(address, self._clock.now(), duration)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
