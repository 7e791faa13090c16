"""Brokers that fall silent: whoever waits for one gives up in time, with an error to retry."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal

import pytest

from pantau.adapters.kafka import attempts, reachable
from pantau.adapters.kafka.group.key_assignment import KafkaKeyAssignment
from pantau.adapters.kafka.log import KafkaLog
from pantau.adapters.kafka.ready import require_topics
from pantau.adapters.kafka.topics import create_topics
from pantau.common.time.clock import SystemClock
from pantau.errors import RetryError
from pantau.ports import Record
from pantau.settings import KafkaSettings, Settings
from pantau_schemas.topics import FEEDS
from tests.silent_brokers import greeting, silent
from tests.support import SOON

Broker = Callable[[], AbstractContextManager[str]]
Use = Callable[[Settings], object]


def look_up(settings: Settings) -> object:
    log = KafkaLog(settings, SystemClock())
    try:
        return log.table(FEEDS.name).snapshot()
    finally:
        log.close()


def write(settings: Settings) -> None:
    log = KafkaLog(settings, SystemClock())
    try:
        log.append([Record(FEEDS.name, "a", b"{}")])
    finally:
        log.close()


def consume(settings: Settings) -> object:
    log = KafkaLog(settings, SystemClock())
    try:
        return log.consumer([FEEDS.name], "readers").poll(1)
    finally:
        log.close()


def share(settings: Settings) -> object:
    assignment = KafkaKeyAssignment(FEEDS.name, "sharers", settings)
    try:
        return assignment.generation()
    finally:
        assignment.close()


def be_ready(settings: Settings) -> None:
    require_topics(settings.kafka, [FEEDS.name], seconds=1.0)


USES = (look_up, write, consume, share, be_ready, create_topics)


@pytest.fixture(params=[(silent, "tls"), (greeting, "plaintext")])
def settings(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    monkeypatch.setattr(attempts, "HANDSHAKE_SECONDS", 0.2)
    monkeypatch.setattr(reachable, "LOOK_SECONDS", 0.2)
    broker: Broker
    security: Literal["plaintext", "tls"]
    broker, security = request.param
    with broker() as address:
        kafka = KafkaSettings(servers=(address,), security=security, timeout_seconds=1.0)
        yield Settings(data=tmp_path, kafka=kafka)


@pytest.mark.parametrize("use", USES)
def test_whoever_waits_for_a_silent_broker_tries_again_later(use: Use, settings: Settings) -> None:
    began: Any = time.monotonic()
    with pytest.raises(RetryError, match=r"127\.0\.0\.1|cannot be read|cannot be joined"):
        use(settings)
    assert time.monotonic() - began < SOON
