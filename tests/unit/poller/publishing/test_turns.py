"""Pieces, turns and pace: the parts by themselves, without a log."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.feeds.document import ParsedFeed, ParsedItem
from pantau.poller.decision.decide import Decision, DecisionContext, Rest, decide, go_on
from pantau.poller.decision.outcome import Fetched
from pantau.poller.identity.listing import BASE_COST, read_listing
from pantau.poller.identity.ownership import Ownership
from pantau.poller.identity.resolve import resolve_alone
from pantau.poller.publishing.pacing import BEHIND, Pacer
from pantau.poller.publishing.publication import Portion
from pantau.poller.publishing.turns import PublishTurns
from pantau.settings import PollSettings
from pantau_schemas.events.article import Article
from pantau_schemas.events.feed import Feed, FeedMemory, FeedState, FeedStatus

NOW = datetime(2026, 3, 4, 5, tzinfo=UTC)
FEED = Feed(feed_id="f1", url="https://berita.example/rss", added=NOW)
SETTINGS = PollSettings(articles_per_day=1_000)


def parsed(number: int, *, length: int = 10) -> ParsedFeed:
    items = tuple(
        ParsedItem(f"g{n}", f"https://berita.example/{n}", f"Judul {n}", "x" * length)
        for n in reversed(range(number))
    )
    return ParsedFeed("rss20", "Berita", "https://berita.example/", "id", items)


def polled(
    number: int, portion: Portion, state: FeedState | None = None, *, length: int = 10
) -> Decision:
    known = DecisionContext(FeedMemory(feed_id="f1"), Ownership(FEED))
    outcome = Fetched(parsed(number, length=length), "hash")
    state = state or FeedState(feed_id="f1")
    return decide(FEED, state, outcome, now=NOW, settings=SETTINGS, known=known, portion=portion)


def rest_of(number: int, *, length: int = 10) -> Rest:
    rest = polled(number + 1, Portion(1), length=length).rest
    assert rest is not None
    return rest


class TestPieces:
    @given(st.integers(0, 40), st.integers(1, 12), st.integers(1, 30_000), st.integers(0, 6_000))
    def test_pieces_put_together_are_the_whole(
        self, number: int, articles: int, cost: int, length: int
    ) -> None:
        whole = polled(number, Portion(), length=length)
        given_out: list[Article] = []
        portion = Portion(articles, cost)
        last = polled(number, portion, length=length)
        while True:
            assert len(last.articles) <= articles
            spent = sum(BASE_COST + len(one.title) + len(one.text) for one in last.articles)
            assert spent <= cost or len(last.articles) == 1
            given_out += last.articles
            if last.rest is None:
                break
            assert last.articles
            assert last.memory is not None
            assert [one.article_id for one in last.memory.seen] == [
                one.article_id for one in given_out
            ]
            assert (last.state.content_hash, last.state.waiting) == (None, number - len(given_out))
            assert (last.state.articles, last.state.day_articles) == (
                len(given_out),
                len(given_out),
            )
            last = go_on(last.rest, Ownership(FEED), now=NOW, portion=portion)
        assert given_out == list(whole.articles)
        assert last.state == whole.state
        assert last.state.content_hash == "hash"

    def test_an_article_is_first_seen_when_its_piece_goes_out(self) -> None:
        later = NOW + timedelta(minutes=3)
        decision = go_on(rest_of(3), Ownership(FEED), now=later, portion=Portion(2))
        assert [one.first_seen for one in decision.articles] == [later, later]
        assert decision.state.last_new == later

    def test_an_article_that_another_feed_published_meanwhile_is_left_to_it(self) -> None:
        rest = rest_of(3)
        theirs = rest.publication.rest[1].article_id
        decision = go_on(rest, Ownership(FEED, {theirs: "f2"}), now=NOW)
        assert [one.title for one in decision.articles] == ["Judul 1", "Judul 3"]
        assert decision.memory is not None
        assert [one.article_id for one in decision.memory.seen if not one.mine] == [theirs]

    def test_a_first_document_stays_historical_in_the_next_poll_what_comes_then_is_not(
        self,
    ) -> None:
        first = polled(5, Portion(2))
        assert first.memory is not None
        assert len(first.memory.back_fill) == 3
        known = DecisionContext(first.memory, Ownership(FEED))
        outcome = Fetched(parsed(7), "hash")
        second = decide(FEED, first.state, outcome, now=NOW, settings=SETTINGS, known=known)
        assert [(one.title, one.historical) for one in second.articles] == [
            ("Judul 2", True),
            ("Judul 3", True),
            ("Judul 4", True),
            ("Judul 5", False),
            ("Judul 6", False),
        ]
        assert second.memory is not None
        assert second.memory.back_fill == ()

    def test_the_count_of_a_day_begins_anew_at_midnight(self) -> None:
        decision = go_on(rest_of(3), Ownership(FEED), now=NOW + timedelta(days=1))
        assert (decision.state.day, decision.state.day_articles, decision.state.articles) == (
            "2026-03-05",
            3,
            4,
        )


class TestTurns:
    def test_feeds_take_turns_and_new_ones_wait_behind_the_others(self) -> None:
        turns, order = PublishTurns(10**9), []
        for name, number in (("a", 5), ("b", 2), ("c", 4)):
            turns.put(name, rest_of(number))
        while (turn := turns.take()) is not None:
            feed_id, rest = turn
            left = go_on(rest, Ownership(FEED), now=NOW, portion=Portion(2)).rest
            order.append((feed_id, turns.advance(feed_id, rest, left)))
        assert order == [
            *(("a", False), ("b", True), ("c", False)),
            *(("a", False), ("c", True), ("a", True)),
        ]
        assert (len(turns), turns.cost) == (0, 0)

    def test_what_is_removed_or_replaced_during_its_turn_stays_so(self) -> None:
        turns = PublishTurns(10**9)
        turns.put("a", rest_of(5))
        turn = turns.take()
        assert turn is not None
        turns.remove("a")
        assert not turns.advance("a", turn[1], rest_of(3))
        assert "a" not in turns
        turns.put("a", rest_of(2))
        assert not turns.advance("a", turn[1], None)
        assert turns.articles(["a", "b"]) == 2

    def test_of_too_much_the_largest_goes(self) -> None:
        small, large = rest_of(2, length=100), rest_of(9, length=5_000)
        turns = PublishTurns(large.publication.cost + small.publication.cost)
        assert turns.put("large", large) == ()
        assert turns.put("small", small) == ()
        assert turns.put("other", small) == ("large",)
        assert turns.cost == 2 * small.publication.cost
        assert PublishTurns(0).put("a", small) == ("a",)


class TestPace:
    SETTINGS = PollSettings(flood_bytes_per_second=1_000.0, backlog_bytes=20_000)

    def test_without_a_backlog_pieces_go_at_the_rate(self) -> None:
        pacer, now, cost = Pacer(self.SETTINGS), 0.0, 0
        while now < 1_000.0:
            now += pacer.pause(now, None)
            pacer.spent(now, 5_000, 2)
            cost += 5_000
        assert cost / now == pytest.approx(1_000.0, rel=0.01)

    def test_a_small_backlog_lets_the_next_piece_go_at_once_a_larger_one_slowly(self) -> None:
        pacer = Pacer(self.SETTINGS)
        assert pacer.pause(0.0, 10) == 0.0
        pacer.spent(0.0, 5_000, 2)
        assert pacer.pause(1.0, 8) == 0.0
        assert pacer.pause(1.0, 9) == 5.0 * BEHIND - 1.0
        assert pacer.pause(60.0, 10_000) == 0.0

    def test_the_backlog_counts_as_what_was_sent_last(self) -> None:
        pacer = Pacer(self.SETTINGS)
        pacer.spent(0.0, 50_000, 1)
        assert pacer.pause(1.0, 1) > 0
        pacer.spent(0.0, 50_000, 25)
        assert pacer.pause(1.0, 10) == 0.0


class TestQuota:
    def test_what_is_beyond_the_quota_waits_and_comes_the_next_day(self) -> None:
        settings = PollSettings(articles_per_day=4)
        outcome = Fetched(parsed(9), "hash")
        state, memory, out = FeedState(feed_id="f1"), FeedMemory(feed_id="f1"), []
        for day in range(3):
            for _ in range(2):
                decision = decide(
                    FEED,
                    state,
                    outcome,
                    now=NOW + timedelta(days=day),
                    settings=settings,
                    known=DecisionContext(memory, Ownership(FEED)),
                )
                state, memory = decision.state, decision.memory or memory
                out.append([one.title.removeprefix("Judul ") for one in decision.articles])
            if day < 2:
                waiting = 5 - 4 * day
                assert (state.status, state.waiting) == (FeedStatus.LIMITED, waiting)
                assert (state.content_hash, state.etag) == (None, None)
                assert state.problem == (
                    f"limited: {waiting} of today's articles wait; it gave more than 4 in a day"
                    " (poll.articles_per_day)"
                )
        assert out == [["5", "6", "7", "8"], [], ["1", "2", "3", "4"], [], ["0"], []]
        assert (state.status, state.waiting, state.content_hash) == (FeedStatus.OK, 0, "hash")

    def test_revisions_count(self) -> None:
        settings = PollSettings(articles_per_day=5)
        first = polled(3, Portion())
        memory, state = first.memory, first.state
        assert memory is not None
        changed = replace(
            parsed(3), items=tuple(replace(one, text="baru") for one in parsed(3).items)
        )
        decision = decide(
            FEED,
            state,
            Fetched(changed, "other"),
            now=NOW,
            settings=settings,
            known=DecisionContext(memory, Ownership(FEED)),
        )
        assert [one.revision for one in decision.articles] == [2, 2]
        assert (decision.state.status, decision.state.day_articles) == (FeedStatus.LIMITED, 5)
        assert decision.memory is not None
        assert sorted(one.revision for one in decision.memory.seen) == [1, 2, 2]

    def test_a_domain_has_a_quota_that_leaves_every_feed_what_it_needs(self) -> None:
        settings = PollSettings(articles_per_day=100)

        def gave(own: int, domain: int) -> Decision:
            state = FeedState(feed_id="f1", last_ok=NOW, day="2026-03-04", day_articles=own)
            known = DecisionContext(FeedMemory(feed_id="f1"), Ownership(FEED), domain)
            outcome = Fetched(parsed(50), "hash")
            return decide(FEED, state, outcome, now=NOW, settings=settings, known=known)

        assert len(gave(0, 360).articles) == 40
        assert len(gave(3, 10_000).articles) == 7
        limited = gave(10, 10_000)
        assert limited.articles == ()
        assert limited.state.problem == (
            "limited: 50 of today's articles wait; the feeds of its domain gave more than 400 in "
            "a day"
            " (poll.articles_per_day)"
        )

    def test_a_feed_that_can_give_nothing_more_today_is_polled_rarely(self) -> None:
        settings = PollSettings(articles_per_day=5, max_interval_seconds=3_600)
        state = FeedState(feed_id="f1", last_ok=NOW, day="2026-03-04", day_articles=5)
        known = DecisionContext(FeedMemory(feed_id="f1"), Ownership(FEED))
        decision = decide(
            FEED, state, Fetched(parsed(9), "h"), now=NOW, settings=settings, known=known
        )
        assert decision.state.next_poll is not None
        assert timedelta(minutes=54) <= decision.state.next_poll - NOW <= timedelta(minutes=66)


def test_a_listing_has_each_article_once() -> None:
    twice = parsed(2)
    listing = read_listing(replace(twice, items=(*twice.items, *twice.items)), "f1")
    articles = resolve_alone(listing)
    assert [one.item.title for one in articles.items] == ["Judul 1", "Judul 0"]
    assert articles.ids[:2] == articles.ids[2:]
    assert all(one.site == "berita.example" for one in listing.items)


def test_ids_of_a_document_stay_in_their_order() -> None:
    articles = polled(30, Portion()).articles
    numbers = [int(one.title.split()[1]) for one in articles]
    assert all(a < b for a, b in pairwise(numbers))
