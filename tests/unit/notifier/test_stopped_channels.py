"""A receiver that is gone (HTTP 410) is not called again until its channel is resumed."""

import pytest

from pantau.errors import ReceiverGoneError, RejectError
from pantau.ports import Message
from pantau.problems import problem
from pantau.usecases.channels.health import (
    find_channel,
    known_channels,
    read_health,
)
from pantau.usecases.channels.resuming import resume_channel
from pantau.usecases.subscriptions.repository import all_subscriptions
from tests.unit.notifier.support import Board, Recorder, dispatching, to_files, until

pytestmark = pytest.mark.anyio


def gone(_: Message) -> None:
    raise ReceiverGoneError(problem("delivery.webhook-gone"))


async def test_all_that_waits_fails_and_one_call_is_made(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    ids = board.fire(one, "x", "y", "z")
    driver = Recorder(gone)
    async with dispatching(board, {"file": driver}):
        await until(lambda: all(board.state(each).status == "failed" for each in ids))
    assert len(driver.tried) == 1
    assert "stopped since" in (board.state(ids[-1]).problem or "")


async def test_it_stays_stopped_after_a_restart_until_it_is_resumed(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    (first,) = board.fire(one, "x")
    async with dispatching(board, {"file": Recorder(gone)}):
        await until(lambda: board.state(first).status == "failed")
    (second,) = board.fire(one, "y")
    driver = Recorder(lambda _: None)
    async with dispatching(board, {"file": driver}):
        await until(lambda: board.state(second).status == "failed")
        assert driver.tried == []
        (known,) = known_channels(board.log, all_subscriptions(board.log))
        assert known.health.status == "stopped"
        assert find_channel(known.channel.target, [known]) is known
        board.clock.move(seconds=1)
        assert resume_channel(board.log, board.clock, known.channel).deliveries == 2
        (third,) = board.fire(one, "z")
        sent = [first, second, third]
        await until(lambda: all(board.state(one).status == "delivered" for one in sent))
    assert [name for _, name in driver.sent] == sent
    assert (
        read_health(board.log, [known.health.channel_id])[known.health.channel_id].status == "works"
    )


async def test_a_refusal_of_one_message_stops_nothing(board: Board) -> None:
    one = to_files("banjir", "a")
    board.save(one)
    ids = board.fire(one, "x", "y")

    def refuse(_: Message) -> None:
        raise RejectError("too large")

    driver = Recorder(refuse)
    async with dispatching(board, {"file": driver}):
        await until(lambda: all(board.state(each).status == "failed" for each in ids))
    assert len(driver.tried) == 2
