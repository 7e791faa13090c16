"""A trial message, into a real file."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from pantau.adapters.channels.file import AlertFileDriver
from pantau.ports import AnyMessage, Message
from pantau.usecases.channels.trial import send_trials
from pantau_schemas.events.subscription import (
    EmailChannel,
    FileChannel,
    MessageTemplate,
    Subscription,
)
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
