"""Alerts by e-mail over SMTP (aiosmtplib).

Connections are kept for a moment, so that many alerts do not log in many times. Answers 4xx are tried again, 5xx
never, except those about our own login and connection: they are a setting that somebody will mend.
"""

import asyncio
import ssl
import time
from typing import Final

import aiosmtplib

from pantau.errors import RejectError, RetryError
from pantau.notifier.mail import compose, mail_address
from pantau.notifier.marks import one_line
from pantau.ports import Message
from pantau.settings import SmtpSettings
from pantau_schemas.subscription import EmailChannel

KEEP_IDLE_SECONDS: Final = 20.0
KEEP_CONNECTIONS: Final = 4
NO_HOST: Final = "no mail server is set; set smtp.host (and smtp.sender) in pantau.toml, or PANTAU_SMTP__HOST"

OUTCOMES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (aiosmtplib.SMTPTimeoutError, "the mail server did not answer in time; see smtp.timeout_seconds"),
    (aiosmtplib.SMTPNotSupported, "the mail server lacks what is asked of it ({detail}); see smtp.security"),
    (ssl.SSLError, "no secure connection to the mail server: {detail}"),
    (aiosmtplib.SMTPException, "no connection to the mail server: {detail}"),
    (OSError, "no connection to the mail server: {detail}"),
)
"""Errors of the driver that are no answer of the server: class and our text. All may pass."""


class SmtpDriver:
    """Implements `pantau.ports.ChannelDriver`. One event loop only."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._idle: list[tuple[float, aiosmtplib.SMTP]] = []

    async def send(self, message: Message) -> None:
        """Send the mail to its one recipient."""
        channel = message.channel
        if not isinstance(channel, EmailChannel):
            raise RejectError(f"{channel.kind}: not an e-mail address")
        if self._settings.host is None:
            raise RejectError(NO_HOST)
        sender = self._settings.sender
        mail = compose(message.alert, delivery_id=message.delivery.delivery_id, sender=sender, to=channel.to)
        try:
            client, fresh = self._take()
            try:
                await self._send(client, mail.as_bytes(), channel.to)
            except aiosmtplib.SMTPServerDisconnected:
                if fresh:
                    raise
                # The server hung up on a connection that was kept; that says nothing of a new one.
                await self._send(self._client(), mail.as_bytes(), channel.to)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise convert(error) from error

    async def _send(self, client: aiosmtplib.SMTP, mail: bytes, to: str) -> None:
        kept = False
        try:
            if not client.is_connected:
                await client.connect()
            sender = mail_address(self._settings.sender).addr_spec
            await client.sendmail(sender, [mail_address(to).addr_spec], mail)
            kept = True
        finally:
            if kept and client.is_connected and len(self._idle) < KEEP_CONNECTIONS:
                self._idle.append((time.monotonic(), client))
            else:
                client.close()

    def _take(self) -> tuple[aiosmtplib.SMTP, bool]:
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
        """Take leave of the server."""
        idle, self._idle = self._idle, []
        for _, client in idle:
            try:
                async with asyncio.timeout(1.0):
                    await client.quit()
            except (aiosmtplib.SMTPException, OSError):  # it hung up first
                client.close()


def convert(error: Exception) -> RetryError | RejectError:
    """Give the outcome of a driver's error. Texts of the server are quoted, our login never is."""
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused) and error.recipients:
        return convert(error.recipients[0])
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return _convert_answer(error)
    for kind, text in OUTCOMES:
        if isinstance(error, kind):
            return RetryError(text.format(detail=one_line(str(error), 200)))
    return RejectError(f"the mail cannot be sent: {one_line(str(error), 200)}")


def _convert_answer(error: aiosmtplib.SMTPResponseException) -> RetryError | RejectError:
    answer = f"{error.code} {one_line(error.message, 200)}"
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        # Its text is not quoted: it may name the user.
        return RetryError(
            f"the mail server refused our login ({error.code}); see smtp.username and smtp.password"
        )
    if isinstance(error, (aiosmtplib.SMTPConnectResponseError, aiosmtplib.SMTPHeloError)):
        return RetryError(f"the mail server takes no mail now: {answer}")
    text = f"the mail server answered {answer}"
    return RejectError(text) if error.code >= 500 else RetryError(text)
