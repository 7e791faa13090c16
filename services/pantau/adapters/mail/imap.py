"""Mails of an IMAP server over TLS, read-only: nothing is marked as seen."""

import imaplib
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pantau.adapters.http.tls import in_words
from pantau.adapters.mail.local import MAIL_BYTES, MOST_MAILS
from pantau.net.mailbox_address import MailboxAddress
from pantau.ports import FetchError

RECENT: Final = timedelta(days=30)
"""Age of mails that are looked for."""
_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"


@dataclass(frozen=True, slots=True)
class ImapTask:
    """The folder to read, a checked address of its server, and the limits."""

    mailbox: MailboxAddress
    address: str  # connected to; the certificate is checked for the mailbox's host
    password: str
    context: ssl.SSLContext
    now: datetime
    seconds: float
    limit: int  # bytes of all mails
    known: str | None = None  # the version that was read last


@dataclass(frozen=True, slots=True)
class FoundMails:
    """Mails, newest first, or None where the version is the known one."""

    mails: list[bytes] | None
    version: str | None = None


class _CheckedImap(imaplib.IMAP4_SSL):
    """Connects to an address that was checked, rather than resolving the name again."""

    def __init__(self, task: ImapTask) -> None:
        self._task = task
        super().__init__(
            task.mailbox.host, task.mailbox.port, ssl_context=task.context, timeout=task.seconds
        )

    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        plain = socket.create_connection((self._task.address, self._task.mailbox.port), timeout)
        try:
            return self._task.context.wrap_socket(plain, server_hostname=self._task.mailbox.host)
        except BaseException:
            plain.close()
            raise


def read_imap(task: ImapTask) -> FoundMails:
    """Return the newest mails of a folder. Blocks. Raises FetchError."""
    deadline = time.monotonic() + task.seconds
    try:
        server = _CheckedImap(task)
    except ssl.SSLError as error:
        raise FetchError("unreachable", f"no secure connection: {in_words(error)}") from error
    except (OSError, imaplib.IMAP4.error) as error:
        raise FetchError("unreachable", f"no connection to the mail server: {error}") from error
    try:
        return _read(server, task, deadline)
    except imaplib.IMAP4.error as error:
        raise FetchError("protocol", f"the mail server refused: {_safe(error, task)}") from error
    except (OSError, ValueError) as error:
        message = f"the mail server broke off: {type(error).__name__}"
        raise FetchError("unreachable", message) from error
    finally:
        with suppress(Exception):
            server.shutdown()


def _read(server: _CheckedImap, task: ImapTask, deadline: float) -> FoundMails:
    try:
        server.login(task.mailbox.user, task.password)
    except imaplib.IMAP4.error as error:
        message = "the mail server refused the login; check the user and the password"
        raise FetchError("refused", message) from error
    folder = task.mailbox.path.replace("\\", "\\\\").replace('"', '\\"')
    status, _ = server.select(f'"{folder}"', readonly=True)
    if status != "OK":
        raise FetchError("protocol", f"the mail server has no folder {task.mailbox.path!r}")
    since = task.now - RECENT
    month = _MONTHS[3 * since.month - 3 : 3 * since.month]
    day = f"{since.day}-{month}-{since.year}"  # in English, whatever the locale
    _, found = server.uid("SEARCH", "SINCE", day)
    uids = [one for one in (found[0] or b"").split() if one.isdigit()][-MOST_MAILS:]
    validity = server.response("UIDVALIDITY")[1][0] or b"0"
    version = f"{_digits(validity)}:{_digits(uids[-1]) if uids else 0}:{len(uids)}"
    if version == task.known:
        return FoundMails(None, version)
    mails, left = list[bytes](), task.limit
    for uid in reversed(uids):
        if time.monotonic() > deadline:
            raise FetchError("timeout", f"it did not end within {task.seconds:g} seconds")
        mail = _mail(server, uid.decode("ascii"))
        left -= len(mail)
        if left < 0:
            break
        if mail:
            mails.append(mail)
    return FoundMails(mails, version)


def _digits(value: bytes) -> str:
    return value[:20].decode("ascii", "replace") if value.isdigit() else "0"


def _mail(server: _CheckedImap, uid: str) -> bytes:
    """Return the start of one mail; asked for in part, so that no mail exceeds its limit."""
    _, parts = server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MAIL_BYTES}>)")
    for part in parts:
        if isinstance(part, tuple) and isinstance(part[1], bytes):
            return part[1][:MAIL_BYTES]
    return b""


def _safe(error: Exception, task: ImapTask) -> str:
    """Return an error's text on one line, never with the password."""
    text = " ".join(str(error).split())[:300]
    return text.replace(task.password, "***") if task.password else text
