"""Stories as they come: which articles tell of the same event.

An article joins the story that it is most alike to: by the mean of its similarities
(`features.similarity`) to the story's articles, so that a chain of pairs does not make a story. It
founds one where no story is alike enough. Where it is alike enough to several, those that are alike
among themselves become one: the story founded first goes on.

What is held is a function of the articles and merges that were put in, not of their order: sums are
whole numbers, and how rare words are is fixed. So a rebuilt state is the state that was lost. The
decision about an article is made on what is there when it comes; for events that are well apart
every order ends in the same stories, once merges are followed.

Two articles can be in one story when their moments are at most the window apart from the story's;
the moment of an article is when it was published, so that a first poll, which brings the articles
of weeks at once, does not make one event of them. They are remembered by when they were seen:
articles seen longer ago than the window are forgotten, as are the oldest beyond `most`.
"""

import heapq
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from pantau.stories.features import SCALE, Features, read_features
from pantau.stories.merges import resolve
from pantau.stories.products import Products

THRESHOLD: Final = 0.22
"""Mean similarity to a story from which an article joins it, and of two stories from which they may become one.
"""
AGING: Final = 0.05
"""What an article must be more alike for each day between it and the story.

Both chosen by `benchmarks/stories.py`.
"""
DAY_MS: Final = 24 * 3_600_000
_LOOKED_AT: Final = 150
"""Entries of the index that are looked at for an article at most, those of its rarest words first.
"""
_HINT: Final = SCALE**2 // 20
"""What those words must have in common with a story, in all, for it to be compared in full."""
_LEAST_STORIES: Final = 1_000
_CANDIDATES: Final = 5
"""Stories that are compared in full."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article as the grouping knows it. Times are milliseconds since 1970."""

    article_id: str
    story_id: str  # as it was assigned
    seen: int
    moment: int
    founded: int  # when the founder of `story_id` was seen
    features: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A story that became part of another, which was founded at `founded`."""

    story_id: str
    into: str
    founded: int


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an article belongs, and the stories that it showed to be one."""

    member: Member
    merges: tuple[Ended, ...] = ()


@dataclass(slots=True)
class _Story:
    """A story as it is now: the articles of all that were merged into it."""

    members: set[str] = field(default_factory=set)
    moments: list[int] = field(default_factory=list)  # ascending


