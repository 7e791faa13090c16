import socket
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import aiosmtplib
import pytest

from pantau.adapters.channels.smtp import SmtpDriver, convert
from pantau.common.channels.mailbox import read_mailbox
from pantau.errors import RejectError, RetryError, SettingsFaultError
from pantau.notifier.mail import compose
from pantau.settings import Settings, SmtpSettings
from pantau.settings.changes import adopt
from pantau_schemas.events.subscription import EmailChannel, TerminalChannel
from tests.ports import refusing_port
from tests.unit.adapters.channels.mail_server import PASSWORD, Mailbox, mail_server
from tests.unit.notifier.support import TITLE, alert, message

pytestmark = pytest.mark.anyio

DESK = EmailChannel(to="desk@example.org")


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
async def port(mailbox: Mailbox) -> AsyncIterator[int]:
    async with mail_server(mailbox) as port:
        yield port


def settings(port: int, **other: object) -> SmtpSettings:
    fields = {"host": "127.0.0.1", "port": port, "sender": "pantau@example.net", "security": "none"}
    return SmtpSettings.model_validate(fields | other)


async def test_a_mail_arrives_as_it_was_written(mailbox: Mailbox, port: int) -> None:
    driver = SmtpDriver(settings(port))
    await driver.send(message(DESK))
    await driver.close()
    (mail,) = mailbox.mails
    assert mailbox.envelopes == [("pantau@example.net", ["desk@example.org"])]
    assert mail["Subject"] == f"[Banjir Jawa Tengah] {TITLE}"
    assert mail["Message-ID"] == f"<{message(DESK).delivery.delivery_id}@example.net>"
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert "*Banjir Demak* surut" in plain.get_content()
    assert "<b>Banjir</b> <b>Demak</b> surut" in html.get_content()


async def test_names_of_all_scripts_arrive(mailbox: Mailbox, port: int) -> None:
    driver = SmtpDriver(settings(port))
    await driver.send(message(DESK, alert(subscription_name="Kraton ꦏꦿꦠꦺꦴꦤ꧀ – é 日本")))
    await driver.close()
    assert mailbox.mails[0]["Subject"] == f"[Kraton ꦏꦿꦠꦺꦴꦤ꧀ – é 日本] {TITLE}"


async def test_connections_are_kept_and_replaced_when_the_server_hung_up(
    mailbox: Mailbox, port: int
) -> None:
    driver = SmtpDriver(settings(port))
    await driver.send(message(DESK))
    await driver.send(message(DESK))
    assert len(mailbox.sessions) == 1
    ((_, kept),) = driver._idle
    assert kept.transport is not None
    kept.transport.close()
    await driver.send(message(DESK))
    await driver.close()
    assert len(mailbox.mails) == 3


async def test_settings_that_change_while_it_runs_count_for_the_next_mail(
    mailbox: Mailbox, port: int
) -> None:
    held = Settings(data=Path("/nowhere"), smtp=settings(port)).model_copy(deep=True)
    driver = SmtpDriver(held.smtp)
    await driver.send(message(DESK))
    changed = held.model_copy(update={"smtp": settings(port, sender="Meja <meja@example.net>")})
    adopt(held, changed, ["smtp.sender"])
    await driver.send(message(DESK))
    await driver.close()
    assert [sender for sender, _ in mailbox.envelopes] == ["pantau@example.net", "meja@example.net"]
    assert len(mailbox.sessions) == 2, "a session of the old settings was used"


async def test_logs_in(mailbox: Mailbox, port: int) -> None:
    driver = SmtpDriver(settings(port, username="pantau", password=PASSWORD))
    await driver.send(message(DESK))
    await driver.close()
    assert len(mailbox.mails) == 1


async def test_a_refused_login_names_the_setting_and_no_secret(port: int) -> None:
    config = settings(port, username="pantau", password="salah-" + PASSWORD)
    with pytest.raises(SettingsFaultError, match=r"smtp\.username and smtp\.password") as caught:
        await SmtpDriver(config).send(message(DESK))
    assert PASSWORD not in str(caught.value) + repr(caught.value) + repr(config) + str(config)


