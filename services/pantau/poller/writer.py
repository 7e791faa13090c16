"""The poller's access to the log.

Off the event loop, several polls in one append, with retries while the log is busy.
"""

import asyncio
import functools
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from pantau.common.time.backoff import Backoff, Pauses
from pantau.errors import RejectError, RetryError
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import Log, Record

log = logging.getLogger(__name__)

BACKOFF: Final = Backoff(0.1, 30.0)
_PART: Final = "poller"

T = TypeVar("T")


class LogWriter:
    """Reads and writes a log from a thread of its own.

    A poll's records stay together in one append.
    """

    def __init__(self, target: Log, signals: Signals = NO_SIGNALS) -> None:
        self._log = target
        self._signals = signals
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="poller-log")
        self._waiting: list[tuple[Sequence[Record], asyncio.Future[None]]] = []
        self._flushing: asyncio.Task[None] | None = None

    async def append(self, records: Sequence[Record]) -> None:
        """Append the records; on return they are durable.

        Waits while the log is unreachable.
        """
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((records, written))
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().create_task(self._flush())
        await written

    async def call(self, work: Callable[[], T]) -> T:
        """Run a function that uses the log.

        Retried with backoff while it raises RetryError.
        """
        pauses = Pauses(BACKOFF)
        while True:
            try:
                result = await asyncio.get_running_loop().run_in_executor(self._thread, work)
            except RetryError as error:
                self._signals.waits(_PART, error)
                pause = pauses.next(error.after_seconds)
                log.warning("the log does not answer, again in %.1f s: %s", pause, error)
                await asyncio.sleep(pause)
            else:
                self._signals.works(_PART)
                return result

    async def _flush(self) -> None:
        """Write the queued records until none are left.

        Records queued meanwhile go into the next append.
        """
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                records = [record for some, _ in batch for record in some]
                try:
                    await self.call(lambda records=records: self._log.append(records))  # type: ignore[misc]  # a default binds the loop's value
                except RejectError as error:
                    # A record that the log never accepts must not fail the appends of other feeds
                    # in its batch.
                    if len(batch) == 1:
                        _fail(batch[0][1], error)
                    else:
                        await self._one_by_one(batch)
                    continue
                except Exception as error:  # noqa: BLE001 (handed to those who wait for it)
                    for _, written in batch:
                        _fail(written, error)
                    continue
                except asyncio.CancelledError as error:
                    for _, written in batch:
                        _fail(written, error)
                    raise
                for _, written in batch:
                    if not written.done():
                        written.set_result(None)
        finally:
            # No await lies between the last look at the queue and here, so no record is left
            # without a flush.
            self._flushing = None

    async def _one_by_one(
        self, batch: "list[tuple[Sequence[Record], asyncio.Future[None]]]"
    ) -> None:
        """Write each poll separately: a rejection concerns one of them, and the others continue."""
        for records, written in batch:
            try:
                await self.call(functools.partial(self._log.append, records))
            except Exception as error:  # noqa: BLE001 (as above)
                _fail(written, error)
            else:
                if not written.done():
                    written.set_result(None)

    async def close(self) -> None:
        """Discard queued records and stop the thread."""
        if self._flushing is not None:
            self._flushing.cancel()
            await asyncio.gather(self._flushing, return_exceptions=True)
        for _, written in self._waiting:
            _fail(written, asyncio.CancelledError())
        self._waiting.clear()
        self._thread.shutdown(wait=False, cancel_futures=True)


def _fail(written: asyncio.Future[None], error: BaseException) -> None:
    if written.done():
        return
    if isinstance(error, asyncio.CancelledError):
        written.cancel()
    else:
        written.set_exception(error)
