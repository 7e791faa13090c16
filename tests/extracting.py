"""The extractor for tests: run until every article went on, against a site that a test makes up."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from pantau.adapters.processes.reader import ProcessReader
from pantau.bootstrap import build_courtesy, build_extractor, build_fetcher, build_page_reader
from pantau.enricher.structure.boilerplate import find_boilerplate
from pantau.extractor.stage import Extractor, build_stage
from pantau.net.courtesy import Courtesy
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import (
    Clock,
    Consumer,
    DocumentReader,
    FetchError,
    FetchRequest,
    FetchResponse,
    Log,
    Received,
    Record,
    Store,
)
from pantau.settings import ExtractSettings, Settings
from pantau.topology import EXTRACTOR
from tests.support import SOON

OFF = ExtractSettings(enabled=False)


@dataclass
class Web:
    """Pages by address, as a fetcher; what is an error is raised, what is not there is a 404."""

    pages: dict[str, "str | bytes | int | Exception | FetchResponse"] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    requests: list[FetchRequest] = field(default_factory=list)
    gate: asyncio.Event | None = None  # pages come when it is set

    async def get(self, request: FetchRequest) -> FetchResponse:
        self.asked.append(request.url)
        self.requests.append(request)
        found = self.pages.get(request.url, 404)
        if self.gate is not None and not request.url.endswith("/robots.txt"):
            await self.gate.wait()
        if isinstance(found, Exception):
            raise found
        if isinstance(found, FetchResponse):
            return found
        status, body = (found, b"") if isinstance(found, int) else (200, found)
        headers = {"content-type": "text/html; charset=utf-8"}
        raw = body.encode() if isinstance(body, str) else body
        return FetchResponse(request.url, status, headers, raw)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> FetchResponse:
        del body, headers
        raise FetchError("unreachable", f"nothing takes posts at {url}")

    async def close(self) -> None:
        """Do nothing."""


def build(
    store: Store,
    clock: Clock,
    web: Web | None = None,
    settings: ExtractSettings = OFF,
    *,
    gap_seconds: float = 0.0,
    reader: DocumentReader | None = None,
    signals: Signals = NO_SIGNALS,
    log: Log | None = None,
) -> Extractor:
    return build_stage(
        EXTRACTOR,
        log or store.log,
        web or Web(),
        reader or (build_page_reader() if settings.enabled else ProcessReader()),
        clock,
        settings,
        Courtesy(gap_seconds),
        find_boilerplate,
        signals,
    )


class _Counted:
    """A consumer that counts the steps of its stage, and the records that are done."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer
        self.steps = 0
        self.done = 0

    def revoked(self) -> frozenset[tuple[str, int]]:
        self.steps += 1  # each step asks it once, before it reads
        return self._consumer.revoked()

    def finish(self, done: Iterable[Received], produced: Iterable[Record] = ()) -> None:
        those = list(done)
        self._consumer.finish(those, produced)
        self.done += len(those)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._consumer, name)


class _CountedLog:
    """A log that keeps the consumer which the stage opens."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self.opened: _Counted | None = None

    def consumer(self, topics: Sequence[str], group: str | None) -> _Counted:
        self.opened = _Counted(self._log.consumer(topics, group))
        return self.opened

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)


class Passing:
    """An extractor that stays in its group; between two calls of `pass_on` its loop stands still.

    To join a group on Kafka takes half a second, and each piece of work would need it.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        web: Web | None = None,
        settings: ExtractSettings = OFF,
        signals: Signals = NO_SIGNALS,
    ) -> None:
        self._log = _CountedLog(store.log)
        log = cast("Log", self._log)
        self._build = partial(build, store, clock, web, settings, signals=signals, log=log)
        self._runner = asyncio.Runner()
        self._stop = asyncio.Event()
        self._extractor: Extractor | None = None
        self._running: asyncio.Task[None] | None = None

    def pass_on(self) -> int:
        """Run every article in the log go on; return how many records there were."""
        return self._runner.run(self._pass_on())

    async def _pass_on(self) -> int:
        if self._extractor is None or self._running is None:
            self._extractor = self._build()
            self._running = asyncio.create_task(self._extractor.run(self._stop))
        before, steps = self._done, self._steps
        self._extractor.stage._wake.set()  # the log wakes it too, but not at once
        async with asyncio.timeout(SOON):
            # A step that began before this call may have read before the last record was written.
            while not (self._steps > steps and self._extractor.idle):
                if self._running.done():
                    await self._running
                    break
                await asyncio.sleep(0.002)  # a stage sets no event
        return self._done - before

    @property
    def _steps(self) -> int:
        return self._log.opened.steps if self._log.opened else 0

    @property
    def _done(self) -> int:
        return self._log.opened.done if self._log.opened else 0

    def close(self) -> None:
        """Stop its run, and leave the group."""
        self._stop.set()
        if self._running is not None and not self._running.done():
            self._runner.run(self._ended(self._running))
        self._runner.close()

    async def _ended(self, running: asyncio.Task[None]) -> None:
        await running


def pass_on(store: Store, clock: Clock) -> int:
    """Run every article in the log go on; return how many records there were."""
    with closing(Passing(store, clock)) as passing:
        return passing.pass_on()


async def extract_all(store: Store, clock: Clock, settings: Settings) -> None:
    """Run the extractor as the program builds it, until every article of the store went on."""
    fetcher, stop = build_fetcher(settings), asyncio.Event()
    extractor = build_extractor(store, fetcher, clock, settings, build_courtesy(settings))
    running = asyncio.create_task(extractor.run(stop))
    while not (extractor.idle or running.done()):  # noqa: ASYNC110 (a stage sets no event)
        await asyncio.sleep(0.01)
    stop.set()
    await running
    await fetcher.close()
