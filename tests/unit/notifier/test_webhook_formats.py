"""Formats of webhooks: a CloudEvent, a message of Slack, a card of Teams."""

import json
import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pantau.notifier.bodies.slack import escaped
from pantau.notifier.payload import content_type, webhook_bytes
from pantau.ports import AnyMessage, SummaryMessage
from pantau_schemas.events.alert import ArticleSummary, Snippet
from pantau_schemas.events.subscription import WebhookChannel, WebhookFormat
from tests.support import START
from tests.unit.notifier.messages import alert_of, content, five, rule_message
from tests.unit.notifier.support import SECRET, alert, message
from tests.unit.notifier.test_message_bodies import OCCASIONS, SCHEMA
from tests.unit.notifier.test_payload_version_1 import SUMMARY

FORMATS: tuple[WebhookFormat, ...] = get_args(WebhookFormat)
CHATS = ("slack", "teams")


def channel(form: str, version: int = 2) -> WebhookChannel:
    fields = {"url": "https://chat.example/in", "secret": SECRET, "payload": version}
    return WebhookChannel.model_validate(fields | {"format": form})


def body(about: AnyMessage) -> Any:
    sent = webhook_bytes(about)
    assert sent == webhook_bytes(about)
    assert len(sent) <= 24 * 1024
    return json.loads(sent)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield all objects of a body."""
    if isinstance(value, dict):
        yield value
    for one in (
        value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    ):
        yield from nodes(one)


def messages(form: str) -> list[AnyMessage]:
    """Return a message of every kind."""
    to = channel(form)
    suspended = alert(kind="suspended", problem="too expensive")
    return [
        message(to),
        message(to, suspended),
        SummaryMessage(SUMMARY, to),
        *(rule_message(to, content(one, () if one == "silence" else five())) for one in OCCASIONS),
    ]


def test_without_a_format_nothing_changes() -> None:
    plain = WebhookChannel.model_validate({"url": "https://a.example", "secret": SECRET})
    assert plain.format == "pantau"
    assert webhook_bytes(message(plain)) == webhook_bytes(message(channel("pantau", 1)))


def test_a_cloud_event_has_the_data_of_version_2() -> None:
    for about in messages("cloudevents"):
        event = body(about)
        assert event["specversion"] == "1.0"
        assert event["id"] == about.message_id
        assert event["source"] == "/pantau/notifier"
        whole = {
            "version": 2,
            "id": event["id"],
            "timestamp": event["time"],
            "type": event["type"].removeprefix("pantau.").removesuffix(".v2"),
            "data": event["data"],
        }
        Draft202012Validator(SCHEMA).validate(whole)
    one = body(message(channel("cloudevents", 1)))
    assert (one["type"], one["subject"]) == ("pantau.alert.v2", "banjir")


def test_a_message_of_slack_has_its_limits() -> None:
    for about in messages("slack"):
        made = body(about)
        assert made["text"]
        assert 1 < len(made["blocks"]) <= 50
        assert {one["type"] for one in made["blocks"]} <= {"header", "divider", "rich_text"}
        assert len(made["blocks"][0]["text"]["text"]) <= 150
        assert not [one for one in nodes(made) if one.get("type") == "mrkdwn"]
        assert (made["mrkdwn"], made["link_names"], made["parse"]) == (False, False, "none")


def test_a_card_of_teams_reads_no_markdown() -> None:
    for about in messages("teams"):
        made = body(about)
        (attachment,) = made["attachments"]
        assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
        assert attachment["content"]["type"] == "AdaptiveCard"
        kinds = {one["type"] for one in nodes(attachment["content"]) if "type" in one}
        assert kinds <= {
            "AdaptiveCard", "Container", "RichTextBlock", "TextRun", "Action.OpenUrl"
        }  # fmt: skip


@pytest.mark.parametrize("form", CHATS)
def test_it_says_what_a_mail_says(form: str) -> None:
    shown = "".join(one["text"] for one in nodes(body(rule_message(channel(form), content(left=7))))
                    if isinstance(one.get("text"), str))  # fmt: skip
    for part in (
        "12 berita tentang 3 cerita", "Banjir di Demak: satu", "Air ", "banjir",
        "cocok: banjir", "juga di 7 sumber lain", "Dan 7 berita lain", "pantau subscriptions mute",
        "2 Maret 2026 15.00 WIB",
    ):  # fmt: skip
        assert part in shown
    links = {one["url"] for one in nodes(body(rule_message(channel(form)))) if "url" in one}
    assert "https://satu.example/1?a=1&b=2" in links


NASTY = (
    "<!channel>", "<!here|here>", "<https://evil.example|Bank>", "@channel @here", "*b* _i_ `c`",
    "&lt;!everyone&gt;", "[Bank](https://evil.example)", "{{DATE(2026-01-01T00:00:00Z)}}", "${x}",
    "{{{DATE(2026-01-01T00:00:00Z)}}}", "$${{x}}",
    "<at>Somebody</at>", "\n\n# heading\n- list", "\u202egnp.exe", "x" * 9_000, "😀" * 4_000, "",
    "javascript:alert(1)", "https://ok.example/<!channel>", "$${x}",
    "${{x}}", "{" * 9, "![x](https://evil.example/x.png)", "[a][b] [b]: https://evil.example",
    "@EVERYONE @All", "https://ok.example/{{{x}}}",
)  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("form", CHATS)
def test_outside_text_is_only_text(form: str, text: str) -> None:
    article = ArticleSummary(
        article_id="a", revision=1, title=text, source=text, url=text, first_seen=START
    )
    snippet = Snippet(field="text", text=f"see {text} here", marks=((4, 4 + len(text)),))
    about = alert(article=article, snippets=(snippet,), subscription_name=text or "x", query=text)
    made = body(message(channel(form), about))
    for one in nodes(made):
        if "url" in one:
            assert one["url"].startswith(("http://", "https://"))
    if form == "slack":
        assert "<" not in made["text"]
        assert not re.search(r"@(channel|everyone|all)|\][(\[:]", made["text"], re.IGNORECASE)
    else:
        assert "{{" not in json.dumps(made)
        assert "${" not in json.dumps(made)


@settings(max_examples=30)
@given(
    texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(NASTY)),
    form=st.sampled_from(CHATS),
)
def test_bodies_are_bounded_whatever_the_articles(texts: list[str], form: str) -> None:
    alerts = [
        alert_of(f"a{number}", None if number % 3 else "s", title=one, source=one, url=one)
        for number, one in enumerate(texts)
    ]
    made = body(rule_message(channel(form), content("digest", alerts)))
    for one in nodes(made):
        if one.get("type") in {"text", "TextRun", "plain_text"}:
            assert 0 < len(one["text"]) <= 3_000


def test_what_slack_interprets_is_escaped() -> None:
    assert escaped("<!channel> & @here") == "&lt;!channel&gt; &amp; @\u200bhere"
    assert escaped("mail@channel.example") == "mail@\u200bchannel.example"
    assert escaped("desk@example.org") == "desk@example.org"


@pytest.mark.parametrize("form", FORMATS)
def test_only_a_cloud_event_has_a_media_type_of_its_own(form: str) -> None:
    kind = "cloudevents+json" if form == "cloudevents" else "json"
    assert content_type(channel(form)) == f"application/{kind}; charset=utf-8"
