"""A final check of a mail.

Do the bytes that are about to be sent say exactly what was intended? Pure. It parses the bytes as a
receiver does, independently of how they were written. External text must not control headers or
parts; if a way is found after all, the mail becomes a dead letter.
"""

import email.utils
import re
from collections.abc import Sequence
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from typing import Final

from pantau.common.channels.mailbox import Mailbox
from pantau.errors import RejectError
from pantau.notifier.mails.wire import Draft

_LINE: Final = re.compile(rb"[ -~]{0,998}")
_FIELD: Final = re.compile(rb"(?P<name>[A-Za-z-]+): [!-~]")
_FOLDED: Final = re.compile(rb" [!-~]")
_ENCODED_WORD: Final = re.compile(
    r"=\?utf-8\?b\?(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?\?="
)
"""As `wire` writes them: UTF-8 in base64, padded."""


def check_mail(content: bytes, draft: Draft) -> None:
    """Compare finished bytes with the draft. Raises RejectError naming the difference."""
    wrong = _wrong(content, draft)
    if wrong is not None:
        raise RejectError(
            f"internal error: the mail as written is not the one that was meant ({wrong})"
        )


def _wrong(content: bytes, draft: Draft) -> str | None:
    lines = content.split(b"\r\n")
    if lines[-1] or not all(map(_LINE.fullmatch, lines)):
        return "lines"
    if _names(lines[: lines.index(b"")]) != [
        "From",
        "To",
        "Subject",
        *(name for name, _ in draft.tokens),
    ]:
        return "header names"
    # Parsed again from the bytes, as a receiver does, instead of from what was meant.
    message = message_from_bytes(content)
    for name, mailbox in (("From", draft.sender), ("To", draft.to)):
        if _boxes(message, name, mailbox) != [(mailbox.name, mailbox.address)]:
            return "addresses"
    if _decoded(message["Subject"]) != draft.subject:
        return "Subject"
    for name, value in draft.tokens:
        if message[name] != value:
            return name
    return _wrong_parts(message, draft)


def _names(head: Sequence[bytes]) -> list[str] | None:
    """Return the names of header fields, in order.

    None if a line is neither a field nor folded.
    """
    names = []
    for line in head:
        field = _FIELD.match(line)
        if field is not None:
            names.append(field["name"].decode("ascii"))
        elif not names or not _FOLDED.match(line):
            return None
    return names


def _boxes(message: Message, name: str, meant: Mailbox) -> list[tuple[str | None, str]]:
    """Return names and addresses of a header, which should have the mailbox `meant` alone."""
    value = re.sub(r"\r?\n ", " ", message[name])
    # Pythons with strict parsing refuse all domain literals, such as desk@[192.0.2.1].
    lenient = "[" in meant.address and hasattr(email.utils, "supports_strict_parsing")
    options = {"strict": False} if lenient else {}
    found = email.utils.getaddresses([value], **options)
    return [(_decoded(shown), address) for shown, address in found]


def _decoded(value: str) -> str | None:
    """Decode a header as a reader does: encoded words, and folds, which stand for one space.

    None for one that readers would interpret differently: readers disagree about encoded words that
    are not exactly of RFC 2047's form, so none may come near it.
    """
    value = re.sub(r"\r?\n ", " ", value)
    marked = [word for word in value.split(" ") if "=?" in word]
    if not all(map(_ENCODED_WORD.fullmatch, marked)):
        return None
    try:
        return str(make_header(decode_header(value)))
    except (MessageError, LookupError, ValueError):
        return None


def _wrong_parts(message: Message, draft: Draft) -> str | None:
    parts = message.get_payload()
    if not isinstance(parts, list) or len(parts) != len(draft.parts):
        return "number of parts"
    if message.defects or message.preamble or (message.epilogue or "").strip():
        return "outside of the parts"
    for part, (kind, text) in zip(parts, draft.parts, strict=True):
        head = [
            ("Content-Type", f'text/{kind}; charset="utf-8"'),
            ("Content-Transfer-Encoding", "quoted-printable"),
        ]
        if not isinstance(part, Message) or part.items() != head or part.defects:
            return f"head of the part text/{kind}"
        if part.get_payload(decode=True) != text.replace("\n", "\r\n").encode():
            return f"text of the part text/{kind}"
    return None
