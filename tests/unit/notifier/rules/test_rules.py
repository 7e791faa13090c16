"""Each rule by itself: stories, sources, triggers, exceptions, expiry, edits, bounds."""

from datetime import timedelta

import pytest

from pantau.notifier.plan import id_of
from pantau.notifier.rules.step import next_due, step, tick
from pantau_schemas.codec import encode
from pantau_schemas.events.message import ALERTS_NAMED
from pantau_schemas.events.rule_state import WINDOW
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
from pantau_schemas.events.subscription import FileChannel
from tests.support import START
from tests.unit.notifier.rules.playing import INBOX, Player, alert, watching

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NIGHT = QuietHours(begin="22:00", end="06:00")
TEN_AT_NIGHT = START + 14 * HOUR + MINUTE


def names(player: Player) -> list[tuple[str, tuple[str, ...]]]:
    return [(why, alerts) for _, why, alerts in player.sent]


class TestPlain:
    def test_without_rules_nothing_is_remembered(self) -> None:
        player = Player(watching(NO_RULES)).play([(START, alert("one"))], START + 9 * DAY)
        assert names(player) == [("direct", ("one",))]
        assert player.state is None
        assert tick(watching(NO_RULES), None, START).state is None
        assert next_due(watching(NO_RULES), None) is None

    def test_the_language_of_messages_is_no_rule(self) -> None:
        player = Player(watching(Rules(language="en")))
        player.take(alert("one"), START)
        assert player.state is None


class TestStories:
    def test_the_first_article_of_each_story(self) -> None:
        player = Player(watching(Rules(articles="first")))
        told = [alert(f"{story}{one}", story=story) for one in range(3) for story in "ab"]
        player.play([(START, one) for one in [*told, alert("none1"), alert("none2")]], START)
        assert names(player) == [
            ("direct", ("a0",)), ("direct", ("b0",)), ("direct", ("none1",)), ("direct", ("none2",))
        ]  # fmt: skip

    def test_a_story_comes_again_when_its_sources_doubled_or_five_more_have_it(self) -> None:
        player = Player(watching(Rules(articles="growth")))
        for sources in range(1, 20):
            player.take(alert(f"a{sources}", story="a", sources=sources), START + sources * MINUTE)
        grown = [one.message for one in player.messages.values()]
        assert names(player)[0] == ("direct", ("a1",))
        assert [one.alert_ids for one in grown] == [("a2",), ("a4",), ("a8",), ("a13",), ("a18",)]
        assert [one.more_alerts for one in grown] == [0, 1, 3, 4, 4]
        assert {one.occasion for one in grown} == {"grown"}

    def test_a_merged_story_is_known_under_its_new_id(self) -> None:
        merged: dict[str, str] = {}
        player = Player(
            watching(Rules(articles="first")), story_of=lambda one: merged.get(one, one)
        )
        player.take(alert("a1", story="a"), START)
        player.take(alert("b1", story="b"), START)
        merged["a"] = "c"
        player.take(alert("c1", story="c"), START)
        player.take(alert("a2", story="a"), START)
        player.take(alert("b2", story="b"), START)
        assert [one for _, one in names(player)] == [("a1",), ("b1",)]


class TestSources:
    def test_an_alert_waits_until_its_story_has_enough_sources(self) -> None:
        player = Player(watching(Rules(sources=3)))
        for number, sources in enumerate((1, 2, 3, 2, 4)):
            player.take(alert(f"a{number}", story="a", sources=sources), START + number * MINUTE)
        player.take(alert("alone"), START + HOUR)
        assert names(player) == [
            ("grown", ("a0", "a1", "a2")), ("direct", ("a3",)), ("direct", ("a4",))
        ]  # fmt: skip

    def test_outlets_of_one_owner_are_one_source(self) -> None:
        player = Player(watching(Rules(sources=2)))
        one = alert("one", story="a", sources=2)
        coverage = one.article.story
        assert coverage is not None
        same = coverage.model_copy(update={"other_sources": ("bola.contoh.co.id",)})
        article = one.article.model_copy(update={"story": same, "source": "contoh.co.id"})
        player.take(one.model_copy(update={"article": article}), START)
        assert player.sent == []

    def test_it_waits_a_week_at_most(self) -> None:
        player = Player(watching(Rules(sources=2)))
        player.take(alert("old", story="a"), START)
        player.take(alert("new", story="a"), START + 6 * DAY)
        player.take(alert("far", story="b", sources=2), START + 8 * DAY)
        player.take(alert("more", story="a", sources=2), START + 8 * DAY)
        assert names(player) == [("direct", ("far",)), ("direct", ("more",))]

    def test_a_lowered_number_releases_what_waits(self) -> None:
        player = Player(watching(Rules(sources=5)))
        player.take(alert("one", story="a", sources=2), START)
        player.take(alert("two", story="b", sources=1), START)
        player.edit(sources=2)
        player.run_until(START + HOUR)
        assert names(player) == [("grown", ("one",))]
        player.edit(sources=1)
        player.run_until(START + HOUR)
        assert [one for _, one in names(player)] == [("one",), ("two",)]


