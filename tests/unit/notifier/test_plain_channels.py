from typing import Any

import pytest
from pydantic import TypeAdapter

from pantau.notifier.intake import plain_channels
from pantau.notifier.intake.plain_channels import PlainChannels
from pantau_schemas.events.rules import Collected
from pantau_schemas.events.subscription import (
    Channel,
    EmailChannel,
    FileChannel,
    Subscription,
    TerminalChannel,
)
from tests.support import subscription
from tests.unit.notifier.support import webhook


def of(name: str, *channels: Channel) -> Subscription:
    return subscription(name, "banjir", channels=channels)


def test_channels_are_held_until_they_change() -> None:
    held = PlainChannels()
    assert held.get("a") is None
    held.put(of("a", TerminalChannel()))
    held.put(of("b"))
    assert (held.get("a"), held.get("b")) == ((TerminalChannel(),), ())
    held.put(of("a", EmailChannel(to="desk@example.org")))
    assert held.get("a") == (EmailChannel(to="desk@example.org"),)
    held.drop("a")
    held.drop("a")
    assert held.get("a") is None


def test_equal_channels_are_held_once() -> None:
    held = PlainChannels()
    for name in ("a", "b"):
        held.put(of(name, webhook("https://in.example/a"), EmailChannel(to="desk@example.org")))
    assert held.get("a") is held.get("b")


@pytest.mark.parametrize(
    "channel",
    [
        webhook("https://in.example/a"),
        EmailChannel(to="desk@example.org", timing=Collected(seconds=600)),
        FileChannel(path="alerts.jsonl"),
        TerminalChannel(),
    ],
)
def test_channels_with_unknown_members_are_told_apart(channel: Channel) -> None:
    kinds: TypeAdapter[Any] = TypeAdapter(Channel)
    fields = {**channel.model_dump(), "mood": "calm"}
    held = PlainChannels()
    held.put(of("a", channel))
    held.put(of("b", kinds.validate_python(fields)))
    (known,) = held.get("b") or ()
    assert (known.model_extra, held.get("a")) == ({"mood": "calm"}, (channel,))


def test_more_than_the_bound_are_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_channels, "MOST", 2)
    held = PlainChannels()
    for name in "abc":
        held.put(of(name, FileChannel(path=f"{name}.jsonl")))
    assert held.get("c") is None
    held.put(of("b", TerminalChannel()))
    assert held.get("b") == (TerminalChannel(),)
