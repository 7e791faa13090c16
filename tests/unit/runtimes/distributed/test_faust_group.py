"""A member of a stage's group: which keys are its own, and how long it waits for an assignment."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from aiokafka.cluster import ClusterMetadata
from aiokafka.protocol.metadata import MetadataResponse_v1
from faust.types import TP
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.kafka.client import partition_of
from pantau.errors import RetryError
from pantau.observe.health import HealthRecorder
from pantau.observe.signals import NO_SIGNALS, Signals
from pantau.runtimes.distributed.faust_config import build_app
from pantau.runtimes.distributed.faust_consumer import AtLeastOnceConsumer, use
from pantau.runtimes.distributed.faust_progress import (
    STUCK_LOOKS,
    RebalanceError,
    StageProgress,
)
from pantau.runtimes.distributed.ownership import Assignment, KeyOwnership
from pantau.settings import KafkaSettings

TOPIC = "articles"


def cluster_of(partitions: int) -> ClusterMetadata:
    """Return the metadata of a cluster as a broker answers them, with one topic."""
    found = [(0, number, 0, [0], [0]) for number in range(partitions)]
    cluster = ClusterMetadata()
    cluster.update_metadata(
        MetadataResponse_v1([(0, "localhost", 9092, None)], 0, [(0, TOPIC, False, found)])
    )
    return cluster


@pytest.mark.parametrize("partitions", [1, 2, 7])
def test_a_member_that_never_led_its_group_knows_how_many_partitions_there_are(
    partitions: int,
) -> None:
    async def ask() -> tuple[int | None, int | None]:
        app = build_app("reminder", KafkaSettings(servers=("localhost:9092",)), 10)
        use(app)
        consumer = cast("AtLeastOnceConsumer", app.consumer)
        thread = cast("Any", consumer._thread)
        driver = thread._create_consumer(loop=asyncio.get_running_loop())
        thread._consumer = driver
        unknown = consumer.topic_partitions(TOPIC)
        driver._client.cluster = cluster_of(partitions)
        found = consumer.topic_partitions(TOPIC)
        await driver.stop()
        thread.thread_loop.close()
        return unknown, found

    assert asyncio.run(ask()) == (None, partitions)


@given(st.integers(1, 20), st.data())
def test_each_key_has_one_owner_whatever_the_assignment(count: int, data: st.DataObject) -> None:
    members = data.draw(st.integers(1, 4))
    held = [data.draw(st.integers(0, members - 1)) for _ in range(count)]
    owners = [KeyOwnership() for _ in range(members)]
    for member, owner in enumerate(owners):
        owner.assign([number for number in range(count) if held[number] == member], count)
    for key in data.draw(st.lists(st.text(max_size=20), max_size=20)):
        assert [one for one, owner in enumerate(owners) if owner.owns(key)] == [
            held[partition_of(key, count)]
        ]


def test_an_assignment_of_more_partitions_than_are_known_waits_for_newer_metadata() -> None:
    assert not Assignment(1, frozenset({0})).fits(None)
    assert Assignment(1, frozenset()).fits(1)
    assert Assignment(1, frozenset({0, 2})).fits(3)
    assert not Assignment(1, frozenset({0, 3})).fits(3)


@dataclass
class Consumer:
    """A consumer with one partition, of which records wait from the start."""

    assigned: set[TP] = field(default_factory=lambda: {TP(TOPIC, 0)})
    looks: int = 0
    out: bool = False

    def assignment(self) -> set[TP]:
        return self.assigned

    async def highwaters(self, *partitions: TP) -> Mapping[TP, int]:
        self.looks += 1
        return dict.fromkeys(partitions, 5)

    async def position(self, tp: TP) -> int | None:
        return 0 if tp in self.assigned else None

    async def pass_lost(self) -> None:
        pass

    def is_out(self) -> bool:
        return self.out


def watching(
    consumer: Consumer, *, assigned: bool, signals: Signals = NO_SIGNALS
) -> tuple[StageProgress, asyncio.Event]:
    held, idle = asyncio.Event(), asyncio.Event()
    idle.set()
    if assigned:
        held.set()
    progress = StageProgress(
        "reminder", consumer, assigned=held, idle=idle, signals=signals, look_seconds=0.0
    )
    return progress, held


def test_a_member_without_an_assignment_is_not_ready_and_joins_again_in_the_end() -> None:
    health = HealthRecorder(lambda: 0.0)

    async def watch() -> None:
        progress, _ = watching(Consumer(set()), assigned=False, signals=Signals(health=health))
        await progress.watch()

    with pytest.raises(RebalanceError, match="joining it again") as error:
        asyncio.run(watch())
    assert isinstance(error.value, RetryError)  # the part is rebuilt
    assert "assigned no partitions" in health.unready()["reminder"]


@dataclass
class Listener:
    """Calls `on_first` at the first report of readiness, and keeps all of them."""

    on_first: Callable[[], None] = field(default=lambda: None)
    reasons: list[str | None] = field(default_factory=list)

    def live(self, loop: str) -> None:
        raise AssertionError(loop)

    def ready(self, reason: str | None = None, *, part: str = "service") -> None:
        assert part == "reminder"
        self.reasons.append(reason)
        if len(self.reasons) == 1:
            self.on_first()


def test_a_rebalance_that_ends_makes_it_ready_again() -> None:
    async def watch() -> list[str | None]:
        listener = Listener()
        progress, held = watching(Consumer(), assigned=False, signals=Signals(health=listener))
        listener.on_first = held.set
        with pytest.raises(RetryError, match="records wait"):  # the check of records is at work
            await progress.watch()
        return listener.reasons

    reasons = asyncio.run(watch())
    assert reasons == ["its group has assigned no partitions for 0 s", None]


@pytest.mark.parametrize("assigned", [True, False])
def test_a_member_whose_membership_has_ended_joins_again_at_once(*, assigned: bool) -> None:
    consumer = Consumer(out=True)

    async def watch() -> None:
        progress, _ = watching(consumer, assigned=assigned)
        await progress.watch()

    with pytest.raises(RebalanceError, match="has ended"):
        asyncio.run(watch())
    assert consumer.looks == 0


def test_an_idle_stage_with_waiting_records_is_rebuilt() -> None:
    consumer = Consumer()

    async def watch() -> None:
        progress, _ = watching(consumer, assigned=True)
        await progress.watch()

    with pytest.raises(RetryError, match="records wait"):
        asyncio.run(watch())
    assert consumer.looks == STUCK_LOOKS
