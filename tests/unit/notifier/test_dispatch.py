import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from pantau.bootstrap import STORES
from pantau.common.time.clock import SystemClock
from pantau.errors import RejectError, RetryError, SettingsFaultError
from pantau.keyed import results
from pantau.notifier.attempt import look_up
from pantau.notifier.dispatch import GROUP, Dispatcher
from pantau.ports import Consumer, Log, Message, Received, Record
from pantau.settings import NotifySettings, Settings
from pantau.stream.envelope import record_for, removal_of
from pantau_schemas.codec import decode, encode
from pantau_schemas.events.alert import Delivery
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.topics import DEAD_LETTERS, DELIVERIES, SUBSCRIPTIONS
from tests.support import SOON, START, FixedClock
from tests.unit.notifier.support import Board, Recorder, delivery, dispatching, to_files, until

pytestmark = pytest.mark.anyio

QUICK = NotifySettings(first_retry_seconds=0.01, max_retry_seconds=0.02, max_attempts=50)


EMBEDDED = ("memory", "sqlite")
"""The stores without servers.

On Kafka what a dispatcher has more to do stands in tests/integration.
"""


@pytest.fixture(params=EMBEDDED)
def board(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Board]:
    clock = FixedClock()
    store = STORES[request.param](Settings(data=tmp_path), clock)
    yield Board(store, clock)
    store.close()


def letters(board: Board) -> list[DeadLetter]:
    consumer = board.log.consumer([DEAD_LETTERS.name], "test")
    return [decode(DeadLetter, one.record.value or b"") for one in consumer.poll(100)]


def finished(board: Board, delivery_id: str) -> bool:
    return board.state(delivery_id).status.final


def left(board: Board) -> int:
    return board.log.consumer([DELIVERIES.name], GROUP).lag()


def raising(error: Exception) -> Callable[[Message], object]:
    def answer(_: Message) -> None:
        raise error

    return answer


async def test_alerts_reach_each_channel_in_order(board: Board) -> None:
    one = to_files("banjir", "a", "b")
    board.save(one)
    ids = board.fire(one, "x", "y", "z")
    driver = Recorder()
    async with dispatching(board, {"file": driver}):
        await until(lambda: board.statuses() == ["delivered"] * 6)
        await until(lambda: left(board) == 0)
    assert [sent for sent in driver.sent if sent[0] == "a"] == [
        ("a", one_id) for one_id in ids[0::2]
    ]
    assert [sent for sent in driver.sent if sent[0] == "b"] == [
        ("b", one_id) for one_id in ids[1::2]
    ]
    assert board.state(ids[0]).attempts == 1
    assert letters(board) == []


