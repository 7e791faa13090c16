"""How a summary, and the notice of a suspension, look in each kind of channel."""

import io
import json
import shlex
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from rich.console import Console
from standardwebhooks import Webhook

from pantau.adapters.channels.file import AlertFileDriver
from pantau.adapters.channels.webhook import WebhookDriver
from pantau.adapters.http.fetcher import GuardedFetcher
from pantau.adapters.terminal.channel import TerminalDriver
from pantau.adapters.terminal.screen import alert_text
from pantau.common.channels.mailbox import read_mailbox
from pantau.common.channels.summary import Headline, Summary, SummaryPart
from pantau.common.time.clock import SystemClock
from pantau.notifier.mails.summary import compose_message
from pantau.ports import AnyMessage, SummaryMessage
from pantau_schemas.events.alert import DeliveryStatus
from pantau_schemas.events.subscription import Channel, EmailChannel, FileChannel, TerminalChannel
from tests.support import START
from tests.unit.notifier.support import (
    SECRET,
    Receiver,
    alert,
    delivery,
    message,
    receiving,
    webhook,
)

pytestmark = pytest.mark.anyio

NASTY = "Judul\x1b]0;x\x07 [bold]b[/bold] \u202eterbalik\r\nBcc: x@evil.example <script>&"
PROBLEM = "it cost more than allowed on 3 of the last 100 articles; change the query, or resume it"
MAIL = EmailChannel(to="desk@example.org")


def summary(
    title: str = "Banjir surut", lang: str | None = "id", url: str | None = None
) -> Summary:
    return Summary(
        summary_id="sum1",
        count=1_234,
        subscriptions=(SummaryPart("s1", "Banjir Demak", 1_200), SummaryPart("s2", title, 34)),
        more_subscriptions=0,
        feeds=(SummaryPart("f1", "kabar.example", 1_233), SummaryPart(None, None, 1)),
        more_feeds=7,
        first=(Headline("a1", "s1", title, url or "https://kabar.example/1?a=1&b=2", title),),
        since=START,
        until=START + timedelta(minutes=5),
        lang=lang,
    )


def summed(channel: Channel, **other: str) -> SummaryMessage:
    return SummaryMessage(summary(**other), channel)


def suspended(channel: Channel, **other: object) -> AnyMessage:
    fields = {"kind": "suspended", "problem": PROBLEM, "snippets": (), "matches": ()}
    return message(channel, alert(**fields | other))  # type: ignore[arg-type]  # fields of an alert


def mail(about: AnyMessage) -> EmailMessage:
    sender = read_mailbox("Pantau <pantau@example.org>")
    composed = compose_message(about, sender=sender, to="desk@example.org")
    assert (composed.sender, composed.to) == ("pantau@example.org", "desk@example.org")
    parsed = message_from_bytes(composed.content, policy=policy.SMTP)
    assert isinstance(parsed, EmailMessage)
    return parsed


def parts(about: EmailMessage) -> tuple[str, str]:
    plain, markup = about.get_body(("plain",)), about.get_body(("html",))
    assert plain is not None
    assert markup is not None
    return plain.get_content(), markup.get_content()


async def shown(about: AnyMessage) -> str:
    out = io.StringIO()
    driver = TerminalDriver(Console(file=out, width=200))
    await driver.send(about)
    await driver.close()
    return out.getvalue()


async def posted(about: AnyMessage, receiver: Receiver) -> tuple[dict[str, str], bytes]:
    fetcher = GuardedFetcher(receiver.settings)
    try:
        await WebhookDriver(fetcher, SystemClock()).send(about)
    finally:
        await fetcher.close()
    (got,) = receiver.got
    return got


