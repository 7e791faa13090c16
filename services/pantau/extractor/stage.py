"""Stage `extractor`: articles become articles with their full text."""

import asyncio

from pantau.common.time.backoff import Backoff
from pantau.extractor.fetching import PageFetching
from pantau.extractor.lanes import AnyPageLane, PageJob
from pantau.extractor.merging import Pieces
from pantau.extractor.pages import PageSource
from pantau.extractor.policy import PagePolicy
from pantau.extractor.tables import ExtractorTables
from pantau.keyed.desk import Desk, FollowedTables, Holding
from pantau.keyed.row import Limits
from pantau.keyed.schedule import Schedule
from pantau.keyed.stage import KeyedStage
from pantau.net.courtesy import Courtesy
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.ports import Clock, DocumentReader, Fetcher, Log
from pantau.settings import ExtractSettings
from pantau.stream.handler import IoStage
from pantau.stream.redactions import Redactions
from pantau_schemas.topics import ARTICLES_FULL, FEEDS, REDACTIONS, SITES

ATTEMPTS = 4
"""Attempts at one page."""

ExtractorStage = KeyedStage[AnyPageLane, PageJob]


class Extractor:
    """The stage with what it closes at its end."""

    def __init__(self, stage: ExtractorStage, pages: PageSource) -> None:
        self.stage = stage
        self._pages = pages

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until `stop` is set; see `KeyedStage.run`."""
        try:
            await self.stage.run(stop)
        finally:
            self._pages.close()

    @property
    def idle(self) -> bool:
        """True if every article that was read went on, with its page or its summary."""
        return self.stage.idle


def build_stage(
    row: IoStage,
    log: Log,
    fetcher: Fetcher,
    reader: DocumentReader,
    clock: Clock,
    settings: ExtractSettings,
    courtesy: Courtesy,
    pieces: Pieces,
    signals: Signals = NO_SIGNALS,
) -> Extractor:
    """Build the stage; for one run. `pieces` finds what is no text of an article."""
    limits = Limits(
        places=settings.concurrency, max_attempts=ATTEMPTS, backoff=Backoff(15.0, 3_600.0)
    )
    followed = FollowedTables(row.name, log, row.follows)
    tables = ExtractorTables(*(followed.table(one.name) for one in (FEEDS, ARTICLES_FULL, SITES)))
    pages = PageSource(
        fetcher, reader, clock, agent=settings.user_agent, max_bytes=settings.max_bytes
    )
    fetching = PageFetching(pages, tables, clock, courtesy, pages_per_hour=settings.pages_per_hour)
    made: list[PagePolicy] = []

    def leave(lane: AnyPageLane) -> None:
        made[0].leave(lane)

    desk: Desk[AnyPageLane, PageJob] = Desk(followed, clock, signals, Schedule(clock, leave))
    forgotten = Redactions(followed.table(REDACTIONS.name))
    policy = PagePolicy(row, settings, limits, desk, tables, fetching, pieces, forgotten)
    made.append(policy)
    holding = Holding(row.name, row.holds, log)
    stage = KeyedStage(row.name, row.reads, row.follows, log, policy, desk, policy.tasks, holding)
    return Extractor(stage, pages)