async def test_tables_are_read_apart_from_the_loop_before_the_first_look_up(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table of a million alerts takes a minute.

    Meanwhile the other part of the service goes on.
    """
    done: list[str] = []

    def look(log: Log, about: Delivery) -> object:
        done.append("look up")
        return look_up(log, about)

    monkeypatch.setattr(board.log, "catch_up", lambda: done.append(threading.current_thread().name))
    monkeypatch.setattr("pantau.notifier.dispatching.singles.look_up", look)
    one = to_files("banjir", "a")
    board.save(one)
    (delivery_id,) = board.fire(one, "x")
    async with dispatching(board, {"file": Recorder()}):
        await until(partial(finished, board, delivery_id))
    assert done[1:] == ["look up"]
    assert done[0].startswith("dispatcher-log")


@pytest.mark.parametrize("late", [{}, {"status": "retrying", "attempts": 1, "next_attempt": START}])
async def test_a_late_record_does_not_set_back_what_was_delivered(
    board: Board, late: dict[str, object]
) -> None:
    """As of a notifier or dispatcher that was suspended and resumes after others took over."""
    one = to_files("banjir", "a")
    board.save(one)
    driver = Recorder()
    (delivery_id,) = board.fire(one, "x")
    planned = board.state(delivery_id)
    async with dispatching(board, {"file": driver}):
        await until(partial(finished, board, delivery_id))
        board.put(Delivery.model_validate({**planned.model_dump(), **late}))
        await until(partial(finished, board, delivery_id))
        await until(lambda: left(board) == 0)
        other = board.fire(one, "y")
        await until(partial(finished, board, other[0]))
    assert len(driver.tried) == 2


async def test_alerts_that_come_later_are_sent_too(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    driver = Recorder()
    async with dispatching(board, {"file": driver}):
        for name in ("x", "y"):
            (delivery_id,) = board.fire(one, name)
            await until(partial(finished, board, delivery_id))
    assert len(driver.sent) == 2


async def test_a_channel_that_hangs_holds_up_no_other(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pantau.keyed.tasks.SLOW_AFTER_SECONDS", 0.02)
    hanging = asyncio.Event()

    def answer(message: Message) -> object:
        return hanging.wait() if message.channel.target.startswith("slow") else None

    slow = to_files("slow", *(f"slow{i}" for i in range(30)))
    quick = to_files("quick", "fast")
    board.save(slow)
    board.save(quick)
    board.fire(slow, "x", "y")
    ids = board.fire(quick, *(f"q{i}" for i in range(20)))
    driver = Recorder(answer)
    settings = NotifySettings(lanes=4, timeout_seconds=60)
    async with dispatching(board, {"file": driver}, settings):
        # 30 hanging channels on 4 places; the quick one comes last, and still gets its turn.
        await until(lambda: all(board.state(one).status == "delivered" for one in ids))
        assert [one for one in driver.sent if one[0] != "fast"] == []
        hanging.set()
        await until(lambda: set(board.statuses()) == {"delivered"})


async def test_a_try_has_a_time_limit(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    (delivery_id,) = board.fire(one, "x")
    settings = NotifySettings(timeout_seconds=0.05, max_attempts=1)
    async with dispatching(board, {"file": Recorder(lambda _: asyncio.Event().wait())}, settings):
        await until(lambda: board.state(delivery_id).status.final)
    assert board.state(delivery_id).problem == "given up after 1 try: no answer within 0.05 s"


async def test_retries_until_it_works_with_the_same_id(board: Board) -> None:
    failures = iter([RetryError("down")] * 3)

    def answer(_: Message) -> None:
        for error in failures:
            raise error

    one = to_files("banjir", "a")
    board.save(one)
    (delivery_id,) = board.fire(one, "x")
    driver = Recorder(answer)
    async with dispatching(board, {"file": driver}, QUICK, SystemClock()):
        await until(lambda: board.state(delivery_id).status.final)
    assert board.state(delivery_id).status == "delivered"
    assert driver.tried == [("a", delivery_id)] * 4
    assert letters(board) == []


async def test_waits_for_the_planned_time(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    (delivery_id,) = board.fire(one, "x")
    driver = Recorder(raising(RetryError("down", after_seconds=600)))
    async with dispatching(board, {"file": driver}):
        await until(lambda: board.state(delivery_id).status == "retrying")
        board.clock.move(seconds=599)
        other = board.fire(
            to_files("banjir", "b"), "y"
        )  # wakes it; that channel is not of the subscription
        await until(lambda: board.state(other[0]).status == "cancelled")
        assert len(driver.tried) == 1
        board.clock.move(seconds=2)
        board.log.append([removal_of(SUBSCRIPTIONS, "nobody")])
        await until(lambda: len(driver.tried) == 2)
        await until(lambda: board.state(delivery_id).attempts == 2)


async def test_a_reject_fails_at_once_and_can_be_put_back(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    (delivery_id,) = board.fire(one, "x")
    driver = Recorder(raising(RejectError("no such place")))
    async with dispatching(board, {"file": driver}):
        await until(lambda: board.state(delivery_id).status == "failed")
        (letter,) = letters(board)
        assert (letter.stage, letter.topic, letter.key) == ("notifier", "deliveries", delivery_id)
        assert (letter.error, letter.retries) == ("RejectError", 0)
        driver.answer = raising(RejectError("still not"))
        headers = {**letter.headers, "pantau_retries": "1"}
        board.log.append([Record(letter.topic, letter.key, letter.value, headers)])
        await until(lambda: board.state(delivery_id).problem == "still not")
        assert [one.retries for one in letters(board)] == [0, 1]
        driver.answer = lambda _: None
        board.log.append([Record(letter.topic, letter.key, letter.value, headers)])
        await until(lambda: board.state(delivery_id).status == "delivered")
    assert driver.tried == [("a", delivery_id)] * 3


async def test_a_failed_delivery_is_written_in_one_step_with_its_letter(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "PORTION", 1)  # every group is a step of its own
    one = to_files("banjir", "a")
    board.save(one)
    (delivery_id,) = board.fire(one, "x")
    kind = type(board.log.consumer([DELIVERIES.name], "test"))
    steps, finish = list[list[str]](), kind.finish

    def noted(self: Consumer, done: Sequence[Received], produced: Sequence[Record]) -> None:
        finish(self, done, produced)
        steps.append([one.topic for one in produced])

    monkeypatch.setattr(kind, "finish", noted)
    async with dispatching(board, {"file": Recorder(raising(RejectError("no such place")))}):
        await until(lambda: board.state(delivery_id).status == "failed")
        await until(lambda: letters(board))
    assert [DELIVERIES.name, DEAD_LETTERS.name] in steps


async def test_an_unforeseen_error_fails_one_message_and_quotes_nothing(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    first, second = board.fire(one, "x", "y")
    text = "whsec_" + "secret"

    def answer(message: Message) -> None:
        if message.delivery.delivery_id == first:
            raise ZeroDivisionError(text)

    async with dispatching(board, {"file": Recorder(answer)}):
        await until(lambda: board.state(second).status == "delivered")
        await until(lambda: board.state(first).status == "failed")
    (letter,) = letters(board)
    assert letter.error == "ZeroDivisionError"
    assert "answer" in letter.detail  # the traceback
    assert "whsec_secret" not in letter.model_dump_json() + str(board.state(first))


async def test_a_kind_without_a_driver_waits_for_a_program_that_has_one(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    (delivery_id,) = board.fire(one, "x")
    async with dispatching(board, {}):
        await until(lambda: board.state(delivery_id).status == "retrying")
    assert "no file channel here" in (board.state(delivery_id).problem or "")
    recorder = Recorder()
    async with dispatching(board, {"file": recorder}):
        board.clock.move(minutes=10)
        await until(lambda: board.state(delivery_id).status == "delivered")
    assert board.state(delivery_id).attempts == 1


async def test_a_fault_of_the_settings_outlasts_any_number_of_tries(board: Board) -> None:
    """However often it is tried meanwhile, the alert is sent once the settings are fixed."""

    def refuse(_: Message) -> None:
        raise SettingsFaultError("smtp.host is not set")

    one = to_files("banjir", "a")
    board.save(one)
    (delivery_id,) = board.fire(one, "x")
    recorder = Recorder(refuse)
    async with dispatching(board, {"file": recorder}, NotifySettings(max_attempts=2)) as dispatcher:
        for tries in range(1, 20):
            await until(
                lambda: board.state(delivery_id).updated == board.clock.now() and recorder.tried
            )
            await until(lambda: board.state(delivery_id).status == "retrying")
            state = board.state(delivery_id)
            assert (len(recorder.tried), state.attempts, state.problem) == (
                tries,
                0,
                "smtp.host is not set",
            )
            board.clock.move(minutes=11)
            dispatcher._wake.set()
        recorder.answer = lambda _: None
        board.clock.move(minutes=11)
        dispatcher._wake.set()
        await until(lambda: board.state(delivery_id).status == "delivered")


async def test_cancelled_when_subscription_channel_or_alert_is_gone(board: Board) -> None:
    kept = to_files("kept", "a")
    removed = to_files("removed", "b")
    board.save(kept)
    board.save(removed)
    ids = board.fire(removed, "x") + board.fire(to_files("kept", "c"), "y")
    board.log.append([removal_of(SUBSCRIPTIONS, "removed")])
    lonely = delivery(
        alert_id="nowhere",
        subscription_id="kept",
        channel_id=board.state(board.fire(kept, "z")[0]).channel_id,
    )
    board.log.append([record_for(lonely, DELIVERIES, source="notifier", time=START)])
    driver = Recorder()
    async with dispatching(board, {"file": driver}):
        await until(
            lambda: all(
                board.state(one).status == "cancelled" for one in [*ids, lonely.delivery_id]
            )
        )
        await until(lambda: len(driver.sent) == 1)
    assert [board.state(one).problem for one in [*ids, lonely.delivery_id]] == [
        "the subscription was removed",
        "the channel was taken off the subscription",
        "the alert is no longer kept",
    ]


async def test_a_paused_subscription_holds_its_deliveries(board: Board) -> None:
    paused = to_files("paused", "a", paused=True)
    other = to_files("other", "a")
    board.save(paused)
    board.save(other)
    held = board.fire(paused, "x", "y")
    (passed,) = board.fire(other, "z")
    driver = Recorder()
    async with dispatching(board, {"file": driver}):
        await until(lambda: board.state(passed).status == "delivered")
        assert [board.state(one).status for one in held] == ["pending"] * 2
        board.save(to_files("other", "a", paused=True))  # a change that does not concern them
        board.save(to_files("paused", "a"))
        await until(lambda: [board.state(one).status for one in held] == ["delivered"] * 2)
    assert [one for _, one in driver.sent] == [passed, *held]


async def test_held_deliveries_are_cancelled_with_their_subscription(board: Board) -> None:
    board.save(to_files("paused", "a", paused=True))
    (held,) = board.fire(to_files("paused", "a"), "x")
    async with dispatching(board, {"file": Recorder()}) as dispatcher:
        await until(lambda: dispatcher.waiting == 1)
        board.log.append([removal_of(SUBSCRIPTIONS, "paused")])
        await until(lambda: board.state(held).status == "cancelled")
        await until(lambda: dispatcher.waiting == 0)


async def test_what_is_no_delivery_becomes_a_dead_letter(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    board.log.append([Record(DELIVERIES.name, "k", b'{"schema_version": 1, "nonsense": true}')])
    (good,) = board.fire(one, "x")
    async with dispatching(board, {"file": Recorder()}):
        await until(lambda: board.state(good).status == "delivered")
        await until(lambda: left(board) == 0)
    (letter,) = letters(board)
    assert (letter.key, letter.value) == ("k", b'{"schema_version": 1, "nonsense": true}')
    assert "delivery_id" in letter.reason


async def test_a_killed_dispatcher_leaves_what_it_did_not_finish(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed while some are delivered, one hangs, some wait for a retry.

    The next one finishes just the rest.
    """
    one = to_files("banjir", "a", "b")
    board.save(one)
    ids = board.fire(one, "x", "y", "z")
    forever = asyncio.Event()
    hung: list[str] = []

    def answer(message: Message) -> object:
        if message.channel.target == "b":
            raise RetryError("down")
        if len(first.sent) == 2:
            hung.append(message.delivery.delivery_id)
            return forever.wait()
        return None

    first = Recorder(answer)
    dispatcher = Dispatcher(board.log, {"file": first}, board.clock, NotifySettings())
    running = asyncio.create_task(dispatcher.run(asyncio.Event()))
    await until(lambda: hung and sorted(board.statuses())[:2] == ["delivered"] * 2)
    await until(lambda: any(board.state(each).status == "retrying" for each in ids))
    # As killed: nothing more is written, not even the result of what is under way.
    monkeypatch.setattr(dispatcher, "_save", _nothing)
    for task in dispatcher._tasks.running:
        task.cancel()
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running

    board.clock.move(hours=1)
    second = Recorder()
    async with dispatching(board, {"file": second}):
        await until(lambda: board.statuses() == ["delivered"] * 6)
        await until(lambda: left(board) == 0)
    done_before = {name for name in first.sent if name[0] == "a"}
    assert sorted(second.sent) == sorted(
        {("a", each) for each in ids[0::2]} - done_before | {("b", each) for each in ids[1::2]}
    )
    assert ("a", hung[0]) in second.sent  # under the same id


async def _nothing(*_: object, **__: object) -> None:
    pass


async def test_reads_to_the_end_before_it_sends() -> None:
    """A topic that was not compacted yet.

    The delivery is pending, then retrying, then delivered.
    """
    board = Board()
    one = to_files("banjir", "a")
    board.save(one)
    (delivery_id,) = board.fire(one, "x")
    pending = board.state(delivery_id)
    states = [pending]
    for attempts, status in ((1, "retrying"), (2, "delivered")):
        states.append(
            pending.model_copy(
                update={"attempts": attempts, "status": type(pending.status)(status)}
            )
        )
    log = Uncompacted(board, [encode(state) for state in states], delivery_id)
    driver = Recorder()
    dispatcher = Dispatcher(log, {"file": driver}, board.clock, NotifySettings())  # type: ignore[arg-type]  # a part
    stop = asyncio.Event()
    running = asyncio.create_task(dispatcher.run(stop))
    await until(lambda: len(log.finished) == 3)
    stop.set()
    await running
    assert driver.tried == []


class Uncompacted:
    """A log whose consumer returns one record per poll, like a slow broker may."""

    def __init__(self, board: Board, values: list[bytes], key: str) -> None:
        self._board = board
        self._given = [
            Received(Record(DELIVERIES.name, key, value), n) for n, value in enumerate(values)
        ]
        self.finished: list[Received] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._board.log, name)

    def consumer(self, *_: object) -> "Uncompacted":
        return self

    def poll(self, _: int, max_bytes: int | None = None) -> list[Received]:
        del max_bytes
        return [self._given.pop(0)] if self._given else []

    def finish(self, done: Iterable[Received], _: Iterable[Record] = ()) -> None:
        self.finished += done

    def revoked(self) -> frozenset[tuple[str, int]]:
        return frozenset()

    def share(self, topic: str) -> None:
        del topic

    def close(self) -> None:
        pass


