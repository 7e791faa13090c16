from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.stored_problems import from_data, stored_text
from pantau.feeds.document import ParsedFeed, ParsedItem
from pantau.poller.decision.decide import Decision, DecisionContext, decide
from pantau.poller.decision.outcome import (
    Facts,
    Fetched,
    FetchFailed,
    NotModified,
    Outcome,
    Unreadable,
    status_problem,
)
from pantau.poller.identity.ownership import NoOthers, Ownership
from pantau.problems import problem
from pantau.settings import PollSettings
from pantau_schemas.codec import decode, encode
from pantau_schemas.events.feed import Feed, FeedMemory, FeedState, FeedStatus, SeenArticle

NOW = datetime(2026, 3, 4, 5, 6, 7, 891_000, tzinfo=UTC)
FEED = Feed(feed_id="f1", url="https://berita.example/rss", added=NOW)
NEW = FeedState(feed_id="f1")
POLLED = FeedState(
    feed_id="f1",
    status=FeedStatus.OK,
    document=FeedStatus.OK,
    polls=3,
    last_ok=NOW - timedelta(hours=1),
)
SETTINGS = PollSettings()


def item(number: int = 1, **changes: Any) -> ParsedItem:
    plain = ParsedItem(
        guid=f"g{number}",
        link=f"https://www.berita.example/{number}",
        title=f"Judul {number}",
        text="Banjir merendam Demak.",
        published=NOW - timedelta(hours=1),
    )
    return replace(plain, **changes)


def document(*items: ParsedItem, **changes: Any) -> ParsedFeed:
    plain = ParsedFeed(
        format="rss20",
        title="Berita",
        link="https://www.berita.example/",
        language="id-ID",
        items=items,
    )
    return replace(plain, **changes)


def run(
    outcome: Outcome, state: FeedState = POLLED, *, now: datetime = NOW, **options: Any
) -> Decision:
    feed = options.pop("feed", FEED)
    ownership = Ownership(feed, options.pop("owners", {}), options.pop("others", NoOthers()))
    memory = FeedMemory(
        feed_id=feed.feed_id,
        seen=tuple(options.pop("memory", ())),
        back_fill=options.pop("back_fill", ()),
    )
    known = DecisionContext(memory, ownership, options.pop("domain_gave", 0))
    settings = options.pop("settings", SETTINGS)
    return decide(feed, state, outcome, now=now, settings=settings, known=known, **options)


def fetched(*items: ParsedItem, **changes: Any) -> Fetched:
    return Fetched(document(*items, **changes), "hash")


def seen_of(decision: Decision) -> Sequence[SeenArticle]:
    assert decision.memory is not None
    return decision.memory.seen


# -- new, unchanged, changed
# ------------------------------------------------------------------------------


def test_a_new_article_is_published_and_remembered() -> None:
    decision = run(fetched(item(author="Siti", tags=("banjir",))))
    (article,) = decision.articles
    assert (article.revision, article.feed_id, article.source) == (1, "f1", "berita.example")
    assert (article.title, article.author, article.tags) == ("Judul 1", "Siti", ("banjir",))
    assert (article.first_seen, article.historical, article.feed_language) == (NOW, False, "id-ID")
    (seen,) = seen_of(decision)
    assert (seen.article_id, seen.revision, seen.last_listed) == (article.article_id, 1, NOW)
    assert (decision.state.articles, decision.state.last_new) == (1, NOW)


def test_an_unchanged_article_is_neither_published_nor_written() -> None:
    first = run(fetched(item()))
    again = run(fetched(item()), first.state, memory=seen_of(first), now=NOW + timedelta(hours=1))
    assert again.articles == ()
    assert again.memory is None
    assert again.state.articles == 1


