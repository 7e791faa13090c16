"""Alerts by e-mail over SMTP (aiosmtplib).

Connections are reused for a short time, so that many alerts need only one login. Replies 4xx are
retried, 5xx are not, except those about our own login, sender and connection: these are settings
that an operator can fix.
"""

import asyncio
import os
import re
import socket
import ssl
import time
from collections.abc import Callable
from typing import Final

import aiosmtplib

from pantau.adapters.files.signing_key import signing_key
from pantau.adapters.templates.own_texts import own_texts
from pantau.common.channels.mail_links import MailLinks
from pantau.common.channels.mailbox import Mailbox, read_mailbox
from pantau.common.text.safe_text import one_line
from pantau.errors import RejectError, RetryError, SettingsFaultError
from pantau.notifier.mail import Mail
from pantau.notifier.mails.summary import compose_message
from pantau.ports import AnyMessage, ChannelResources
from pantau.problems import Problem, problem
from pantau.settings import Settings, SmtpSettings
from pantau_schemas.events.subscription import EmailChannel

KEEP_IDLE_SECONDS: Final = 20.0
KEEP_CONNECTIONS: Final = 4
NO_HOST: Final = (
    "no mail server is set; set smtp.host (and smtp.sender) in pantau.toml, or PANTAU_SMTP__HOST"
)

NO_LOGIN: Final = "smtp.username and smtp.password go together, and one of them is not set"

OUTCOMES: Final[tuple[tuple[type[Exception], type[RetryError], str], ...]] = (
    (
        aiosmtplib.SMTPTimeoutError,
        RetryError,
        "delivery.mail-timeout",
    ),
    (
        ssl.SSLError,
        SettingsFaultError,
        "delivery.mail-tls",
    ),
    (
        socket.gaierror,
        SettingsFaultError,
        "delivery.mail-lookup",
    ),
    (OSError, RetryError, "delivery.mail-connection"),
    (
        aiosmtplib.SMTPException,
        SettingsFaultError,
        "delivery.mail-lacks",
    ),
)
"""Driver errors that are not replies of the server: class, outcome and code of the message.

All are transient.
"""

_LOGIN_CODES: Final = frozenset({530, 534, 535, 538})  # RFC 4954, 6
_FINAL: Final = (aiosmtplib.SMTPRecipientRefused, aiosmtplib.SMTPDataError)
"""Refusals of this recipient or this mail; all others concern every mail that we send."""
_TOO_LARGE: Final = 552  # RFC 1870, 6.1: concerns the mail
_RELAY: Final = re.compile(r"\brelay", re.IGNORECASE)


class SmtpDriver:
    """Implements `pantau.ports.ChannelDriver`. One event loop only."""

    def __init__(
        self,
        settings: SmtpSettings,
        fault: Callable[[], Problem | None] = lambda: None,
        links: Callable[[], MailLinks | None] = lambda: None,
    ) -> None:
        self._settings = settings  # may change in place while the program runs
        self._fault = fault  # of settings that could not be read
        self._links = links
        self._idle: list[tuple[float, aiosmtplib.SMTP]] = []
        self._idle_for = settings.model_copy()  # the settings of the idle sessions

    async def send(self, message: AnyMessage) -> None:
        """Send the mail to its one recipient."""
        channel = message.channel
        if not isinstance(channel, EmailChannel):
            raise RejectError(f"{channel.kind}: not an e-mail address")
        sender, texts, links = self._checked_settings(), own_texts(message), self._links()
        mail = compose_message(message, sender=sender, to=channel.to, texts=texts, links=links)
        try:
            client, fresh = self._take()
            try:
                await self._send(client, mail)
            except aiosmtplib.SMTPServerDisconnected:
                if fresh:
                    raise
                # The server closed a reused connection, which says nothing about a new one.
                await self._send(self._client(), mail)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise convert(error) from error

    def _checked_settings(self) -> Mailbox:
        """Return the sender. Raises SettingsFaultError when the settings do not allow sending."""
        settings = self._settings
        fault = self._fault()
        if fault is not None:
            raise SettingsFaultError(fault)
        if settings.host is None:
            raise SettingsFaultError(NO_HOST)
        if (settings.username is None) != (settings.password is None):
            raise SettingsFaultError(NO_LOGIN)
        try:
            return read_mailbox(settings.sender)
        except ValueError as error:
            raise SettingsFaultError(f"smtp.sender is no mailbox: {error}") from error

    async def _send(self, client: aiosmtplib.SMTP, mail: Mail) -> None:
        kept = False
        try:
            if not client.is_connected:
                await client.connect()
            await client.sendmail(mail.sender, [mail.to], mail.content)
            # Only a session whose mail was accepted is used again: after an error its state is
            # unknown.
            kept = True
        finally:
            if kept and client.is_connected and len(self._idle) < KEEP_CONNECTIONS:
                self._idle.append((time.monotonic(), client))
            else:
                client.close()

    def _take(self) -> tuple[aiosmtplib.SMTP, bool]:
        if self._idle_for != self._settings:  # another server, or another login
            self._idle_for = self._settings.model_copy()
            for _, client in self._idle:
                client.close()
            self._idle.clear()
        while self._idle:
            since, client = self._idle.pop()
            if client.is_connected and time.monotonic() - since < KEEP_IDLE_SECONDS:
                return client, False
            client.close()
        return self._client(), True

    def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        return aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.username,
            password=None if settings.password is None else settings.password.get_secret_value(),
            use_tls=settings.security == "tls",
            start_tls=settings.security == "starttls",
            timeout=settings.timeout_seconds,
        )

    async def close(self) -> None:
        """Close the session with the server."""
        idle, self._idle = self._idle, []
        for _, client in idle:
            try:
                async with asyncio.timeout(1.0):
                    await client.quit()
            except (aiosmtplib.SMTPException, OSError):  # the server closed it first
                client.close()


