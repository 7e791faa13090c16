"""One feed floods a channel.

The others' alerts are sent at once, and its own are summarised.
"""

import asyncio
import contextlib
from collections.abc import Callable

import pytest

from pantau.errors import RejectError, RetryError
from pantau.notifier.dispatch import GROUP, Dispatcher
from pantau.ports import AnyMessage, Record
from pantau.settings import NotifySettings
from pantau.stream.envelope import removal_of
from pantau_schemas.codec import decode
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import DEAD_LETTERS, DELIVERIES, SUBSCRIPTIONS
from tests.support import SOON
from tests.unit.notifier.support import Board, Pace, Recorder, dispatching, to_files, until

pytestmark = pytest.mark.anyio

LIMITED = NotifySettings(unlimited=())
SMALL = NotifySettings(unlimited=(), burst=6, per_hour=60)
"""A feed gets two messages at once."""


def flood(
    board: Board, one: Subscription, number: int, *, name: str = "x", feed: str = "flood"
) -> list[str]:
    with board.store.atomically():
        return board.fire(one, *(f"{name}{each}" for each in range(number)), feed=feed)


def saved(board: Board, name: str = "banjir", *paths: str) -> Subscription:
    one = to_files(name, *(paths or ("a",)))
    board.save(one)
    return one


def wake(board: Board) -> None:
    board.log.append([removal_of(SUBSCRIPTIONS, "nobody")])


def final(board: Board, ids: list[str]) -> bool:
    return all(board.state(one).status.final for one in ids)


def statuses(board: Board, ids: list[str]) -> set[str]:
    return {board.state(one).status.value for one in ids}


def letters(board: Board) -> list[DeadLetter]:
    consumer = board.log.consumer([DEAD_LETTERS.name], "test")
    return [decode(DeadLetter, one.record.value or b"") for one in consumer.poll(1_000)]


def left(board: Board) -> int:
    return board.log.consumer([DELIVERIES.name], GROUP).lag()


async def test_a_good_feed_is_heard_while_another_floods_the_same_channel(board: Board) -> None:
    one = saved(board)
    driver = Recorder()
    good: list[str] = []
    async with dispatching(board, {"file": driver}, LIMITED) as dispatcher:
        pace = Pace(dispatcher)
        ids = flood(board, one, 1_500)
        for number in range(40):
            (alert,) = board.fire(one, f"good{number}", feed="good")
            sent = len(driver.tried)
            good.append(alert)
            await until(lambda: board.state(good[-1]).status == "delivered")
            at = driver.tried.index(("a", alert))
            # Of the flood: what was under way until the alert was read, its turn, and a summary.
            assert at - sent <= 5
            board.clock.move(seconds=10)
            wake(board)
        await until(lambda: final(board, ids))
        await pace.settle()
        assert left(board) == 0
    assert statuses(board, good) == {"delivered"}
    own = [each for each in ids if board.state(each).status == "delivered"]
    assert len(own) == 100  # a third of the burst
    (told,) = driver.summaries
    assert told.summary.count == 1_400
    assert {board.state(each).summary_id for each in ids if each not in own} == {told.message_id}
    assert len(driver.sent) == len(own) + len(good) + 1


async def test_a_summary_comes_every_so_often_as_long_as_the_flood_lasts(board: Board) -> None:
    one = saved(board)
    driver = Recorder()
    ids: list[str] = []
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        for minute in range(20):
            ids += flood(board, one, 30, name=f"m{minute}-")
            await pace.settle()
            board.clock.move(minutes=1)
            wake(board)
        board.clock.move(minutes=5)
        wake(board)
        await until(lambda: final(board, ids))
    assert 4 <= len(driver.summaries) <= 5
    assert len({each.message_id for each in driver.summaries}) == len(driver.summaries)
    assert (
        sum(each.summary.count for each in driver.summaries) == 600 - 2
    )  # its share of the burst went before
    assert statuses(board, ids) == {"delivered", "summarized"}