@pytest.mark.parametrize(
    "change",
    [
        {"tags": ("lain",)},
        {"author": "Budi"},
        {"published": NOW},
        {"link": "https://www.berita.example/1?utm_source=rss"},
        {"link": "http://www.berita.example/1/#top"},
        {"title": " Judul  1 "},
        {"text": "Banjir\nmerendam   Demak. "},
    ],
)
def test_churn_is_no_revision(change: dict[str, Any]) -> None:
    first = run(fetched(item()))
    assert run(fetched(item(**change)), memory=seen_of(first)).articles == ()


@pytest.mark.parametrize("change", [{"title": "Judul 1 (diperbarui)"}, {"text": "Banjir surut."}])
def test_a_change_is_the_next_revision_of_the_same_article(change: dict[str, Any]) -> None:
    first = run(fetched(item()))
    later = NOW + timedelta(hours=2)
    decision = run(fetched(item(**change)), first.state, memory=seen_of(first), now=later)
    (article,) = decision.articles
    assert article.article_id == first.articles[0].article_id
    assert (article.revision, article.first_seen) == (2, NOW)
    assert decision.state.articles == 1
    third = run(fetched(item()), decision.state, memory=seen_of(decision), now=later)
    assert third.articles[0].revision == 3


def test_of_items_that_share_an_id_the_first_counts() -> None:
    decision = run(
        fetched(item(), item(title="Lain"), item(link="https://www.berita.example/1?utm_medium=x"))
    )
    assert [one.title for one in decision.articles] == ["Judul 1"]
    assert decision.state.status is FeedStatus.OK


def test_items_with_one_link_and_guids_of_their_own_are_several_articles() -> None:
    decision = run(fetched(item(1), item(2, link="https://www.berita.example/1#kedua")))
    assert [one.title for one in decision.articles] == ["Judul 2", "Judul 1"]
    assert decision.state.status is FeedStatus.OK


def test_the_stream_gets_the_oldest_first() -> None:
    assert [one.title for one in run(fetched(item(3), item(2), item(1))).articles] == [
        "Judul 1",
        "Judul 2",
        "Judul 3",
    ]


def test_items_that_all_link_to_the_home_page_are_told_apart() -> None:
    home = "https://www.berita.example"
    decision = run(fetched(*(item(n, link=home) for n in range(3))))
    assert len(decision.articles) == 3
    assert {one.url for one in decision.articles} == {home}


def test_an_item_without_link_guid_and_title_is_known_by_its_words() -> None:
    bare: dict[str, Any] = {"link": None, "guid": None, "title": "", "published": None}
    decision = run(
        fetched(item(text="satu", **bare), item(text="dua", **bare), item(text="", **bare))
    )
    assert [one.text for one in decision.articles] == ["dua", "satu"]


def test_half_a_surrogate_pair_does_not_stop_an_article() -> None:
    decision = run(fetched(item(title="rusak \ud800", tags=("\udfff",))))
    assert decision.articles[0].title == "rusak \ufffd"
    assert b"rusak" in encode(decision.articles[0])


def test_a_link_that_is_no_web_address_is_not_given_on() -> None:
    for link in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"):
        assert run(fetched(item(link=link))).articles[0].url is None
    assert (
        run(fetched(item(link="HTTPS://Berita.example/1"))).articles[0].url
        == "HTTPS://Berita.example/1"
    )


def test_the_source_is_what_the_user_said_else_the_site() -> None:
    named = FEED.model_copy(update={"source": "Berita"})
    assert run(fetched(item()), feed=named).articles[0].source == "Berita"
    assert run(fetched(item(link="https://lain.example/x"))).articles[0].source == "lain.example"
    assert run(fetched(item(link=None))).articles[0].source == "berita.example"


# -- historical
# -------------------------------------------------------------------------------------------


def test_all_of_a_first_good_poll_is_historical() -> None:
    assert run(fetched(item()), NEW).articles[0].historical
    failed_before = run(FetchFailed("no connection"), NEW).state
    first = run(fetched(item()), failed_before)
    assert first.articles[0].historical
    second = run(fetched(item(), item(2)), first.state, memory=seen_of(first))
    assert [one.historical for one in second.articles] == [False]
    changed = run(fetched(item(title="Baru")), first.state, memory=seen_of(first))
    assert changed.articles[0].historical


