"""Every contract runs on every backend that the program itself can open."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pantau.adapters.distributed_store import DistributedStore
from pantau.bootstrap import STORES
from pantau.ports import Store
from pantau.settings import Settings
from tests.stores import be_patient, store_settings, topics_of
from tests.support import FixedClock

if TYPE_CHECKING:
    from pantau.adapters.kafka.log import KafkaLog


class TopicsAtFirstUse(DistributedStore):
    """The distributed store, whose topics are made when its log is first opened.

    Most contracts are about the index alone; to make and delete all topics takes longer than such
    a test.
    """

    def __init__(
        self, settings: Settings, clock: FixedClock, make_topics: Callable[[], None]
    ) -> None:
        super().__init__(settings, clock)
        self._make_topics = make_topics

    @cached_property
    def log(self) -> "KafkaLog":
        self._make_topics()
        return super().log


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    be_patient(monkeypatch)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(params=sorted(STORES))
def backend(request: pytest.FixtureRequest) -> str:
    """Return the name of the backend."""
    return str(request.param)


@pytest.fixture
def reopen(
    backend: str, request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock
) -> Iterator[Callable[[], Store]]:
    """Yield a function that opens the backend; a durable one is the same store each time."""
    opened: list[Store] = []
    with (
        store_settings(backend, tmp_path, request, topics=False) as settings,
        ExitStack() as made,
    ):

        @cache
        def make_topics() -> None:
            made.enter_context(topics_of(settings))

        def open_it() -> Store:
            if backend == "memory" and opened:
                return opened[0]
            if backend == "kafka":
                opened.append(TopicsAtFirstUse(settings, clock, make_topics))
            else:
                opened.append(STORES[backend](settings, clock))
            return opened[-1]

        yield open_it
        for store in opened:
            store.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    return reopen()