@pytest.mark.parametrize(
    ("where", "answer", "kind"),
    [
        ("rcpt_answer", "550 no such user", RejectError),
        ("rcpt_answer", "450 mailbox busy", RetryError),
        ("data_answer", "451 try again later", RetryError),
        ("data_answer", "554 not accepted", RejectError),
    ],
)
async def test_answers(
    mailbox: Mailbox, port: int, where: str, answer: str, kind: type[Exception]
) -> None:
    setattr(mailbox, where, answer)
    driver = SmtpDriver(settings(port))
    with pytest.raises(kind, match=answer):
        await driver.send(message(DESK))
    setattr(mailbox, where, "250 OK")
    await driver.send(message(DESK))
    await driver.close()
    assert len(mailbox.mails) == 1


async def test_no_encryption_where_it_is_demanded(mailbox: Mailbox, port: int) -> None:
    for security in ("starttls", "tls"):
        with pytest.raises(SettingsFaultError, match=r"smtp\.security"):
            await SmtpDriver(settings(port, security=security, timeout_seconds=60)).send(
                message(DESK)
            )
    assert mailbox.mails == []


async def test_no_server() -> None:
    with refusing_port() as closed, pytest.raises(RetryError) as raised:
        await SmtpDriver(settings(closed)).send(message(DESK))
    assert str(raised.value) == (
        "no connection to the mail server: "
        f"Error connecting to 127.0.0.1 on port {closed}: connection refused"
    )
    assert raised.value.text("id") == (
        "tidak ada sambungan ke server surel: "
        f"gagal menghubungi 127.0.0.1 di porta {closed}: sambungan ditolak"
    )


async def test_a_name_that_nobody_knows_is_a_fault_of_the_settings() -> None:
    config = SmtpSettings(host="mail.invalid", security="none")  # RFC 6761: never resolved
    with pytest.raises(SettingsFaultError, match=r"smtp\.host"):
        await SmtpDriver(config).send(message(DESK))


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"username": "pantau"}, r"smtp\.username and smtp\.password go together"),
        ({"password": PASSWORD}, r"smtp\.username and smtp\.password go together"),
    ],
)
async def test_settings_that_cannot_send_wait(
    port: int, fields: dict[str, str], named: str
) -> None:
    with pytest.raises(SettingsFaultError, match=named):
        await SmtpDriver(settings(port, **fields)).send(message(DESK))
    unchecked = settings(port).model_copy(update={"sender": "Pantau <pantau@"})
    with pytest.raises(SettingsFaultError, match=r"smtp\.sender"):
        await SmtpDriver(unchecked).send(message(DESK))


INJECTED = (
    "Gempa 1 =?utf-8?q?Bantul=0d=0aReply-To:_x=40evil.example=0d=0aContent-Type:_text/html"
    "=0d=0a=0d=0a=3Ch1=3ESandi_kedaluwarsa=3C/h1=3E?="
)


async def test_a_title_of_encoded_words_writes_no_header_and_no_body(
    mailbox: Mailbox, port: int
) -> None:
    article = alert().article.model_copy(update={"title": INJECTED})
    driver = SmtpDriver(settings(port, sender="Pantau <pantau@example.net>"))
    await driver.send(message(DESK, alert(article=article, snippets=())))
    await driver.close()
    ((envelope, mail),) = zip(mailbox.envelopes, mailbox.mails, strict=True)
    assert envelope == ("pantau@example.net", ["desk@example.org"])
    assert mail["From"] == "Pantau <pantau@example.net>"
    assert mail["Reply-To"] is None
    assert mail.get_content_type() == "multipart/alternative"
    assert mail["Subject"] == f"[Banjir Jawa Tengah] {INJECTED}"
    html = mail.get_body(("html",))
    assert html is not None
    assert "<h1>" not in html.get_content()


