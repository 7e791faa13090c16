"""Status and lists name the channels that alerts do not arrive at, and the command for each."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from pantau.bootstrap import open_store
from pantau.common.stored_problems import to_data
from pantau.common.time.clock import SystemClock
from pantau.ports import Store
from pantau.problems import problem
from pantau.settings import load_settings
from pantau.stream.envelope import record_for
from pantau.usecases.channels.health import find_channel, known_channels
from pantau.usecases.channels.resuming import resume_channel
from pantau.usecases.subscriptions.repository import SubscriptionRepository, all_subscriptions
from pantau_schemas.events.alert import Delivery, DeliveryStatus
from pantau_schemas.events.subscription import (
    Channel,
    ChannelState,
    WebhookChannel,
    describe_channel,
)
from pantau_schemas.ids import channel_id
from pantau_schemas.topics import CHANNEL_STATE, DELIVERIES
from tests.support import START, subscription
from tests.unit.commands.conftest import Run

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
GONE = problem("delivery.webhook-gone")
REFUSED = problem("delivery.webhook-answered", status=403)


def hook(name: str) -> Channel:
    return WebhookChannel(url=f"https://desk.example/{name}?a=1&b=2", secret=SecretStr(SECRET))


def send(store: Store, channel: Channel, status: DeliveryStatus, *, number: int = 0) -> None:
    told = None if status is DeliveryStatus.DELIVERED else REFUSED
    delivery = Delivery(
        delivery_id=f"{channel.target[-20:]}{number}".replace("/", "-").replace("?", "-"),
        alert_id=f"a{number}",
        subscription_id="s",
        channel_id=channel_id(channel.kind, channel.target),
        channel=describe_channel(channel),
        status=status,
        attempts=1,
        problem=None if told is None else str(told),
        reason=None if told is None else to_data(told),
        created=START,
        updated=START + timedelta(seconds=number),
    )
    store.log.append([record_for(delivery, DELIVERIES, source="test", time=START)])


def stop(store: Store, channel: Channel) -> None:
    state = ChannelState(
        channel_id=channel_id(channel.kind, channel.target),
        channel=describe_channel(channel),
        stopped_since=START,
        problem=str(GONE),
        reason=to_data(GONE),
        updated=START,
    )
    store.log.append([record_for(state, CHANNEL_STATE, source="test", time=START)])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder with three webhooks: one works, one refuses, one is gone and stopped."""
    folder = tmp_path / "data"
    good, bad, gone = hook("good"), hook("bad"), hook("gone")
    store = open_store(load_settings(folder))
    one = subscription("s", "banjir", channels=(good, bad, gone))
    SubscriptionRepository(store.log, SystemClock()).save(one)
    send(store, good, DeliveryStatus.DELIVERED)
    send(store, bad, DeliveryStatus.FAILED)
    for number in range(2):
        send(store, gone, DeliveryStatus.FAILED, number=number)
    stop(store, gone)
    store.close()
    return folder


def test_status_names_each_channel_and_the_command_for_its_state(pantau: Run) -> None:
    code, out, err = pantau("status")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert (
        "2 deliveries failed because webhook:https://desk.example/gone?a=1&b=2 is stopped; "
        "resume it, then `pantau dead-letters retry --stage notifier --all` sends them again"
    ) in lines
    assert sum("1 delivery failed (the webhook answered 403)" in line for line in lines) == 1
    (stopped,) = [line for line in lines if " is stopped since " in line]
    assert stopped.startswith("webhook:https://desk.example/gone?a=1&b=2 is stopped since 2026")
    assert "410 Gone" in stopped
    assert stopped.endswith("`pantau channels resume 'webhook:https://desk.example/gone?a=1&b=2'`")
    (failing,) = [line for line in lines if " refuses alerts since " in line]
    assert "the webhook answered 403" in failing
    assert not any("desk.example/good" in line for line in lines)


def test_status_in_indonesian_has_the_same_commands(pantau: Run) -> None:
    _, out, _ = pantau("--lang", "id", "status")
    assert "dihentikan sejak" in out
    assert "webhook menjawab 410 Gone: tidak mau menerima pesan lagi" in out
    assert "`pantau channels resume 'webhook:https://desk.example/gone?a=1&b=2'`" in out
    assert "menolak pemberitahuan sejak" in out


def test_status_as_json_lists_the_channels(pantau: Run) -> None:
    _, out, _ = pantau("status", "--json")
    found = json.loads(out)
    assert found["failed_deliveries"] == 3
    assert found["failed_at_stopped_channels"] == 2
    states = [(one["channel"][-12:-8], one["health"], one["command"]) for one in found["channels"]]
    assert states == [
        ("gone", "stopped", "pantau channels resume " + repr(describe_channel(hook("gone")))),
        ("/bad", "failing", "pantau dead-letters retry --stage notifier --all"),
    ]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([], ["bad", "gone", "good"]),
        (["--stopped"], ["gone"]),
        (["--failing"], ["bad", "gone"]),
        (["--stopped", "--failing"], ["bad", "gone"]),
    ],
)
def test_a_list_of_channels_can_be_filtered(
    pantau: Run, options: list[str], names: list[str]
) -> None:
    code, out, err = pantau("channels", "list", "--json", *options)
    assert (code, err) == (0, "")
    found = [json.loads(line) for line in out.splitlines()]
    assert [one["channel"].partition("example/")[2].partition("?")[0] for one in found] == names
    _, out, _ = pantau("channels", "list", *options)
    assert all(f"desk.example/{name}" in out for name in names)


def test_after_resume_the_letters_can_be_sent_again(pantau: Run) -> None:
    gone = describe_channel(hook("gone"))
    assert pantau("channels", "resume", gone)[0] == 0
    _, out, _ = pantau("status")
    assert " is stopped" not in out
    assert "3 deliveries failed (the webhook answered 403); `pantau dead-letters retry" in out
    code, out, err = pantau("channels", "list", "--stopped")
    assert (code, out, err) == (0, "No channel is so; see `pantau channels list`.\n", "")
    assert pantau("channels", "list", "--stopped", "--json") == (0, "", "")


def test_several_stopped_channels_are_counted(pantau: Run, data: Path) -> None:
    store = open_store(load_settings(data))
    stop(store, hook("bad"))
    store.close()
    _, out, _ = pantau("status")
    assert "3 deliveries failed because 2 channels are stopped: `pantau channels list" in out
    store = open_store(load_settings(data))
    known = known_channels(store.log, all_subscriptions(store.log))
    for name in ("bad", "gone"):
        found = find_channel(describe_channel(hook(name)), known)
        resume_channel(store.log, SystemClock(), found.channel)
    store.close()
    assert " stopped" not in pantau("status")[1]
