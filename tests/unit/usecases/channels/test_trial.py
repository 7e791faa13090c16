"""A trial message, into a real file."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pantau.adapters.channels.file import AlertFileDriver
from pantau.adapters.memory.log import MemoryLog
from pantau.adapters.memory.shared import SharedState
from pantau.adapters.memory.store import MemoryStore
from pantau.errors import RejectError, RetryError
from pantau.ports import AnyMessage, Log, Message, Record
from pantau.stream.envelope import record_for
from pantau.usecases.channels.health import id_of, read_health, read_state
from pantau.usecases.channels.resuming import resume_channel
from pantau.usecases.channels.trial import note_trials, send_trials
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.events.subscription import (
    ChannelState,
    EmailChannel,
    FileChannel,
    MessageTemplate,
    Subscription,
)
from pantau_schemas.ids import delivery_id
from pantau_schemas.topics import CHANNEL_STATE, DELIVERIES
from tests.support import FixedClock, subscription


def test_times_are_in_the_zone_of_the_subscription_as_in_its_alerts(tmp_path: Path) -> None:
    path = tmp_path / "alerts.atom"
    moment = datetime(2026, 9, 1, 3, 15, tzinfo=UTC)
    one = Subscription(
        subscription_id="gempa",
        name="Gempa",
        query="gempa",
        channels=(FileChannel(path=str(path)),),
        time_zone="Asia/Jayapura",
        created=moment,
    )

    async def sent() -> list[bool]:
        driver = AlertFileDriver()
        try:
            results = await send_trials(one, {"file": driver}, FixedClock(moment), 60.0, "en")
        finally:
            await driver.close()
        return [result.problem is None for result in results]

    assert asyncio.run(sent()) == [True]
    assert "1 September 2026 12:15 WIT" in path.read_text(encoding="utf-8")


class Keeping:
    """A channel that keeps the templates of what it gets."""

    def __init__(self) -> None:
        self.templates: list[MessageTemplate | None] = []

    async def send(self, message: AnyMessage) -> None:
        """Keep the template of a message."""
        assert isinstance(message, Message)
        self.templates.append(message.template)

    async def close(self) -> None:
        """Do nothing."""


def test_it_has_the_template_that_alerts_of_the_channel_have() -> None:
    usual, own = MessageTemplate(subject="Usual"), MessageTemplate(subject="Own")
    channels = (
        EmailChannel(to="a@desk.example", template=own),
        EmailChannel(to="b@desk.example"),
    )
    made = subscription("gempa", "gempa", channels=channels, template=usual)
    driver = Keeping()
    asyncio.run(send_trials(made, {"email": driver}, FixedClock(), 60.0, "en"))
    assert driver.templates == [own, usual]


class Refusing(Keeping):
    """A channel that refuses what it gets."""

    async def send(self, message: AnyMessage) -> None:
        """Refuse a message for good."""
        del message
        raise RejectError("no such box")


def health_after_trial(log: Log, driver: Keeping, clock: FixedClock) -> str:
    """Send and note a trial message; return how its channel fares, in English."""
    channel = EmailChannel(to="a@desk.example")
    made = subscription("gempa", "gempa", channels=(channel,))
    results = asyncio.run(send_trials(made, {"email": driver}, clock, 60.0, "en"))
    note_trials(log, clock, results)
    return read_health(log, [id_of(channel)])[id_of(channel)].describe().text("en")


def test_a_channel_says_when_it_accepted_a_trial_message() -> None:
    clock = FixedClock(datetime(2026, 9, 1, 3, 15, tzinfo=UTC))
    log = MemoryStore(clock).log
    assert health_after_trial(log, Refusing(), clock) == "nothing sent yet"
    assert health_after_trial(log, Keeping(), clock) == (
        "a trial message was sent 2026-09-01 03:15 UTC; no alert yet"
    )
    clock.move(minutes=5)
    assert "03:20" in health_after_trial(log, Keeping(), clock)
    assert "03:20" in health_after_trial(log, Refusing(), clock)


def test_a_trial_message_does_not_resume_a_stopped_channel() -> None:
    clock = FixedClock(datetime(2026, 9, 1, 3, 15, tzinfo=UTC))
    log = MemoryStore(clock).log
    channel = EmailChannel(to="a@desk.example")
    state = ChannelState(
        channel_id=id_of(channel),
        channel="email:a@desk.example",
        stopped_since=clock.now() - timedelta(days=1),
        problem="gone",
        updated=clock.now() - timedelta(days=1),
    )
    log.append([record_for(state, CHANNEL_STATE, source="t", time=clock.now())])
    assert "stopped since" in health_after_trial(log, Keeping(), clock)
    stored = read_state(log, id_of(channel))
    assert stored is not None
    assert stored.tried == clock.now()
    assert stored.updated == state.updated
    # Once it is used again, what is known of the trial stays.
    resume_channel(log, clock, channel)
    assert "a trial message was sent" in health_after_trial(log, Refusing(), clock)


def test_what_failed_before_a_trial_still_counts() -> None:
    clock = FixedClock(datetime(2026, 9, 1, 3, 15, tzinfo=UTC))
    log = MemoryStore(clock).log
    channel = EmailChannel(to="a@desk.example")
    failed = Delivery(
        schema_version=4,
        delivery_id=delivery_id("a", id_of(channel)),
        alert_id="a",
        subscription_id="gempa",
        channel_id=id_of(channel),
        channel="email:a@desk.example",
        status=DeliveryStatus.FAILED,
        problem="no such box",
        created=clock.now() - timedelta(hours=1),
        updated=clock.now() - timedelta(hours=1),
    )
    log.append([record_for(failed, DELIVERIES, source="t", time=clock.now())])
    assert "failing since" in health_after_trial(log, Keeping(), clock)


class Full(MemoryLog):
    """A log that takes no more."""

    def append(self, records: Iterable[Record]) -> None:
        """Refuse records."""
        del records
        raise RetryError("the disk is full")


def test_what_became_of_a_trial_is_known_although_nothing_can_be_stored(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = FixedClock(datetime(2026, 9, 1, 3, 15, tzinfo=UTC))
    full = Full(SharedState(), clock)
    assert health_after_trial(full, Keeping(), clock) == "nothing sent yet"
    assert "could not be stored: the disk is full" in caplog.text
