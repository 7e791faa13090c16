import email
import email.policy
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import aiosmtplib
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from pantau.adapters.smtp import SmtpDriver, convert
from pantau.errors import RejectError, RetryError
from pantau.settings import SmtpSettings
from pantau_schemas.subscription import EmailChannel, TerminalChannel
from tests.unit.notifier.support import TITLE, alert, message

pytestmark = pytest.mark.anyio

DESK = EmailChannel(to="desk@example.org")
PASSWORD = "rahasia-sekali"


class Mailbox:
    """Handler of aiosmtpd: keeps what comes, answers what a test says."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.sessions: set[int] = set()
        self.rcpt_answer = "250 OK"
        self.data_answer = "250 OK"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        if self.data_answer.startswith("250"):
            self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
            self.sessions.add(id(session))
        return self.data_answer


def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(mailbox: Mailbox) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=free, authenticator=authenticate, auth_require_tls=False
    )
    controller.start()
    yield free
    controller.stop()


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


async def test_connections_are_kept_and_replaced_when_the_server_hung_up(mailbox: Mailbox, port: int) -> None:
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


async def test_logs_in(mailbox: Mailbox, port: int) -> None:
    driver = SmtpDriver(settings(port, username="pantau", password=PASSWORD))
    await driver.send(message(DESK))
    await driver.close()
    assert len(mailbox.mails) == 1


async def test_a_refused_login_names_the_setting_and_no_secret(port: int) -> None:
    config = settings(port, username="pantau", password="salah-" + PASSWORD)
    with pytest.raises(RetryError, match=r"smtp\.username and smtp\.password") as caught:
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
async def test_answers(mailbox: Mailbox, port: int, where: str, answer: str, kind: type[Exception]) -> None:
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
        with pytest.raises(RetryError):
            await SmtpDriver(settings(port, security=security, timeout_seconds=2)).send(message(DESK))
    assert mailbox.mails == []


async def test_no_server() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = int(probe.getsockname()[1])
    with pytest.raises(RetryError, match="no connection to the mail server"):
        await SmtpDriver(settings(closed)).send(message(DESK))


async def test_without_a_server_in_the_settings_it_says_what_to_set() -> None:
    with pytest.raises(RejectError, match=r"smtp\.host"):
        await SmtpDriver(SmtpSettings()).send(message(DESK))
    with pytest.raises(RejectError, match="not an e-mail address"):
        await SmtpDriver(SmtpSettings()).send(message(TerminalChannel()))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (aiosmtplib.SMTPConnectResponseError(554, "go away"), RetryError),
        (aiosmtplib.SMTPHeloError(501, "what"), RetryError),
        (aiosmtplib.SMTPSenderRefused(550, "not you", "a@b"), RejectError),
        (aiosmtplib.SMTPRecipientsRefused([aiosmtplib.SMTPRecipientRefused(452, "full", "a@b")]), RetryError),
        (aiosmtplib.SMTPRecipientsRefused([]), RetryError),
        (aiosmtplib.SMTPReadTimeoutError("slow"), RetryError),
        (aiosmtplib.SMTPNotSupported("STARTTLS"), RetryError),
        (aiosmtplib.SMTPServerDisconnected("bye"), RetryError),
        (ConnectionResetError(104, "reset"), RetryError),
        (ValueError("line break"), RejectError),
    ],
)
async def test_conversion(error: Exception, kind: type[Exception]) -> None:
    assert type(convert(error)) is kind
