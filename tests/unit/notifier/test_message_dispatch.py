"""A delivery of a message of several alerts: looked up, sent, tried again, cancelled."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from pantau.common.time.clock import SystemClock
from pantau.errors import NewerRecordError, ReceiverGoneError, RejectError, RetryError
from pantau.notifier.attempt import AttemptResult, Cancelled, OnHold, look_up
from pantau.notifier.plan import id_of
from pantau.ports import AnyMessage, RuleMessage
from pantau.problems import problem
from pantau.settings import NotifySettings
from pantau.stream.envelope import record_for, removal_of
from pantau_schemas.events.alert import Alert, Delivery
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.subscription import FileChannel, Subscription
from pantau_schemas.ids import delivery_id
from pantau_schemas.topics import ALERTS, MESSAGES
from tests.support import START
from tests.unit.notifier.messages import alert_of, event, five, reader
from tests.unit.notifier.support import Board, Recorder, delivery, dispatching, until

pytestmark = pytest.mark.anyio

TO = FileChannel(path="a")
QUICK = NotifySettings(first_retry_seconds=0.01, max_retry_seconds=0.02, max_attempts=3)


@pytest.fixture
def board() -> Board:
    return Board()


def planned(
    board: Board, told: AlertMessage, alerts: tuple[Alert, ...], to: Subscription | None = None
) -> Delivery:
    """Write a subscription, alerts, a message of them and its delivery; return the delivery."""
    board.save(to or reader(TO))
    board.log.append([record_for(one, ALERTS, source="alerter", time=START) for one in alerts])
    board.log.append([record_for(told, MESSAGES, source="notifier", time=START)])
    first = told.alert_ids[0] if told.alert_ids else told.message_id
    made = delivery(
        delivery_id=delivery_id(told.message_id, id_of(TO)),
        message_id=told.message_id,
        alert_id=first,
        channel_id=id_of(TO),
        channel="file:a",
    )
    board.put(made)
    return made


def forget(board: Board, *alerts: Alert) -> None:
    removals = [
        removal_of(ALERTS, one.alert_id, partition_key=one.subscription_id) for one in alerts
    ]
    board.log.append(removals)


def shown(found: object) -> list[str]:
    assert isinstance(found, RuleMessage)
    return [one.alert_id for story in found.content.stories for one in story.alerts]


def test_alerts_are_looked_up_and_grouped_by_story(board: Board) -> None:
    alerts = five()
    found = look_up(board.log, planned(board, event(alerts=alerts), alerts))
    one, two, three, four, last = (one.alert_id for one in alerts)
    assert shown(found) == [one, three, last, two, four]
    assert isinstance(found, RuleMessage)
    assert found.complete
    assert found.content.lang == "id"
    assert found.content.stories[0].other_sources == ("tiga.example", "lima.example", "koran")
    assert found.content.stories[0].more_sources == 4


def test_only_so_many_alerts_are_looked_up(board: Board) -> None:
    alerts = tuple(alert_of(f"a{number}", None) for number in range(130))
    told = event(alerts=alerts, more_alerts=70)
    found = look_up(board.log, planned(board, told, alerts))
    assert shown(found) == [one.alert_id for one in alerts[:100]]
    assert isinstance(found, RuleMessage)
    assert found.content.more_alerts == 100
    assert found.content.count == 200


def test_forgotten_articles_vanish_from_what_was_not_sent(board: Board) -> None:
    alerts = five()
    made = planned(board, event(alerts=alerts), alerts)
    forget(board, alerts[0], alerts[3])
    found = look_up(board.log, made)
    assert sorted(shown(found)) == sorted(alerts[one].alert_id for one in (1, 2, 4))
    assert isinstance(found, RuleMessage)
    assert found.content.count == 3
    assert not found.complete
    forget(board, *alerts)
    assert isinstance(look_up(board.log, made), Cancelled)


def test_the_notice_of_an_expiry_is_sent_without_its_alerts(board: Board) -> None:
    alerts = five()
    made = planned(board, event("expired", alerts=alerts), alerts)
    forget(board, *alerts)
    found = look_up(board.log, made)
    assert isinstance(found, RuleMessage)
    assert found.content.count == 0


def test_a_message_waits_for_an_upgrade_that_reads_its_alerts(board: Board) -> None:
    alerts = five()
    made = planned(board, event(alerts=alerts), alerts)
    record = record_for(alerts[1], ALERTS, source="alerter", time=START)
    fields = json.loads(record.value or b"")
    newer = json.dumps(fields | {"schema_version": fields["schema_version"] + 1}).encode()
    board.log.append([replace(record, value=newer)])
    found = look_up(board.log, made)
    assert isinstance(found, AttemptResult)
    assert isinstance(found.error, NewerRecordError)


def test_a_message_that_never_named_an_alert_is_sent(board: Board) -> None:
    found = look_up(board.log, planned(board, event("silence"), ()))
    assert isinstance(found, RuleMessage)
    assert found.content.count == 0


def test_a_message_that_is_gone_is_cancelled_and_a_paused_subscription_waits(board: Board) -> None:
    made = planned(board, event("silence"), ())
    board.save(reader(TO, paused=True))
    assert isinstance(look_up(board.log, made), OnHold)
    board.save(reader(TO))
    removal = removal_of(MESSAGES, made.message_id or "", partition_key="banjir")
    board.log.append([removal])
    assert isinstance(look_up(board.log, made), Cancelled)


async def test_a_message_is_sent_once_under_its_own_id(board: Board) -> None:
    alerts = five()
    made = planned(board, event(alerts=alerts), alerts)
    driver = Recorder()
    async with dispatching(board, {"file": driver}):
        await until(lambda: board.statuses() == ["delivered"])
    assert driver.sent == [("a", made.delivery_id)]
    assert board.state(made.delivery_id).message_id == made.message_id


def failing(*errors: Exception) -> Callable[[AnyMessage], None]:
    left = list(errors)

    def answer(_: AnyMessage) -> None:
        if left:
            raise left.pop(0)

    return answer


async def test_a_message_is_tried_again_under_the_same_id(board: Board) -> None:
    alerts = five()
    made = planned(board, event(alerts=alerts), alerts)
    driver = Recorder(failing(RetryError("down"), RetryError("down")))
    async with dispatching(board, {"file": driver}, QUICK, SystemClock()):
        await until(lambda: board.statuses() == ["delivered"])
    assert driver.tried == [("a", made.delivery_id)] * 3
    assert board.state(made.delivery_id).attempts == 3


@pytest.mark.parametrize(
    "error", [RejectError("no"), ReceiverGoneError(problem("delivery.webhook-gone"))]
)
async def test_a_message_that_is_refused_is_a_dead_letter(board: Board, error: Exception) -> None:
    alerts = five()
    made = planned(board, event(alerts=alerts), alerts)
    async with dispatching(board, {"file": Recorder(failing(error))}, QUICK, SystemClock()):
        await until(lambda: board.statuses() == ["failed"])
        await until(lambda: board.log.consumer(["dead-letters"], "test").lag() == 1)
    assert board.state(made.delivery_id).attempts == 1
