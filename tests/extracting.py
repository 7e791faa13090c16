"""The extractor for tests: run until every article went on, against a site that a test makes up."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from pantau.adapters.processes.reader import ProcessReader
from pantau.bootstrap import build_page_reader
from pantau.enricher.structure.boilerplate import find_boilerplate
from pantau.extractor.stage import Extractor, build_stage
from pantau.net.courtesy import Courtesy
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import Clock, DocumentReader, FetchError, FetchRequest, FetchResponse, Store
from pantau.settings import ExtractSettings
from pantau.topology import EXTRACTOR

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
) -> Extractor:
    return build_stage(
        EXTRACTOR,
        store.log,
        web or Web(),
        reader or (build_page_reader() if settings.enabled else ProcessReader()),
        clock,
        settings,
        Courtesy(gap_seconds),
        find_boilerplate,
        signals,
    )


def pass_on(
    store: Store,
    clock: Clock,
    web: Web | None = None,
    settings: ExtractSettings = OFF,
    signals: Signals = NO_SIGNALS,
) -> int:
    """Run every article in the log go on; return how many records there were."""

    async def run() -> None:
        extractor, stop = build(store, clock, web, settings, signals=signals), asyncio.Event()
        running = asyncio.create_task(extractor.run(stop))
        while not (extractor.idle or running.done()):  # noqa: ASYNC110 (a stage sets no event)
            await asyncio.sleep(0.002)  # a stage sets no event
        stop.set()
        await running

    before = _lag(store)
    if before:
        asyncio.run(run())
    return before - _lag(store)


def _lag(store: Store) -> int:
    consumer = store.log.consumer([EXTRACTOR.reads.name], EXTRACTOR.name)
    try:
        return consumer.lag()
    finally:
        consumer.close()
