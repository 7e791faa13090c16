"""The policy of the stage `extractor`: which articles wait for their pages, and for how long.

- An article that needs no page passes through in the order of the topic.
- One that does waits for its site, at most `extract.wait_seconds`. Then its summary goes on; the
  text of the page is the next revision. What fails lets the summary go on at once, and so does a
  page that cannot have its turn in that time.
- The feeds of a site take turns.
- An article of several pages waits for its site again after each of them.
- A newer revision of an article takes the place of one that waits.
- Nothing waits without a bound: of one domain's articles the oldest go on with their summaries, and
  none is tried for longer than `extract.give_up_seconds`.

A record is done when its last event is written. So a page that was not there before a restart is
fetched after it; the table `articles.full` says what went out before.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from pantau.common.time.clock import was_ahead
from pantau.errors import RejectError, RetryError, StopError
from pantau.extractor.fetching import PageFetching
from pantau.extractor.html.page import PageText
from pantau.extractor.lanes import AnyPageLane, Arrived, Deadlines, PageJob, SiteQueue
from pantau.extractor.ledger import Ledger
from pantau.extractor.measure import needs_page
from pantau.extractor.merging import Pieces, outcome_of, read, says_more, unread
from pantau.extractor.several import Several
from pantau.extractor.tables import ExtractorTables
from pantau.keyed.desk import Desk
from pantau.keyed.policy import ReadResult
from pantau.keyed.queue import retry_at
from pantau.keyed.retry import pause_seconds, wait_seconds
from pantau.keyed.row import Limits
from pantau.keyed.tasks import Tasks
from pantau.ports import Received, Record
from pantau.settings import ExtractSettings
from pantau.stream.handler import IoStage
from pantau.stream.redactions import Redactions
from pantau_schemas.codec import decode
from pantau_schemas.events.article import Article, FullArticle

STEP_RECORDS: Final = 500
"""Records that are read in one step; the next step goes on when these are written."""
STEP_BYTES: Final = 8_000_000
MOST_WAITING: Final = 5_000
"""Articles that wait for pages, of all domains; the oldest of more go on with their summaries."""
MOST_AGE: Final = timedelta(days=1)
"""Articles first seen longer ago are passed on as they are: after an upgrade, or a long absence."""

_log = logging.getLogger(__name__)

_Decision = tuple[Article, bool] | Exception | None
"""An article and whether its page is wanted, or the reason why there is none."""


class PagePolicy:
    """Implements `pantau.keyed.policy.Policy`."""

    def __init__(
        self,
        stage: IoStage,
        settings: ExtractSettings,
        limits: Limits,
        desk: "Desk[AnyPageLane, PageJob]",
        tables: ExtractorTables,
        fetching: PageFetching,
        pieces: Pieces,
        forgotten: Redactions | None = None,
    ) -> None:
        self._name = stage.name
        self._settings = settings
        self._limits = limits
        self.desk = desk
        self.tasks: Tasks[AnyPageLane, PageJob] = Tasks(desk, limits.places)
        self._tables = tables
        self._fetching = fetching
        self._pieces = pieces
        self._forgotten = Redactions() if forgotten is None else forgotten
        self._ledger = Ledger(stage, desk, fetching.declarations, self._forgotten)
        self._arrived = Arrived()
        self._deadlines = Deadlines()
        self._sites: dict[str, SiteQueue] = {}
        self._fresh = 0  # records read in this step
        self._looked = desk.clock.now()

    @property
    def waiting(self) -> int:
        """Number of articles whose first event is not written yet."""
        return self._ledger.untold

    @property
    def busy(self) -> bool:
        """True if there is more to read at once, or an article did not go on yet."""
        return self._fresh >= STEP_RECORDS or self._ledger.untold > 0

    @property
    def room(self) -> int:
        """Number of further records for this step."""
        return max(0, STEP_RECORDS - self._fresh)

    @property
    def room_bytes(self) -> int:
        """Maximum total size of these records."""
        return STEP_BYTES

    def read(self, batch: Sequence[Received], now: datetime) -> ReadResult[AnyPageLane]:
        """Read records; what needs no page and no look into the tables is answered at once.

        Raises RetryError before anything is done, so the batch may come again.
        """
        self._forgotten.refresh()
        # First all that asks the log: a batch that comes again must find nothing done of it.
        found = [self._decide(one, now) for one in batch]
        self._fresh += len(batch)
        reading: ReadResult[AnyPageLane] = ReadResult()
        for received, one in zip(batch, found, strict=True):
            self._take(received, one, now, reading)
        return reading

    def _decide(self, received: Received, now: datetime) -> _Decision:
        """Return the article of a record, and whether its page is wanted.

        Or why it has none; None if nothing is to be done about it. Changes nothing. Raises
        RetryError.
        """
        value = received.record.value
        if value is None or self._ledger.knows(received) or self._ledger.has_ended(received):
            return None
        try:
            article = decode(Article, value)
            if self._forgotten.covers(article):
                return None
            return article, self._wants_page(article, now)
        except (RetryError, StopError):
            raise
        except Exception as error:  # noqa: BLE001 (whatever it is, the record is kept and the others go on)
            return error

    def _take(
        self,
        received: Received,
        found: _Decision,
        now: datetime,
        reading: ReadResult[AnyPageLane],
    ) -> None:
        if self._ledger.knows(received):
            return
        if found is None:
            reading.done.append(received)
        elif isinstance(found, Exception):
            self._ledger.refuse(received, found, now, reading)
        else:
            article, wants_page = found
            if not wants_page and article.revision == 1 and not self._waits(article):
                self._ledger.answer(received, article, now, reading)
                return
            self._arrived.add(self._ledger.open(received, article, now, wants_page=wants_page))
            reading.lanes.append(self._arrived)

    def _wants_page(self, article: Article, now: datetime) -> bool:
        if not self._settings.enabled or (article.historical and not self._settings.historical):
            return False
        if now - article.first_seen > MOST_AGE:
            return False
        feed = self._tables.feed(article)
        return needs_page(
            article, "auto" if feed is None else feed.full_text, self._settings.summary_words
        )

    def _waits(self, article: Article) -> bool:
        return self._ledger.of_article(article.article_id) is not None

    def begin(self, lane: AnyPageLane, item: PageJob) -> None:
        """Fetch the page of an article, publish its summary, or look it up; by the lane."""
        if item.gone or item.closed:
            return
        if isinstance(lane, Arrived):
            if self.desk.current:
                self._look_up(item)
            else:
                self.desk.doubt(lane, item)
        elif isinstance(lane, Deadlines):
            self._ledger.publish_summary(item)
        else:
            self.tasks.start(lane, partial(self._try, lane, item))

    def again(self, lane: AnyPageLane, item: PageJob) -> None:
        """Put an article back whose look was put off."""
        if isinstance(lane, Arrived):
            lane.add(item, first=True)

    def _look_up(self, job: PageJob) -> None:
        """Decide about an article by what went out of it before."""
        try:
            last = self._tables.last(job.article.article_id)
        except RetryError:
            self._arrived.add(job, first=True)
            self.desk.schedule.put(self._arrived)
            raise
        older = self._ledger.of_article(job.article.article_id)
        if older is not None and older is not job:
            last = self._ledger.give_up(older) or last
        given = (last.feed_revision or 0) if last is not None else 0
        job.last, job.told = last, given == job.article.revision
        if given > job.article.revision or (job.told and last is not None and _is_final(last)):
            self._ledger.end(job)
        elif not job.wants_page:
            self._ledger.end(job, [] if job.told else [unread(job.article, last)])
        else:
            self._wait(job)

    def _wait(self, job: PageJob) -> None:
        waiting = self._ledger.wait(job)
        site = self._sites.get(job.domain)
        if site is None:
            site = SiteQueue(job.domain, self._pause_seconds, self._fetching.courtesy)
            self._sites[job.domain] = site
        site.add(job)
        self.desk.schedule.put(site)
        if site.breaker.failures or site.seconds_until(job) > self._settings.wait_seconds:
            # No alert waits for a page that cannot be there in time: the site does not answer now,
            # or too many pages of it come before.
            self._ledger.publish_summary(job)
        elif not job.told:
            self._deadlines.add(job, job.since + timedelta(seconds=self._settings.wait_seconds))
            self.desk.schedule.put(self._deadlines)
        if waiting > self._settings.waiting_per_domain:
            self._give_up(self._ledger.oldest(job.domain))
        elif len(self._ledger) > MOST_WAITING:
            self._give_up(self._ledger.oldest())

    def _pause_seconds(self, key: str, failures: int, after_seconds: float | None) -> float:
        return pause_seconds(key, failures, after_seconds, self._limits)

    def leave(self, lane: AnyPageLane) -> None:
        """Drop an empty queue, unless its site has failures to remember."""
        if isinstance(lane, SiteQueue):
            idle = not len(lane) and not lane.busy and not lane.breaker.failures
            if (idle or len(self._sites) > MOST_WAITING) and self._sites.get(lane.key) is lane:
                del self._sites[lane.key]

    def resume(self) -> Iterable[AnyPageLane]:
        """Return all queues after a clock that was ahead was set back: they wait for the right one.

        Else nothing: no article is on hold.
        """
        looked, self._looked = self._looked, self.desk.clock.now()
        if not was_ahead(looked, self._looked):
            return ()
        self._fetching.courtesy.forget()
        lanes: list[Deadlines | SiteQueue] = [self._deadlines, *self._sites.values()]
        for lane in lanes:
            lane.set_back(self._looked)
        return lanes

    async def work(self) -> None:
        """Wake the stage to read on, if this step stopped at its limit."""
        if self._fresh >= STEP_RECORDS:
            self.desk.wake.set()
        self._fresh = 0

    async def _try(self, site: SiteQueue, job: PageJob) -> None:
        job.attempts += 1
        try:
            page = await self._fetching.fetch(job)
        except StopError:
            raise
        except RetryError as error:
            self._failed(site, job, error)
        except Exception as error:  # noqa: BLE001 (one page's trouble, whatever it is, stays with that page)
            site.breaker.worked()
            if not isinstance(error, RejectError):
                _log.exception("extractor: unexpected error")
            if job.several.number:
                self._go_on(site, job, job.several.page_by_page())
                return
            _log.info("extractor: %s keeps its summary: %s", job.article.article_id, error)
            self._give_up(job, "refused")
        else:
            site.breaker.worked()
            self._go_on(site, job, job.several.take(page, self._settings.article_pages))

    def _go_on(self, site: SiteQueue, job: PageJob, several: Several) -> None:
        """Queue an article for its next page, in its turn; complete one that has no more."""
        job.several = several
        if several.following is None or job.closed or job.gone:
            self._found(job, several.page)
        else:
            job.attempts, job.next_attempt = 0, None
            site.add(job)

    def _found(self, job: PageJob, page: PageText) -> None:
        if job.closed or job.gone:
            return
        event = read(job.article, page, job.last, self._pieces)
        late = job.last if job.told else None
        self.desk.signals.metrics.page(outcome_of(event, late))
        self._ledger.end(job, [event] if late is None or says_more(event, late) else [])

    def _failed(self, site: SiteQueue, job: PageJob, error: RetryError) -> None:
        now = self.desk.clock.now()
        self.desk.signals.metrics.retried(self._name, error)
        site.breaker.failed(job.item_id, now, error.after_seconds)
        for other in self._ledger.waiting(site.key):  # as in `_wait`
            self._ledger.publish_summary(other)
        if job.closed or job.gone:
            return
        seconds = wait_seconds(job, error, now, self._limits)
        waited = (now - job.since).total_seconds() + seconds
        _log.info("extractor: %s: %s", job.article.article_id, error)
        if waited > self._settings.give_up_seconds or job.attempts >= self._limits.max_attempts:
            self._give_up(job)
            return
        self._ledger.publish_summary(job)
        retry_at(job, now, seconds)
        site.add(job)

    def _give_up(self, job: PageJob, outcome: str = "given_up") -> None:
        """Complete an article without its page."""
        if job.several.number:  # the pages that came
            self._found(job, job.several.page)
            return
        if not (job.closed or job.gone):
            self.desk.signals.metrics.page(outcome)
        self._ledger.give_up(job)

    def kept(self) -> None:
        """Report what is written."""
        self._ledger.reports.kept()

    def forget(self, partitions: Collection[tuple[str, int]]) -> None:
        """Drop the articles of these partitions; another member goes on with them."""
        self._ledger.forget(partitions)

    async def wind_up(self) -> None:
        """Publish the summaries of what waits: the stage ends, and may stay away for long."""
        for job in self._ledger.waiting():
            self._ledger.publish_summary(job)

    def refused(self, origin: Received, error: RejectError) -> Record:
        """Return the dead letter of a record whose output the log rejects."""
        return self._ledger.refused(origin, error)


def _is_final(last: FullArticle) -> bool:
    return last.text_from != "feed"
