"""Any order of alerts, failures, kills and pauses.

Each delivery ends exactly once, and is reported.
"""

import asyncio
import contextlib
from collections import Counter
from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pantau.errors import RejectError, RetryError
from pantau.notifier.dispatch import Dispatcher
from pantau.ports import AnyMessage
from pantau.settings import NotifySettings
from pantau_schemas.events.alert import DeliveryStatus
from tests.unit.notifier.support import Board, Pace, Recorder, to_files

FEEDS = ("flood", "good", "other")
SUBSCRIPTIONS = ("s1", "s2")

Fire = st.tuples(
    st.just("fire"), st.sampled_from(FEEDS), st.sampled_from(SUBSCRIPTIONS), st.integers(1, 12)
)
Move = st.tuples(st.just("move"), st.sampled_from([1, 30, 400, 8_000]))
Fail = st.tuples(st.just("fail"), st.sampled_from(["retry", "reject"]), st.integers(1, 4))
Other = st.tuples(st.sampled_from(["kill", "pause", "resume"]))
ACTIONS = st.lists(st.one_of(Fire, Fire, Move, Move, Fail, Other), max_size=14)
LIMITS = st.builds(
    NotifySettings,
    unlimited=st.just(()),
    burst=st.integers(1, 12),
    per_hour=st.sampled_from([1.0, 60.0, 3_600.0]),
    summary_seconds=st.sampled_from([1.0, 300.0]),
    max_attempts=st.sampled_from([2, 16]),
)


@dataclass
class Scene:
    """A board, and what a channel received."""

    board: Board
    limits: NotifySettings
    driver: Recorder = field(default_factory=Recorder)
    failures: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)  # message ids that the channel took

    def answer(self, message: AnyMessage) -> None:
        if self.failures:
            raise RetryError("down") if self.failures.pop() == "retry" else RejectError("never")
        self.told[message.message_id] += 1

    async def play(self, actions: list[tuple[object, ...]]) -> None:
        for name in SUBSCRIPTIONS:
            self.board.save(to_files(name, "a"))
        self.driver.answer = self.driver.answer_summary = self.answer
        dispatcher, pace, running = self.start()
        for action in actions:
            match action:
                case ("fire", str(feed), str(name), int(number)):
                    articles = (f"{len(self.ids)}-{one}" for one in range(number))
                    self.ids += self.board.fire(to_files(name, "a"), *articles, feed=feed)
                case ("move", int(seconds)):
                    self.board.clock.move(seconds=seconds)
                case ("fail", str(how), int(number)):
                    self.failures += [how] * number
                case ("kill",):
                    await kill(running)
                    dispatcher, pace, running = self.start()
                case ("pause",) | ("resume",):
                    self.board.save(to_files("s1", "a", paused=action == ("pause",)))
            await pace.settle()
        self.failures.clear()
        self.board.save(to_files("s1", "a"))
        for _ in range(12):
            self.board.clock.move(hours=7)
            await pace.settle()
        assert dispatcher.waiting == 0
        await kill(running)

    def start(self) -> tuple[Dispatcher, Pace, asyncio.Task[None]]:
        dispatcher = Dispatcher(
            self.board.log, {"file": self.driver}, self.board.clock, self.limits
        )
        return dispatcher, Pace(dispatcher), asyncio.create_task(dispatcher.run(asyncio.Event()))


async def kill(running: asyncio.Task[None]) -> None:
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(ACTIONS, LIMITS)
def test_each_delivery_ends_once_and_is_in_an_alert(
    actions: list[tuple[object, ...]], limits: NotifySettings
) -> None:
    scene = Scene(Board(), limits)
    asyncio.run(scene.play(actions))
    states = [scene.board.state(one) for one in scene.ids]
    assert {one.status for one in states} <= {
        DeliveryStatus.DELIVERED,
        DeliveryStatus.SUMMARIZED,
        DeliveryStatus.FAILED,
    }
    summaries = {one.message_id: one.summary for one in scene.driver.summaries}
    counted = Counter(one.summary_id for one in states if one.status is DeliveryStatus.SUMMARIZED)
    for one in states:
        if one.status is DeliveryStatus.DELIVERED:
            assert scene.told[one.delivery_id] == 1
        else:
            assert scene.told[one.delivery_id] == 0
    # Each summary covers exactly the deliveries that name it.
    assert {one: summary.count for one, summary in summaries.items()} == counted
    assert sum(scene.told.values()) == len(summaries) + sum(
        one.status is DeliveryStatus.DELIVERED for one in states
    )


ROUNDS = st.lists(st.integers(0, 60), min_size=1, max_size=12)


@settings(max_examples=15, deadline=None)
@given(ROUNDS)
def test_no_feed_is_starved_by_the_others(floods: list[int]) -> None:
    """However much two feeds publish, a third one's alert is sent after a few messages."""

    async def play() -> None:
        board, driver = Board(), Recorder()
        one = to_files("s1", "a")
        board.save(one)
        limits = NotifySettings(unlimited=(), burst=30, per_hour=1_200)
        dispatcher = Dispatcher(board.log, {"file": driver}, board.clock, limits)
        pace = Pace(dispatcher)
        running = asyncio.create_task(dispatcher.run(asyncio.Event()))
        for number, flood in enumerate(floods):
            board.fire(one, *(f"{number}-{each}" for each in range(flood)), feed="flood")
            board.fire(one, *(f"{number}+{each}" for each in range(flood // 2)), feed="another")
            before = len(driver.sent)
            (good,) = board.fire(one, f"good{number}", feed="good")
            await pace.settle()
            assert driver.sent.index(("a", good)) - before <= 6
            board.clock.move(seconds=10)
        await kill(running)

    asyncio.run(play())
