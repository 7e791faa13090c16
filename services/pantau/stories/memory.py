"""The stories of the window, kept in sync with the tables `story-members` and `story-merges`.

The tables are the source of truth: this state is rebuilt from them, in any process. Decisions of a
batch apply at once to the articles after it, and are reverted at the next `refresh` unless the
tables have them by then: a batch that was not written is decided again from the same state as
before.

Concurrent processes see each other's articles only at their next refresh, so that each may have
founded a story of one event. That is detected when the other's article arrives, and the merge is
written with the next assigned article; it is the same merge whichever process writes it, and if
several do.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.common.time.milliseconds import millis, moment_of
from pantau.ports import Table
from pantau.settings import StorySettings
from pantau.stories.features import features
from pantau.stories.fingerprint import fingerprint
from pantau.stories.grouping import Ended, GroupedArticle, Grouping
from pantau.stories.templates import service_kind
from pantau.stories.words import read_words
from pantau.stream.table_reading import TableReading
from pantau_schemas.base import Event
from pantau_schemas.events.article import EnrichedArticle, ServiceKind, StoryCoverage
from pantau_schemas.events.story import StoryMember, StoryMerge
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import STORY_MEMBERS, STORY_MERGES

_Debt = tuple[str, str, str]
"""An article, and two stories that it showed to be one."""

OTHER_SOURCES: Final = 10
"""Maximum number of a story's other sources that an article names; more are counted."""
_SLACK_MS: Final = 24 * 3_600_000
"""How much longer merges are kept than articles.

Processes do not write at the same time.
"""


def recent_seconds(settings: StorySettings) -> float:
    """Return how long ago articles that are compared with new ones were written at most.

    The window, and a day in which no article may have come: an enricher that starts after a longer
    outage compares new articles with fewer.
    """
    return settings.window_hours * 3_600 + _SLACK_MS / 1_000


@dataclass(frozen=True, slots=True)
class StoryDecision:
    """The memory's decision on an article.

    Its story and fingerprint, the kind of service piece that it may be, and the events to write
    before it.
    """

    story_id: str
    fingerprint: str
    events: tuple[Event, ...] = ()
    coverage: StoryCoverage | None = None
    service: ServiceKind | None = None