async def test_a_webhook_gets_a_summary_signed_under_its_id() -> None:
    async with receiving(Receiver()) as receiver:
        headers, body = await posted(summed(webhook(receiver.url)), receiver)
    told = Webhook(SECRET).verify(body, headers)
    assert headers["webhook-id"] == "sum1"
    assert (told["type"], told["timestamp"]) == ("alerts.summary", "2026-03-02T08:05:00.000Z")
    assert told["data"] == {
        "summary_id": "sum1",
        "count": 1_234,
        "since": "2026-03-02T08:00:00.000Z",
        "until": "2026-03-02T08:05:00.000Z",
        "subscriptions": [
            {"id": "s1", "name": "Banjir Demak", "count": 1_200},
            {"id": "s2", "name": "Banjir surut", "count": 34},
        ],
        "more_subscriptions": 0,
        "feeds": [{"id": "f1", "source": "kabar.example", "count": 1_233}, {"count": 1}],
        "more_feeds": 7,
        "first": [
            {
                "alert_id": "a1",
                "subscription_id": "s1",
                "title": "Banjir surut",
                "url": "https://kabar.example/1?a=1&b=2",
                "source": "Banjir surut",
            }
        ],
    }


async def test_a_webhook_hears_of_a_suspension() -> None:
    async with receiving(Receiver()) as receiver:
        headers, body = await posted(suspended(webhook(receiver.url)), receiver)
    told = Webhook(SECRET).verify(body, headers)
    assert told["type"] == "subscription.suspended"
    data = told["data"]
    assert (data["kind"], data["problem"]) == ("suspended", PROBLEM)
    assert data["subscription"]["id"] == "banjir"
    assert data["article"]["url"] == "https://kabar.example/satu?a=1&b=2"


async def test_an_alert_says_its_kind_and_how_many_matches_are_left_out() -> None:
    async with receiving(Receiver()) as receiver:
        _, body = await posted(message(webhook(receiver.url), alert(more_matches=12)), receiver)
    told = json.loads(body)
    assert told["type"] == "alert"
    assert (told["data"]["kind"], told["data"]["more_matches"]) == ("match", 12)
    assert "problem" not in told["data"]


async def test_a_file_gets_a_line_of_each(tmp_path: Path) -> None:
    channel = FileChannel(path=str(tmp_path / "alerts.jsonl"))
    driver = AlertFileDriver()
    for about in (summed(channel), suspended(channel)):
        await driver.send(about)
    await driver.close()
    first, second = map(json.loads, (tmp_path / "alerts.jsonl").read_bytes().splitlines())
    assert (first["summary_id"], first["count"]) == ("sum1", 1_234)
    assert "delivery_id" not in first
    assert (second["kind"], second["problem"]) == ("suspended", PROBLEM)


async def test_the_terminal_shows_a_summary() -> None:
    text = await shown(summed(TerminalChannel()))
    assert "1,234 more alerts in one message" in text
    assert "Banjir Demak 1,200" in text
    assert "kabar.example 1,233, unknown 1, and 7 more" in text
    assert "https://kabar.example/1?a=1&b=2" in text
    assert "pantau alerts --subscription s1" in text


async def test_the_terminal_shows_a_suspension_and_further_matches() -> None:
    text = await shown(suspended(TerminalChannel()))
    assert text.startswith("▶ Subscription suspended: Banjir Jawa Tengah\n")
    assert PROBLEM in text
    assert "https://kabar.example/satu?a=1&b=2" in text
    assert "and 12 more matches" in await shown(message(TerminalChannel(), alert(more_matches=12)))
    assert "and 1 more match" in await shown(message(TerminalChannel(), alert(more_matches=1)))
    assert "more match" not in await shown(message(TerminalChannel()))


@pytest.mark.parametrize(
    "about", [summed(TerminalChannel(), title=NASTY), suspended(TerminalChannel(), problem=NASTY)]
)
async def test_text_from_outside_cannot_steer_the_terminal(about: AnyMessage) -> None:
    text = await shown(about)
    assert not set(text) & set("\x1b\x07\r\u202e")
    assert "[bold]b[/bold]" in text
    assert all(line.startswith(("▶ ", "  ")) for line in text.splitlines())