class TestTriggers:
    def test_a_count_within_a_time(self) -> None:
        player = Player(watching(Rules(trigger=Threshold(number=3, seconds=3600))))
        minutes = [0, 10, 60, 65, 66, 200, 201, 259, 260]
        for at in minutes:
            player.take(alert(f"a{at:03}"), START + at * MINUTE)
        # 0 has left the window at 60: its beginning is no part of it.
        assert names(player) == [
            ("count", ("a010", "a060", "a065")), ("count", ("a200", "a201", "a259"))
        ]  # fmt: skip
        (first, _) = player.messages.values()
        assert first.message.since == START + 10 * MINUTE
        assert first.message.why is not None
        assert first.message.why.params["number"] == 3

    def test_stories_are_counted_where_the_first_article_counts(self) -> None:
        rules = Rules(articles="first", trigger=Threshold(number=2, seconds=3600))
        player = Player(watching(rules))
        for name in ("a1", "a2", "a3", "b1"):
            player.take(alert(name, story=name[0]), START)
        assert names(player) == [("count", ("a1", "b1"))]

    def test_a_digest_has_what_a_count_found(self) -> None:
        channel = FileChannel(path="/digest", timing=Digest(every="day"))
        rules = Rules(trigger=Threshold(number=2, seconds=3600))
        player = Player(watching(rules, channels=(channel,)))
        for name in ("a1", "a2", "a3"):
            player.take(alert(name), START)
        player.run_until(START + 2 * DAY)
        assert names(player) == [("digest", ("a1", "a2"))]
        (one,) = player.messages.values()
        assert one.message.why is not None

    def test_a_spike_is_reported_once_while_it_lasts(self) -> None:
        player = Player(watching(Rules(trigger=Spike())))
        number = 0
        for hour in range(24 * 10):
            number += 1
            player.take(alert(f"h{number}", story=f"s{number}"), START + hour * HOUR)
        began = START + 240 * HOUR
        for at in range(30):
            number += 1
            player.take(alert(f"h{number}", story=f"s{number}"), began + at * MINUTE)
        whys = [one for one, _ in names(player)]
        assert whys[0] == "spike"
        assert len(whys) <= 3
        (first, *_) = player.messages.values()
        assert first.message.why is not None
        assert first.message.why.code.startswith("spikes.")
        assert began < first.message.due < began + HOUR

    def test_copies_of_one_owner_are_no_spike(self) -> None:
        player = Player(watching(Rules(trigger=Spike())))
        for hour in range(240):
            player.take(alert(f"h{hour}", story=f"s{hour}"), START + hour * HOUR)
        for at in range(50):
            player.take(alert(f"c{at}", story="same"), START + 240 * HOUR + at * MINUTE)
        assert player.sent == []

    def test_silence_once_for_each(self) -> None:
        player = Player(watching(Rules(trigger=Silence(seconds=7200))))
        player.run_until(START + 5 * HOUR)
        player.take(alert("one"), START + 5 * HOUR)
        player.take(alert("two"), START + 6 * HOUR)
        player.run_until(START + 3 * DAY)
        assert [due - START for due, _, _ in player.sent] == [2 * HOUR, 8 * HOUR]
        assert names(player) == [("silence", ()), ("silence", ())]

    def test_a_paused_subscription_is_not_silent(self) -> None:
        player = Player(watching(Rules(trigger=Silence(seconds=7200))))
        player.tick(START)
        player.subscription = player.subscription.model_copy(update={"paused": True})
        player.tick(START + HOUR)
        player.run_until(START + 9 * HOUR)
        player.subscription = player.subscription.model_copy(update={"paused": False})
        player.tick(START + 10 * HOUR)
        player.run_until(START + DAY)
        assert [due - START for due, _, _ in player.sent] == [12 * HOUR]


