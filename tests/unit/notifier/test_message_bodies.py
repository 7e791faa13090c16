"""Bodies of messages of several alerts: version 1, version 2, a line of a file, the terminal."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from rich.console import Console

from pantau.adapters.terminal.channel import TerminalDriver
from pantau.notifier.composing.view import MessageView
from pantau.notifier.composing.views import view_of_content
from pantau.notifier.payload import file_line, webhook_bytes
from pantau_schemas import generate, webhook
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.message import Occasion
from pantau_schemas.events.rules import Rules
from pantau_schemas.events.subscription import FileChannel, TerminalChannel, WebhookChannel
from pantau_schemas.problem import ProblemData
from tests.unit.notifier.messages import alert_of, content, five, rule_message

pytestmark = pytest.mark.anyio

NEW = WebhookChannel.model_validate(
    {"url": "https://desk.example/hook", "secret": "whsec_x", "payload": 2}
)
OLD = NEW.model_copy(update={"payload": 1})
SCHEMA = json.loads((generate.FOLDER / "webhook.v2.json").read_bytes())
OCCASIONS: tuple[Occasion, ...] = (
    "collected", "digest", "quiet-ended", "mute-ended", "grown", "count", "spike", "silence",
    "expired",
)  # fmt: skip


def check(body: bytes) -> dict[str, Any]:
    """Parse a body of version 2 that the schema accepts."""
    parsed: dict[str, Any] = json.loads(body)
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(parsed)
    assert len(body) <= webhook.BODY_BYTES
    return parsed


def test_stories_are_grouped_and_counted() -> None:
    data = check(webhook_bytes(rule_message(NEW, content(left=7))))["data"]
    assert [len(one["alerts"]) for one in data["stories"]] == [3, 1, 1]
    assert (data["count"], data["more_alerts"]) == (12, 7)
    assert data["stories"][0]["other_sources"] == ["tiga.example", "lima.example", "koran"]
    assert data["stories"][0]["more_sources"] == 4
    assert data["since"] == "2026-03-01T15:00:00.000+07:00"
    assert "story_id" not in data["stories"][2]


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_occasion_has_words_in_both_languages(occasion: Occasion) -> None:
    alerts = () if occasion in {"silence", "expired"} else five()
    said = [
        view_of_content(content(occasion, alerts, rules=Rules(language=lang)))
        for lang in ("en", "id")
    ]
    assert said[0].lead != said[1].lead
    assert said[0].subject.startswith("[Banjir] ")
    for channel in (NEW, OLD):
        json.loads(webhook_bytes(rule_message(channel, content(occasion, alerts))))
    check(webhook_bytes(rule_message(NEW, content(occasion, alerts))))


def test_what_the_rule_found_is_said_where_there_are_words_for_it() -> None:
    known = ProblemData(code="delivery.no-answer", params={"seconds": "5"})
    for why, lead in ((known, ("no answer within 5 s",)), (ProblemData(code="later.code"), ())):
        about = content("spike", why=why, rules=Rules(language="en"))
        assert view_of_content(about).lead[1:] == lead


def test_version_1_gets_a_summary() -> None:
    body = json.loads(webhook_bytes(rule_message(OLD, content(left=7))))
    assert body["type"] == "alerts.summary"
    data = body["data"]
    assert data["count"] == 12
    assert data["subscriptions"] == [{"id": "banjir", "name": "Banjir", "count": 12}]
    titles = [one["title"].rpartition(" ")[2] for one in data["first"]]
    assert titles == ["satu", "dua", "empat", "tiga", "lima"]


def test_a_line_of_a_file_has_the_id_of_its_delivery() -> None:
    message = rule_message(FileChannel(path="a"))
    line = file_line(message)
    assert line["delivery_id"] == message.message_id
    assert line["message_id"] == message.content.message.message_id
    assert len(line["stories"]) == 3


async def test_the_terminal_shows_each_story() -> None:
    out = io.StringIO()
    driver = TerminalDriver(Console(file=out, width=200))
    await driver.send(rule_message(TerminalChannel(), content(left=7)))
    await driver.close()
    text = out.getvalue()
    assert "12 berita tentang 3 cerita, dari 1 Maret 15.00" in text
    assert "juga di 7 sumber lain: tiga.example, lima.example, koran dan 4 lainnya" in text
    assert "Air *banjir* mulai surut." in text
    assert "pantau alerts --subscription banjir" in text


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ("", "\u202e", "x" * 5_000, "\x00" * 3_000, "😀" * 2_000, "<b>", "\n\n", "https://a.example")
)


@st.composite
def alerts(draw: st.DrawFn) -> tuple[Alert, ...]:
    number = draw(st.integers(0, 30))
    return tuple(
        alert_of(
            f"a{one}",
            draw(st.sampled_from((None, "s1", "s2", "s3"))),
            title=draw(TEXTS),
            source=draw(st.none() | TEXTS),
            url=draw(st.none() | TEXTS),
            excerpt=draw(st.none() | TEXTS),
        )
        for one in range(number)
    )


@settings(max_examples=30)
@given(found=alerts(), left=st.integers(0, 10**6), occasion=st.sampled_from(OCCASIONS))
def test_bodies_are_valid_and_bounded_whatever_the_articles(
    found: tuple[Alert, ...], left: int, occasion: Occasion
) -> None:
    about = content(occasion, found, left)
    data = check(webhook_bytes(rule_message(NEW, about)))["data"]
    listed = sum(len(one["alerts"]) + one["more_alerts"] for one in data["stories"])
    assert listed + data["more_alerts"] == data["count"] == len(found) + left
    view = view_of_content(about)
    assert isinstance(view, MessageView)
    assert webhook_bytes(rule_message(OLD, about)) == webhook_bytes(rule_message(OLD, about))
