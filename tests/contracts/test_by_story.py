"""Search by story on every search index.

See `pantau.usecases.search.by_story`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from pantau.errors import UsageError
from pantau.ports import (
    Filters,
    Hit,
    Outline,
    Record,
    SearchIndex,
    SearchPage,
    SearchRequest,
    Store,
)
from pantau.query import parse
from pantau.query.ast import Query
from pantau.stories.merges import NO_MERGES, Merges
from pantau.stream.envelope import record_for
from pantau.usecases.search.by_story import StoryHit, search_by_story
from pantau.usecases.stories.lookup import read_merges, story_ids
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.story import StoryMerge
from pantau_schemas.topics import STORY_MERGES
from tests.support import START, FixedClock, enriched

ALL = Filters()
MERGES = Merges({"s-kudus": "s-demak", "s-old": "s-kudus"})
SOURCES = ("kabar.example", "news.example", "warta.example")
QUERIES = ("x", "ba?jir", "*:*", "story_id:s-demak OR kudus")
"""Two that an index can look up, one that it has to verify, one that names stories itself."""


@pytest.fixture
def index(store: Store) -> SearchIndex:
    return store.index


def story_of(number: int) -> str | None:
    """Return stories of several articles each, woven into each other.

    Every sixth article stands alone.
    """
    if number % 6 == 0:
        return None
    return ("s-demak", "s-kudus", "s-old", f"s-{number // 9}", "s-big", "s-big")[number % 6]


@pytest.fixture
def articles(index: SearchIndex) -> list[EnrichedArticle]:
    made = [
        enriched(
            f"n{number}",
            title=f"{number} x {('banjir', 'bandir')[number % 2]}",
            text=("kudus", "demak", "")[number % 3],
            source=None if number % 11 == 0 else SOURCES[number % 3],
            story_id=story_of(number),
            first_seen=START + timedelta(seconds=number // 2),
        )
        for number in range(80)
    ]
    index.put(made)
    index.refresh()
    return made


def test_articles_on_which_the_query_costs_too_much_are_counted(index: SearchIndex) -> None:
    long = "a b " * 3_000 + "c"
    index.put([enriched(f"n{number}", text=long, story_id="s-demak") for number in range(3)])
    index.refresh()
    request = SearchRequest(parse('"' + "a " * 300 + 'c"~3'))
    page = search_by_story(index, request, NO_MERGES)
    assert page.too_costly == index.search(request).too_costly
    assert page.too_costly in {0, 3}  # none where the index itself knows what matches


def pages(
    index: SearchIndex, query: str, merges: Merges, limit: int, filters: Filters = ALL
) -> list[StoryHit]:
    """Return the stories of all pages."""
    found: list[StoryHit] = []
    cursor: str | None = None
    while True:
        request = SearchRequest(parse(query), filters, limit=limit, cursor=cursor)
        page = search_by_story(index, request, merges)
        assert len(page.stories) <= limit
        found += page.stories
        cursor = page.cursor
        if cursor is None:
            return found
        assert len(page.stories) == limit


def shown(found: Sequence[StoryHit]) -> list[tuple[str, str | None, int, dict[str, int]]]:
    return [(one.article.title, one.story_id, one.more, dict(one.sources)) for one in found]


def expected(
    index: SearchIndex, query: str, merges: Merges, filters: Filters = ALL
) -> list[tuple[str, str | None, int, dict[str, int]]]:
    """Group what a plain search finds."""
    hits = index.search(SearchRequest(parse(query), filters, limit=1_000)).hits
    groups: dict[str, list[EnrichedArticle]] = {}
    for hit in hits:
        one = hit.article
        key = f"article {one.article_id}" if one.story_id is None else merges.resolve(one.story_id)
        groups.setdefault(key, []).append(one)
    rows = []
    for key, (newest, *others) in groups.items():
        counts: dict[str, int] = {}
        for other in others:
            if other.source is not None:
                counts[other.source] = counts.get(other.source, 0) + 1
        rows.append((newest.title, None if newest.story_id is None else key, len(others), counts))
    return rows


class TestOutlines:
    @pytest.mark.parametrize("query", QUERIES)
    def test_they_are_those_of_the_search(
        self, index: SearchIndex, articles: list[EnrichedArticle], query: str
    ) -> None:
        hits = index.search(SearchRequest(parse(query), limit=100)).hits
        outlines = [
            Outline(one.article_id, one.title, one.source, one.story_id, one.first_seen)
            for one in (hit.article for hit in hits)
        ]
        assert len(articles) >= len(outlines) > 20
        assert list(index.outlines(parse(query), Filters(), 100, titles=True)) == outlines
        assert list(index.outlines(parse(query), Filters(), 7, titles=True)) == outlines[:7]
        untitled = [replace(one, title="") for one in outlines]
        assert list(index.outlines(parse(query), Filters(), 100)) == untitled

    def test_filters_narrow_them(self, index: SearchIndex, articles: list[EnrichedArticle]) -> None:
        wanted = Filters(sources=(SOURCES[1],), stories=("s-demak", "s-big", "s-none"))
        ids = {one.article_id for one in articles if one.source == SOURCES[1]}
        ids &= {one.article_id for one in articles if one.story_id in {"s-demak", "s-big"}}
        assert {one.article_id for one in index.outlines(parse("*:*"), wanted, 100)} == ids


class TestFilters:
    @pytest.mark.parametrize("query", QUERIES)
    def test_stories_and_other_stories_divide_what_there_is(
        self, index: SearchIndex, articles: list[EnrichedArticle], query: str
    ) -> None:
        some = ("s-demak", "s-old", "s-3", "x" * 150, "s-demak OR", '"')
        whole, within, without = (
            [
                hit.article.article_id
                for hit in index.search(SearchRequest(parse(query), one, limit=100)).hits
            ]
            for one in (Filters(), Filters(stories=some), Filters(other_stories=some))
        )
        by_id = {one.article_id: one for one in articles}
        assert within == [one for one in whole if by_id[one].story_id in some]
        assert without == [one for one in whole if by_id[one].story_id not in some]
        assert 0 < len(within) < len(whole)

    def test_many_at_once(self, index: SearchIndex, articles: list[EnrichedArticle]) -> None:
        many = tuple(f"other-{number}" for number in range(3_000))
        request = SearchRequest(parse("x"), Filters(other_stories=many), limit=100)
        assert len(index.search(request).hits) == len(articles)
        assert len(index.outlines(parse("x"), Filters(stories=(*many, "s-old")), 100)) == 13

    def test_each_hit_says_how_to_go_on(
        self, index: SearchIndex, articles: list[EnrichedArticle]
    ) -> None:
        whole = index.search(SearchRequest(parse("x"), limit=len(articles))).hits
        for place in (0, 1, 40, len(articles) - 2):
            following = index.search(
                SearchRequest(parse("x"), limit=1, cursor=whole[place].cursor)
            ).hits
            assert following[0].article == whole[place + 1].article


class TestByStory:
    @pytest.mark.parametrize("merges", [NO_MERGES, MERGES], ids=["no merges", "merges"])
    @pytest.mark.parametrize("query", QUERIES)
    @pytest.mark.parametrize("limit", [1, 3, 20])
    def test_each_story_once_at_its_newest_article_on_whatever_page(
        self,
        index: SearchIndex,
        articles: list[EnrichedArticle],
        query: str,
        merges: Merges,
        limit: int,
    ) -> None:
        assert articles
        assert shown(pages(index, query, merges, limit)) == expected(index, query, merges)

    @pytest.mark.parametrize(
        "filters",
        [
            Filters(sources=SOURCES[:1]),
            Filters(stories=("s-demak", "s-big")),
            Filters(stories=MERGES.ids("s-demak")),
            Filters(since=START + timedelta(seconds=10), until=START + timedelta(seconds=30)),
        ],
        ids=["source", "some ids of a story", "a story", "times"],
    )
    def test_filters_hold_for_what_is_counted_too(
        self, index: SearchIndex, articles: list[EnrichedArticle], filters: Filters
    ) -> None:
        assert articles
        found = shown(pages(index, "x", MERGES, 2, filters))
        assert found == expected(index, "x", MERGES, filters)
        assert found

    def test_the_total_counts_articles(
        self, index: SearchIndex, articles: list[EnrichedArticle]
    ) -> None:
        page = search_by_story(index, SearchRequest(parse("x"), limit=2), MERGES)
        assert (page.total, page.total_is_lower_bound) == (len(articles), False)
        plain = SearchRequest(parse("x"), limit=2, count=False)
        assert search_by_story(index, plain, MERGES).total is None

    def test_words_are_marked(self, index: SearchIndex, articles: list[EnrichedArticle]) -> None:
        assert articles
        request = SearchRequest(parse("banjir"), limit=1, marked=True)
        (one,) = search_by_story(index, request, MERGES).stories
        (span,) = one.hit.matches
        assert one.article.title[span.start : span.end] == "banjir"

    def test_what_comes_meanwhile_does_not_move_the_pages(
        self, index: SearchIndex, articles: list[EnrichedArticle]
    ) -> None:
        whole = shown(pages(index, "x", MERGES, 100))
        first = search_by_story(index, SearchRequest(parse("x"), limit=3), MERGES)
        index.put(
            enriched(
                f"late {number}",
                title="x",
                story_id=story_of(number),
                first_seen=START + timedelta(1),
            )
            for number in range(20)
        )
        index.refresh()
        request = SearchRequest(parse("x"), limit=100, cursor=first.cursor)
        second = search_by_story(index, request, MERGES)
        assert articles
        assert shown([*first.stories, *second.stories]) == whole

    def test_what_comes_between_two_looks_hides_no_story(
        self, index: SearchIndex, articles: list[EnrichedArticle], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = shown(pages(index, "x", MERGES, 100))
        look = index.outlines

        def late(query: Query, filters: Filters, limit: int) -> Sequence[Outline]:
            moment = START + timedelta(days=1)
            index.put([enriched("late", title="x", story_id="s-big", first_seen=moment)])
            index.refresh()
            return look(query, filters, limit)

        monkeypatch.setattr(index, "outlines", late)
        page = search_by_story(index, SearchRequest(parse("x"), limit=100), MERGES)
        assert articles
        assert shown(page.stories) == whole

    def test_a_story_of_thousands_is_not_walked_through(
        self, index: SearchIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index.put(
            enriched(
                f"b{number}",
                title="x",
                story_id="s-big",
                source=SOURCES[number % 2],
                first_seen=START + timedelta(seconds=number),
            )
            for number in range(2_400)
        )
        index.put([enriched("old", title="x lama", first_seen=START - timedelta(days=1))])
        index.refresh()
        walked: list[Hit] = []
        search = index.search

        def counting(request: SearchRequest) -> SearchPage:
            page = search(request)
            walked.extend(page.hits)
            return page

        monkeypatch.setattr(index, "search", counting)
        big, old = search_by_story(index, SearchRequest(parse("x"), limit=5), NO_MERGES).stories
        assert (big.more, big.more_is_lower_bound) == (2_399, False)
        assert big.sources == ((SOURCES[0], 1_200), (SOURCES[1], 1_199))
        assert (old.article.title, old.story_id, old.more) == ("x lama", None, 0)
        assert len(walked) < 50

    @pytest.mark.parametrize(
        "cursor", ["", "1", "-", "x-1", "9" * 16 + "-1", "1-nonsense", "\xb2-1"]
    )
    def test_a_wrong_cursor_is_refused(self, index: SearchIndex, cursor: str) -> None:
        with pytest.raises(UsageError, match="cursor"):
            search_by_story(index, SearchRequest(parse("x"), cursor=cursor), NO_MERGES)

    def test_cursors_of_the_two_searches_are_told_apart(
        self, index: SearchIndex, articles: list[EnrichedArticle], clock: FixedClock
    ) -> None:
        assert articles
        assert clock.now() == START
        request = SearchRequest(parse("x"), limit=1)
        plain, by_story = (
            index.search(request).cursor,
            search_by_story(index, request, NO_MERGES).cursor,
        )
        with pytest.raises(UsageError, match="by story"):
            search_by_story(index, SearchRequest(parse("x"), cursor=plain), NO_MERGES)
        with pytest.raises(UsageError, match="cursor"):
            index.search(SearchRequest(parse("x"), cursor=by_story))


class TestLookup:
    def test_merges_are_read_from_the_log(self, store: Store) -> None:
        merges = [
            StoryMerge(
                schema_version=1,
                story_id=ended,
                into=into,
                founded=START,
                article_id="a",
                merged_at=START,
            )
            for ended, into in (
                ("s-kudus", "s-wrong"),
                ("s-old", "s-kudus"),
                ("s-kudus", "s-demak"),
            )
        ]
        store.log.append(record_for(one, STORY_MERGES, source="test", time=START) for one in merges)
        store.log.append([Record(STORY_MERGES.name, "s-torn", b'{"schema_version": 99}')])
        store.log.catch_up()
        assert read_merges(store.log).ids("s-old") == ("s-demak", "s-kudus", "s-old")

    @pytest.mark.parametrize(
        ("reference", "ids"),
        [
            ("s-big", ("s-big",)),
            ("s-b", ("s-big",)),
            ("s-demak", ("s-demak", "s-kudus", "s-old")),
            ("s-ku", ("s-demak", "s-kudus", "s-old")),
            ("s-1", ("s-1",)),
            ("S-BIG", None),
            ("s-", None),
            ("*", None),
            ("", None),
            ("s-b\x00", None),
            ("s b", None),
        ],
    )
    def test_a_story_by_its_id_or_the_start_of_one(
        self,
        index: SearchIndex,
        articles: list[EnrichedArticle],
        reference: str,
        ids: tuple[str, ...] | None,
    ) -> None:
        assert articles
        if ids is not None:
            assert story_ids(index, MERGES, reference) == ids
            return
        with pytest.raises(UsageError, match=r"no story|stories begin with"):
            story_ids(index, MERGES, reference)