async def test_one_that_is_left_over_is_sent_as_itself(board: Board) -> None:
    one = saved(board)
    driver = Recorder()
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        ids = flood(board, one, 3)
        await pace.settle()
        assert len(driver.sent) == 2
        board.clock.move(minutes=5)
        wake(board)
        await until(lambda: final(board, ids))
    assert [each for _, each in driver.sent] == ids
    assert (statuses(board, ids), driver.summaries) == ({"delivered"}, [])


async def test_one_that_is_left_over_and_fails_waits_for_its_time(board: Board) -> None:
    one = saved(board)
    driver = Recorder()
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        ids = flood(board, one, 3)
        await pace.settle()
        driver.answer = _raising(RetryError("down"))
        board.clock.move(minutes=5)
        wake(board)
        await pace.settle()
        board.clock.move(seconds=1)
        wake(board)
        await pace.settle()
        assert len(driver.tried) == 3
        driver.answer = lambda _: None
        board.clock.move(seconds=10)
        wake(board)
        await until(lambda: final(board, ids))
    assert len(driver.tried) == 4


async def test_nothing_is_alert_of_before_it_is_kept_what_a_summary_tells_of(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pantau.keyed.results.PORTION", 3)  # less than a summary hands over at once
    one = saved(board)
    driver = Recorder()
    kept: list[set[str | None]] = []
    driver.answer_summary = lambda _: kept.append(
        {board.state(each).summary_id for each in ids[2:]}
    )
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        ids = flood(board, one, 30)
        await pace.settle()
        board.clock.move(minutes=5)
        wake(board)
        await until(lambda: final(board, ids))
    (told,) = driver.summaries
    assert kept == [{told.message_id}]


async def test_a_summary_tells_of_all_subscriptions_of_the_channel(board: Board) -> None:
    first, second = saved(board, "banjir"), saved(board, "gempa")
    driver = Recorder()
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        ids = flood(board, first, 10) + flood(board, second, 5)
        await pace.settle()
        assert dispatcher.waiting == 13
        board.clock.move(minutes=5)
        wake(board)
        await until(lambda: final(board, ids))
    (told,) = driver.summaries
    assert {(each.id, each.name, each.count) for each in told.summary.subscriptions} == {
        ("banjir", "Banjir", 8),
        ("gempa", "Gempa", 5),
    }


async def test_a_failed_summary_is_tried_again_under_the_same_id(board: Board) -> None:
    one = saved(board)
    trouble = [RetryError("down")] * 3
    driver = Recorder(answer_summary=lambda _: _raise(trouble))
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        ids = flood(board, one, 50)
        await pace.settle()
        assert len(driver.sent) == 2
        for _ in range(30):
            board.clock.move(minutes=5)
            wake(board)
            await pace.settle()
        await until(lambda: final(board, ids))
    (told,) = driver.summaries
    assert [each for _, each in driver.tried[2:]] == [told.message_id] * 4
    assert told.summary.count == 48
    assert {board.state(each).attempts for each in ids[2:]} == {4}
    assert letters(board) == []


def _raise(errors: list[RetryError]) -> None:
    if errors:
        raise errors.pop()


async def test_a_summary_that_fails_for_good_leaves_a_dead_letter_of_each(board: Board) -> None:
    one = saved(board)
    driver = Recorder(answer_summary=_raising(RejectError("gone")))
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        ids = flood(board, one, 20)
        await pace.settle()
        assert len(driver.sent) == 2
        board.clock.move(minutes=5)
        wake(board)
        await until(lambda: final(board, ids))
        await until(lambda: len(letters(board)) == 18)
        assert statuses(board, ids[2:]) == {"failed"}
        driver.answer_summary = lambda _: None
        for letter in letters(board):
            headers = {**letter.headers, "pantau_retries": "1"}
            board.log.append([record_for_letter(letter, headers)])
        await until(lambda: statuses(board, ids) <= {"delivered", "summarized"})
    assert {each.reason for each in letters(board)} == {"file:a: gone"}


def record_for_letter(letter: DeadLetter, headers: dict[str, str]) -> Record:
    return Record(letter.topic, letter.key, letter.value, headers)


def _raising(error: Exception) -> Callable[[AnyMessage], object]:
    def answer(_: AnyMessage) -> None:
        raise error

    return answer


async def test_what_is_gone_or_paused_is_not_alert_of(board: Board) -> None:
    kept, removed, paused = (saved(board, name) for name in ("kept", "removed", "paused"))
    driver = Recorder()
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        flood(board, kept, 2, name="first")
        ids = [flood(board, one, 4) for one in (kept, removed, paused)]
        await pace.settle()
        assert len(driver.sent) == 2
        board.log.append([removal_of(SUBSCRIPTIONS, "removed")])
        board.save(to_files("paused", "a", paused=True))
        board.clock.move(minutes=5)
        wake(board)
        await until(lambda: final(board, ids[0] + ids[1]))
        assert [statuses(board, each) for each in ids] == [
            {"summarized"},
            {"cancelled"},
            {"pending"},
        ]
        board.save(to_files("paused", "a"))
        await until(lambda: final(board, ids[2]))
    assert [each.summary.count for each in driver.summaries] == [4, 4]
    assert statuses(board, ids[2]) == {"summarized"}


async def test_one_that_is_paused_after_the_choice_is_alert_of_under_another_id(
    board: Board,
) -> None:
    """The receiver drops a message whose id it had.

    What was left out of the first must not come under the same.
    """
    kept, paused = saved(board, "kept"), saved(board, "paused")
    driver = Recorder(answer_summary=_raising(RetryError("down")))
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        ids = [flood(board, one, 6) for one in (kept, paused)]
        await pace.settle()
        board.clock.move(minutes=5)
        wake(board)
        await pace.settle()
        ((_, chosen),) = driver.tried[2:]
        assert {board.state(each).summary_id for each in ids[0][2:] + ids[1]} == {chosen}
        board.save(to_files("paused", "a", paused=True))
        driver.answer_summary = lambda _: None
        board.clock.move(minutes=5)
        wake(board)
        await until(lambda: final(board, ids[0]))
        await pace.settle()
        assert {board.state(each).summary_id for each in ids[1]} == {None}
        board.save(to_files("paused", "a"))
        await until(lambda: final(board, ids[1]))
    first, second = driver.summaries
    assert (first.message_id, first.summary.count, second.summary.count) == (chosen, 4, 6)
    assert second.message_id != chosen


async def test_killed_after_the_summary_went_out_it_goes_out_again_under_the_same_id(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = saved(board)
    first = Recorder()
    dispatcher = Dispatcher(board.log, {"file": first}, board.clock, SMALL)
    running = asyncio.create_task(dispatcher.run(asyncio.Event()))
    ids = flood(board, one, 30)
    await Pace(dispatcher).settle()
    assert len(first.sent) == 2
    save, writing = dispatcher._save, [True]

    async def stopped(*given: object, **more: object) -> None:
        if not first.summaries:
            await save(*given, **more)  # type: ignore[arg-type]  # handed on as it comes
        else:
            writing.clear()

    monkeypatch.setattr(dispatcher, "_save", stopped)
    board.clock.move(minutes=5)
    wake(board)
    await until(lambda: not writing)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert statuses(board, ids[2:]) == {"pending"}
    assert {board.state(each).summary_id for each in ids[2:]} == {first.summaries[0].message_id}

    second = Recorder()
    async with dispatching(board, {"file": second}, SMALL):
        await until(lambda: final(board, ids) and left(board) == 0)
    assert second.summaries == first.summaries  # the same words under the same id
    assert second.sent == [("a", first.summaries[0].message_id)]
    assert statuses(board, ids[2:]) == {"summarized"}


async def test_killed_before_the_choice_was_written_nothing_is_lost(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = saved(board)
    first = Recorder()
    dispatcher = Dispatcher(board.log, {"file": first}, board.clock, SMALL)
    running = asyncio.create_task(dispatcher.run(asyncio.Event()))
    ids = flood(board, one, 30)
    await Pace(dispatcher).settle()
    assert len(first.sent) == 2
    reached = asyncio.Event()

    async def stopped(*_: object, **__: object) -> None:
        reached.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(dispatcher, "_save", stopped)
    board.clock.move(minutes=5)
    wake(board)
    await asyncio.wait_for(reached.wait(), SOON)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        monkeypatch.setattr(dispatcher, "_save", _nothing)
        await running
    assert first.summaries == []
    second = Recorder()
    async with dispatching(board, {"file": second}, SMALL):
        await until(lambda: final(board, ids))
    assert statuses(board, ids) == {"delivered", "summarized"}


async def _nothing(*_: object, **__: object) -> None:
    pass


async def test_a_slow_channel_is_limited_too(board: Board) -> None:
    """A message takes ten seconds: what is over the limit does not wait behind what is not."""
    one = saved(board)

    def answer(_: AnyMessage) -> None:
        board.clock.move(seconds=10)

    driver = Recorder(answer, answer)
    async with dispatching(board, {"file": driver}, LIMITED):
        ids = flood(board, one, 1_000)
        (alert,) = board.fire(one, "good", feed="good")
        await until(lambda: final(board, [*ids, alert]))
    assert driver.sent.index(("a", alert)) <= 3
    (told,) = driver.summaries
    assert told.summary.count == 900
    # After 300 s, and what went out while it was being written; long before the rest of the burst.
    assert driver.sent.index(("a", told.message_id)) <= 40


async def test_what_the_owner_has_to_know_is_not_lost_in_a_flood(board: Board) -> None:
    one = saved(board)
    driver = Recorder()
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        flood(board, one, 50)
        await pace.settle()
        assert len(driver.sent) == 2
        (notice,) = board.fire(
            one, "bad", feed="flood", kind="suspended", problem="it costs too much"
        )
        await until(lambda: board.state(notice).status == "delivered")


async def test_a_notice_is_told_however_many_feeds_used_up_the_limit(board: Board) -> None:
    one = saved(board)
    driver = Recorder()
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        for number in range(50):
            board.fire(one, f"n{number}", feed=f"feed-{number}")
        (notice,) = board.fire(
            one, "bad", feed="flood", kind="suspended", problem="it costs too much"
        )
        await pace.settle()
        await until(lambda: board.state(notice).status == "delivered")
        assert len(driver.summaries) == 0


async def test_a_channel_that_is_down_gets_one_summary_of_the_time(board: Board) -> None:
    one = saved(board)
    driver = Recorder(_raising(RetryError("down")), _raising(RetryError("down")))
    ids: list[str] = []
    async with dispatching(board, {"file": driver}, SMALL) as dispatcher:
        pace = Pace(dispatcher)
        for hour in range(5):
            ids += flood(board, one, 20, name=f"h{hour}-")
            await pace.settle()
            board.clock.move(hours=1)
            wake(board)
            await pace.settle()
        driver.answer, driver.answer_summary = (lambda _: None), (lambda _: None)
        for _ in range(3):
            board.clock.move(hours=6)
            wake(board)
            await pace.settle()
        await until(lambda: final(board, ids))
    assert len(driver.summaries) == 2  # the one that was tried, and one of all that came meanwhile
    assert statuses(board, ids) == {"delivered", "summarized"}


async def test_a_restart_gives_a_channel_no_further_burst(board: Board) -> None:
    """Other members of the group may have sent what went before: all of it counts."""
    one = saved(board)
    driver = Recorder()
    for name in ("before", "after"):
        ids = flood(board, one, 10, name=name)
        async with dispatching(board, {"file": driver}, SMALL):
            await until(lambda ids=ids: len(driver.sent) >= 2 or final(board, ids))  # type: ignore[misc]  # a default binds the loop's value
            board.clock.move(seconds=SMALL.summary_seconds)
            wake(board)
            await until(lambda ids=ids: final(board, ids))  # type: ignore[misc]  # as above
        assert len(driver.summaries) == (1 if name == "before" else 2)
    own = [each for each in driver.sent if each[1] not in {s.message_id for s in driver.summaries}]
    assert len(own) == 2


async def test_after_a_calm_a_restart_limits_nobody(board: Board) -> None:
    one = saved(board)
    driver = Recorder()
    ids = flood(board, one, 2)
    async with dispatching(board, {"file": driver}, SMALL):
        await until(lambda: final(board, ids))
    board.clock.move(hours=2)
    later = flood(board, one, 2, name="later")
    async with dispatching(board, {"file": driver}, SMALL):
        await until(lambda: final(board, later))
    assert statuses(board, [*ids, *later]) == {"delivered"}
