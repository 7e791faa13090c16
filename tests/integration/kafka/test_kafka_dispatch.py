"""Two dispatchers share the deliveries, and take over from one another."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pantau.adapters.distributed_store import DistributedStore
from pantau.adapters.kafka.tables import table as kafka_table
from pantau.notifier.dispatch import Dispatcher
from pantau.ports import AnyMessage
from pantau.settings import NotifySettings, Settings
from tests.stores import copied_keys, store_settings
from tests.support import SOON, FixedClock
from tests.unit.notifier.support import Board, to_files

pytestmark = pytest.mark.anyio


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Settings]:
    with store_settings("kafka", tmp_path, request) as made:
        yield made


class Receiver:
    """A channel that takes a little while, and knows what came through which dispatcher."""

    def __init__(self, name: str, sent: list[tuple[str, str]]) -> None:
        self._name = name
        self._sent = sent

    async def send(self, message: AnyMessage) -> None:
        await asyncio.sleep(0.002)
        self._sent.append((self._name, message.message_id))

    async def close(self) -> None:
        """Do nothing: there is nothing to close."""


class Running:
    """A dispatcher with a log of its own, as in a process of its own."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        sent: list[tuple[str, str]],
        notify: NotifySettings | None = None,
    ) -> None:
        clock = FixedClock()
        self.store = DistributedStore(settings, clock)
        self._stop = asyncio.Event()
        self.dispatcher = Dispatcher(
            self.store.log, {"file": Receiver(name, sent)}, clock, notify or NotifySettings()
        )
        self._task = asyncio.create_task(self.dispatcher.run(self._stop))

    @property
    def partitions(self) -> frozenset[int]:
        """The partitions whose tables it holds."""
        held = self.dispatcher._holding._held
        return frozenset() if held is None else held.partitions

    async def stop(self) -> None:
        self._stop.set()
        await self._task
        await asyncio.to_thread(self.store.close)


async def until(sent: list[tuple[str, str]], names: set[str], count: int) -> None:
    async with asyncio.timeout(SOON):
        while not (  # noqa: ASYNC110 (a test's wait, with a deadline)
            names <= {name for name, _ in sent} and len({one for _, one in sent}) >= count
        ):
            await asyncio.sleep(0.01)


async def test_deliveries_are_shared_and_taken_over(settings: Settings, tmp_path: Path) -> None:
    sent: list[tuple[str, str]] = []
    board = Board(
        DistributedStore(settings.model_copy(update={"data": tmp_path / "board"}), FixedClock())
    )
    subscriptions = [to_files(f"s{number}", f"c{number}") for number in range(8)]
    for one in subscriptions:
        await asyncio.to_thread(board.save, one)

    async def fire(*articles: str) -> list[str]:
        return [
            each
            for one in subscriptions
            for each in await asyncio.to_thread(board.fire, one, *articles)
        ]

    first = Running("first", settings.model_copy(update={"data": tmp_path / "1"}), sent)
    ids = await fire(*"abcdef")
    await until(sent, {"first"}, len(ids))
    second = Running("second", settings.model_copy(update={"data": tmp_path / "2"}), sent)
    number = 0
    async with asyncio.timeout(SOON):
        while {name for name, _ in sent} != {"first", "second"}:
            number += 1
            ids += await fire(f"n{number}")
            await asyncio.sleep(0.1)
    await until(sent, {"second"}, len(ids))
    await first.stop()
    ids += await fire("last")
    await until(sent, {"second"}, len(ids))
    await second.stop()
    await asyncio.to_thread(board.log.catch_up)
    states = [await asyncio.to_thread(board.state, one) for one in ids]
    assert {one.status.value for one in states} == {"delivered"}
    assert {one for _, one in sent} == set(ids)
    # What was under way while its partition went over may come twice; it has the same id.
    twice = [one for one, times in Counter(one for _, one in sent).items() if times > 1]
    assert len(twice) < len(ids) / 4
    await asyncio.to_thread(board.store.close)


async def test_a_channel_that_two_serve_takes_no_more_than_its_limit(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who came first had all partitions for a moment, and would keep a copy of them for a while.
    monkeypatch.setattr(kafka_table, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(kafka_table, "KEEP_SECONDS", 0.0)
    sent: list[tuple[str, str]] = []
    board = Board(
        DistributedStore(settings.model_copy(update={"data": tmp_path / "board"}), FixedClock())
    )
    subscriptions = [to_files(f"s{number}", "one channel of all") for number in range(8)]
    for one in subscriptions:
        await asyncio.to_thread(board.save, one)
    limit = NotifySettings(burst=20, per_hour=1, unlimited=())

    def of(name: str) -> Settings:
        return settings.model_copy(update={"data": tmp_path / name})

    both = [Running(name, of(name), sent, limit) for name in ("first", "second")]
    async with asyncio.timeout(SOON):
        while sorted(map(len, (one.partitions for one in both))) != [1, 1]:  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0.01)
    ids = [
        each
        for number in range(8)
        for one in subscriptions
        for each in await asyncio.to_thread(board.fire, one, f"a{number}")
    ]

    def over() -> bool:
        """Return whether each delivery was sent or waits for a summary, which is not due yet."""
        waiting = sum(one.dispatcher.waiting for one in both)
        return all(one.dispatcher.idle for one in both) and len(sent) + waiting == len(ids)

    def rows() -> list[int]:
        """Return how many alerts each has a copy of."""
        return [len(copied_keys(of(name), "alerts")) for name in ("first", "second")]

    async with asyncio.timeout(SOON):
        while not over():  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0.01)
        # In the end each has its own partition of the alerts and nothing of the other's.
        while sum(await asyncio.to_thread(rows)) != len(ids):  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0.01)
    for running in both:
        await running.stop()
    assert {name for name, _ in sent} == {"first", "second"}
    assert len(sent) <= 20
    assert min(rows()) > 0
    await asyncio.to_thread(board.store.close)
