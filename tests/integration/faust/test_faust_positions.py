"""Positions of a stage in partitions where offsets are missing, or fewer than there were."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from kafka import KafkaAdminClient, KafkaConsumer, OffsetAndMetadata, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from pantau.adapters.kafka.topics import create_topics
from pantau.bootstrap import open_store
from pantau.ports import Store
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ARTICLES_ENRICHED, ARTICLES_FULL
from tests.fleet import Groups, wait_for
from tests.services import get, running_services, variables
from tests.support import SOON, enriched, full


def offsets(settings: Settings, topic: str) -> list[int]:
    """Return the offsets of all records that stand in the one partition of a topic."""
    place = TopicPartition(settings.kafka.prefix + topic, 0)
    with KafkaConsumer(
        bootstrap_servers=settings.kafka.servers[0], enable_auto_commit=False
    ) as consumer:
        consumer.assign([place])
        consumer.seek_to_beginning(place)
        (end,) = consumer.end_offsets([place]).values()
        found: list[int] = []
        while not found or found[-1] < end - 1:
            found += [one.offset for one in consumer.poll(timeout_ms=500).get(place, ())]
    return found


def test_records_that_compaction_left_out_hold_up_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    """The first stays, those behind it are gone: Faust by itself would never commit again."""
    kafka = settings.kafka.model_copy(
        update={"prefix": f"{settings.kafka.prefix}one-", "partitions": 1}
    )
    settings = settings.model_copy(update={"kafka": kafka})
    create_topics(settings)
    quick = {
        "segment.ms": "1000",
        "min.cleanable.dirty.ratio": "0.01",
        "min.compaction.lag.ms": "0",
    }
    with KafkaAdminClient(bootstrap_servers=kafka.servers[0]) as admin:
        topic = ConfigResource(ConfigResourceType.TOPIC, f"{kafka.prefix}articles.enriched", quick)
        admin.alter_configs([topic], incremental=True)
    revisions = [
        ("first", 1),
        *(("second", one) for one in range(1, 8)),
        ("third", 1),
        ("fourth", 1),
    ]
    with closing(open_store(settings)) as store:
        for name, revision in revisions:
            if name in {"third", "fourth"}:
                time.sleep(1.1)  # the next record closes the segment by its time
            one = enriched(name, revision=revision)
            store.log.append(
                [record_for(one, ARTICLES_ENRICHED, source="test", time=datetime.now(UTC))]
            )
    wait_for(lambda: offsets(settings, "articles.enriched") == [0, 7, 8, 9], seconds=SOON)
    with (
        closing(Groups(kafka.servers[0], kafka.prefix)) as own,
        running_services(tmp_path, variables(settings), "indexer") as running,
    ):
        running["indexer"].wait_for(lambda: own.lag("indexer", "articles.enriched") == 0)


def test_positions_after_the_end_are_taken_up_at_the_beginning(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    """As when brokers lost the last records, or a topic was restored from a copy."""
    topic, group = (settings.kafka.prefix + name for name in ("articles.full", "enricher"))
    with KafkaConsumer(
        bootstrap_servers=settings.kafka.servers[0], group_id=group, enable_auto_commit=False
    ) as consumer:
        places = [TopicPartition(topic, one) for one in consumer.partitions_for_topic(topic)]
        consumer.assign(places)
        consumer.commit({one: OffsetAndMetadata(1_000, "", -1) for one in places})
    names = [f"n{number}" for number in range(40)]
    now = datetime.now(UTC)
    store.log.append(
        record_for(full(name), ARTICLES_FULL, source="test", time=now) for name in names
    )
    table = store.log.table(ARTICLES_ENRICHED.name)
    with (
        KafkaAdminClient(bootstrap_servers=settings.kafka.servers[0]) as admin,
        running_services(tmp_path, variables(settings), "enricher") as running,
    ):

        def done() -> int:
            """Return how many records the group has done, in partitions that it took up again."""
            places = [one.offset for one in admin.list_group_offsets([group])[group].values()]
            return sum(one for one in places if one < 1_000)

        running["enricher"].wait_for(lambda: table.count() == len(names))
        store.log.append([record_for(full("more"), ARTICLES_FULL, source="test", time=now)])
        running["enricher"].wait_for(lambda: table.count() == len(names) + 1)
        running["enricher"].wait_for(lambda: done() == len(names) + 1)


def test_articles_that_retention_removed_are_reported_and_the_lag_ends(
    settings: Settings, store: Store, tmp_path: Path, free_port: int
) -> None:
    """In one partition all are gone, in the other some; after a pause, and before the first one."""
    topic = settings.kafka.prefix + ARTICLES_FULL.name
    names = [f"n{number}" for number in range(40)]
    give(store, names)
    environment = variables(settings, PANTAU_OBSERVE__PORT=str(free_port))
    table = store.log.table(ARTICLES_ENRICHED.name)
    with closing(Groups(settings.kafka.servers[0], settings.kafka.prefix)) as groups:
        with running_services(tmp_path, environment, "enricher") as running:
            running["enricher"].wait_for(lambda: groups.lag("enricher", ARTICLES_FULL.name) == 0)
            running["enricher"].wait_for(lambda: table.count() == 40)
            assert lost(free_port) == 0
        give(store, [f"m{number}" for number in range(40)])
        before = groups.known_lag("enricher", ARTICLES_FULL.name)
        assert before == 40
        with remover(settings, topic) as remove_all:
            remove_all()
        with running_services(tmp_path, environment, "enricher") as running:
            running["enricher"].wait_for(lambda: lost(free_port) == 40)
            running["enricher"].wait_for(lambda: groups.lag("enricher", ARTICLES_FULL.name) == 0)
            assert any("removed up to" in line for line in running["enricher"].log)
            give(store, ["after"])
            running["enricher"].wait_for(lambda: table.count() == 41)
            running["enricher"].wait_for(lambda: groups.lag("enricher", ARTICLES_FULL.name) == 0)
            assert lost(free_port) == 40


def test_articles_that_retention_removes_while_the_stage_cannot_read(
    settings: Settings, store: Store, tmp_path: Path, free_port: int
) -> None:
    """The process is stopped, as by a host that hangs, while its records are removed."""
    topic = settings.kafka.prefix + ARTICLES_FULL.name
    environment = variables(settings, PANTAU_OBSERVE__PORT=str(free_port))
    table = store.log.table(ARTICLES_ENRICHED.name)
    with (
        closing(Groups(settings.kafka.servers[0], settings.kafka.prefix)) as groups,
        remover(settings, topic) as remove_all,
        running_services(tmp_path, environment, "enricher") as running,
    ):
        give(store, ["first"])
        running["enricher"].wait_for(lambda: table.count() == 1)
        # The pause may be longer than the session of the member, on a busy machine. If it had
        # committed nothing, it would begin with what is there then, and miss nothing.
        running["enricher"].wait_for(lambda: groups.lag("enricher", ARTICLES_FULL.name) == 0)
        members = groups.known_members("enricher", 1)
        running["enricher"].pause()
        give(store, [f"n{number}" for number in range(500)])
        remove_all()
        give(store, ["last"])
        running["enricher"].resume()
        running["enricher"].wait_for(lambda: digest_id("last") in table.snapshot().values)
        running["enricher"].wait_for(lambda: groups.lag("enricher", ARTICLES_FULL.name) == 0)
        is_same = groups.known_members("enricher", 1) == members

        def all_counted() -> bool:
            """Return whether each was handled or is lost.

            One that had to join again counts what it had fetched before as lost, and handled it
            perhaps: up to so many are lost.
            """
            handled = table.count() - 2  # all but the first and the last
            return lost(free_port) + (handled if is_same else 0) == 500

        running["enricher"].wait_for(all_counted)


def give(store: Store, names: list[str]) -> None:
    now = datetime.now(UTC)
    store.log.append(
        record_for(full(name), ARTICLES_FULL, source="test", time=now) for name in names
    )


@contextmanager
def remover(settings: Settings, topic: str) -> Iterator[Callable[[], object]]:
    """Yield a function that removes all records of a topic, as retention does."""
    server = settings.kafka.servers[0]
    with (
        KafkaConsumer(bootstrap_servers=server, enable_auto_commit=False) as consumer,
        KafkaAdminClient(bootstrap_servers=server) as admin,
    ):
        places = [TopicPartition(topic, one) for one in consumer.partitions_for_topic(topic)]
        yield lambda: admin.delete_records(consumer.end_offsets(places))


def lost(port: int) -> int:
    """Return the counter of lost records; -1 until it is exported."""
    try:
        _, text = get(port, "/metrics")
    except OSError:
        return -1
    found = re.findall(r'\npantau_records_lost_total\{stage="enricher"\} (.+)', text.decode())
    return round(float(found[0])) if found else -1