def test_an_old_article_is_historical_one_without_date_or_of_the_future_is_not() -> None:
    dates = [
        NOW - timedelta(days=3, seconds=1),
        NOW - timedelta(days=3),
        NOW + timedelta(days=9),
        None,
    ]
    decision = run(fetched(*(item(n, published=one) for n, one in enumerate(dates))))
    assert [one.historical for one in reversed(decision.articles)] == [True, False, False, False]
    assert [one.published for one in decision.articles] == [None, NOW, *reversed(dates[:2])]


# -- two feeds
# --------------------------------------------------------------------------------------------


def test_an_article_of_another_feed_is_left_to_it() -> None:
    owned = run(fetched(item())).articles[0].article_id
    decision = run(fetched(item(), item(2)), owners={owned: "f2"})
    assert [one.title for one in decision.articles] == ["Judul 2"]
    assert {one.article_id: one.mine for one in seen_of(decision)} == {
        owned: False,
        decision.articles[0].article_id: True,
    }
    assert len(run(fetched(item()), owners={owned: "f1"}).articles) == 1


# -- memory
# -----------------------------------------------------------------------------------------------


def test_what_left_the_feed_is_forgotten_in_time_but_never_what_is_listed() -> None:
    first = run(fetched(item(1), item(2)))
    day = timedelta(days=1)
    memory = seen_of(first)
    for number in range(1, 40):
        decision = run(fetched(item(1)), first.state, memory=memory, now=NOW + number * day)
        assert decision.articles == ()
        memory = decision.memory.seen if decision.memory is not None else memory
        assert len(memory) == (2 if number <= 30 else 1)


def test_too_many_are_forgotten_those_gone_longest_first() -> None:
    settings = PollSettings(remember_articles=3)
    first = run(fetched(*(item(n) for n in range(5))), settings=settings)
    assert len(seen_of(first)) == 5
    later = NOW + timedelta(days=4)
    second = run(fetched(item(0), item(9)), memory=seen_of(first), settings=settings, now=later)
    assert [one.title for one in second.articles] == ["Judul 9"]
    assert len(seen_of(second)) == 3


@given(st.lists(st.lists(st.integers(0, 12), max_size=8), max_size=12))
def test_nothing_listed_is_ever_published_twice(rounds: list[list[int]]) -> None:
    settings = PollSettings(remember_articles=20)
    memory: Sequence[SeenArticle] = ()
    published: list[str] = []
    for number, listed in enumerate(rounds):
        decision = run(
            fetched(*(item(n) for n in listed)),
            memory=memory,
            settings=settings,
            now=NOW + timedelta(hours=number),
        )
        published += [one.article_id for one in decision.articles]
        memory = decision.memory.seen if decision.memory is not None else memory
    assert len(published) == len(set(published)) == len({n for listed in rounds for n in listed})


# -- how a poll ended
# -------------------------------------------------------------------------------------


def test_a_good_poll_keeps_what_the_next_one_needs() -> None:
    facts = Facts(200, etag='"e"', last_modified="lm", permanent_url="https://baru.example/rss")
    state = run(Fetched(document(item()), "h", facts), NEW).state
    assert (state.status, state.problem, state.http_status) == (FeedStatus.OK, None, 200)
    assert (state.etag, state.last_modified, state.content_hash) == ('"e"', "lm", "h")
    assert (state.title, state.format, state.moved_to) == ("Berita", "rss20", None)
    assert (state.moving_to, state.moving_since) == ("https://baru.example/rss", NOW)
    assert (state.polls, state.failures, state.last_polled, state.last_ok) == (1, 0, NOW, NOW)
    assert state.next_poll is not None
    assert state.next_poll > NOW


