"""Header fields of mails as bytes that nothing interprets again. Pure.

Python's `email` decodes encoded words (RFC 2047) wherever it finds them in a header, after the text
was cleaned, and up to 3.11.9 and 3.12.4 writes the resulting line breaks (CVE-2024-6923). So fields
are written here: text that is not plain, or that looks like an encoded word itself, goes into
encoded words of our own, in base64, which the reader decodes once.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from typing import Final

from pantau.common.channels.mailbox import Mailbox

LINE_LIMIT: Final = 76
"""Maximum line length of a header with encoded words (RFC 2047, 2)."""
_WORD_BYTES: Final = 39
"""Bytes of text in an encoded word: 64 characters in total, which fit behind a name."""
_LONGEST_WORD: Final = 60  # a longer one cannot be folded behind a name
_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


def text_field(name: str, text: str) -> str:
    """Return the field of a one-line text, folded, with a final CRLF."""
    words = text.split(" ") if _is_plain(text) else encoded_words(text)
    return _folded(name, words)


def mailbox_field(name: str, mailbox: Mailbox) -> str:
    """Return the field of one mailbox, folded, with a final CRLF."""
    if not mailbox.name:
        return f"{name}: {mailbox.address}\r\n"
    return _folded(name, [*_phrase(mailbox.name), f"<{mailbox.address}>"])


def _folded(name: str, words: Iterable[str]) -> str:
    """Wrap words into lines.

    A fold stands for the space between two of them.
    """
    lines = [f"{name}:"]
    for word in words:
        if lines == [f"{name}:"]:
            lines[0] += f" {word}"  # readers disagree about a field whose first line is empty
        elif len(lines[-1]) + 1 + len(word) <= LINE_LIMIT:
            lines[-1] += f" {word}"
        else:
            lines.append(f" {word}")
    return "\r\n".join(lines) + "\r\n"


def encoded_words(text: str) -> Iterator[str]:
    """Yield the encoded words of a text; none ends within a character."""
    piece = b""
    for character in text:
        raw = character.encode()
        if len(piece) + len(raw) > _WORD_BYTES:
            yield _encoded(piece)
            piece = b""
        piece += raw
    if piece:
        yield _encoded(piece)


def _encoded(piece: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(piece).decode('ascii')}?="


def _is_plain(text: str) -> bool:
    """Return whether readers see the text unchanged, in lines that can be folded."""
    return (
        text.isascii()
        and text.isprintable()
        and "=?" not in text
        and all(0 < len(word) <= _LONGEST_WORD for word in text.split(" "))
    )


def _phrase(name: str) -> list[str]:
    """Return the words of a display name: atoms, a quoted string, or encoded words."""
    if not _is_plain(name):
        return list(encoded_words(name))
    if not _ATOMS.fullmatch(name):
        escaped = name.replace("\\", "\\\\").replace('"', '\\"')
        name = f'"{escaped}"'
    return name.split(" ")