async def test_the_bytes_arrive_as_they_were_composed(mailbox: Mailbox, port: int) -> None:
    title = ".\nFrom here on\n..\nFrom From =_ = \t"
    about = alert(article=alert().article.model_copy(update={"title": title}), snippets=())
    driver = SmtpDriver(settings(port))
    await driver.send(message(DESK, about))
    await driver.close()
    composed = compose(
        about,
        delivery_id=message(DESK, about).delivery.delivery_id,
        sender=read_mailbox("pantau@example.net"),
        to=DESK.to,
    )
    assert mailbox.raw == [composed.content]


@pytest.mark.parametrize("answer", ["550 no\x1b[2Juser \u202eresu", "550 a\tb" + "x" * 400])
async def test_answers_of_a_server_are_quoted_without_what_steers(
    mailbox: Mailbox, port: int, answer: str
) -> None:
    mailbox.rcpt_answer = answer
    with pytest.raises(RejectError) as caught:
        await SmtpDriver(settings(port)).send(message(DESK))
    text = str(caught.value)
    assert text.isprintable()
    assert "\u202e" not in text
    assert len(text) < 300


async def test_without_a_server_in_the_settings_it_says_what_to_set() -> None:
    with pytest.raises(SettingsFaultError, match=r"smtp\.host"):
        await SmtpDriver(SmtpSettings()).send(message(DESK))
    with pytest.raises(RejectError, match="not an e-mail address"):
        await SmtpDriver(SmtpSettings()).send(message(TerminalChannel()))


def refused(code: int, answer: str) -> aiosmtplib.SMTPRecipientsRefused:
    return aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(code, answer, "a@b")])


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (aiosmtplib.SMTPConnectResponseError(554, "go away"), SettingsFaultError),
        (aiosmtplib.SMTPConnectResponseError(421, "later"), RetryError),
        (aiosmtplib.SMTPHeloError(501, "what"), SettingsFaultError),
        (aiosmtplib.SMTPSenderRefused(550, "not you", "a@b"), SettingsFaultError),
        (aiosmtplib.SMTPSenderRefused(450, "greylisted", "a@b"), RetryError),
        (aiosmtplib.SMTPSenderRefused(552, "too large", "a@b"), RejectError),
        (aiosmtplib.SMTPSenderRefused(530, "authentication required", "a@b"), SettingsFaultError),
        (aiosmtplib.SMTPAuthenticationError(535, "who are you"), SettingsFaultError),
        (aiosmtplib.SMTPResponseException(502, "STARTTLS? never heard of it"), SettingsFaultError),
        (refused(452, "full"), RetryError),
        (refused(550, "no such user"), RejectError),
        (refused(554, "5.7.1 Relay access denied"), SettingsFaultError),
        (aiosmtplib.SMTPRecipientsRefused([]), SettingsFaultError),
        (aiosmtplib.SMTPDataError(554, "spam"), RejectError),
        (aiosmtplib.SMTPReadTimeoutError("slow"), RetryError),
        (
            aiosmtplib.SMTPException("SMTP STARTTLS extension not supported by server."),
            SettingsFaultError,
        ),
        (aiosmtplib.SMTPNotSupported("SMTPUTF8"), SettingsFaultError),
        (aiosmtplib.SMTPServerDisconnected("bye"), RetryError),
        (ssl.SSLCertVerificationError(1, "self-signed certificate"), SettingsFaultError),
        (ConnectionResetError(104, "reset"), RetryError),
        (ValueError("line break"), RejectError),
    ],
)
async def test_conversion(error: Exception, kind: type[Exception]) -> None:
    assert type(convert(error)) is kind


@pytest.mark.parametrize(
    ("number", "english", "indonesian"),
    [
        (socket.EAI_NONAME, "there is no such host", "tidak ada host itu"),
        (socket.EAI_AGAIN, "the name servers did not answer", "server nama tidak menjawab"),
    ],
)
def test_a_mail_server_that_is_not_found_is_told_in_the_language_of_the_reader(
    number: int, english: str, indonesian: str
) -> None:
    told = convert(socket.gaierror(number, "Name or service not known"))
    assert told.text() == (f"the mail server's name cannot be looked up: {english}; see smtp.host")
    assert told.text("id") == (f"nama server surel tidak ditemukan: {indonesian}; lihat smtp.host")
