"""A dispatcher whose clock is years ahead, until it reaches a time server."""

from datetime import timedelta

import pytest

from pantau.errors import RetryError
from pantau.ports import Message
from pantau.settings import NotifySettings
from tests.support import FixedClock
from tests.unit.notifier.support import Board, Pace, Recorder, dispatching, to_files

pytestmark = pytest.mark.anyio

AHEAD = timedelta(days=400)


def down(message: Message) -> None:
    del message
    raise RetryError("the receiver is down")


def board_ahead() -> Board:
    clock = FixedClock()
    clock.move(seconds=AHEAD.total_seconds())
    return Board(clock=clock)


async def test_what_failed_is_sent_again_by_the_right_clock() -> None:
    board = board_ahead()
    one = to_files("banjir", "a")
    board.save(one)
    board.fire(one, "x", "y", "z")
    driver = Recorder(down)
    async with dispatching(board, {"file": driver}) as dispatcher:
        pace = Pace(dispatcher)
        await pace.settle()
        assert "delivered" not in board.statuses()
        driver.answer = lambda _: None
        board.clock.move(seconds=-AHEAD.total_seconds())
        await pace.settle()
        assert board.statuses() == ["delivered"] * 3


async def test_the_limit_of_a_channel_goes_on_by_the_right_clock() -> None:
    board = board_ahead()
    one = to_files("banjir", "a")
    board.save(one)
    driver = Recorder()
    settings = NotifySettings(per_hour=60, burst=1, summary_seconds=60, unlimited=())
    async with dispatching(board, {"file": driver}, settings) as dispatcher:
        pace = Pace(dispatcher)
        board.fire(one, "first", "second")
        await pace.settle()
        assert len(driver.sent) == 1
        board.clock.move(seconds=-AHEAD.total_seconds())
        await pace.settle()
        board.clock.move(seconds=60)
        await pace.settle()
        # What waited for a summary leaves at its time: alone, it needs none.
        assert board.statuses() == ["delivered"] * 2
        board.clock.move(seconds=3_600)
        (last,) = board.fire(one, "last")
        await pace.settle()
        assert board.state(last).status == "delivered"