class TestQuietAndMute:
    def test_many_sources_are_reported_at_night(self) -> None:
        rules = Rules(quiet=NIGHT.model_copy(update={"except_sources": 5}))
        player = Player(watching(rules))
        player.take(alert("few", story="a", sources=4), TEN_AT_NIGHT)
        player.take(alert("many", story="b", sources=5), TEN_AT_NIGHT)
        player.run_until(START + 2 * DAY)
        assert names(player) == [("direct", ("many",)), ("quiet-ended", ("few",))]

    def test_urgent_copies_are_collected_at_night_too(self) -> None:
        quiet = NIGHT.model_copy(update={"except_sources": 5})
        player = Player(watching(Rules(quiet=quiet, timing=Collected(seconds=60))))
        for second in range(5):
            at = TEN_AT_NIGHT + timedelta(seconds=second)
            player.take(alert(f"m{second}", story="b", sources=5 + second), at)
        player.take(alert("few"), TEN_AT_NIGHT)
        player.run_until(START + 2 * DAY)
        assert names(player) == [
            ("collected", ("m0", "m1", "m2", "m3", "m4")), ("quiet-ended", ("few",))
        ]  # fmt: skip

    def test_urgent_alerts_and_others_that_a_mute_held_are_one_message(self) -> None:
        quiet = NIGHT.model_copy(update={"except_sources": 5})
        mute = Mute(since=START, until=START + DAY)
        player = Player(watching(Rules(quiet=quiet, mute=mute)))
        player.take(alert("few"), TEN_AT_NIGHT)
        player.take(alert("many", story="b", sources=5), TEN_AT_NIGHT + HOUR)
        player.run_until(START + 2 * DAY)
        assert names(player) == [("mute-ended", ("few", "many"))]

    def test_urgent_alerts_and_others_of_one_moment_are_one_message(self) -> None:
        quiet = NIGHT.model_copy(update={"except_sources": 5})
        player = Player(watching(Rules(quiet=quiet, timing=Collected(seconds=60))))
        before_morning = START + 22 * HOUR - timedelta(seconds=10)
        player.take(alert("few"), before_morning)
        player.take(alert("many", story="b", sources=5), before_morning)
        player.run_until(START + 2 * DAY)
        assert names(player) == [("collected", ("few", "many"))]

    @pytest.mark.parametrize("excepted", [False, True])
    def test_a_spike_at_night(self, *, excepted: bool) -> None:
        quiet = NIGHT.model_copy(update={"except_spike": excepted})
        for trigger in (Spike(), NO_RULES.trigger):
            player = Player(watching(Rules(trigger=trigger, quiet=quiet)))
            for hour in range(240):
                player.take(alert(f"h{hour}", story=f"s{hour}"), START + hour * HOUR)
            before, night = len(player.messages), TEN_AT_NIGHT + 10 * DAY
            player.run_until(night)
            for at in range(20):
                player.take(alert(f"n{at}", story=f"n{at}"), night + at * MINUTE)
            found = [one.message.occasion for one in player.messages.values()][before:]
            assert ("spike" in found) == excepted
            player.run_until(night + DAY)
            told = [name for _, _, some in player.sent for name in some]
            assert len(told) == len(set(told))
            assert excepted or "quiet-ended" in [
                one.message.occasion for one in player.messages.values()
            ]

    def test_a_mute_ends_when_a_story_grows(self) -> None:
        mute = Mute(since=START, until_growth=True)
        player = Player(watching(Rules(mute=mute, timing=Digest(every="day"))))
        for number, sources in enumerate((3, 4, 5, 6)):
            player.take(alert(f"a{number}", story="a", sources=sources), START + number * DAY)
        player.take(alert("later"), START + 4 * DAY)
        player.run_until(START + 9 * DAY)
        assert names(player) == [("mute-ended", ("a0", "a1", "a2", "a3")), ("digest", ("later",))]

    def test_a_mute_that_its_owner_ends(self) -> None:
        player = Player(watching(Rules(mute=Mute(since=START))))
        player.take(alert("one"), START)
        player.run_until(START + 90 * DAY)
        assert player.sent == []
        player.edit(mute=None)
        player.take(alert("two"), START + 90 * DAY)
        assert names(player) == [("mute-ended", ("one",)), ("direct", ("two",))]


class TestExpiry:
    def test_one_message_with_what_waited_and_then_nothing(self) -> None:
        rules = Rules(expires=START + DAY, mute=Mute(since=START), articles="growth")
        player = Player(watching(rules))
        player.take(alert("one", story="a"), START)
        player.take(alert("late", story="a"), START + 2 * DAY)
        player.run_until(START + 90 * DAY)
        assert player.sent == [(START + DAY, "expired", ("one",))]
        assert player.due() is None
        player.edit(expires=START + 100 * DAY, mute=None)
        player.take(alert("again"), START + 91 * DAY)
        assert names(player)[1:] == [("direct", ("again",))]


