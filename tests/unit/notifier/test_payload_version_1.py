"""Version 1 of the payload stays as it is, byte for byte, for the receivers that read it.

The golden files were written by the last program that knew version 1 alone. The alerts are of
version 2 of their event, as it wrote them.
"""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from pantau.common.channels.summary import Headline, Summary, SummaryPart
from pantau.notifier.payload import file_line, webhook_bytes
from pantau.notifier.plan import plan_deliveries
from pantau.ports import AnyMessage, Message, SummaryMessage
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.subscription import WebhookChannel
from tests.support import START, subscription

GOLDEN = Path(__file__).parent / "golden"
CHANNEL = WebhookChannel.model_validate({"url": "https://desk.example/hook", "secret": "whsec_x"})
SUMMARY = Summary(
    summary_id="sum-1",
    count=7,
    subscriptions=(SummaryPart("banjir", "Banjir Demak", 5), SummaryPart("gempa", "Gempa", 2)),
    more_subscriptions=1,
    feeds=(SummaryPart("feed-1", "kabar.example", 6), SummaryPart(None, None, 1)),
    more_feeds=2,
    first=(
        Headline("a-1", "banjir", "Banjir di Demak – “surut”", "https://kabar.example/1", "kabar"),
        Headline("a-2", "gempa", "Gempa\u2028di Palu", None, None),
    ),
    since=START,
    until=START + timedelta(minutes=5),
    lang="id",
)


def alert_message(name: str) -> AnyMessage:
    alert = decode(Alert, (GOLDEN / f"{name}.v2.json").read_bytes())
    asked = subscription(alert.subscription_id, alert.query, channels=(CHANNEL,))
    (delivery,) = plan_deliveries(alert, asked, alert.matched_at)
    return Message(delivery, alert, CHANNEL)


MESSAGES = {
    "alert": alert_message("alert"),
    "suspended": alert_message("suspended"),
    "summary": SummaryMessage(SUMMARY, CHANNEL),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_the_body_is_the_same_bytes(name: str) -> None:
    golden = (GOLDEN / f"webhook-{name}.v1.json").read_bytes()
    assert webhook_bytes(MESSAGES[name]) == golden


@pytest.mark.parametrize("name", MESSAGES)
def test_a_line_of_a_file_is_the_same(name: str) -> None:
    line = json.dumps(file_line(MESSAGES[name]), ensure_ascii=False)
    assert line == (GOLDEN / f"file-{name}.v1.json").read_text(encoding="utf-8")
