"""Mails of several alerts: their threads, both parts, nothing interpreted of outside text."""

import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from pantau.common.channels.mailbox import read_mailbox
from pantau.common.channels.message_content import MessageContent
from pantau.notifier.mail import compose
from pantau.notifier.mails.summary import compose_message
from pantau.notifier.payload_v2 import why
from pantau_schemas.events.alert import Alert, MatchedClause, Snippet
from pantau_schemas.events.message import Occasion
from pantau_schemas.events.rules import Rules
from pantau_schemas.events.subscription import EmailChannel
from tests.unit.notifier.mails.test_mail import ANY_TEXT, TAGS, part
from tests.unit.notifier.messages import alert_of, content, five, rule_message
from tests.unit.notifier.test_message_bodies import OCCASIONS

SENDER = read_mailbox("pantau@example.net")
TO = EmailChannel(to="desk@example.org")


def mail(about: MessageContent) -> EmailMessage:
    sent = compose_message(rule_message(TO, about), sender=SENDER, to=TO.to).content
    return email.message_from_bytes(sent, policy=email.policy.default)


def single(about: Alert) -> EmailMessage:
    sent = compose(about, delivery_id="d1", sender=SENDER, to=TO.to).content
    return email.message_from_bytes(sent, policy=email.policy.default)


def test_mails_of_one_story_are_one_thread() -> None:
    first, *others = five()
    start, more = single(first), mail(content("grown", [others[1], others[3]]))
    assert start["Message-ID"] != more["Message-ID"]
    assert start["References"] == more["References"] == more["In-Reply-To"]
    assert start["References"].endswith("@example.net>")
    assert single(others[0])["References"] != start["References"]


def test_mails_of_several_stories_are_no_thread() -> None:
    message = mail(content())
    assert message["References"] is None
    assert message["In-Reply-To"] is None
    assert message["List-Id"] == "<banjir.pantau.example.net>"
    assert single(five()[3])["References"] is None  # no story is known


def test_a_digest_says_the_same_in_both_parts() -> None:
    message = mail(content(left=7))
    assert message["Subject"] == "[Banjir] 12 berita tentang 3 cerita"
    assert message["Date"] == "Mon, 02 Mar 2026 08:00:00 +0000"
    plain = part(message, "plain")
    shown = LexborHTMLParser(part(message, "html")).text()
    for text in (
        "Banjir di Demak: satu", "satu.example · 2 Maret 2026 15.00 WIB", "mulai surut.",
        "cocok: banjir", "juga di 7 sumber lain: tiga.example, lima.example, koran dan 4 lainnya",
        "Berita lain tentang cerita ini", "Banjir di Demak: lima", "Dan 7 berita lain.",
        "pantau alerts --subscription banjir", "pantau subscriptions mute banjir",
        "pantau subscriptions remove banjir", "Kueri: banjir AND Demak",
    ):  # fmt: skip
        assert text in plain
        assert text in shown
    assert "1. Banjir di Demak: satu\n   satu.example" in plain
    assert "Air *banjir* mulai surut." in plain


def test_a_story_that_has_grown_says_what_is_new() -> None:
    alerts = [five()[0], five()[2]]
    message = mail(content("grown", alerts, rules=Rules(language="en")))
    assert message["Subject"] == "[Banjir] More on: Banjir di Demak: satu"
    assert message["Content-Language"] == "en"
    assert "Also new since the last message:\n- Banjir di Demak: tiga" in part(message, "plain")


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_occasion_is_a_mail(occasion: Occasion, lang: str) -> None:
    alerts = () if occasion in {"silence", "expired"} else five()
    message = mail(content(occasion, alerts, rules=Rules.model_validate({"language": lang})))
    assert message["Content-Language"] == lang
    page = LexborHTMLParser(part(message, "html"))
    schemes = [node.attributes["content"] for node in page.css("meta[name*=color-scheme]")]
    assert schemes == ["light dark", "light dark"]
    assert not page.css("img, script, link, iframe, form")


def test_single_alerts_are_in_the_language_that_the_rules_name() -> None:
    sent = compose(five()[0], delivery_id="d1", sender=SENDER, to=TO.to, lang="en").content
    assert email.message_from_bytes(sent)["Content-Language"] == "en"


@settings(max_examples=40)
@given(title=ANY_TEXT, source=ANY_TEXT, url=ANY_TEXT, text=ANY_TEXT, number=st.integers(1, 4))
def test_no_value_gets_out_of_its_place(
    title: str, source: str, url: str, text: str, number: int
) -> None:
    alerts = []
    for one in range(number):
        about = alert_of(f"a{one}", "s1" if one % 2 else None)
        fields = {"title": title, "source": source, "url": url}
        snippet = Snippet.model_construct(field="text", text=text, marks=((0, 3), (2, 9)))
        changes = {
            "article": about.article.model_copy(update=fields), "snippets": (snippet,)
        }  # fmt: skip
        alerts.append(about.model_copy(update=changes))
    message = mail(content("digest", alerts))
    assert [one.get_content_type() for one in message.iter_parts()] == ["text/plain", "text/html"]
    page = LexborHTMLParser(part(message, "html"))
    assert {node.tag for node in page.css("*")} <= TAGS | {"ul", "li", "h3", "strong"}
    for node in page.css("a"):
        assert (node.attributes["href"] or "").lower().startswith(("http://", "https://"))


def test_words_side_by_side_are_named_once_as_the_text_that_they_are() -> None:
    alert, *_ = five()
    clauses = tuple(
        MatchedClause(text="banjir Demak", fields=("title",), words=(word,))
        for word in ("banjir", "demak")
    )
    sent = single(alert.model_copy(update={"clauses": clauses}))
    assert part(sent, "plain").count("banjir Demak") == 1
    assert why(alert.model_copy(update={"clauses": clauses})).count("banjir Demak") == 1
