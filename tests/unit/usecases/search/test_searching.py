"""Searches as people ask for them, the stories of a time, and replays, over a store in memory."""

from datetime import timedelta

import pytest

from pantau.errors import UsageError
from pantau.ports import Filters, Store
from pantau.query import QueryError
from pantau.usecases.maintenance.replay import replay_of, run_replay
from pantau.usecases.moments import parse_moment
from pantau.usecases.search.searching import Search, search
from pantau.usecases.stories.ranking import top_stories
from pantau_schemas.ids import digest_id
from tests.support import START, FixedClock, enriched

FLOOD = digest_id("story", "flood")


@pytest.fixture
def full(store: Store) -> Store:
    for number in range(3):
        store.index.put(
            [
                enriched(
                    f"flood {number}",
                    title="Banjir Demak",
                    story_id=FLOOD,
                    source=f"{number}.example",
                    first_seen=START - timedelta(hours=number),
                )
            ]
        )
    store.index.put([enriched("quake", title="Gempa", first_seen=START)])
    return store


def test_a_page_of_articles(full: Store) -> None:
    found = search(Search("banjir", limit=2), full)
    assert (found.page.total, found.held, found.doubts, found.warnings) == (3, 4, (), ())
    rows = [*found.rows()]
    assert [row.story for row in rows] == [None, None]
    following = search(Search("banjir", limit=2, cursor=found.page.cursor), full)
    assert len([*following.rows()]) == 1


def test_each_story_once(full: Store) -> None:
    (row,) = search(Search("banjir", by_story=True), full).rows()
    assert row.story is not None
    assert (row.story.story_id, row.story.more) == (FLOOD, 2)


def test_articles_of_a_story_named_by_the_start_of_its_id(full: Store) -> None:
    found = search(Search("*", story=FLOOD[:6]), full)
    assert found.page.total == 3


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Search(""), "query.empty"),
        (Search("*", story="nosuch"), "stories.missing"),
        (Search("*", cursor="?"), "search.no-cursor"),
        (Search("*", by_story=True, cursor="?"), "search.no-story-cursor"),
        (Search("*", filters=Filters(since=START, until=START)), "cli.until-before-since"),
    ],
)
def test_mistakes_are_problems(full: Store, wanted: Search, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        search(wanted, full)
    assert caught.value.problem is not None
    assert caught.value.problem.code == code


def test_doubts_about_the_query_come_with_the_page(full: Store) -> None:
    assert search(Search("banjir and gempa"), full).doubts


def test_a_query_that_cannot_be_read_is_a_query_error(full: Store) -> None:
    with pytest.raises(QueryError):
        search(Search("(banjir"), full)


def test_top_stories_of_a_time(full: Store) -> None:
    found = top_stories(full, since=START - timedelta(days=1), until=None, limit=5)
    assert [(one.story_id, one.articles) for one in found.stories] == [(FLOOD, 3)]
    assert (found.looked_at, found.is_cut) == (4, False)
    later = top_stories(full, since=START, until=None, limit=5)
    assert later.stories == ()


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("30m", 30 * 60),
        (" 12 jam", 12 * 3_600),
        ("7D", 7 * 86_400),
        ("2 minggu", 14 * 86_400),
        ("1 day", 86_400),
        ("7 days ago", 7 * 86_400),
        ("3 Jam  lalu", 3 * 3_600),
        ("2 pekan yang lalu", 14 * 86_400),
        ("45 menit lalu", 45 * 60),
    ],
)
def test_times_ago(text: str, away: int) -> None:
    assert START - parse_moment(text, START) == timedelta(seconds=away)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "someday",
        "7x",
        "999999w",
        "735000d",
        "99999 minggu",
        "-1d",
        "2026-02-30",
        "7dago",
        "lalu",
    ],
)
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_moment(text, START)
    assert caught.value.problem is not None
    assert caught.value.problem.code == "cli.no-moment"


def test_a_replay_of_nothing(store: Store, clock: FixedClock) -> None:
    assert run_replay(replay_of(query="banjir"), store.log, clock, lambda _read, _total: None) == 0


def test_replays_have_ids_of_their_own_and_a_time_that_ends_after_it_begins() -> None:
    assert replay_of().replay_id != replay_of().replay_id
    with pytest.raises(UsageError):
        replay_of(since=START, until=START)
    with pytest.raises(QueryError):
        replay_of(query="(")
