"""Resolution of merges: which stories are one. Pure.

An article keeps the story id that was assigned to it. Merges (`StoryMerge`, the table
`story-merges`) name the remaining story for one that ended, which may itself have ended later: a
merge is followed to the end.
"""

from collections.abc import Mapping
from functools import cached_property


def resolve(story_id: str, merges: Mapping[str, str]) -> str:
    """Follow merges (ended story to remaining one) to the current story of `story_id`.

    Merges written by several processes at once could form a cycle; all of it is then the story of
    the smallest id in it, whatever the starting point.
    """
    path = {story_id: 0}
    while (following := merges.get(story_id)) is not None:
        if following in path:
            circle = [one for one, place in path.items() if place >= path[following]]
            return min(circle)
        path[following] = len(path)
        story_id = following
    return story_id


class Merges:
    """All merges at one time, in both directions."""

    def __init__(self, into: Mapping[str, str]) -> None:
        self._into = dict(into)
        self._now: dict[str, str] = {}  # path compression: a long chain is walked once

    def resolve(self, story_id: str) -> str:
        """Return the current story of `story_id`, as `resolve` follows it."""
        walked: dict[str, int] = {}
        one = story_id
        while (now := self._now.get(one)) is None:
            walked[one] = len(walked)
            following = self._into.get(one)
            if following is None:
                now = one
                break
            if following in walked:
                now = min(other for other, place in walked.items() if place >= walked[following])
                break
            one = following
        self._now.update(dict.fromkeys(walked, now))
        return now

    def ids(self, story_id: str) -> tuple[str, ...]:
        """Return every id under which articles of this story may be stored, given any of them.

        Sorted.
        """
        story = self.resolve(story_id)
        return tuple(sorted({story, *self._ended.get(story, ())}))

    @cached_property
    def _ended(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in self._into:
            found.setdefault(self.resolve(one), []).append(one)
        return found

    def beginning(self, start: str) -> set[str]:
        """Return the current stories of ended ones whose id has this prefix."""
        return {self.resolve(one) for one in self._into if one.startswith(start)}


NO_MERGES = Merges({})
