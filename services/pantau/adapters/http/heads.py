"""Normalises heads of responses to the grammar of HTTP/1.1.

Browsers tolerate invalid heads, and servers are tested with browsers. Lines that are no headers are
dropped. Contradictory lengths are not guessed: such a body ends with its connection, which is not
reused, so that no response can be smuggled (RFC 9112, 11.2).
"""

import re
from collections.abc import Sequence
from typing import Final

_LINE_END: Final = re.compile(rb"\r?\n")
_BLANK: Final = re.compile(rb"[\r\n]*")
_HEAD_END: Final = re.compile(rb"\n\r?\n")
_STATUS: Final = re.compile(
    rb"(?:HTTP/(\d)(?:\.(\d))?|ICY)[ \t]+(\d{3})(?!\d)[ \t]*(.*)", re.IGNORECASE
)
_NAME: Final = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_DIGITS: Final = re.compile(rb"[0-9]{1,18}")
_BEGINNINGS: Final = (b"HTTP/", b"ICY ")
_INDENTS: Final = (b" ", b"\t")


def could_be_head(start: bytes) -> bool:
    """Return whether bytes, after blank lines, begin as the head of a response does."""
    if start.startswith(_BEGINNINGS):
        return True
    start = start.lstrip(b"\r\n")[:5].upper()
    return any(one.startswith(start) or start.startswith(one) for one in _BEGINNINGS)


def split_head(data: bytes | bytearray, searched: int = 0) -> tuple[bytes, bytes] | None:
    """Split a head from the bytes after it; None while it is incomplete.

    The first `searched` bytes were searched before.
    """
    blank = _BLANK.match(data)
    skipped = blank.end() if blank else 0
    found = _HEAD_END.search(data, max(skipped, searched - 3))
    if found is None:
        return None
    return bytes(data[skipped : found.start()]), bytes(data[found.end() :])


def clean_head(head: bytes) -> bytes:
    """Return a head that is valid by RFC 9112, with its terminating blank line."""
    return joined_head(*clean_parts(head))


def clean_parts(head: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """Return the status line of a head and its headers, valid by RFC 9112.

    An invalid status line is kept, so that h11 reports it.
    """
    first, *lines = _LINE_END.split(head)
    fields = _framed([field for line in _unfolded(lines) if (field := _field(line)) is not None])
    return _status(first), fields


def joined_head(status: bytes, fields: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Return a head as bytes, with its terminating blank line."""
    return b"\r\n".join([status, *(b"%s: %s" % field for field in fields), b"", b""])


def _status(line: bytes) -> bytes:
    found = _STATUS.fullmatch(line.strip())
    if found is None:
        return line
    major, minor, code, phrase = found.groups()
    version = b"1.0" if major is None or (major, minor) < (b"1", b"1") else b"1.1"
    return b"HTTP/%s %s %s" % (version, code, _CONTROL.sub(b" ", phrase).strip())


def _unfolded(lines: list[bytes]) -> list[bytes]:
    """Join lines that go on with white space to the one before (RFC 9112, 5.2)."""
    if not any(line.startswith(_INDENTS) for line in lines):
        return lines
    joined: list[list[bytes]] = []
    for line in lines:
        if line.startswith(_INDENTS) and joined:
            joined[-1].append(line.strip())
        else:
            joined.append([line])
    return [b" ".join(parts) for parts in joined]


def _field(line: bytes) -> tuple[bytes, bytes] | None:
    """Return name and value; None for a line that is no header."""
    name, colon, value = line.partition(b":")
    name = name.strip(b" \t")
    if not colon or _NAME.fullmatch(name) is None:
        return None
    return name, _CONTROL.sub(b" ", value).strip(b" \t")


def _framed(fields: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Resolve contradictory framing headers to one meaning."""
    lengths, chunked, others = [], False, []
    for name, value in fields:
        lower = name.lower()
        if lower == b"content-length":
            lengths += [part.strip() for part in value.split(b",")]
        elif lower == b"transfer-encoding":
            chunked = chunked or b"chunked" in value.lower()
        else:
            others.append((name, value))
    if chunked:
        return [*others, (b"Transfer-Encoding", b"chunked")]
    if not lengths:
        return others
    numbers = {int(one) for one in lengths if _DIGITS.fullmatch(one)}
    if len(numbers) == 1 and all(_DIGITS.fullmatch(one) for one in lengths):
        return [*others, (b"Content-Length", b"%d" % numbers.pop())]
    # No length is trusted: the body ends with the connection, which is not reused.
    kept = [field for field in others if field[0].lower() != b"connection"]
    return [*kept, (b"Connection", b"close")]
