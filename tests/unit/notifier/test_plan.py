from pantau.notifier.plan import delivery_ids, plan_deliveries
from pantau_schemas import ids
from pantau_schemas.events.alert import DeliveryStatus
from pantau_schemas.events.subscription import EmailChannel, TerminalChannel
from tests.support import START, subscription
from tests.unit.notifier.support import SECRET, alert, webhook

CHANNELS = (webhook("https://in.example/a"), EmailChannel(to="desk@example.org"), TerminalChannel())


def test_one_pending_delivery_a_channel() -> None:
    one = subscription("banjir", "banjir", channels=CHANNELS)
    planned = plan_deliveries(alert(), one, START)
    assert [each.channel for each in planned] == [
        "webhook:https://in.example/a",
        "email:desk@example.org",
        "terminal",
    ]
    assert {each.status for each in planned} == {DeliveryStatus.PENDING}
    webhook_id = ids.channel_id("webhook", "https://in.example/a")
    assert planned[0].channel_id == webhook_id
    assert planned[0].delivery_id == ids.delivery_id(alert().alert_id, webhook_id)
    assert tuple(each.delivery_id for each in planned) == delivery_ids(alert(), one)
    assert SECRET not in repr(planned)


def test_nothing_for_a_subscription_that_is_gone_or_has_no_channel() -> None:
    assert plan_deliveries(alert(), None, START) == ()
    assert plan_deliveries(alert(), subscription("banjir", "banjir"), START) == ()


def test_a_channel_named_twice_gets_one() -> None:
    one = subscription("banjir", "banjir", channels=(TerminalChannel(), TerminalChannel()))
    assert len(plan_deliveries(alert(), one, START)) == 1


def test_what_is_known_is_not_planned_again() -> None:
    one = subscription("banjir", "banjir", channels=CHANNELS)
    first = plan_deliveries(alert(), one, START)
    again = plan_deliveries(alert(), one, START, known={first[0].delivery_id})
    assert again == first[1:]
