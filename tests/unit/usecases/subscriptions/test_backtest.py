"""Backtests: which stored articles alert, what the rules make of them, and the numbers of it."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from pantau.errors import UsageError
from pantau.ports import Store
from pantau.stories.merges import Merges
from pantau.usecases.rules.given import GivenRules
from pantau.usecases.subscriptions.backtest.asked import AskedQuery, asked_subscription
from pantau.usecases.subscriptions.backtest.backtest import backtest
from pantau.usecases.subscriptions.backtest.difference import BacktestDifference, compare
from pantau.usecases.subscriptions.backtest.report import SentMessage, is_night, report
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.rules import Digest, Rules, Throttled
from pantau_schemas.events.subscription import Subscription, TerminalChannel
from tests.support import START, FixedClock, enriched, subscription
from tests.unit.notifier.support import alert

WEEK = timedelta(days=7)
NO_MERGES = Merges({})


def hourly(count: int) -> list[EnrichedArticle]:
    """Return articles on a flood, one an hour, the last one hour before now."""
    return [
        enriched(
            f"a{number}",
            title=f"Banjir di Demak, laporan {number}",
            text=f"Laporan nomor {number} tentang banjir di beberapa desa.",
            first_seen=START - timedelta(hours=count - number),
            story_id=f"s{number // 3}",
        )
        for number in range(count)
    ]


def stored(store: Store, *articles: EnrichedArticle) -> None:
    store.index.put(articles)
    store.index.refresh()


def with_rules(rules: Rules, **more: object) -> Subscription:
    fields = {"rules": rules, "channels": (TerminalChannel(),), **more}
    return subscription("meja", "banjir", **fields)  # type: ignore[arg-type]  # of a table of fields


class TestAlerts:
    def test_each_matching_article_is_a_message_without_rules(self, store: Store) -> None:
        stored(store, *hourly(9), enriched("x", title="Panen raya", first_seen=START - WEEK / 7))
        found = backtest(with_rules(Rules()), store, START - WEEK, START)
        assert (found.report.alerts, found.report.stories) == (9, 3)
        assert [one.moment for one in found.report.messages] == [
            one.first_seen for one in hourly(9)
        ]
        assert found.report.sources == (("kabar.example", 9),)
        assert [one.article.title[-1] for one in found.report.newest] == list("87654")

    def test_what_alerts_nobody_is_counted_apart(self, store: Store) -> None:
        first, second = hourly(2)
        twin = first.model_copy(
            update={"article_id": "twin", "first_seen": second.first_seen + timedelta(minutes=1)}
        )
        old = enriched("old", title="Banjir lama", historical=True, first_seen=first.first_seen)
        stored(store, first, second, twin, old)
        found = backtest(with_rules(Rules()), store, START - WEEK, START).found
        assert (len(found.alerts), found.copies, found.historical) == (2, 1, 1)
        including = with_rules(Rules(), include_historical=True)
        assert len(backtest(including, store, START - WEEK, START).found.alerts) == 3

    def test_of_too_many_the_newest_are_played(self, store: Store) -> None:
        stored(store, *hourly(20))
        found = backtest(with_rules(Rules()), store, START - WEEK, START, most=5)
        assert found.found.is_cut
        assert [one.article.title[-2:] for one in found.found.alerts] == [
            str(number) for number in range(15, 20)
        ]

    def test_a_time_that_ends_before_it_begins_is_refused(self, store: Store) -> None:
        with pytest.raises(UsageError):
            backtest(with_rules(Rules()), store, START, START - WEEK)


class TestMessages:
    def test_a_digest_comes_at_its_time_with_all_of_its_day(self, store: Store) -> None:
        stored(store, *hourly(72))
        rules = Rules(timing=Digest(every="day", at="07:00"))
        found = backtest(with_rules(rules, time_zone="Asia/Jakarta"), store, START - WEEK, START)
        messages = found.report.messages
        zone = ZoneInfo("Asia/Jakarta")
        assert {f"{one.moment.astimezone(zone):%H:%M}" for one in messages} == {"07:00"}
        assert {one.occasion for one in messages} == {"digest"}
        told = [alert_id for one in messages for alert_id in one.alert_ids]
        expected = [one.alert_id for one in found.found.alerts]
        assert told == expected[: len(told)]  # the rest waits for tomorrow's
        assert len(expected) - len(told) < 24
        assert found.waiting == len(expected) - len(told)
        assert found.next_message is not None
        assert found.next_message > START

    def test_a_throttle_sends_at_most_one_in_its_time(self, store: Store) -> None:
        stored(store, *hourly(48))
        rules = Rules(timing=Throttled(every_seconds=6 * 3600, collect_seconds=0))
        messages = backtest(with_rules(rules), store, START - WEEK, START).report.messages
        pauses = [later.moment - one.moment for one, later in pairwise(messages)]
        assert pauses
        assert min(pauses) >= timedelta(hours=6)

    def test_one_without_channels_is_played_all_the_same(self, store: Store) -> None:
        stored(store, *hourly(3))
        found = backtest(with_rules(Rules(), channels=()), store, START - WEEK, START)
        assert len(found.report.messages) == 3


def compared(
    before: Subscription, after: Subscription, store: Store, *, most: int
) -> BacktestDifference:
    new = backtest(after, store, START - WEEK, START, most)
    return compare(before, new, store, most)


class TestDifference:
    def test_articles_and_messages_that_a_change_gains_and_loses(self, store: Store) -> None:
        others = [
            enriched(f"g{number}", title=f"Gempa di Kudus {number}", first_seen=START - WEEK / 7)
            for number in range(2)
        ]
        stored(store, *hourly(9), *others)
        before = with_rules(Rules())
        after = before.model_copy(update={"query": '(banjir AND "laporan 4") OR gempa'})
        found = compared(before, after, store, most=100)
        assert (found.both, found.only_before, found.only_after) == (1, 8, 2)
        assert (found.messages_before, found.messages_after) == (9, 3)

    def test_of_too_many_the_same_time_is_compared(self, store: Store) -> None:
        stored(store, *hourly(20))
        before = with_rules(Rules())
        after = before.model_copy(update={"query": "banjir NOT gempa"})
        found = compared(before, after, store, most=5)
        assert (found.both, found.only_before, found.only_after) == (5, 0, 0)
        narrower = before.model_copy(update={"query": '"laporan 3" OR "laporan 18"'})
        found = compared(before, narrower, store, most=5)
        assert (found.both, found.only_before, found.only_after) == (1, 4, 0)
        assert found.since == START - timedelta(hours=5)


class TestReport:
    def test_days_are_those_of_the_zone_and_complete(self) -> None:
        at = datetime(2026, 3, 28, 22, 30, tzinfo=UTC)  # the 29th in Jakarta
        seen = alert(matched_at=at)
        message = SentMessage("m", at, None, (seen.alert_id,), 1, 1, ())
        since, until = at - timedelta(days=2), at + timedelta(days=1)
        told = report([seen], [message], NO_MERGES, since, until, "Asia/Jakarta")
        assert [(one.day, one.alerts, one.messages) for one in told.days] == [
            (date(2026, 3, 27), 0, 0),
            (date(2026, 3, 28), 0, 0),
            (date(2026, 3, 29), 1, 1),
            (date(2026, 3, 30), 0, 0),
        ]
        assert told.busiest == 1

    @pytest.mark.parametrize(
        ("hour", "expected"), [(21, False), (22, True), (3, True), (5, True), (6, False)]
    )
    def test_the_night_is_that_of_the_zone(self, hour: int, *, expected: bool) -> None:
        zone = ZoneInfo("Asia/Jakarta")
        assert is_night(datetime(2026, 3, 2, hour, 30, tzinfo=zone), zone) is expected

    def test_merged_stories_are_one(self) -> None:
        def of_story(number: int) -> Alert:
            made = alert(about=f"about {number}")
            article = made.article.model_copy(update={"story_id": f"s{number}"})
            return made.model_copy(update={"article": article})

        alerts = [of_story(1), of_story(2)]
        told = report(alerts, [], Merges({"s2": "s1"}), START - WEEK, START + WEEK, "UTC")
        assert told.stories == 1


class TestAsked:
    def test_a_query_that_is_not_saved(self, store: Store, clock: FixedClock) -> None:
        made = asked_subscription(
            store.log, clock, None, AskedQuery("banjir", "lucene", "Asia/Jakarta")
        )
        assert (made.query, made.time_zone, made.name) == ("banjir", "Asia/Jakarta", "banjir")

    def test_rules_that_are_not_saved(self, store: Store, clock: FixedClock) -> None:
        given = GivenRules(digest="daily@06:30", articles="first")
        made = asked_subscription(store.log, clock, None, AskedQuery("banjir"), given)
        assert made.rules == Rules(timing=Digest(every="day", at="06:30"), articles="first")

    def test_dates_of_rules_are_read_in_the_zone_of_the_subscription(
        self, store: Store, clock: FixedClock
    ) -> None:
        query = AskedQuery("banjir", time_zone="Asia/Jakarta")
        made = asked_subscription(
            store.log, clock, None, query, GivenRules(expires="2026-12-01 00:00")
        )
        assert made.rules.expires == datetime(2026, 11, 30, 17, tzinfo=UTC)

    def test_one_that_does_not_exist(self, store: Store, clock: FixedClock) -> None:
        with pytest.raises(UsageError):
            asked_subscription(store.log, clock, "tidak ada", None)