async def test_goes_on_by_itself_when_the_log_was_away(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pantau.keyed.stage.LOG_PAUSE_SECONDS", 0.01)
    one = to_files("banjir", "a")
    board.save(one)
    ids = board.fire(one, "x", "y")
    consumer = type(board.log.consumer([DELIVERIES.name], "other"))
    finish, trouble = consumer.finish, [RetryError("busy")] * 5

    def failing(self: object, done: Iterable[Received], produced: Iterable[Record] = ()) -> None:
        list(done), list(produced)
        if trouble:
            raise trouble.pop()
        finish(self, done, produced)  # type: ignore[arg-type]  # either backend's class

    monkeypatch.setattr(consumer, "finish", failing)
    driver = Recorder()
    async with dispatching(board, {"file": driver}):
        await until(lambda: board.statuses() == ["delivered"] * 2)
        await until(lambda: left(board) == 0)
    assert trouble == []
    assert [each for _, each in driver.sent] == ids  # not once more


async def test_a_graceful_stop_waits_for_what_is_under_way(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    first, second = board.fire(one, "x", "y")
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        begun.set()
        await go_on.wait()

    driver = Recorder(lambda _: slowly())
    dispatcher = Dispatcher(board.log, {"file": driver}, board.clock, NotifySettings())
    stop = asyncio.Event()
    running = asyncio.create_task(dispatcher.run(stop))
    await asyncio.wait_for(begun.wait(), SOON)
    stop.set()
    asyncio.get_running_loop().call_later(0.05, go_on.set)
    await asyncio.wait_for(running, SOON)
    assert [board.state(one).status for one in (first, second)] == ["delivered", "pending"]


async def test_many_waiting_alerts_do_not_hammer_a_dead_channel(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    with board.store.atomically():
        ids = board.fire(one, *(f"x{i}" for i in range(300)))
    driver = Recorder(raising(RetryError("connection refused")))
    async with dispatching(board, {"file": driver}) as dispatcher:
        await until(
            lambda: dispatcher.waiting == 300 and len(driver.tried) == 2 and not dispatcher.sending
        )
        for _ in range(5):
            board.clock.move(seconds=1)  # the first pause is at least 3.75 s, and at most 5
            board.log.append([removal_of(SUBSCRIPTIONS, "nobody")])
            await until(lambda: not dispatcher._wake.is_set() and not dispatcher.sending)
        await until(lambda: len(driver.tried) == 3)
        driver.answer = lambda _: None
        board.clock.move(seconds=20)
        board.log.append([removal_of(SUBSCRIPTIONS, "nobody")])
        await until(lambda: len(driver.sent) == 300 and not dispatcher.waiting)
    assert len(driver.tried) == 303
    after_the_probe = [each for _, each in driver.sent][1:]
    assert after_the_probe == [each for each in ids if each != driver.sent[0][1]]
    assert board.statuses() == ["delivered"] * 300
