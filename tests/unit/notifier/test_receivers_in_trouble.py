"""A receiver that fails in every way: nothing is lost, ids stay, and nobody else waits."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from pantau.adapters.channels.webhook import WebhookDriver
from pantau.adapters.http.fetcher import GuardedFetcher
from pantau.bootstrap import STORES
from pantau.settings import NotifySettings, Settings
from pantau.usecases.channels.resuming import resume_channel
from tests.support import FixedClock, subscription
from tests.unit.notifier.support import Board, Pace, dispatching, until, webhook
from tests.unit.notifier.troubled import (
    Answer,
    TroubledReceiver,
    in_trouble,
    let_time_pass,
    waits,
)

pytestmark = pytest.mark.anyio

IMPATIENT = NotifySettings(timeout_seconds=0.3, max_attempts=50)
"""A slow machine may exceed the limit elsewhere, too: then there is one more try, as promised."""
PATIENT = NotifySettings(timeout_seconds=60.0)
ARTICLES = tuple(f"n{number}" for number in range(6))


@pytest.fixture(params=["sqlite"])
def board(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Board]:
    clock = FixedClock()
    store = STORES[request.param](Settings(data=tmp_path), clock)
    yield Board(store, clock)
    store.close()


async def test_a_receiver_with_every_fault_in_turn_loses_nothing(board: Board) -> None:
    """Connection dropped, no answer, 413, 429 with Retry-After, 500, 410; then it works."""
    script: tuple[Answer, ...] = ("drop", "hang", 413, 429, 500, 413, "hang", 410)
    is_back = asyncio.Event()

    def faults() -> Iterator[Answer]:
        yield from script
        while not is_back.is_set():  # a slow machine may have missed the first 410
            yield 410

    receiver = TroubledReceiver(scripts={"/ill": faults()}, headers={429: "Retry-After: 1800\r\n"})
    async with in_trouble(receiver):
        ill, well = (
            subscription(name, "banjir", channels=(webhook(f"{receiver.url}/{name}"),))
            for name in ("ill", "well")
        )
        board.save(ill)
        board.save(well)
        at_ill, at_well = board.fire(ill, *ARTICLES), board.fire(well, *ARTICLES)
        fetcher = GuardedFetcher(receiver.settings)
        drivers = {"webhook": WebhookDriver(fetcher, board.clock)}
        async with dispatching(board, drivers, IMPATIENT) as dispatcher:
            pace = Pace(dispatcher)
            await let_time_pass(board, pace, lambda: "failed" in board.statuses())
            failed = [one for one in at_ill if board.state(one).status == "failed"]
            is_back.set()
            board.clock.move(minutes=1)
            sent_again = resume_channel(board.log, board.clock, ill.channels[0], one_by_one=1_000)
            assert sent_again.deliveries == len(failed) > 0
            await let_time_pass(board, pace, lambda: set(board.statuses()) == {"delivered"})
        await fetcher.close()
    assert [answer for path, _, answer in receiver.tried if path == "/ill"][: len(script)] == [
        *script
    ]
    assert set(receiver.accepted("/ill")) == set(at_ill)
    assert set(receiver.accepted("/well")) == set(at_well)
    assert all(len(bodies) == 1 for bodies in receiver.bodies.values())


@pytest.mark.parametrize("fault", ["drop", "hang", 413, 429, 500, 410])
async def test_one_receiver_in_trouble_delays_no_other(board: Board, fault: Answer) -> None:
    """Thirty channels are served without any wait while one fails for hours."""
    times = 0

    def failing() -> Iterator[Answer]:
        nonlocal times
        while times < 5:
            times += 1
            yield fault

    receiver = TroubledReceiver(scripts={"/ill": failing()}, headers={429: "Retry-After: 600\r\n"})
    async with in_trouble(receiver):
        ill = subscription("ill", "banjir", channels=(webhook(f"{receiver.url}/ill"),))
        many = subscription(
            "many",
            "banjir",
            channels=tuple(webhook(f"{receiver.url}/well{one}") for one in range(30)),
        )
        board.save(ill)
        board.save(many)
        fetcher = GuardedFetcher(receiver.settings)
        drivers = {"webhook": WebhookDriver(fetcher, board.clock)}
        at_ill: list[str] = []
        async with dispatching(board, drivers, PATIENT) as dispatcher:
            pace = Pace(dispatcher)
            for number in range(4):
                receiver.release.clear()
                at_ill += board.fire(ill, f"i{number}")
                others = board.fire(many, f"m{number}")
                await until(lambda: _delivered(board, others))  # noqa: B023 (called here)
                assert waits(board, others) == [timedelta()] * len(others)
                receiver.release.set()  # what hangs ends: others were served before
                await pace.settle()
                board.clock.move(minutes=1)
            assert len(at_ill) == 4
            if fault == 410:
                assert {board.state(one).status.value for one in at_ill} == {"failed"}
            else:
                await let_time_pass(board, pace, lambda: _delivered(board, at_ill))
                assert set(receiver.accepted("/ill")) == set(at_ill)
        await fetcher.close()
    assert times == (1 if fault == 410 else 5)


def _delivered(board: Board, ids: list[str]) -> bool:
    return all(board.state(one).status == "delivered" for one in ids)
