"""Assignment of articles to stories as they arrive.

An article joins the most similar story: by the mean of its similarities (`features.similarity`) to
the story's articles, so that a chain of pairs does not make a story. It founds one if no story is
similar enough. If several are, those that are similar to each other merge: the oldest story
remains.

The state is a function of the articles and merges that were added, not of their order: sums are
integers, and the rarity of words is fixed. So a rebuilt state equals the lost one. An article is
assigned by what exists when it arrives; for well-separated events every order ends in the same
stories, once merges are resolved.

Two articles can be in one story when their times are at most the window apart from the story's; the
time of an article is its publication, so that a first poll, which brings the articles of weeks at
once, does not make one event of them. They expire by when they were seen: articles seen longer ago
than the window are removed, as are the oldest beyond `most`.
"""

import heapq
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pantau.stories import quakes
from pantau.stories.evidence import share_event
from pantau.stories.features import SCALE, read_features
from pantau.stories.merges import resolve
from pantau.stories.products import Products

THRESHOLD: Final = 0.22
"""Minimum mean similarity for an article to join a story, and for two stories to merge."""
AGING: Final = 0.05
"""Additional similarity required for each day between an article and the story.

Both chosen by `benchmarks/stories.py`.
"""
DAY_MS: Final = 24 * 3_600_000
_LOOKED_AT: Final = 150
"""Maximum number of index entries read per article, those of its rarest words first."""
_HINT: Final = SCALE**2 // 20
"""Minimum common weight of those words for a story to be compared in full."""
_LEAST_STORIES: Final = 1_000
_CANDIDATES: Final = 5
"""Maximum number of stories compared in full."""


