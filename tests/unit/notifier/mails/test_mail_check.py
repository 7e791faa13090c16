"""The check must detect every way in which bytes can differ from the intended mail."""

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.channels.mailbox import Mailbox
from pantau.errors import RejectError
from pantau.notifier.mails.check import check_mail
from pantau.notifier.mails.wire import Draft, quoted_printable, write_mail

DRAFT = Draft(
    sender=Mailbox("pantau", "example.net", "Pantau"),
    to=Mailbox("desk", "example.org"),
    subject="[Gempa] Gempa di Bantul – warga mengungsi",
    date="Mon, 02 Mar 2026 08:00:00 +0000",
    message_id="d1@example.net",
    list_id="gempa.pantau.example.net",
    lang="id",
    plain="Gempa di Bantul\n\n-- \nPantau\n",
    html="<p>Gempa di Bantul</p>\n",
    boundary="=_abc",
)
GOOD = write_mail(DRAFT)


def test_what_was_meant_passes() -> None:
    check_mail(GOOD, DRAFT)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (b"Date: ", b"Reply-To: x@evil.example\r\nDate: ", "header names"),
        (b"Date: ", b"Bcc: x@evil.example\r\nDate: ", "header names"),
        (b"List-Id: <gempa.pantau.example.net>\r\n", b"", "header names"),
        (b"To: desk@example.org", b"To: desk@example.org, x@evil.example", "addresses"),
        (b"To: desk@example.org", b"To: desk@example.org\r\n , x@evil.example", "addresses"),
        (b"Pantau <pantau@", b"Polisi <pantau@", "addresses"),
        (b"<d1@example.net>", b"<d2@example.net>", "Message-ID"),
        (b"Language: id", b"Language: en", "Content-Language"),
        (b"Subject: =?utf-8?b?", b"Subject: Re: =?utf-8?b?", "Subject"),
        (b"Subject: =?utf-8?b?", b"Subject: =?utf-8?b??", "Subject"),
        (b"?=\r\nDate", b"??=\r\nDate", "Subject"),
        (b"alternative;", b"mixed;", "Content-Type"),
        (b"\r\n\r\n--=_abc", b"\r\n\r\nHello\r\n--=_abc", "outside of the parts"),
        (b"--=_abc--\r\n", b"--=_abc--\r\nHello\r\n", "outside of the parts"),
        (b"--=_abc--", b"--=_abc\r\n\r\nmore\r\n--=_abc--", "number of parts"),
        (b"text/html;", b"text/calendar;", "head of the part text/html"),
        (b"<p>Gempa", b"<p>Gampa", "text of the part text/html"),
        (b"Gempa di Bantul\r\n", b"Gempa\r\n", "text of the part text/plain"),
        (b"Date: ", b"X-A: b\nDate: ", "lines"),
        (b"\r\nDate: ", b"\rDate: ", "lines"),
        (b"Pantau <", b"\x1b[2J <", "lines"),
        (b"Pantau <", b"P\xc3\xa4ntau <", "lines"),
        (b"Date: ", b"X: " + b"a" * 1_000 + b"\r\nDate: ", "lines"),
        (b"--=_abc--\r\n", b"--=_abc--", "lines"),
    ],
)
def test_what_was_not_meant_does_not(old: bytes, new: bytes, named: str) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(RejectError, match=rf"internal error: .*\({named}\)"):
        check_mail(GOOD.replace(old, new, 1), DRAFT)


def test_what_the_standard_library_makes_of_encoded_words_does_not_pass() -> None:
    """On a Python with CVE-2024-6923 it has another header, on any other one another subject."""
    subject = "Gempa =?utf-8?q?Bantul=0d=0aReply-To:_x=40evil.example?="
    theirs = EmailMessage(policy=SMTP)
    theirs["From"], theirs["To"] = "Pantau <pantau@example.net>", "desk@example.org"
    theirs["Subject"] = subject
    for name, value in DRAFT.tokens[:-2]:
        theirs[name] = value
    theirs.set_content(DRAFT.plain)
    theirs.add_alternative(DRAFT.html, subtype="html")
    with pytest.raises(RejectError):
        check_mail(theirs.as_bytes(), replace(DRAFT, subject=subject))


def said(raw: bytes) -> list[object]:
    """Read a mail by the newer interface of the library, which the check does not use."""
    message = message_from_bytes(raw, policy=default)
    bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
    return [*message.items(), *(None if one is None else one.get_content() for one in bodies)]


@given(st.binary(max_size=3), st.integers(0, len(GOOD)), st.integers(0, 3))
def test_whatever_passes_says_the_same(new: bytes, at: int, length: int) -> None:
    """Any few bytes, anywhere."""
    changed = GOOD[:at] + new + GOOD[at + length :]
    try:
        check_mail(changed, DRAFT)
    except RejectError:
        return
    assert said(changed) == said(GOOD)


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n.=_F"), max_size=300
    )
)
def test_any_text_goes_through_quoted_printable(text: str) -> None:
    for one in (text, f"From {text}", f"From From From {text * 5}"):
        draft = replace(DRAFT, plain=one)
        check_mail(write_mail(draft), draft)
        lines = quoted_printable(one).split(b"\r\n")
        assert all(len(line) <= 76 and not line.startswith((b"From ", b"--=_")) for line in lines)
