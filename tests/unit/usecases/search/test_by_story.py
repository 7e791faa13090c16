"""Any articles, any merges, any length of page.

Each story once, at its newest article, with all else counted.
"""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.memory.store import MemoryStore
from pantau.ports import Filters, Outline, SearchIndex, SearchRequest
from pantau.query.ast import MatchAll, Query
from pantau.stories.merges import NO_MERGES, Merges
from pantau.usecases.search import by_story as collapse
from pantau.usecases.search.by_story import StoryHit, search_by_story
from tests.support import START, FixedClock, enriched

stories = st.sampled_from((None, "a", "b", "c", "d", "e"))
names = st.sampled_from("abcdef")


def index_of(given_stories: Sequence[str | None], apart: int) -> SearchIndex:
    """Index an article for each, several of them in one millisecond."""
    index = MemoryStore(FixedClock()).index
    index.put(
        enriched(
            str(number), story_id=story, first_seen=START + timedelta(milliseconds=number // apart)
        )
        for number, story in enumerate(given_stories)
    )
    return index


def all_pages(index: SearchIndex, merges: Merges, limit: int) -> list[StoryHit]:
    found: list[StoryHit] = []
    cursor: str | None = None
    while True:
        page = search_by_story(index, SearchRequest(MatchAll(), limit=limit, cursor=cursor), merges)
        found += page.stories
        cursor = page.cursor
        if cursor is None:
            return found
        assert len(page.stories) == limit


@given(
    st.lists(stories, max_size=70),
    st.dictionaries(names, names, max_size=5),
    st.integers(1, 9),
    st.integers(1, 4),
)
def test_each_story_once(
    given_stories: list[str | None], into: dict[str, str], limit: int, apart: int
) -> None:
    index, merges = index_of(given_stories, apart), Merges(into)
    expected: dict[str, list[str]] = {}
    for one in index.outlines(MatchAll(), Filters(), 100):
        key = one.article_id if one.story_id is None else f"story {merges.resolve(one.story_id)}"
        expected.setdefault(key, []).append(one.article_id)
    found = all_pages(index, merges, limit)
    assert [(one.article.article_id, one.more) for one in found] == [
        (members[0], len(members) - 1) for members in expected.values()
    ]


class TestLarge:
    """Look-ups that go together, those that go alone, and where counting ends."""

    def test_numbers_above_the_most_are_at_least(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(collapse, "MOST", 10)
        monkeypatch.setattr(collapse, "_AT_ONCE", 10)
        index = index_of([*["a"] * 30, *["b"] * 10, "c", None], 1)
        found = all_pages(index, NO_MERGES, 2)
        assert [(one.story_id, one.more, one.more_is_lower_bound) for one in found] == [
            (None, 0, False),
            ("c", 0, False),
            ("b", 9, False),
            ("a", 9, True),
        ]
        assert found[3].sources == (("kabar.example", 9),)

    def test_few_look_ups_however_many_pages_were_shown(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index = index_of([f"s{number % 60}" for number in range(600)], 1)
        page = search_by_story(index, SearchRequest(MatchAll(), limit=50), NO_MERGES)
        looks = []
        look = index.outlines

        def counting(query: Query, filters: Filters, limit: int) -> list[Outline]:
            looks.append(len(filters.stories))
            return list(look(query, filters, limit))

        monkeypatch.setattr(index, "outlines", counting)
        rest = search_by_story(
            index, SearchRequest(MatchAll(), limit=50, cursor=page.cursor), NO_MERGES
        )
        assert len(rest.stories) == 10
        assert rest.cursor is None
        assert sum(looks) == 60
        assert len(looks) <= 3