def test_a_mail_of_a_summary_in_indonesian() -> None:
    about = mail(summed(MAIL))
    assert about["Subject"] == "[Pantau] 1.234 berita lain: Banjir Demak dan 1 langganan lain"
    assert about["Message-ID"] == "<sum1@example.org>"
    assert about["List-Id"] == "<summaries.pantau.example.org>"
    assert about["Content-Language"] == "id"
    plain, markup = parts(about)
    assert "Banjir Demak (s1): 1.200" in plain
    assert "kabar.example (f1): 1.233" in plain
    assert "dan 7 lainnya" in plain
    assert "2 Maret 2026 08.00 hingga 08.05 UTC" in plain
    assert "pantau alerts --subscription s1" in plain
    assert "Berhenti: pantau subscriptions remove s1 s2" in plain
    assert '<a href="https://kabar.example/1?a=1&amp;b=2">Banjir surut</a>' in markup


def test_a_mail_of_a_summary_in_english() -> None:
    about = mail(summed(MAIL, lang="en"))
    assert about["Subject"] == "[Pantau] 1,234 more alerts: Banjir Demak and 1 other subscription"
    assert "and 7 more" in parts(about)[0]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_mail_of_a_suspension(lang: str) -> None:
    article = alert().article.model_copy(update={"lang": lang})
    about = mail(suspended(MAIL, article=article))
    words = {"id": "Langganan ditangguhkan", "en": "Subscription suspended"}
    assert about["Subject"] == f"[Banjir Jawa Tengah] {words[lang]}"
    assert about["List-Id"] == "<banjir.pantau.example.org>"
    for part in parts(about):
        assert PROBLEM in part
        assert "https://kabar.example/satu?a=1&" in part
        assert "pantau subscriptions resume banjir" in part
        assert "banjir AND Demak" in part


@pytest.mark.parametrize("name", ["a;reboot", "$(reboot)", "a|b", "`x`", "a'b"])
def test_an_id_is_no_command_in_what_a_mail_says_to_type(name: str) -> None:
    told = replace(summary(lang="en"), subscriptions=(SummaryPart(name, "x", 2),))
    stopped = suspended(MAIL, subscription_id=name)
    for about in (SummaryMessage(told, MAIL), stopped):
        lines = [one.strip() for one in parts(mail(about))[0].splitlines()]
        typed = ["pantau" + one.partition("pantau")[2] for one in lines if "pantau " in one]
        assert typed
        assert all(one.endswith(f" {shlex.quote(name)}") for one in typed)


def test_a_mail_says_how_many_matches_are_left_out() -> None:
    assert "Kecocokan lain: 12" in parts(mail(message(MAIL, alert(more_matches=12))))[0]
    assert "Kecocokan lain" not in parts(mail(message(MAIL)))[0]


@pytest.mark.parametrize(
    "about",
    [
        summed(MAIL, title=NASTY, url="javascript:alert(1)"),
        suspended(MAIL, problem=NASTY, subscription_name=NASTY),
    ],
)
def test_text_from_outside_cannot_steer_a_mail(about: AnyMessage) -> None:
    read = mail(about)
    assert read["Bcc"] is None
    assert "\r" not in read["Subject"]
    plain, markup = parts(read)
    assert not set(plain) & set("\x1b\x07\u202e")
    assert not any(line.startswith("Bcc:") for line in plain.splitlines())
    assert "<script>" not in markup
    assert "javascript:" not in markup.replace("&lt;", "")


def test_the_list_of_alerts_says_in_which_summary_one_was() -> None:
    console = Console(file=io.StringIO(), width=200)
    told = delivery(status=DeliveryStatus.SUMMARIZED, summary_id="sum1", attempts=1)
    assert "summarized terminal in summary sum1" in alert_text(console, alert(), [told]).plain
    text = alert_text(console, suspended(MAIL).alert, bullet="").plain  # type: ignore[union-attr]  # an alert's
    assert text.startswith("Subscription suspended: Banjir Jawa Tengah\n")


def test_the_list_of_alerts_counts_no_tries_for_a_fault_of_the_settings() -> None:
    console = Console(file=io.StringIO(), width=200)
    for attempts, shown in (
        (0, "(no folder)"),
        (1, "(1 try: no folder)"),
        (2, "(2 tries: no folder)"),
    ):
        told = delivery(status=DeliveryStatus.RETRYING, attempts=attempts, problem="no folder")
        assert shown in alert_text(console, alert(), [told]).plain
