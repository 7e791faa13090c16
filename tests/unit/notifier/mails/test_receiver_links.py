"""Links in mails, from the finished bytes to what a click does."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as ParsedMail
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.channels.mail_links import ChannelToken, MailLinks
from pantau.common.channels.mailbox import Mailbox
from pantau.console.access import shown_path
from pantau.notifier.mails.summary import compose_message
from pantau.notifier.plan import id_of
from pantau.ports import Message
from pantau.settings import ConsoleSettings
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.subscription import EmailChannel, TerminalChannel
from tests.consoles import Client, filled, serving_console
from tests.support import subscription
from tests.unit.notifier.messages import rule_message
from tests.unit.notifier.support import alert, delivery

TO = EmailChannel(to="desk@example.org")
OTHER = EmailChannel(to="kedua@example.org")
KEY = b"k" * 32
LINKS = MailLinks("https://berita.example", KEY)
SENDER = Mailbox("pantau", "example.org")


def mail(links: MailLinks | None = LINKS) -> ParsedMail:
    """Return the mail of an alert of the subscription `surat`, parsed as a receiver does."""
    sent = Message(delivery(), alert("surat", "satu"), TO)
    return message_from_bytes(compose_message(sent, sender=SENDER, to=TO.to, links=links).content)


def texts(parsed: ParsedMail) -> list[str]:
    return [
        str(part.get_payload(decode=True), "utf-8")  # type: ignore[arg-type]  # bytes of a leaf
        for part in parsed.walk()
        if part.get_content_maintype() == "text"
    ]


def test_a_mail_has_the_headers_of_one_click_and_links_in_both_parts() -> None:
    parsed = mail()
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = parsed["List-Unsubscribe"]
    assert re.fullmatch(r"<https://berita\.example/unsubscribe/[\w.-]+>", link)
    plain, html = texts(parsed)
    assert link.strip("<>") in plain
    assert link.strip("<>") in html
    for text in (plain, html):
        assert "https://berita.example/mute/" in text
    assert mail().as_bytes() == parsed.as_bytes()


def test_a_message_of_several_alerts_has_them_too() -> None:
    sent = rule_message(TO)
    parsed = message_from_bytes(compose_message(sent, sender=SENDER, to=TO.to, links=LINKS).content)
    assert parsed["List-Unsubscribe"].startswith("<https://berita.example/unsubscribe/")


def test_without_a_public_address_there_are_none() -> None:
    parsed = mail(None)
    assert parsed["List-Unsubscribe"] is None
    assert parsed["List-Unsubscribe-Post"] is None
    assert not any("unsubscribe" in text for text in texts(parsed))


def test_one_click_is_promised_over_https_alone() -> None:
    parsed = mail(MailLinks("http://127.0.0.1:8480", KEY))
    assert parsed["List-Unsubscribe"].startswith("<http://127.0.0.1:8480/")
    assert parsed["List-Unsubscribe-Post"] is None


def test_an_id_that_makes_no_line_of_a_header_gets_no_link() -> None:
    assert LINKS.link("unsubscribe", "\U0001f300" * 200, "c") is None


@given(st.text(min_size=1, max_size=60), st.text("abc234", min_size=1, max_size=26), st.data())
def test_a_token_is_read_by_its_key_for_its_purpose_alone(
    named: str, channel: str, data: st.DataObject
) -> None:
    meant = ChannelToken(named, channel)
    token = LINKS.token("unsubscribe", meant)
    assert LINKS.read("unsubscribe", token) == meant
    assert LINKS.read("mute", token) is None
    assert MailLinks(LINKS.address, b"x" * 32).read("unsubscribe", token) is None
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("aZ_.-"))
    changed = token[:place] + other + token[place + 1 :]
    assert changed == token or LINKS.read("unsubscribe", changed) is None


@pytest.mark.parametrize(
    "token", ["", ".", "..", "a.b.c", "c3VyYXQ.x.", "a" * 700, "é.b.c", "c3VyYXQ.b.=", "%2e.b.c"]
)
def test_what_is_no_token_is_none(token: str) -> None:
    assert LINKS.read("unsubscribe", token) is None


class Desk:
    """A console with a public address, and its subscriptions."""

    def __init__(self, client: Client, registry: SubscriptionRepository) -> None:
        self.client, self.registry = client, registry

    def path(self, purpose: str, channel: EmailChannel = TO) -> str:
        link = LINKS.link("mute" if purpose == "mute" else "unsubscribe", "surat", id_of(channel))
        return urlsplit(link or "").path


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    console = ConsoleSettings.model_validate(
        {"public_url": LINKS.address, "signing_key": KEY.decode()}
    )
    store, settings, clock = filled(tmp_path_factory.mktemp("receivers"), console)
    registry = SubscriptionRepository(store.log, clock)
    registry.save(subscription("surat", "gempa", channels=(TO, OTHER, TerminalChannel())))
    with serving_console(store, settings, clock) as address:
        yield Desk(Client(address), registry)
    store.close()


def test_opening_the_link_changes_nothing_and_its_button_takes_one_mailbox_off(desk: Desk) -> None:
    page = desk.client.get(desk.path("unsubscribe"), headers={"Accept-Language": "en"})
    assert (page.status, "Stop these mails" in page.text) == (200, True)
    assert "Others get them as before" in page.text
    assert "<nav" not in page.text
    assert len(desk.registry.find("surat").channels) == 3
    done = desk.client.post(desk.path("unsubscribe"), headers={"Accept-Language": "en"})
    assert (done.status, "no more mails" in done.text) == (200, True)
    assert desk.registry.find("surat").channels == (OTHER, TerminalChannel())
    again = desk.client.post(desk.path("unsubscribe"))
    assert again.status == 200
    assert desk.registry.find("surat").channels == (OTHER, TerminalChannel())
    assert "<form" not in desk.client.get(desk.path("unsubscribe")).text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click"),
        (
            "multipart/form-data; boundary=----x",
            b'------x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n1\r\n',
        ),
    ],
)
def test_a_mail_program_unsubscribes_with_one_click(desk: Desk, kind: str, body: bytes) -> None:
    headers = {"Content-Type": kind, "Host": "berita.example"}
    answer = desk.client.ask("POST", desk.path("unsubscribe"), headers, body)
    assert answer.status == 200
    assert TO not in desk.registry.find("surat").channels


@pytest.mark.parametrize("lang", ["en", "id"])
@pytest.mark.parametrize("purpose", ["unsubscribe", "mute"])
def test_a_cut_link_says_what_to_do(desk: Desk, purpose: str, lang: str) -> None:
    headers, path = {"Accept-Language": lang}, desk.path(purpose)
    told = "copy the address" if lang == "en" else "salin seluruh alamat"
    for cut in (path[:-1], path[: len(path) // 2], f"/{purpose}/x", path + "=", path + "."):
        for answer in (
            desk.client.get(cut, headers=headers),
            desk.client.post(cut, {"for": "7d"}, headers),
        ):
            assert answer.status == 404
            assert told in answer.text
            assert "<nav" not in answer.text
    assert len(desk.registry.find("surat").channels) == 3


def test_a_link_of_a_subscription_that_is_gone_says_so(desk: Desk) -> None:
    paths = desk.path("unsubscribe"), desk.path("mute")
    desk.registry.remove([desk.registry.find("surat")])
    for path in paths:
        answer = desk.client.get(path, headers={"Accept-Language": "en"})
        assert (answer.status, "no longer exists" in answer.text) == (200, True)
        answer = desk.client.post(path, {"for": "7d"}, {"Accept-Language": "en"})
        assert (answer.status, "no more mails" in answer.text) == (200, True)


def test_a_receiver_mutes(desk: Desk) -> None:
    path = desk.path("mute")
    assert "For a week" in desk.client.get(path, headers={"Accept-Language": "en"}).text
    assert desk.client.post(path, {"for": "99y"}).status == 404
    english = {"Accept-Language": "en"}
    done = desk.client.post(path, {"for": "7d"}, english)
    assert (done.status, "It ends at" in done.text) == (200, True)
    mute = desk.registry.find("surat").rules.mute
    assert mute is not None
    assert mute.until is not None
    assert "It ends at" not in desk.client.post(path, {"for": "growth"}, english).text
    mute = desk.registry.find("surat").rules.mute
    assert mute is not None
    assert mute.until_growth


def test_unknown_tokens_and_those_of_another_purpose_are_not_found(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    good = desk.path("unsubscribe")
    gone = LINKS.link("unsubscribe", "nothing", "c") or ""
    paths = [f"{good[:-2]}xx", good.replace("unsubscribe", "mute"), "/unsubscribe/x", "/mute/x"]
    assert (
        desk.client.get(urlsplit(gone).path).status == 200
    )  # signed, and there is nothing to stop
    for path in paths:
        assert desk.client.get(path).status == 404
        assert desk.client.post(path, {"for": "7d"}).status == 404
    assert len(desk.registry.find("surat").channels) == 3
    assert not caplog.records
    assert shown_path(good) == "/unsubscribe/..."