class Grouping:
    """The stories of the window."""

    def __init__(self, window_ms: int, most: int, threshold: float = THRESHOLD) -> None:
        self._window = window_ms
        self._most = most
        self._threshold = threshold
        self._members: dict[str, Member] = {}
        self._into: dict[str, str] = {}
        self._founded: dict[str, int] = {}
        self._stories: dict[str, _Story] = {}
        self._index: dict[
            int, dict[str, int]
        ] = {}  # word to story to the sum of its articles' weights
        self._products = Products(self._index)
        self._oldest: list[
            tuple[int, str]
        ] = []  # a heap; entries of articles that are gone are passed over

    def __len__(self) -> int:
        """Count the articles."""
        return len(self._members)

    def get(self, article_id: str) -> Member | None:
        """Return an article that is remembered."""
        return self._members.get(article_id)

    def into(self, story_id: str) -> str | None:
        """Return the story that this one was led into, if it ended."""
        return self._into.get(story_id)

    def resolve(self, story_id: str) -> str:
        """Return the story that this one is now."""
        return resolve(story_id, self._into)

    def stories(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield all stories with their articles."""
        for story_id, story in self._stories.items():
            yield story_id, frozenset(story.members)

    def place(
        self, article_id: str, seen: int, moment: int, features: str, founding: str
    ) -> Placed:
        """Return where an article belongs; nothing changes.

        `founding` is the id of the story that it may found.
        """
        found = list(self._alike(read_features(features), moment))
        if not found:
            return Placed(Member(article_id, founding, seen, moment, seen, features))
        best = found[0]
        one = [best]
        for other in found[1:]:
            if all(self._between(story, other) >= self._threshold for story in one):
                one.append(other)
        first = min(one, key=self._age)
        founded = self._founded[first]
        merges = tuple(Ended(story, first, founded) for story in one if story != first)
        return Placed(Member(article_id, first, seen, moment, founded, features), merges)

    def _age(self, story_id: str) -> tuple[int, str]:
        """Return what decides which story goes on, the same for everybody who knows the stories."""
        return self._founded[story_id], story_id

    def doubles(self, article_id: str) -> tuple[Ended, ...]:
        """Return the stories that an article shows to be the same as its own, as far as all others are remembered."""
        member = self._members[article_id]
        own = self.resolve(member.story_id)
        found = []
        for story in self._alike(read_features(member.features), member.moment):
            if story != own and self._between(own, story) >= self._threshold:
                first, ended = sorted((own, story), key=self._age)
                found.append(Ended(ended, first, self._founded[first]))
        return tuple(found)

    def joined(self, one: str, other: str) -> Ended | None:
        """Return what ends if two stories are one.

        None if they are already, or if one of them is not known.
        """
        one, other = self.resolve(one), self.resolve(other)
        if one == other or one not in self._founded or other not in self._founded:
            return None
        first, ended = sorted((one, other), key=self._age)
        return Ended(ended, first, self._founded[first])

    def _alike(self, features: Features, moment: int) -> list[str]:
        """Return the stories that an article is alike enough to, the most alike first."""
        entries_of = self._index.get
        lists = [
            (entries, weight) for word, weight in features.items() if (entries := entries_of(word))
        ]
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
        for _, story in rough[:_CANDIDATES]:
            total = sums[story] + sum([weight * entries.get(story, 0) for entries, weight in rest])
            alike = total / len(stories[story].moments) / SCALE**2
            gap = self._gap(stories[story], moment)
            if gap <= self._window and alike >= self._threshold + AGING * gap / DAY_MS:
                found.append((-alike, story))
        return [story for _, story in sorted(found)]

    @staticmethod
    def _gap(story: _Story, moment: int) -> int:
        """Return how long before or after the story an article is; 0 within it."""
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

    def add(self, member: Member) -> None:
        """Remember an article; in place of what was known of it."""
        known = self._members.get(member.article_id)
        if known == member:
            return
        if known is not None:
            self.remove(member.article_id)
        self._members[member.article_id] = member
        heapq.heappush(self._oldest, (member.seen, member.article_id))
        self._learn(member.story_id, member.founded)
        self._put(self.resolve(member.story_id), member)

    def _put(self, story_id: str, member: Member) -> None:
        story = self._stories.setdefault(story_id, _Story())
        story.members.add(member.article_id)
        insort(story.moments, member.moment)
        index, features = self._index, read_features(member.features)
        self._products.change(story_id, features, 1)
        for word, weight in features.items():
            sums = index.get(word)
            if sums is None:
                index[word] = {story_id: weight}
            else:
                sums[story_id] = sums.get(story_id, 0) + weight

    def remove(self, article_id: str) -> None:
        """Forget an article, if it is known."""
        member = self._members.pop(article_id, None)
        if member is not None:
            self._take(self.resolve(member.story_id), member)

    def _take(self, story_id: str, member: Member) -> None:
        story = self._stories[story_id]
        story.members.remove(member.article_id)
        del story.moments[bisect_left(story.moments, member.moment)]
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
        """Take in that a story ended."""
        self._learn(ended.into, ended.founded)
        self._lead(ended.story_id, ended.into)

    def unmerge(self, story_id: str) -> None:
        """Take in that a story did not end after all, or that this is so long ago that it no longer matters."""
        self._lead(story_id, None)

    def _lead(self, story_id: str, into: str | None) -> None:
        """Lead a story into another.

        All articles whose story changes are in the one that it leads to now.
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
        """Note when a story was founded.

        Of two answers, which only wrong clocks give, the earlier.
        """
        self._founded[story_id] = min(founded, self._founded.get(story_id, founded))

    def forget(self, now: int) -> None:
        """Forget articles seen longer ago than the window, and the oldest of too many."""
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
    """Add up what the first words have in common with each story.

    Tells how many of the words were looked at.
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