def test_a_malformed_feed_is_a_warning_that_stands_while_nothing_changes() -> None:
    state = run(fetched(item(), warnings=("mismatched tag", "b", "c", "d"))).state
    assert (state.status, state.problem) == (FeedStatus.WARNING, "mismatched tag; b; c; and 1 more")
    broken = run(FetchFailed("timeout"), state).state
    assert (broken.status, broken.problem, broken.failures) == (FeedStatus.ERROR, "timeout", 1)
    back = run(NotModified(), broken).state
    assert (back.status, back.problem, back.failures) == (FeedStatus.WARNING, state.problem, 0)
    assert run(fetched(item()), back).state.status is FeedStatus.OK


def test_a_document_that_is_no_feed_stays_an_error_while_it_is_the_same() -> None:
    facts = Facts(200, etag='"e"')
    state = run(Unreadable("this is a web page", "h", facts)).state
    assert (state.status, state.problem, state.etag) == (
        FeedStatus.ERROR,
        "this is a web page",
        '"e"',
    )
    again = run(NotModified(), state).state
    assert (again.status, again.problem, again.failures) == (
        FeedStatus.ERROR,
        "this is a web page",
        2,
    )
    assert again.last_ok == POLLED.last_ok


def test_the_reason_stands_beside_the_sentence_as_a_code() -> None:
    page = problem("documents.page-no-feed")
    unread = run(Unreadable(str(page), "h", Facts(200), page)).state
    assert from_data(unread.reason) == page
    failure = status_problem(404)
    failed = run(FetchFailed(str(failure), 404, problem=failure), unread).state
    assert (from_data(failed.reason), failed.problem) == (failure, str(failure))
    back = run(NotModified(), failed).state  # what stands is the document of before
    assert (from_data(back.reason), back.problem) == (page, str(page))
    assert stored_text(back.problem, back.reason, "id").startswith("halaman web, bukan umpan")
    good = run(fetched(item()), back).state
    assert (good.reason, good.document_reason, good.problem) == (None, None, None)
    assert decode(FeedState, encode(failed)) == failed


def test_a_state_of_an_older_version_is_shown_as_it_was_written() -> None:
    old = b'{"schema_version":2,"feed_id":"f1","status":"error","problem":"404 Not Found: gone"}'
    state = decode(FeedState, old)
    assert stored_text(state.problem, state.reason, "id") == "404 Not Found: gone"


def test_failures_wait_longer_and_longer_and_a_good_poll_ends_that() -> None:
    state, waits = POLLED, []
    for _ in range(12):
        state = run(FetchFailed("no connection"), state).state
        assert state.next_poll is not None
        waits.append((state.next_poll - NOW).total_seconds())
    assert waits == sorted(waits)
    assert 270 <= waits[0] <= 330
    assert waits[-1] == SETTINGS.backoff_max_seconds
    assert run(NotModified(), state).state.failures == 0


def test_a_wait_that_is_asked_for_is_kept_to_within_bounds() -> None:
    asked = run(FetchFailed("429", 429, retry_after_seconds=3_600.0)).state
    assert asked.next_poll == NOW + timedelta(hours=1)
    excessive = run(FetchFailed("503", 503, retry_after_seconds=1e9)).state
    assert excessive.next_poll == NOW + timedelta(days=1)
    assert (asked.domain_until, excessive.domain_until) == (asked.next_poll, excessive.next_poll)
    gone = run(FetchFailed("410", 410, gone=True)).state
    assert gone.next_poll == NOW + timedelta(days=1)


def test_a_new_address_that_fails_is_given_up() -> None:
    moved = POLLED.model_copy(update={"moved_to": "https://baru.example/rss", "etag": '"e"'})
    assert run(NotModified(), moved).state.moved_to == "https://baru.example/rss"
    assert run(FetchFailed("503", 503), moved).state.moved_to == "https://baru.example/rss"
    failed = run(FetchFailed("404", 404), moved).state
    assert (failed.moved_to, failed.etag) == (None, None)
    back = run(NotModified(Facts(304, permanent_url=FEED.url)), moved).state
    assert back.moved_to is None
