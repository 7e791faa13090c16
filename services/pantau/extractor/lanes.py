"""Articles that wait: for a look into the tables, for their site, for the end of the wait. Pure."""

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pantau.extractor.several import NOTHING, Several
from pantau.keyed.queue import Job, KeyQueue
from pantau.net.courtesy import Courtesy
from pantau_schemas.events.article import Article, FullArticle

TURNS_BEHIND: Final = 100
"""How many turns a feed may be behind the others of its site, however much it had before."""
FEEDS_KNOWN: Final = 1_000
"""Feeds of a site whose next turns are remembered; those that are not behind are forgotten."""


@dataclass(slots=True, eq=False, kw_only=True)
class PageJob(Job):
    """An article that was read and is not done."""

    article: Article
    wants_page: bool
    domain: str
    last: FullArticle | None = None  # the event that went out before
    told: bool = False  # this revision went out, with the summary
    closed: bool = False
    several: Several = NOTHING  # what is read of its pages

    @property
    def over(self) -> bool:
        """True if another member continues with it, or its last event is written."""
        return self.gone or self.closed


class PageQueue:
    """The common part of all lanes; see `pantau.keyed.work_queue.WorkQueue`."""

    def __init__(self) -> None:
        self.busy = False
        self.queued = False
        self.timer: datetime | None = None

    def next_time(self) -> datetime | None:
        """Return when there may be something to do."""
        raise NotImplementedError

    def pick(self, now: datetime) -> PageJob | None:
        """Remove and return the job to work on now."""
        raise NotImplementedError


class Arrived(PageQueue):
    """Articles to look up in the tables, in order."""

    def __init__(self) -> None:
        super().__init__()
        self._jobs: deque[PageJob] = deque()

    def add(self, job: PageJob, *, first: bool = False) -> None:
        """Queue an article; one whose look was put off keeps its place."""
        (self._jobs.appendleft if first else self._jobs.append)(job)

    def next_time(self) -> datetime | None:
        """Return a time in the past while anything waits."""
        return datetime.min.replace(tzinfo=UTC) if self._jobs else None

    def pick(self, now: datetime) -> PageJob | None:
        """Remove and return the oldest."""
        del now
        return self._jobs.popleft() if self._jobs else None


class Deadlines(PageQueue):
    """Articles whose summary goes out at a time, unless their page is there before."""

    def __init__(self) -> None:
        super().__init__()
        self._jobs: list[tuple[datetime, int, PageJob]] = []

    def add(self, job: PageJob, at: datetime) -> None:
        """Queue an article for its last moment."""
        heapq.heappush(self._jobs, (at, job.arrival, job))

    def set_back(self, now: datetime) -> None:
        """Wait for no moment of a clock that was ahead, and was set back."""
        self._jobs = sorted((min(at, now), arrival, job) for at, arrival, job in self._jobs)

    def next_time(self) -> datetime | None:
        """Return the earliest moment."""
        self._drop()
        return self._jobs[0][0] if self._jobs else None

    def pick(self, now: datetime) -> PageJob | None:
        """Remove and return an article whose moment has come."""
        self._drop()
        return heapq.heappop(self._jobs)[2] if self._jobs and self._jobs[0][0] <= now else None

    def _drop(self) -> None:
        while self._jobs and (self._jobs[0][2].closed or self._jobs[0][2].told):
            heapq.heappop(self._jobs)


class SiteQueue(KeyQueue):
    """Articles that wait for their site: one request at a time, with the domain's gap between.

    The feeds of a site take turns, so that one with hundreds of new articles does not hold up the
    others. A site that fails is paused, as any key of a keyed stage.
    """

    def __init__(
        self,
        domain: str,
        pause: Callable[[str, int, float | None], float],
        courtesy: Courtesy,
    ) -> None:
        super().__init__(domain, pause, strict=False)
        self._courtesy = courtesy
        self._next_turns: dict[str, int] = {}  # by feed

    def turn(self, job: Job) -> int:
        """Return the turn of an article: the one after the last of its feed, or the current one."""
        feed = (job.article.feed_id or "") if isinstance(job, PageJob) else ""
        turn = max(self.last_turn, self._next_turns.get(feed, 0))
        turn = min(turn, self.last_turn + TURNS_BEHIND)
        if len(self._next_turns) >= FEEDS_KNOWN:
            behind = self._next_turns.items()
            self._next_turns = {one: after for one, after in behind if after > self.last_turn}
        self._next_turns[feed] = turn + 1
        return turn

    def seconds_until(self, job: PageJob) -> float:
        """Return how long an article waits at least for its turn, by the domain's gap."""
        return self.ahead_of(job) * self._courtesy.gap_of(self.key)

    def next_time(self) -> datetime | None:
        """Return when the site may be asked next; None if nothing waits."""
        when = super().next_time()
        free = self._free()
        return when if when is None or free is None else max(when, free)

    def pick(self, now: datetime) -> Job | None:
        """Remove and return the article to fetch now."""
        free = self._free()
        return None if free is not None and now < free else super().pick(now)

    def _free(self) -> datetime | None:
        until = self._courtesy.free_at(self.key)
        return datetime.fromtimestamp(until, UTC) if until else None


AnyPageLane = Arrived | Deadlines | SiteQueue