class StoryMemory:
    """Assigns articles to stories, and remembers them."""

    def __init__(
        self,
        members: Table,
        merges: Table,
        settings: StorySettings,
        reading: TableReading | None = None,
        recent: Table | None = None,
    ) -> None:
        self._reading = reading or TableReading()
        self._window = round(settings.window_hours * 3_600_000)
        self._all, self._merge_table = members, merges
        # Articles of any partition may be of one story, and those of the window are recent. What a
        # revision asks for may be older, and is in our own partitions.
        self._table = members if recent is None else recent
        self._grouping = Grouping(self._window, settings.remember_articles, settings.threshold)
        self._versions: tuple[int, int] | None = None
        self._newest = 0  # when the latest article was seen
        self._merged: dict[str, int] = {}  # ended story to the time of its end
        self._unwritten: dict[str, GroupedArticle] = {}
        self._unwritten_merges: dict[str, str] = {}
        self._owed: list[_Debt] = []
        self._paid: list[_Debt] = []  # settled by merges that may not be written yet

    @property
    def grouping(self) -> Grouping:
        """The stories."""
        return self._grouping

    def refresh(self) -> None:
        """Apply the current state of the tables. Raises RetryError."""
        if self._versions is None:
            self._rebuild()
            return
        members = self._table.changes(self._versions[0])
        merges = self._merge_table.changes(self._versions[1])
        for story_id, value in merges.values.items():
            self._take_merge(story_id, value)
        others = [key for key, value in members.values.items() if self._take_member(key, value)]
        self._take_back()
        self._forget()
        for article_id in others:
            if self._grouping.get(article_id) is not None:
                self._owed += [
                    (article_id, ended.story_id, ended.into)
                    for ended in self._grouping.doubles(article_id)
                ]
        self._versions = members.version, merges.version

    def _rebuild(self) -> None:
        versions = self._table.version(), self._merge_table.version()
        for value in self._merge_table.newest(versions[1]):
            merge = self._reading.read(StoryMerge, STORY_MERGES, "", value)
            if merge is not None:
                self._put_merge(merge)
        # Newest first, so that expired articles are skipped without being held.
        for value in self._table.newest(versions[0]):
            member = self._reading.read(StoryMember, STORY_MEMBERS, "", value)
            if member is not None:
                self._take(_member_of(member))
        self._forget()
        self._versions = versions

    def _take_member(self, article_id: str, value: bytes | None) -> bool:
        """Apply a changed article; return whether another process assigned it."""
        mine = self._unwritten.pop(article_id, None)
        if value is None:
            self._grouping.remove(article_id)
            return False
        event = self._reading.read(StoryMember, STORY_MEMBERS, article_id, value)
        if event is None:
            return False
        member = _member_of(event)
        known = self._grouping.get(article_id)
        self._take(member)
        return member not in (mine, known)

    def _take(self, member: GroupedArticle) -> None:
        self._newest = max(self._newest, member.seen)
        if member.seen >= self._newest - self._window:
            self._grouping.add(member)

    def _take_merge(self, story_id: str, value: bytes | None) -> None:
        mine = self._unwritten_merges.pop(story_id, None)
        merge = self._reading.read(StoryMerge, STORY_MERGES, story_id, value)
        if merge is None:
            self._grouping.unmerge(story_id)
            self._merged.pop(story_id, None)
            return
        before = mine if mine is not None else self._grouping.into(story_id)
        if before is not None and before != merge.into:
            # Two processes merged one story into two: these are one as well.
            self._owed.append((merge.article_id, before, merge.into))
        self._put_merge(merge)

    def _put_merge(self, merge: StoryMerge) -> None:
        self._merged[merge.story_id] = millis(merge.merged_at)
        self._grouping.merge(Ended(merge.story_id, merge.into, millis(merge.founded)))

    def _take_back(self) -> None:
        """Revert decisions that are not in the tables."""
        self._owed = self._paid + self._owed  # skips those that are written by now
        self._paid = []
        for story_id in self._unwritten_merges:
            self._grouping.unmerge(story_id)
            self._merged.pop(story_id, None)
        for article_id in self._unwritten:
            self._grouping.remove(article_id)
        self._unwritten_merges.clear()
        self._unwritten.clear()

    def _forget(self) -> None:
        self._grouping.forget(self._newest)
        before = self._newest - self._window - _SLACK_MS
        for story_id in [story_id for story_id, merged in self._merged.items() if merged < before]:
            del self._merged[story_id]
            self._grouping.unmerge(story_id)

    def assign(self, article: EnrichedArticle, now: datetime) -> StoryDecision:
        """Assign an article; a revision or a repeated article keeps its story."""
        spans = [(one.start, one.end) for one in article.boilerplate if one.field == "text"]
        words = read_words(article.title, article.text, spans)
        printed, service = fingerprint(words), service_kind(words)
        known = self._known(article)
        if known is not None:
            return StoryDecision(known, printed, self._pay(now), self._coverage(article), service)
        seen = min(article.first_seen, now)
        moment = _moment(article, seen)
        placed = self._grouping.place(
            article.article_id,
            millis(seen),
            millis(moment),
            features(words, article.lang),
            digest_id("story", article.article_id),
            article.source,
        )
        merges = tuple(self._merge(article.article_id, ended, now) for ended in placed.merges)
        member = placed.member
        self._newest = max(self._newest, member.seen)
        self._grouping.add(member)
        # Later articles of the batch see it at once; the next refresh reverts it if it was not
        # written.
        self._unwritten[member.article_id] = member
        event = StoryMember(
            schema_version=1,
            article_id=article.article_id,
            story_id=member.story_id,
            seen=seen,
            moment=moment,
            founded=moment_of(member.founded),
            source=article.source,
            fingerprint=printed,
            features=member.features,
        )
        events = (event, *merges, *self._pay(now))
        return StoryDecision(member.story_id, printed, events, self._coverage(article), service)

    def _coverage(self, article: EnrichedArticle) -> StoryCoverage | None:
        """Return who else covered the story so far; None if it has left the window."""
        found = self._grouping.sources(article.article_id)
        if found is None:
            return None
        articles, sources = found
        others = tuple(one for one in sources if one != article.source)
        return StoryCoverage(
            articles=articles,
            other_sources=others[:OTHER_SOURCES],
            more_sources=len(others[OTHER_SOURCES:]),
        )

    def _known(self, article: EnrichedArticle) -> str | None:
        """Return the story of an article, if it is known."""
        member = self._grouping.get(article.article_id)
        if member is not None:
            return member.story_id
        if article.revision == 1 and not article.historical:
            return None  # just seen; a lookup would find nothing
        value = self._all.get(article.article_id)
        key = article.article_id
        event = self._reading.read(StoryMember, STORY_MEMBERS, key, value)
        return None if event is None else event.story_id

    def _merge(self, article_id: str, ended: Ended, now: datetime) -> StoryMerge:
        self._unwritten_merges[ended.story_id] = ended.into
        self._merged[ended.story_id] = millis(now)
        self._grouping.merge(ended)
        return StoryMerge(
            schema_version=1,
            story_id=ended.story_id,
            into=ended.into,
            founded=moment_of(ended.founded),
            article_id=article_id,
            merged_at=now,
        )

    def _pay(self, now: datetime) -> tuple[Event, ...]:
        """Return the merges that are owed."""
        if not self._owed:
            return ()
        found = []
        for article_id, one, other in self._owed:
            ended = self._grouping.joined(one, other)
            if ended is not None:
                found.append(self._merge(article_id, ended, now))
        self._paid += self._owed
        self._owed = []
        return tuple(found)


def _moment(article: EnrichedArticle, seen: datetime) -> datetime:
    """Return the time by which an article belongs to the window of a story."""
    # A date after the first sight is implausible, and would move the article out of its window.
    published = article.published
    return published if published is not None and published <= seen else seen


def _member_of(event: StoryMember) -> GroupedArticle:
    return GroupedArticle(
        article_id=event.article_id,
        story_id=event.story_id,
        seen=millis(event.seen),
        moment=millis(event.moment),
        founded=millis(event.founded),
        features=event.features,
        source=event.source,
    )