def convert(error: Exception) -> RetryError | RejectError:
    """Convert a driver's error.

    Replies of the server are quoted, our credentials never are.
    """
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused) and error.recipients:
        return convert(error.recipients[0])
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return _convert_answer(error)
    cause = _cause(error)
    for kind, outcome, code in OUTCOMES:
        if isinstance(cause, kind):
            return outcome(Problem(code, {"detail": _detail(cause)}))
    return RejectError(problem("delivery.mail-unsent", detail=one_line(str(error), 200)))


def _cause(error: Exception) -> Exception:
    """Return the underlying network error of a failed connection."""
    cause = error.__cause__
    wrapped = isinstance(error, aiosmtplib.SMTPConnectError) and isinstance(
        cause, (ssl.SSLError, socket.gaierror)
    )
    return cause if wrapped and isinstance(cause, Exception) else error


def _detail(error: Exception) -> Problem | str:
    """Return what went wrong: of a lookup in the reader's language, else in the system's words."""
    if isinstance(error, socket.gaierror):
        away = error.errno == socket.EAI_AGAIN
        return problem("status.no-name-server" if away else "status.no-such-host")
    return one_line(_in_words(error), 200)


def _in_words(error: Exception) -> str:
    """Return what an error says, with the words of the system for the number of its cause."""
    text, cause = str(error), error.__cause__
    if isinstance(cause, OSError) and cause.errno:
        return text.replace(str(cause), os.strerror(cause.errno).lower())
    return text


def _convert_answer(error: aiosmtplib.SMTPResponseException) -> RetryError | RejectError:
    answer = f"{error.code} {one_line(error.message, 200)}"
    if isinstance(error, aiosmtplib.SMTPAuthenticationError) or error.code in _LOGIN_CODES:
        # The reply is not quoted: it may name the user.
        return SettingsFaultError(problem("delivery.mail-login", code=error.code))
    if error.code < 500:
        return RetryError(problem("delivery.mail-answered", answer=answer))
    if isinstance(error, aiosmtplib.SMTPRecipientRefused) and _RELAY.search(error.message):
        return SettingsFaultError(problem("delivery.mail-relay", answer=answer))
    about_sender = isinstance(error, aiosmtplib.SMTPSenderRefused)
    if isinstance(error, _FINAL) or (about_sender and error.code == _TOO_LARGE):
        return RejectError(problem("delivery.mail-answered", answer=answer))
    return SettingsFaultError(
        problem("delivery.mail-sender" if about_sender else "delivery.mail-refuses", answer=answer)
    )


def build(resources: ChannelResources) -> SmtpDriver:
    """Build the driver over the mail server of the settings."""
    settings = resources.settings
    return SmtpDriver(settings.smtp, lambda: settings.smtp_fault, lambda: mail_links(settings))


def mail_links(settings: Settings) -> MailLinks | None:
    """Return the links of mails; None where nobody could follow them.

    Raises SettingsFaultError where the key cannot be read or made.
    """
    address = settings.console.public_url
    key = None if address is None else signing_key(settings)
    return None if address is None or key is None else MailLinks(address, key)
