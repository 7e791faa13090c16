"""Members of a group whose requests to it meet a connection that fell silent."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import TypeVar

import pytest
from kafka import KafkaConsumer
from kafka.coordinator.assignors.cooperative_sticky import CooperativeStickyAssignor

from pantau.adapters.kafka.group import fetching
from pantau.adapters.kafka.group.consumer import KafkaMember
from pantau.adapters.kafka.group.key_assignment import KafkaKeyAssignment
from pantau.errors import RetryError
from pantau.settings import Settings
from pantau_schemas.topics import FEEDS
from tests.faults.proxy import HEARTBEAT, JOIN_GROUP, SYNC_GROUP
from tests.integration.groups.conftest import Proxied
from tests.support import SOON
from tests.topics import Topics, wait_until

NAME = FEEDS.name
GROUP = "readers"
SESSION_SECONDS = 6.0
"""Brokers accept no shorter session by default."""
KEYS = [f"k{number}" for number in range(20)]
KEPT_OUT = "has not let this member in"
T = TypeVar("T")


@contextmanager
def member(
    settings: Settings, arrived: Callable[[], object] = lambda: None
) -> Iterator[KafkaMember]:
    joined = KafkaMember(
        [NAME],
        GROUP,
        settings.kafka,
        append=lambda _: None,
        written=lambda _: {},
        arrived=arrived,
    )
    try:
        yield joined
    finally:
        joined.close()


def polled(consumer: KafkaMember, refusals: list[str]) -> set[str]:
    """Return the keys of the records that come now; keep why there are none."""
    try:
        return {one.record.partition_key for one in consumer.poll(100)}
    except RetryError as error:
        refusals.append(str(error))
        return set()


def read_all(consumer: KafkaMember, refusals: list[str], *others: KafkaMember) -> None:
    """Read until all of it has come to the consumer or to one of the others."""
    found = set[str]()

    def complete() -> bool:
        for one in (consumer, *others):
            found.update(polled(one, refusals))
        return found >= set(KEYS)

    wait_until(complete, "all of it")


@contextmanager
def joined_as_another_is_cut_off(
    proxied: Proxied,
    join: Callable[[], AbstractContextManager[T]],
    shared: Callable[[T], bool],
    begin: Callable[[], object] = lambda: None,
) -> Iterator[T]:
    """Yield a member that joined while the connection of the one before it fell silent.

    On a machine that stood still, that one may have another connection by then, and goes on: they
    have `shared` the group, and all begins again.
    """
    until = time.monotonic() + SOON
    while time.monotonic() < until:
        begin()
        sprung = proxied.proxy.die_at(JOIN_GROUP, opened=True)
        with join() as second:
            wait_until(lambda: sprung.is_set() or shared(second), "the other one is cut off")  # noqa: B023 (called here)
            if sprung.is_set():
                yield second
                return
    pytest.fail("the other one had a new connection each time")


@pytest.mark.parametrize("kind", [JOIN_GROUP, SYNC_GROUP])
def test_a_member_asks_again_over_a_new_connection(
    kind: int,
    proxied: Proxied,
    topics: Topics,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "pantau.kafka")
    topics.make(NAME, partitions=2)
    topics.write(NAME, dict.fromkeys(KEYS, b"1"))
    sprung = proxied.proxy.die_at(kind)
    refusals = list[str]()
    with member(settings) as consumer:
        assert sprung.wait(SOON)
        read_all(consumer, refusals)
    assert any(KEPT_OUT in one for one in refusals)
    assert KEPT_OUT in caplog.text
    assert "let in after" in caplog.text


def test_a_member_that_was_removed_meanwhile_forgets_what_it_read(
    proxied: Proxied, topics: Topics, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SESSION_MS", round(SESSION_SECONDS * 1000))
    topics.make(NAME, partitions=2)
    topics.write(NAME, dict.fromkeys(KEYS, b"1"))
    refusals = list[str]()
    arrived = threading.Event()
    with member(settings, arrived.set) as first:
        all_of_it = {(NAME, 0), (NAME, 1)}

        def begin() -> None:
            wait_until(lambda: first.share(NAME).partitions == {0, 1}, "it has all partitions")
            first.rewind()
            read_all(first, refusals)
            first.revoked()
            arrived.clear()

        def shared(second: KafkaMember) -> bool:
            return len(first.share(NAME).partitions) == len(second.share(NAME).partitions) == 1

        with joined_as_another_is_cut_off(
            proxied, lambda: member(settings), shared, begin
        ) as second:

            def is_kept_out() -> bool:
                """Wait until its owner is to look, maybe once more for what has been read."""
                assert arrived.wait(SOON)
                arrived.clear()
                del refusals[:]
                assert polled(first, refusals) == set()
                return any(KEPT_OUT in one for one in refusals)

            wait_until(is_kept_out, "its owner sees that it is not in the group")
            # What the first one has not finished; it may be back in time for a part of it.
            read_all(second, [], first)
            forgotten = set[tuple[str, int]]()

            def has_forgotten() -> bool:
                forgotten.update(first.revoked())
                return forgotten == all_of_it

            wait_until(has_forgotten, "the first one forgets all that it has read")
            wait_until(lambda: shared(second), "both have a share")


def test_a_member_notices_by_its_heartbeats_that_its_session_has_ended(
    proxied: Proxied, topics: Topics, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SESSION_MS", round(SESSION_SECONDS * 1000))
    longer = settings.kafka.model_copy(update={"timeout_seconds": SESSION_SECONDS + 2.0})
    topics.make(NAME, partitions=2)
    topics.write(NAME, dict.fromkeys(KEYS, b"1"))
    with member(settings.model_copy(update={"kafka": longer})) as consumer:
        read_all(consumer, [])
        assert proxied.proxy.die_at(HEARTBEAT).wait(SOON)
        lost = set[tuple[str, int]]()

        def has_lost_all() -> bool:
            lost.update(consumer.revoked())
            return lost == {(NAME, 0), (NAME, 1)}

        wait_until(has_lost_all, "all is lost")
        read_all(consumer, [])  # again, for nothing was finished


def test_a_rebalance_that_is_merely_slow_goes_on_with_the_same_members(
    proxied: Proxied, topics: Topics, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    del proxied
    topics.make(NAME, partitions=2)
    group = settings.kafka.prefix + GROUP
    slow = KafkaConsumer(  # as of a version with a longer time-out
        bootstrap_servers=topics.address,
        group_id=group,
        partition_assignment_strategy=(CooperativeStickyAssignor,),
        max_poll_interval_ms=600_000,
        heartbeat_interval_ms=500,
        enable_auto_commit=False,
    )
    with closing(slow):
        slow.subscribe([topics.prefix + NAME])
        slow.topics()  # or the first assignment may know no partitions, and the next one is far

        def has(number: int) -> bool:
            slow.poll(timeout_ms=50)
            return len(slow.assignment()) == number

        wait_until(lambda: has(2), "it has all partitions")
        with member(settings) as other:  # which the group lets in once the slow one polls again
            wait_until(lambda: "Request timed out after" in caplog.text, "it asks again")
            assert not other.share(NAME).partitions
            wait_until(lambda: has(1) and len(other.share(NAME).partitions) == 1, "both have some")
            members = topics._admin.describe_groups([group])[group]["members"]
            assert len(members) == 2  # and none that is waited for in vain


def test_a_member_that_shares_keys_reports_it_and_asks_again(
    proxied: Proxied, topics: Topics, settings: Settings
) -> None:
    topics.make(NAME, partitions=2)

    def join() -> KafkaKeyAssignment:
        return KafkaKeyAssignment(NAME, GROUP, settings, session_seconds=SESSION_SECONDS)

    def kept_out(share: KafkaKeyAssignment) -> bool:
        try:
            share.generation()
        except RetryError as error:
            return "cannot be joined" in str(error)
        return False

    def shared(second: KafkaKeyAssignment) -> bool:
        return [len(one._owned) for one in (first, second) if not kept_out(one)] == [1, 1]

    with closing(join()) as first:
        wait_until(lambda: not kept_out(first), "it is in the group")
        with joined_as_another_is_cut_off(proxied, lambda: closing(join()), shared) as second:
            wait_until(lambda: kept_out(first), "it reports that it is not in the group")
            wait_until(lambda: shared(second), "both have a share")
