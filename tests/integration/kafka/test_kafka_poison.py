"""Poison in every topic: no service stops, what is sound goes on, operators can clear it up."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaProducer

from pantau.adapters.kafka.topics import create_topics
from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.topology import STAGES
from pantau.usecases.dead_letters.handling import DeadLetters
from pantau.usecases.dead_letters.reading import LetterFilter
from pantau_schemas.codec import current_version
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import ARTICLES, DELIVERIES, SUBSCRIPTIONS, TOPICS
from tests.e2e.program import command
from tests.fleet import SERVICES, Groups
from tests.services import running_services, variables
from tests.support import SOON, article

MEGABYTES_26 = 26 * 1024 * 1024
LARGEST = 33_000_000
"""Bytes of a request that the producer may send."""
POISON: tuple[dict[str, Any], ...] = (
    {"key": b"a", "value": b""},
    {"key": b"b", "value": b"\xff\xfe\x00"},
    {"key": b"c", "value": b"null"},
    {"key": b"d", "value": b"[" * 100_000},
    {"key": b"e", "value": b'{"schema_version": 99}'},
    {"key": b"f", "value": b'{"schema_version": 1e400}'},
    {"key": None, "value": b"no key"},
    {"key": b"\xff\xfe", "value": b"{}"},
    {"key": b"g" * 300_000, "value": b"{}"},
    {"key": b"h", "value": b"{}", "headers": [("pantau_retries", b"9" * 5_000)]},
    {"key": b"i", "value": b"{}", "headers": [("traceparent", b"\xff" * 900)]},
    {"key": b"j", "value": b"{}", "headers": [("ce_time", b"-9999999-99")] * 50},
    {"key": b"k", "value": b"{}", "headers": [("ce_partitionkey", b"\xff" * 10)]},
)


def poison(settings: Settings, topics: list[str]) -> None:
    with closing(
        KafkaProducer(
            bootstrap_servers=settings.kafka.servers[0],
            max_request_size=LARGEST,
        )
    ) as producer:
        futures = [
            producer.send(settings.kafka.prefix + topic, **{"headers": [], **record})
            for topic in topics
            for record in POISON
            if record["key"] is not None or not TOPICS[topic].compacted  # Kafka refuses it there
        ]
        for future in futures:
            future.get(SOON)


def write_large(settings: Settings, topic: str, value: bytes, headers: list[Any]) -> None:
    with closing(
        KafkaProducer(
            bootstrap_servers=settings.kafka.servers[0],
            max_request_size=LARGEST,
        )
    ) as producer:
        name = settings.kafka.prefix + topic
        producer.send(name, key=b"large", value=value, headers=headers).get(SOON)


def delivery(number: int) -> Delivery:
    now = datetime.now(UTC)
    return Delivery(
        schema_version=current_version(Delivery),  # type: ignore[arg-type]  # the version is the literal
        delivery_id=f"poison{number}",
        alert_id="nosuch",
        subscription_id="nosuch",
        channel_id="nosuch",
        channel="file",
        status=DeliveryStatus.PENDING,
        created=now,
        updated=now,
    )


@pytest.fixture
def groups(settings: Settings) -> Iterator[Groups]:
    with closing(Groups(settings.kafka.servers[0], settings.kafka.prefix)) as groups:
        yield groups


def test_poison_in_every_topic_stops_no_service(
    settings: Settings, groups: Groups, tmp_path: Path
) -> None:
    create_topics(settings)
    poison(settings, list(TOPICS))
    write_large(settings, DELIVERIES.name, b"x" * MEGABYTES_26, [])
    write_large(
        settings,
        DELIVERIES.name,
        delivery(1).model_dump_json(exclude_none=True).encode(),
        [("pantau_x", b"y" * 31_000_000)],
    )
    alerts = tmp_path / "alerts.ndjson"
    environment = variables(settings)
    now = datetime.now(UTC)
    subscription = Subscription.model_validate(
        {
            "subscription_id": "banjir",
            "name": "banjir",
            "query": "banjir",
            "channels": [{"kind": "file", "path": str(alerts)}],
            "created": now,
        }
    )
    with closing(open_store(settings)) as store:
        store.log.append([record_for(subscription, SUBSCRIPTIONS, source="test", time=now)])
    for number in range(2):  # also after a restart, when it is read again
        with running_services(tmp_path, environment, *SERVICES) as running:
            one = article(f"n{number}", title="Banjir di Jakarta", first_seen=datetime.now(UTC))
            with closing(open_store(settings)) as store:
                store.log.append([record_for(one, ARTICLES, source="test", time=now)])

            def alerted(count: int = number + 1) -> bool:
                return alerts.exists() and len(alerts.read_text().splitlines()) >= count

            for each in running.values():
                each.wait_for(alerted)
            for group, topic in (
                *((stage.name, stage.reads.name) for stage in STAGES),
                ("dispatcher", DELIVERIES.name),
            ):
                service = running["notifier" if group == "dispatcher" else group]
                try:
                    service.wait_for(partial(nothing_waits, groups, group, topic))
                except AssertionError as error:
                    raise AssertionError(group, groups.lag(group, topic)) from error
            assert all(each.alive() for each in running.values())
    operators_clear_it_up(settings, tmp_path)


def nothing_waits(groups: Groups, group: str, topic: str) -> bool:
    return groups.lag(group, topic) == 0


def operators_clear_it_up(settings: Settings, tmp_path: Path) -> None:
    """Remove what there is by the command line."""
    own = variables(settings)
    desk = tmp_path / "desk"
    for arguments in (
        ("dead-letters", "list"),
        ("dead-letters", "list", "--json"),
        ("feeds", "list"),
        ("feeds", "export"),
        ("subscriptions", "list"),
        ("alerts",),
        ("status",),
    ):
        command(desk, *arguments, settings=own)
    listed = command(desk, "subscriptions", "list", settings=own)
    assert "cannot be read" in listed.stderr
    command(desk, "subscriptions", "remove", "e", settings=own)
    command(desk, "feeds", "remove", "e", settings=own)
    with closing(open_store(settings)) as store:
        letters = DeadLetters(store.log, SystemClock())
        total = sum(1 for _ in letters.stream(LetterFilter()))
        large = [one for one in letters.stream(LetterFilter()) if one.key == "large"]
    assert large
    command(desk, "dead-letters", "retry", "--all", "--stage", "alerter", settings=own)
    done = command(desk, "dead-letters", "discard", "--all", settings=own)
    assert int(done.stdout.split()[0]) >= total - 20
    left = command(desk, "dead-letters", "list", "--json", settings=own)
    assert [json.loads(line) for line in left.stdout.splitlines()] == []