@dataclass(frozen=True, slots=True)
class GroupedArticle:
    """An article in the grouping. Times are milliseconds since 1970."""

    article_id: str
    story_id: str  # as assigned
    seen: int
    moment: int
    founded: int  # when the founder of `story_id` was seen
    features: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """A story that was merged into another, which was founded at `founded`."""

    story_id: str
    into: str
    founded: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The story of an article, and the merges that it caused."""

    member: GroupedArticle
    merges: tuple[Ended, ...] = ()


@dataclass(slots=True)
class _Story:
    """The current state of a story: the articles of everything merged into it."""

    members: set[str] = field(default_factory=set)
    moments: list[int] = field(default_factory=list)  # ascending
    sources: dict[str, int] = field(default_factory=dict)  # to the number of its articles


class Grouping:
    """The stories of the window."""

    def __init__(self, window_ms: int, most: int, threshold: float = THRESHOLD) -> None:
        self._window = window_ms
        self._most = most
        self._threshold = threshold
        self._members: dict[str, GroupedArticle] = {}
        self._into: dict[str, str] = {}
        self._founded: dict[str, int] = {}
        self._stories: dict[str, _Story] = {}
        # Word to story to the sum of its articles' weights.
        self._index: dict[int, dict[str, int]] = {}
        self._products = Products(self._index)
        self._oldest: list[tuple[int, str]] = []  # a heap; entries of removed articles are skipped

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self._members)

    def get(self, article_id: str) -> GroupedArticle | None:
        """Return a known article, or None."""
        return self._members.get(article_id)

    def into(self, story_id: str) -> str | None:
        """Return the story that this one was merged into, if it ended."""
        return self._into.get(story_id)

    def resolve(self, story_id: str) -> str:
        """Return the current story of this one."""
        return resolve(story_id, self._into)

    def stories(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield all stories with their articles."""
        for story_id, story in self._stories.items():
            yield story_id, frozenset(story.members)

    def sources(self, article_id: str) -> tuple[int, tuple[str, ...]] | None:
        """Return the number of articles of an article's story, and its sources.

        Those with most articles come first, those with as many by name. None for an unknown
        article.
        """
        member = self._members.get(article_id)
        if member is None:
            return None
        story = self._stories[self.resolve(member.story_id)]
        counted = story.sources
        ordered = tuple(sorted(counted, key=lambda source: (-counted[source], source)))
        return len(story.members), ordered

    def place(
        self,
        article_id: str,
        seen: int,
        moment: int,
        features: str,
        founding: str,
        source: str | None = None,
    ) -> Placed:
        """Return the story of an article without changing the state.

        `founding` is the id of the story that it may found.
        """
        found = list(self._alike(features, moment))
        if not found:
            alone = GroupedArticle(article_id, founding, seen, moment, seen, features, source)
            return Placed(alone)
        best = found[0]
        one = [best]
        for other in found[1:]:
            # Similar to every story that is to merge, not only to the article: one article about
            # two events must not make them one.
            if all(self._may_merge(story, other) for story in one):
                one.append(other)
        first = min(one, key=self._age)
        founded = self._founded[first]
        merges = tuple(Ended(story, first, founded) for story in one if story != first)
        member = GroupedArticle(article_id, first, seen, moment, founded, features, source)
        return Placed(member, merges)

    def _age(self, story_id: str) -> tuple[int, str]:
        """Return the key that determines which story remains, the same in every process."""
        return self._founded[story_id], story_id

    def doubles(self, article_id: str) -> tuple[Ended, ...]:
        """Return the known stories that an article shows to be the same as its own."""
        member = self._members[article_id]
        own = self.resolve(member.story_id)
        found = []
        for story in self._alike(member.features, member.moment):
            if story != own and self._may_merge(own, story):
                first, ended = sorted((own, story), key=self._age)
                found.append(Ended(ended, first, self._founded[first]))
        return tuple(found)

    def joined(self, one: str, other: str) -> Ended | None:
        """Return the story that ends if two stories merge.

        None if they are the same already, or if one of them is unknown.
        """
        one, other = self.resolve(one), self.resolve(other)
        if one == other or one not in self._founded or other not in self._founded:
            return None
        first, ended = sorted((one, other), key=self._age)
        return Ended(ended, first, self._founded[first])

    def _may_merge(self, one: str, other: str) -> bool:
        """Return whether two stories are similar enough, and not of two quakes."""
        return self._between(one, other) >= self._threshold and not quakes.contradict(
            self._facts(one), self._facts(other)
        )

    def _facts(self, story: str) -> Callable[[int], bool]:
        return lambda fact: story in self._index.get(fact, ())

    def _alike(self, text: str, moment: int) -> list[str]:
        """Return the stories that are similar enough to an article, the most similar first."""
        features = read_features(text)
        entries_of = self._index.get
        lists = [
            (entries, weight) for word, weight in features.items() if (entries := entries_of(word))
        ]
        # Rare words come first: they are the most selective, and their lists are short.
        lists.sort(key=lambda one: len(one[0]))
        sums, looked_at = _add_up(lists)
        stories = self._stories
        rough = [
            (total / len(stories[story].moments), story)
            for story, total in sums.items()
            if total > _HINT
        ]
        rough.sort(reverse=True)
        rest = lists[looked_at:]
        found = []
        # Only the best candidates are worth the sum over the remaining, common words.
        for _, story in rough[:_CANDIDATES]:
            total = sums[story] + sum([weight * entries.get(story, 0) for entries, weight in rest])
            size = len(stories[story].moments) * SCALE**2
            alike = total / size
            gap = self._gap(stories[story], moment)
            if (
                gap <= self._window
                and alike >= self._threshold + AGING * gap / DAY_MS
                and self._may_join(text, story, alike)
            ):
                found.append((-alike, story))
        return [story for _, story in sorted(found)]

    def _may_join(self, text: str, story: str, alike: float) -> bool:
        """Return whether an article that is similar enough to a story may be of its event."""
        size = len(self._stories[story].moments) * SCALE**2
        return share_event(text, story, self._index, size, alike) and not quakes.contradict(
            read_features(text).__contains__, self._facts(story)
        )

    @staticmethod
    def _gap(story: _Story, moment: int) -> int:
        """Return the distance in time between an article and a story; 0 within it."""
        return max(0, moment - story.moments[-1], story.moments[0] - moment)

    def _between(self, one: str, other: str) -> float:
        """Return the mean similarity of two stories."""
        members, others = self._stories[one].members, self._stories[other].members
        fewer = members if len(members) <= len(others) else others
        total = self._products.of(one, other, lambda: self._words(fewer))
        return total / (len(members) * len(others)) / SCALE**2

    def _words(self, article_ids: Iterable[str]) -> set[int]:
        """Return the words of some articles."""
        words: set[int] = set()
        for article_id in article_ids:
            words.update(read_features(self._members[article_id].features))
        return words

    def add(self, member: GroupedArticle) -> None:
        """Add an article, replacing an earlier version."""
        known = self._members.get(member.article_id)
        if known == member:
            return
        if known is not None:
            self.remove(member.article_id)
        self._members[member.article_id] = member
        heapq.heappush(self._oldest, (member.seen, member.article_id))
        self._learn(member.story_id, member.founded)
        self._put(self.resolve(member.story_id), member)

    def _put(self, story_id: str, member: GroupedArticle) -> None:
        story = self._stories.setdefault(story_id, _Story())
        story.members.add(member.article_id)
        insort(story.moments, member.moment)
        if member.source is not None:
            story.sources[member.source] = story.sources.get(member.source, 0) + 1
        index, features = self._index, read_features(member.features)
        self._products.change(story_id, features, 1)
        for word, weight in features.items():
            sums = index.get(word)
            if sums is None:
                index[word] = {story_id: weight}
            else:
                sums[story_id] = sums.get(story_id, 0) + weight

    def remove(self, article_id: str) -> None:
        """Remove an article, if it is known."""
        member = self._members.pop(article_id, None)
        if member is not None:
            self._take(self.resolve(member.story_id), member)

    def _take(self, story_id: str, member: GroupedArticle) -> None:
        story = self._stories[story_id]
        story.members.remove(member.article_id)
        del story.moments[bisect_left(story.moments, member.moment)]
        if member.source is not None:
            story.sources[member.source] -= 1
            if not story.sources[member.source]:
                del story.sources[member.source]
        features = read_features(member.features)
        self._products.change(story_id, features, -1)
        for word, weight in features.items():
            sums = self._index[word]
            sums[story_id] -= weight
            if not sums[story_id]:
                del sums[story_id]
                if not sums:
                    del self._index[word]
        if not story.members:
            del self._stories[story_id]

    def merge(self, ended: Ended) -> None:
        """Apply the merge of a story."""
        self._learn(ended.into, ended.founded)
        self._lead(ended.story_id, ended.into)

    def unmerge(self, story_id: str) -> None:
        """Revert a merge, because it did not happen or has expired."""
        self._lead(story_id, None)

    def _lead(self, story_id: str, into: str | None) -> None:
        """Redirect a story to another.

        All articles whose story changes are in the current one of the target.
        """
        if self._into.get(story_id) == into:
            return
        before = self.resolve(story_id)
        story = self._stories.get(before)
        moved = [self._members[one] for one in story.members] if story is not None else []
        for member in moved:
            self._take(before, member)
        if into is None:
            del self._into[story_id]
        else:
            self._into[story_id] = into
        for member in moved:
            self._put(self.resolve(member.story_id), member)

    def _learn(self, story_id: str, founded: int) -> None:
        """Record when a story was founded.

        Of two values, which only wrong clocks produce, keep the earlier.
        """
        self._founded[story_id] = min(founded, self._founded.get(story_id, founded))

    def forget(self, now: int) -> None:
        """Remove articles seen longer ago than the window, and the oldest of too many."""
        while self._oldest and (
            self._oldest[0][0] < now - self._window or len(self._members) > self._most
        ):
            seen, article_id = heapq.heappop(self._oldest)
            member = self._members.get(article_id)
            if member is not None and member.seen == seen:
                self.remove(article_id)
        if len(self._founded) > 2 * len(self._members) + _LEAST_STORIES:
            needed = {member.story_id for member in self._members.values()} | {
                *self._into,
                *self._into.values(),
            }
            self._founded = {
                story: founded for story, founded in self._founded.items() if story in needed
            }


def _add_up(lists: list[tuple[dict[str, int], int]]) -> tuple[dict[str, int], int]:
    """Sum up the common weight of the first words with each story.

    Returns how many of the words were read.
    """
    sums: dict[str, int] = {}
    left = _LOOKED_AT
    for place, (entries, weight) in enumerate(lists):
        left -= len(entries)
        if left < 0:
            return sums, place
        for story, total in entries.items():
            sums[story] = sums.get(story, 0) + weight * total
    return sums, len(lists)
