"""Rules of subscriptions through the notifier, on every store: the same messages everywhere."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pantau.bootstrap import STORES, build_workers
from pantau.notifier.plan import id_of
from pantau.runtimes.embedded.worker import run_until_idle
from pantau.settings import Settings
from pantau.stream.envelope import removal_of
from pantau_schemas.codec import canonical
from pantau_schemas.events.alert import Alert, ArticleSummary, Delivery
from pantau_schemas.events.article import StoryCoverage
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.rule_state import RuleState
from pantau_schemas.events.rules import (
    NO_RULES,
    Collected,
    Digest,
    Mute,
    QuietHours,
    Rules,
    Silence,
    Spike,
    Threshold,
    Throttled,
)
from pantau_schemas.events.story import StoryMerge
from pantau_schemas.events.subscription import FileChannel, Subscription
from pantau_schemas.topics import SUBSCRIPTIONS
from tests.pipeline.conftest import Bench
from tests.stores import store_settings
from tests.support import START, FixedClock, subscription

here = pytest.mark.parametrize("bench", ["memory", "sqlite"], indirect=True)
"""On servers each test takes long; the first one runs on them, too."""


class NotifierBench(Bench):
    """A store with the notifier alone: alerts are given."""

    def restart(self) -> None:
        for worker in self.workers:
            worker.close()
        self.workers = build_workers(self.store, self.clock, self.settings, only=("notifier",))

    def run(self) -> int:
        return run_until_idle(self.workers)


@pytest.fixture(params=sorted(STORES))
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    clock = FixedClock()
    with store_settings(request.param, tmp_path, request) as settings:
        made = NotifierBench(STORES[request.param](settings, clock), clock, settings)
        made.restart()
        yield made
        made.store.close()


FAST, SLOW = FileChannel(path="/fast"), FileChannel(path="/slow", timing=Digest(every="day"))


def watching(name: str, rules: Rules, *channels: FileChannel, **fields: Any) -> Subscription:
    return subscription(name, "banjir", channels=channels or (FAST,), rules=rules, **fields)


def alert(of: str, name: str, bench: Bench, story: str | None = None, **fields: Any) -> Alert:
    summary = ArticleSummary(
        article_id=f"article-{name}",
        revision=1,
        title=f"Berita {name}",
        source=f"{name}.example",
        first_seen=START,
        story_id=story,
    )
    given: dict[str, Any] = {"alert_id": f"{of}-{name}", "article": summary}
    return Alert(
        schema_version=3,
        subscription_id=of,
        subscription_name=of.title(),
        query="banjir",
        matched_at=bench.clock.now(),
        **given | fields,
    )


def messages(bench: Bench) -> list[tuple[str, str, tuple[str, ...], str]]:
    found = bench.table("messages", AlertMessage)
    return sorted(
        (one.subscription_id, one.occasion, one.alert_ids, f"{one.due:%d %H:%M:%S}")
        for one in found
    )


def deliveries(bench: Bench) -> list[tuple[str, str, bool]]:
    found = bench.table("deliveries", Delivery)
    return sorted((one.alert_id, one.channel, one.message_id is not None) for one in found)


class TestRules:
    def test_alerts_become_messages_by_the_rules_of_each_channel(self, bench: Bench) -> None:
        bench.give(
            watching("plain", NO_RULES),
            watching("both", Rules(timing=Collected(seconds=60)), FAST, SLOW),
            watching("night", Rules(quiet=QuietHours(begin="08:00", end="09:30"))),
        )
        for name in ("one", "two"):
            bench.give(*(alert(of, name, bench) for of in ("plain", "both", "night")))
            bench.run()
            bench.clock.move(seconds=20)
        assert deliveries(bench) == [
            ("plain-one", "file:/fast", False),
            ("plain-two", "file:/fast", False),
        ]
        bench.restart()
        bench.clock.move(seconds=30)
        bench.run()
        assert messages(bench) == [("both", "collected", ("both-one", "both-two"), "02 08:01:00")]
        bench.clock.move(days=1)
        bench.run()
        assert messages(bench)[1:] == [
            ("both", "digest", ("both-one", "both-two"), "03 07:00:00"),
            ("night", "quiet-ended", ("night-one", "night-two"), "02 09:30:00"),
        ]
        assert deliveries(bench) == [
            ("both-one", "file:/fast", True),
            ("both-one", "file:/slow", True),
            ("night-one", "file:/fast", True),
            ("plain-one", "file:/fast", False),
            ("plain-two", "file:/fast", False),
        ]
        assert sorted(one.subscription_id for one in bench.table("rule-state", RuleState)) == [
            "both", "night",
        ]  # fmt: skip
        assert bench.run() == 0
        assert bench.lag() == 0

    @here
    @pytest.mark.parametrize("restarted", [False, True])
    def test_what_waits_leaves_once_a_clock_that_was_ahead_is_right(
        self, bench: Bench, restarted: bool
    ) -> None:
        """Nothing else happens to the subscription: the stage itself looks at the clock."""
        bench.give(watching("both", Rules(timing=Collected(seconds=60)), FAST, SLOW))
        bench.clock.move(days=400)
        bench.run()
        bench.give(alert("both", "one", bench))
        bench.run()
        bench.clock.move(days=-400)
        if restarted:
            bench.restart()
        assert messages(bench) == []
        for minutes in (0, 2, 24 * 60):
            bench.clock.move(minutes=minutes)
            bench.run()
        assert messages(bench) == [
            ("both", "collected", ("both-one",), "02 08:01:00"),
            ("both", "digest", ("both-one",), "03 07:00:00"),
        ]

    @here
    def test_repeated_alerts_are_recognised(self, bench: Bench) -> None:
        bench.give(watching("both", Rules(timing=Collected()), FAST, SLOW))
        for _ in range(3):
            bench.give(alert("both", "one", bench), alert("both", "one", bench))
            bench.run()
            bench.restart()
            bench.clock.move(minutes=2)
        bench.run()
        assert messages(bench) == [("both", "collected", ("both-one",), "02 08:00:30")]

    @here
    def test_an_alert_that_was_delivered_before_the_rules_came_is_not_sent_again(
        self, bench: Bench
    ) -> None:
        bench.give(watching("later", NO_RULES))
        first = alert("later", "one", bench)
        bench.give(first)
        bench.run()
        bench.give(watching("later", Rules(timing=Collected())), first)
        bench.run()
        bench.give(first, alert("later", "two", bench))
        bench.run()
        bench.clock.move(minutes=1)
        bench.run()
        assert messages(bench) == [("later", "collected", ("later-two",), "02 08:00:30")]
        assert len(deliveries(bench)) == 2

    @here
    def test_changed_rules_send_what_waits_and_a_removed_subscription_leaves_nothing(
        self, bench: Bench
    ) -> None:
        muted = Rules(mute=Mute(since=START))
        bench.give(watching("eased", muted), watching("gone", muted))
        bench.give(alert("eased", "one", bench), alert("gone", "one", bench))
        bench.run()
        assert len(bench.table("rule-state", RuleState)) == 2
        bench.clock.move(hours=3)
        bench.give(watching("eased", NO_RULES))
        bench.store.log.append([removal_of(SUBSCRIPTIONS, "gone")])
        bench.run()
        assert [one[:3] for one in messages(bench)] == [("eased", "mute-ended", ("eased-one",))]
        assert [one.subscription_id for one in bench.table("rule-state", RuleState)] == ["eased"]
        bench.clock.move(days=2)
        bench.run()
        assert bench.table("rule-state", RuleState) == []

    @here
    def test_merged_stories_are_one(self, bench: Bench) -> None:
        bench.give(watching("first", Rules(articles="first")))
        bench.give(alert("first", "one", bench, "a"))
        bench.run()
        bench.give(
            StoryMerge(
                schema_version=1,
                story_id="a",
                into="b",
                founded=START,
                article_id="x",
                merged_at=START,
            )
        )
        bench.run()
        bench.give(alert("first", "two", bench, "b"), alert("first", "three", bench, "a"))
        bench.give(alert("first", "four", bench, "c"))
        bench.run()
        assert [one[0] for one in deliveries(bench)] == ["first-four", "first-one"]

    @here
    def test_notices_of_the_program_come_whatever_the_rules(self, bench: Bench) -> None:
        bench.give(watching("muted", Rules(mute=Mute(since=START))))
        bench.give(alert("muted", "notice", bench, kind="suspended", problem="too costly"))
        bench.run()
        assert deliveries(bench) == [("muted-notice", "file:/fast", False)]

    @here
    def test_silence_and_expiry_need_no_alert(self, bench: Bench) -> None:
        end = START + timedelta(days=3)
        bench.give(
            watching("silent", Rules(trigger=Silence(seconds=7200))),
            watching("ending", Rules(expires=end)),
        )
        bench.run()
        bench.clock.move(days=4)
        bench.run()
        assert messages(bench) == [
            ("ending", "expired", (), "05 08:00:00"),
            ("silent", "silence", (), "02 10:00:00"),
        ]
        assert all(one.notice for one in bench.table("deliveries", Delivery))
        assert {one.channel_id for one in bench.table("deliveries", Delivery)} == {id_of(FAST)}


NIGHT = QuietHours(begin="22:00", end="06:30", except_spike=True, except_sources=9)
EVERY_RULE = {
    "all": NO_RULES,
    "collected": Rules(timing=Collected(seconds=90)),
    "throttled": Rules(timing=Throttled(every_seconds=7_200)),
    "hourly": Rules(timing=Digest(every="hour", at="00:15")),
    "daily": Rules(timing=Digest(every="day", at="07:00")),
    "weekly": Rules(timing=Digest(every="week", at="07:00", weekday=3)),
    "quiet": Rules(quiet=NIGHT),
    "muted": Rules(mute=Mute(since=START, until=START + timedelta(hours=30))),
    "grown": Rules(mute=Mute(since=START, until_growth=True)),
    "count": Rules(trigger=Threshold(number=4, seconds=86_400)),
    "spike": Rules(trigger=Spike(sensitivity="high"), quiet=NIGHT),
    "silence": Rules(trigger=Silence(seconds=6 * 3_600)),
    "expiry": Rules(expires=START + timedelta(hours=40), timing=Digest(every="day")),
    "first": Rules(articles="first"),
    "growth": Rules(articles="growth", timing=Collected(seconds=60)),
    "sources": Rules(sources=3),
}
"""One subscription for each kind of rule; `both` has a digest besides, in its other channel."""
HOURS = ((0, 2), (1, 3), (2, 2), (13, 2), (15, 1), (24, 2), (37, 1), (60, 14), (100, 0))
"""After how many hours alerts come, and how many, to each subscription: a burst in the end."""


def every_rule(bench: Bench) -> dict[str, list[str]]:
    """Run all kinds of rules over four days; return what was written, as text."""
    zone = {"time_zone": "Asia/Jakarta"}
    bench.give(
        *(watching(name, rules, **zone) for name, rules in EVERY_RULE.items()),
        watching("both", Rules(timing=Collected(seconds=600)), FAST, SLOW, **zone),
    )
    bench.run()
    for number, (hours, count) in enumerate(HOURS):
        bench.clock.moment = START + timedelta(hours=hours)
        bench.run()  # what is due comes before what arrives
        for one in range(count):
            about = f"{number}-{one}"
            covered = story_of(number, one)
            bench.give(*(alert(name, about, bench, **covered) for name in (*EVERY_RULE, "both")))
        bench.run()
        if number == 3:
            bench.restart()
    bench.clock.moment = START + timedelta(days=8)
    bench.run()
    return {
        topic: sorted(_timeless(canonical(one)) for one in bench.table(topic, event))
        for topic, event in (
            ("messages", AlertMessage), ("deliveries", Delivery), ("rule-state", RuleState),
        )
    }  # fmt: skip


def story_of(number: int, one: int) -> dict[str, Any]:
    """Return the article of an alert: a story of its own in the burst, else one that grows."""
    sources = tuple(f"{at}.example" for at in range(number))
    story = f"burst-{one}" if number == 7 else f"growing-{one}"
    summary = ArticleSummary(
        article_id=f"article-{number}-{one}",
        revision=1,
        title=f"Berita {number}-{one}",
        source=f"{number}.example",
        first_seen=START + timedelta(hours=HOURS[number][0]),
        story_id=story,
        story=StoryCoverage(articles=number + 1, other_sources=sources),
    )
    return {"article": summary}


def _timeless(value: bytes) -> str:
    """Return an event without the moment of its writing."""
    fields = json.loads(value)
    return json.dumps(
        {name: one for name, one in fields.items() if name not in {"created", "updated"}},
        sort_keys=True,
    )


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what the embedded runtime writes, in memory."""
    settings, clock = Settings(data=tmp_path_factory.mktemp("embedded")), FixedClock()
    store = STORES["memory"](settings, clock)
    made = NotifierBench(store, clock, settings)
    made.restart()
    try:
        return every_rule(made)
    finally:
        for worker in made.workers:
            worker.close()
        store.close()


def test_every_rule_writes_the_same_everywhere(
    bench: Bench, embedded: dict[str, list[str]]
) -> None:
    assert every_rule(bench) == embedded
    occasions = {json.loads(one)["occasion"] for one in embedded["messages"]}
    assert occasions == {
        "collected", "digest", "quiet-ended", "mute-ended", "grown", "count", "spike", "silence",
        "expired",
    }  # fmt: skip
