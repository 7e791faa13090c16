"""Alert mails: nothing from outside writes headers."""

from email import message_from_bytes, policy

from fuzz.promises import answer, require, require_clean, text_of
from pantau.common.channels.mailbox import Mailbox
from pantau.errors import RejectError
from pantau.notifier.mail import compose
from tests.growth.given.makers import alert_of

KIND = "prose"
MAX_LEN = 1_000
SENDER = Mailbox("pantau", "example.org", "Pantau")
HEADERS = {
    *(
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "List-Id",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ),
    "Content-Language",
}
SEEDS = (
    b"Banjir di Demak",
    b"=?utf-8?q?a=0d=0aReply-To:_b@c.example=0d=0a=0d=0ad?=",
    "Banjir \u202e =?utf-8?b?GzMxbQ==?= =?iso-8859-1?q?=1b[31m?= \u001b[31m".encode(),
)


def check(data: bytes) -> None:
    """Write a mail; read by anybody it has our headers and a clean subject."""
    alert = alert_of(text_of(data))
    written = answer(
        lambda: compose(alert, delivery_id="one", sender=SENDER, to="desk@example.org"),
        RejectError,
    )
    if written is None:
        return
    finished = written.content
    head = finished.partition(b"\r\n\r\n")[0]
    require(b"\n" not in head.replace(b"\r\n", b""), "lines of the head end in CRLF", head)
    read = message_from_bytes(finished, policy=policy.default)
    require(set(read.keys()) <= HEADERS, "all headers are ours", read.keys())
    require_clean(str(read["Subject"]), "the subject", kept="")
