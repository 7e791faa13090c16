"""A mail as bytes: a header block and two alternative texts, the same bytes on every attempt. Pure.

The parts are in quoted-printable, where a line can begin with neither `From ` nor anything that
could be taken for a boundary: `=` is always followed by two digits or the end of the line, so `=_`
is in no part.
"""

import binascii
import re
from dataclasses import dataclass
from typing import Final

from pantau.common.channels.mailbox import Mailbox
from pantau.notifier.mails.header import mailbox_field, text_field

_MBOX: Final = re.compile(rb"^(?:From )+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Draft:
    """The content of a mail.

    Texts are clean, those of headers in one line, those of parts with LF alone.
    """

    sender: Mailbox
    to: Mailbox
    subject: str
    date: str
    message_id: str
    list_id: str
    lang: str
    plain: str
    html: str
    boundary: str
    thread: str | None = None  # id of the thread's root, which no mail needs to have
    unsubscribe: str | None = None  # address by which the receiver unsubscribes

    @property
    def tokens(self) -> tuple[tuple[str, str], ...]:
        """The headers without external text except ids in atom form, in order."""
        return (
            ("Date", self.date),
            ("Message-ID", f"<{self.message_id}>"),
            *self._ancestors,
            ("List-Id", f"<{self.list_id}>"),
            *self._unsubscribing,
            ("Auto-Submitted", "auto-generated"),  # RFC 3834: no out-of-office answers
            ("Content-Language", self.lang),
            ("MIME-Version", "1.0"),
            ("Content-Type", f'multipart/alternative; boundary="{self.boundary}"'),
        )

    @property
    def _ancestors(self) -> tuple[tuple[str, str], ...]:
        """The headers by which readers thread mails (RFC 5322, 3.6.4)."""
        if self.thread is None:
            return ()
        return ("In-Reply-To", f"<{self.thread}>"), ("References", f"<{self.thread}>")

    @property
    def _unsubscribing(self) -> tuple[tuple[str, str], ...]:
        """The headers by which mail programs unsubscribe (RFC 2369; with one click: RFC 8058)."""
        if self.unsubscribe is None:
            return ()
        link = ("List-Unsubscribe", f"<{self.unsubscribe}>")
        if not self.unsubscribe.startswith("https://"):  # one click is defined for https alone
            return (link,)
        return link, ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Kind and text of each part; readers show the last one that they support."""
        return ("plain", self.plain), ("html", self.html)


def write_mail(draft: Draft) -> bytes:
    """Write a mail: ASCII, lines of at most 998 characters that end with CRLF."""
    fields = [
        mailbox_field("From", draft.sender),
        mailbox_field("To", draft.to),
        text_field("Subject", draft.subject),
        *(f"{name}: {value}\r\n" for name, value in draft.tokens),
    ]
    body = b"".join(
        (
            f'--{draft.boundary}\r\nContent-Type: text/{kind}; charset="utf-8"\r\n'
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        ).encode("ascii")
        + quoted_printable(text)
        + b"\r\n"
        for kind, text in draft.parts
    )
    return (
        "".join(fields).encode("ascii")
        + b"\r\n"
        + body
        + f"--{draft.boundary}--\r\n".encode("ascii")
    )


def quoted_printable(text: str) -> bytes:
    """Encode a text whose lines end with LF (RFC 2045, 6.7).

    `From ` never begins a line, as mbox files require.
    """
    encoded = binascii.b2a_qp(text.encode(), istext=True)
    spared = _MBOX.sub(lambda found: b"=46rom=20=\n" * (len(found.group()) // 5), encoded)
    return spared.replace(b"\n", b"\r\n")
