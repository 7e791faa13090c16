"""A channel that fails for long is stopped, its owner is notified, and nothing is lost."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from pantau.errors import RejectError, RetryError, SettingsFaultError
from pantau.notifier.attempt import AttemptResult
from pantau.notifier.dispatching.outages import (
    LEAST_FAILURES,
    Outage,
    after_failure,
    counts_as_failure,
)
from pantau.ports import AnyMessage, RuleMessage
from pantau.settings import NotifySettings
from pantau.usecases.channels.health import ChannelHealth, known_channels
from pantau.usecases.channels.resuming import Resumed, resume_channel
from pantau.usecases.subscriptions.repository import all_subscriptions
from pantau_schemas.codec import decode
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.subscription import ChannelState
from pantau_schemas.topics import MESSAGES
from tests.support import START
from tests.unit.notifier.support import Board, Pace, dispatching, to_files

DAYS = timedelta(days=3)
SETTINGS = NotifySettings()


def state(
    *, failing_since: datetime | None = None, failures: int | None = None, updated: datetime = START
) -> ChannelState:
    return ChannelState(
        channel_id="c",
        channel="file:/c",
        failing_since=failing_since,
        failures=failures,
        updated=updated,
    )


class TestOutage:
    def test_it_counts_from_the_first_failure(self) -> None:
        first = after_failure(None, None, START)
        second = after_failure(first, None, START + DAYS)
        assert second == Outage(START, 2)

    def test_few_failures_are_never_too_many(self) -> None:
        later = START + 30 * DAYS
        assert not Outage(START, LEAST_FAILURES - 1).is_too_long(later, DAYS)
        assert Outage(START, LEAST_FAILURES).is_too_long(later, DAYS)
        assert not Outage(START, LEAST_FAILURES).is_too_long(START + DAYS / 2, DAYS)

    def test_without_a_limit_nothing_is_stopped(self) -> None:
        assert not Outage(START, 1_000).is_too_long(START + 100 * DAYS, timedelta(0))

    def test_a_restart_goes_on_with_what_is_stored(self) -> None:
        stored = state(failing_since=START, failures=3)
        assert after_failure(None, stored, START + DAYS) == Outage(START, 4)

    def test_another_member_that_delivered_ends_it(self) -> None:
        works = state(updated=START + timedelta(hours=4))
        later = START + timedelta(hours=5)
        assert after_failure(Outage(START, 9), works, later) == Outage(later, 1)

    def test_it_is_noted_when_it_goes_on_and_until_it_counts(self) -> None:
        assert not Outage(START, 1).is_to_be_noted(None, is_final=False)
        assert Outage(START, 1).is_to_be_noted(None, is_final=True)
        assert Outage(START, 2).is_to_be_noted(None, is_final=False)
        for failures, expected in ((2, True), (LEAST_FAILURES, False)):
            stored = state(failing_since=START, failures=failures)
            assert Outage(START, 9).is_to_be_noted(stored, is_final=False) is expected

    def test_faults_of_our_own_settings_do_not_count(self) -> None:
        assert not counts_as_failure(AttemptResult())
        assert not counts_as_failure(AttemptResult(SettingsFaultError("no password")))
        assert counts_as_failure(AttemptResult(RetryError("500")))
        assert counts_as_failure(AttemptResult(RejectError("404")))


@dataclass
class Driver:
    """Channels that are kept as lists; some of them are broken."""

    broken: dict[str, Exception] = field(default_factory=dict)
    tried: list[str] = field(default_factory=list)
    got: list[AnyMessage] = field(default_factory=list)

    async def send(self, message: AnyMessage) -> None:
        self.tried.append(message.channel.target)
        if error := self.broken.get(message.channel.target):
            raise error
        self.got.append(message)

    async def close(self) -> None:
        pass

    def at(self, target: str) -> list[AnyMessage]:
        return [one for one in self.got if one.channel.target == target]


async def fail_for(board: Board, driver: Driver, hours: int, settings: NotifySettings) -> None:
    """Run through so many hours, with a restart of the dispatcher every ten."""
    for _ in range(0, hours, 10):
        async with dispatching(board, {"file": driver}, settings) as dispatcher:
            pace = Pace(dispatcher)
            for _ in range(5):
                await pace.settle()
                board.clock.move(hours=2)


def health(board: Board, target: str) -> ChannelHealth:
    known = known_channels(board.log, all_subscriptions(board.log))
    return next(one.health for one in known if one.channel.target == target)


def notices(driver: Driver, target: str) -> list[RuleMessage]:
    return [one for one in driver.at(target) if isinstance(one, RuleMessage)]


def resume(board: Board, target: str, **options: int) -> Resumed:
    known = known_channels(board.log, all_subscriptions(board.log))
    (channel,) = (one.channel for one in known if one.channel.target == target)
    board.clock.move(seconds=1)
    return resume_channel(board.log, board.clock, channel, **options)


@pytest.mark.anyio
@pytest.mark.parametrize("error", [RetryError("500"), RejectError("404")], ids=["500", "404"])
async def test_it_is_stopped_and_the_owner_is_told_through_the_others(
    board: Board, error: Exception
) -> None:
    one, other = to_files("banjir", "bad", "good"), to_files("gempa", "bad")
    board.save(one)
    board.save(other)
    driver = Driver({"bad": error})
    for number in range(7):
        board.fire(one, f"n{number}")
        board.fire(other, f"m{number}")
        await fail_for(board, driver, 10, SETTINGS)
    assert health(board, "bad").status in {"down", "failing"}
    assert notices(driver, "good") == []
    for name in ("after 70 hours", "after 80 hours"):
        board.fire(one, name)
        await fail_for(board, driver, 10, SETTINGS)
    assert health(board, "bad").status == "stopped"
    assert "nothing arrived since 2026-03-02T08:" in str(health(board, "bad").reason)
    (notice,) = notices(driver, "good")
    assert notice.content.message.occasion == "channel-stopped"
    assert len(driver.at("good")) == 9 + 1

    tried = driver.tried.count("bad")
    board.fire(one, "later")
    await fail_for(board, driver, 30, SETTINGS)
    assert driver.tried.count("bad") == tried
    assert len(notices(driver, "good")) == 1, "told once for each stop"

    driver.broken.clear()
    resumed = resume(board, "bad", one_by_one=100)
    assert resumed == Resumed(deliveries=10 + 7)
    await fail_for(board, driver, 10, SETTINGS)
    assert len({one.message_id for one in driver.at("bad")}) == len(driver.at("bad")) == 10 + 7
    assert health(board, "bad").status == "works"


@pytest.mark.anyio
async def test_what_waited_comes_as_a_digest_of_each_subscription_if_it_is_much(
    board: Board,
) -> None:
    much, little = to_files("banjir", "bad"), to_files("gempa", "bad")
    board.save(much)
    board.save(little)
    driver = Driver({"bad": RetryError("500")})
    ids = board.fire(much, *(f"n{number}" for number in range(12)))
    single = board.fire(little, "m1", "m2")
    await fail_for(board, driver, 80, SETTINGS)
    assert health(board, "bad").status == "stopped"
    driver.broken.clear()
    assert resume(board, "bad") == Resumed(deliveries=14, in_digests=12, digests=1)
    await fail_for(board, driver, 10, SETTINGS)
    (digest,) = notices(driver, "bad")
    assert digest.content.message.occasion == "resumed"
    assert digest.content.count == 12
    assert sorted(one.message_id for one in driver.got if one is not digest) == sorted(single)
    assert {board.state(one).status.value for one in ids} == {"summarized"}
    assert {board.state(one).status.value for one in single} == {"delivered"}


@pytest.mark.anyio
async def test_a_digest_that_cannot_be_sent_is_tried_again_under_its_id(board: Board) -> None:
    one = to_files("banjir", "bad")
    board.save(one)
    driver = Driver({"bad": RetryError("500")})
    ids = board.fire(one, "a", "b", "c")
    await fail_for(board, driver, 80, SETTINGS)
    assert resume(board, "bad", one_by_one=1).digests == 1
    await fail_for(board, driver, 10, SETTINGS)
    assert driver.got == []
    driver.broken.clear()
    await fail_for(board, driver, 20, SETTINGS)
    (digest,) = driver.got
    (stored,) = board.log.table(MESSAGES.name).snapshot().values.values()
    assert stored is not None
    assert digest.message_id == decode(AlertMessage, stored).message_id
    assert {board.state(one).status.value for one in ids} == {"summarized"}


@pytest.mark.anyio
async def test_a_message_that_arrives_ends_the_outage(board: Board) -> None:
    one = to_files("banjir", "bad")
    board.save(one)
    driver = Driver({"bad": RetryError("500")})
    for _ in range(4):
        board.fire(one, f"at {board.clock.now()}")
        await fail_for(board, driver, 40, SETTINGS)
        error = driver.broken.pop("bad")
        await fail_for(board, driver, 10, SETTINGS)
        driver.broken["bad"] = error
    assert health(board, "bad").status == "works"


@pytest.mark.anyio
async def test_without_a_limit_it_fails_for_ever(board: Board) -> None:
    one = to_files("banjir", "bad", "good")
    board.save(one)
    driver = Driver({"bad": RetryError("500")})
    board.fire(one, "a")
    await fail_for(board, driver, 80, NotifySettings(stop_after_seconds=0))
    assert health(board, "bad").status != "stopped"
    assert notices(driver, "good") == []