class TestEdits:
    def test_what_waits_goes_on_with_its_channel(self) -> None:
        slow = FileChannel(path="/slow", timing=Digest(every="week"))
        player = Player(watching(NO_RULES, channels=(INBOX, slow)))
        player.take(alert("one"), START)
        eased = slow.model_copy(update={"timing": None})
        player.subscription = player.subscription.model_copy(update={"channels": (INBOX, eased)})
        player.run_until(START + HOUR)
        (one,) = player.messages.values()
        assert one.channels == (id_of(slow),), "the other channel has it already"
        player.take(alert("two"), START + HOUR)
        assert len(player.messages) == 1

    def test_a_channel_with_another_address_takes_over(self) -> None:
        player = Player(watching(Rules(timing=Digest(every="day"))))
        player.take(alert("one"), START)
        moved = FileChannel(path="/moved")
        player.subscription = player.subscription.model_copy(update={"channels": (moved,)})
        player.run_until(START + 2 * DAY)
        (one,) = player.messages.values()
        assert one.channels == (id_of(moved),)
        assert names(player) == [("digest", ("one",))]

    def test_a_throttle_keeps_its_distance_through_an_edit(self) -> None:
        player = Player(watching(Rules(timing=Throttled(every_seconds=3600, collect_seconds=0))))
        player.take(alert("one"), START)
        player.run_until(START)
        player.edit(timing=Throttled(every_seconds=7200, collect_seconds=0))
        player.take(alert("two"), START + MINUTE)
        player.run_until(START + DAY)
        assert [due - START for due, _, _ in player.sent] == [0 * HOUR, 2 * HOUR]

    def test_back_to_no_rules_the_state_goes_after_a_day(self) -> None:
        player = Player(watching(Rules(timing=Digest(every="day"))))
        player.take(alert("one"), START)
        player.edit(timing=NO_RULES.timing)
        player.run_until(START + MINUTE)
        assert names(player) == [("collected", ("one",))]
        player.take(alert("one"), START + HOUR)
        player.take(alert("two"), START + HOUR)
        assert names(player)[1:] == [("direct", ("two",))]
        player.run_until(START + 3 * DAY)
        assert player.state is None


class TestBounds:
    def test_a_notice_to_the_owner_is_delivered_at_once(self) -> None:
        muted = watching(Rules(mute=Mute(since=START), expires=START))
        notice = alert("notice").model_copy(update={"kind": "suspended"})
        decision = step(muted, None, notice, START + DAY)
        assert decision.direct == (id_of(INBOX),)
        assert decision.state is None

    def test_beyond_the_named_alerts_the_others_are_counted(self) -> None:
        player = Player(watching(Rules(timing=Digest(every="day"))))
        count = ALERTS_NAMED + 70
        for number in range(count):
            player.take(alert(f"a{number}", story=f"s{number}"), START)
        player.run_until(START + 2 * DAY)
        (one,) = player.messages.values()
        assert len(one.message.alert_ids) == ALERTS_NAMED
        assert (one.message.more_alerts, one.message.stories) == (70, count)

    def test_time_that_goes_back_sends_nothing_twice(self) -> None:
        player = Player(watching(Rules(quiet=NIGHT)))
        player.take(alert("one"), TEN_AT_NIGHT)
        morning = START + 22 * HOUR
        player.tick(morning)
        # Another machine, whose clock is slow, takes the subscription over.
        player.take(alert("two"), morning - timedelta(seconds=3))
        player.run_until(morning + DAY)
        assert [one.message.alert_ids for one in player.messages.values()] == [("one",)]
        assert [name for _, name in player.direct] == ["two"]

    def test_a_state_stays_small_whatever_comes(self) -> None:
        rules = Rules(
            articles="growth",
            sources=2,
            trigger=Threshold(number=WINDOW, seconds=86_400),
            mute=Mute(since=START, until_growth=True),
        )
        subscription = watching(rules)
        state = None
        for number in range(2_500):
            one = alert(
                f"a{number}" + "x" * 180, story=f"s{number}" + "y" * 180, sources=1 + number % 2
            )
            state = step(subscription, state, one, START).state
        assert state is not None
        assert len(encode(state)) < 700_000
        assert len(state.held) == 300
        assert len(state.known) == 1_000
