"""The articles that the extractor has read, and what is written about them."""

import itertools
import logging
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Final

from pantau.errors import RetryError
from pantau.extractor.lanes import AnyPageLane, PageJob
from pantau.extractor.merging import unread
from pantau.keyed.desk import Desk
from pantau.keyed.policy import ReadResult
from pantau.keyed.report import Reports
from pantau.keyed.results import Pair, place
from pantau.net.domains import registrable_domain
from pantau.ports import Received, Record
from pantau.stream.dead_letter import dead_letter, warn_rejected
from pantau.stream.handler import IoStage
from pantau.stream.redactions import Redactions
from pantau.stream.writing import Writing
from pantau_schemas.base import Event
from pantau_schemas.events.article import Article, FullArticle

ENDED: Final = 10_000
"""Records that ended and are remembered: they may be read again before that is written."""

_log = logging.getLogger(__name__)

Place = tuple[tuple[str, int], int]
"""The partition of a record, and its offset."""
Further = Callable[[], Sequence[Event]]
"""Returns events to be written with the next article."""


class Ledger:
    """Articles under way, by record, by article and by domain, and the records that end them."""

    def __init__(
        self,
        stage: IoStage,
        desk: "Desk[AnyPageLane, PageJob]",
        further: Further,
        forgotten: Redactions | None = None,
    ) -> None:
        self._forgotten = Redactions() if forgotten is None else forgotten
        self._name = stage.name
        self._desk = desk
        self._further = further
        self._writing = Writing(stage.name, stage.writes)
        self.reports = Reports(stage.name, desk)
        self._jobs: OrderedDict[Place, PageJob] = OrderedDict()
        self._of_article: OrderedDict[str, PageJob] = OrderedDict()
        self._waiting: dict[str, OrderedDict[Place, PageJob]] = {}
        self._ended: OrderedDict[Place, None] = OrderedDict()
        self._arrivals = itertools.count()

    def __len__(self) -> int:
        """Count the articles under way."""
        return len(self._jobs)

    @property
    def untold(self) -> int:
        """Number of articles of which nothing was written yet."""
        return sum(not one.told for one in list(self._jobs.values()))  # from any thread

    def knows(self, received: Received) -> bool:
        """Return whether a record is under way."""
        return _place(received) in self._jobs

    def has_ended(self, received: Received) -> bool:
        """Return whether a record has ended."""
        return _place(received) in self._ended

    def of_article(self, article_id: str) -> PageJob | None:
        """Return the article's revision that waits for its page."""
        return self._of_article.get(article_id)

    def open(
        self, received: Received, article: Article, now: datetime, *, wants_page: bool
    ) -> PageJob:
        """Add an article."""
        job = PageJob(
            received,
            next(self._arrivals),
            now,
            article=article,
            wants_page=wants_page,
            domain=registrable_domain(article.url or ""),
        )
        self._jobs[_place(received)] = job
        return job

    def wait(self, job: PageJob) -> int:
        """Record that an article waits for its page; return how many of its domain do."""
        self._of_article[job.article.article_id] = job
        own = self._waiting.setdefault(job.domain, OrderedDict())
        own[_place(job.received)] = job
        return len(own)

    def oldest(self, domain: str | None = None) -> PageJob:
        """Return the article that waits longest, of a domain or of all."""
        waiting = self._of_article if domain is None else self._waiting[domain]
        return next(iter(waiting.values()))

    def waiting(self, domain: str | None = None) -> list[PageJob]:
        """Return the articles that wait for their pages, of a domain or all."""
        if domain is None:
            return list(self._of_article.values())
        own = self._waiting.get(domain)
        return [] if own is None else list(own.values())

    def answer(
        self,
        received: Received,
        article: Article,
        now: datetime,
        reading: "ReadResult[AnyPageLane]",
    ) -> None:
        """Publish an article as it is, while it is read."""
        record = self._record(unread(article), received, now)
        self._note_end(received)
        self.reports.answered(received, (record,), now)
        reading.done.append(received)
        reading.produced.append((received, record))

    def refuse(
        self,
        received: Received,
        error: Exception,
        now: datetime,
        reading: "ReadResult[AnyPageLane]",
    ) -> None:
        """Write a dead letter for a record that is no article."""
        warn_rejected(_log, self._name, received, error)
        letter = dead_letter(self._name, received, error, now)
        reading.done.append(received)
        reading.produced.append((received, letter))
        self.reports.unread(received, letter, now, error)

    def refused(self, origin: Received, error: Exception) -> Record:
        """Return the dead letter of a record whose output the log rejects."""
        warn_rejected(_log, self._name, origin, error)
        return dead_letter(self._name, origin, error, self._desk.clock.now())

    def publish_summary(self, job: PageJob) -> None:
        """Publish the summary of an article, once; it still waits for its page."""
        if job.told or job.closed or job.gone:
            return
        if self._is_forgotten(job):
            self.end(job)
            return
        event = _summary(job)
        record = self._record(event, job.received, self._desk.clock.now())
        job.last, job.told = event, True
        self._desk.results.add([], [(job.received, record)])
        self.reports.early(job.received, [record], job.since)
        self._desk.wake.set()

    def give_up(self, job: PageJob) -> FullArticle | None:
        """Complete an article without its page, and return the last event of it."""
        event = None if job.told else _summary(job)
        self.end(job, [] if event is None else [event])
        return event or job.last

    def end(self, job: PageJob, events: Sequence[Event] = ()) -> None:
        """Record the end of an article, to be written together with its last event."""
        if job.closed or job.gone:
            return
        now = self._desk.clock.now()
        own = () if self._is_forgotten(job) else events
        records = [self._record(one, job.received, now) for one in (*self._further(), *own)]
        pairs: list[Pair] = [(job.received, record) for record in records]
        self._desk.results.add([job.received], pairs)
        self.reports.add(job.received, records, job.since, None)
        self._note_end(job.received)
        self._release(job)
        job.closed = job.told = True
        self._desk.wake.set()

    def _is_forgotten(self, job: PageJob) -> bool:
        """Return whether an article was taken down, maybe while it waited for its page."""
        with suppress(RetryError):  # then as of the last look; the next stage asks as well
            self._forgotten.refresh()
        return self._forgotten.covers(job.article)

    def forget(self, partitions: Collection[tuple[str, int]]) -> None:
        """Drop the articles of these partitions; another member goes on with them."""
        for where, job in list(self._jobs.items()):
            if where[0] in partitions:
                job.gone = True
                self._release(job)
        for where in [one for one in self._ended if one[0] in partitions]:
            del self._ended[where]  # what we derived from it may never have been written
        self.reports.forget(partitions)

    def _record(self, event: Event, received: Received, now: datetime) -> Record:
        return self._writing.record(event, received.record, now)

    def _note_end(self, received: Received) -> None:
        self._ended[_place(received)] = None
        if len(self._ended) > ENDED:
            self._ended.popitem(last=False)

    def _release(self, job: PageJob) -> None:
        where = _place(job.received)
        self._jobs.pop(where, None)
        if self._of_article.get(job.article.article_id) is job:
            del self._of_article[job.article.article_id]
        own = self._waiting.get(job.domain)
        if own is not None:
            own.pop(where, None)
            if not own:
                del self._waiting[job.domain]


def _summary(job: PageJob) -> FullArticle:
    return unread(job.article, job.last, keep_text=True)


def _place(received: Received) -> Place:
    return place(received), received.offset
