"""Requests and responses in bytes: the ordinary ones by our own hand, all others by h11.

Nearly every exchange is a GET whose response has a length or, as 304, no body. Writing and reading
those takes a fifth of the time that h11 needs for them, which was an eighth of a poll. What is
ordinary is decided narrowly; whatever is not, such as interim responses, HTTP/1.0 and requests with
a body, h11 handles. Tests hold both equal, byte by byte and error by error. Chunks are `chunks`'s.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import h11

from pantau.adapters.http.chunks import ByChunks

MAX_HEAD_BYTES: Final = 100 * 1024
"""Maximum size of a response head."""

_NAME: Final = re.compile(rb"[-!#$%&'*+.^_`|~0-9a-zA-Z]+")
_VALUE: Final = re.compile(rb"[!-~]+(?: [!-~]+)*")
_TARGET: Final = re.compile(r"[!-~]+")
_LEFT_TO_H11: Final = frozenset(
    {b"host", b"connection", b"content-length", b"transfer-encoding", b"expect", b"upgrade"}
)
"""Headers of a request, beside its first `Host`, that change how its response is read."""
_STATUS: Final = re.compile(rb"HTTP/1\.1 ([2-5][0-9]{2}) [^\x00-\x08\x0a-\x1f\x7f]*")
_STATUS_CODE: Final = re.compile(rb"HTTP/(1\.[01]) ([2-9][0-9]{2}) .*", re.DOTALL)
_BODILESS: Final = frozenset({204, 304})

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class ResponseHead:
    """The head of a response; its names are in lower case."""

    status_code: int
    headers: Headers
    bodiless: bool = False
    """No body follows, and none has to be read for the connection to be reused."""


class Framing(Protocol):
    """Finds the body of one response in what the connection receives."""

    def receive(self, data: bytes) -> None:
        """Add what was received; nothing at the end of the connection."""

    complete: bool
    """True once `next_piece` has found the end of the body."""

    def next_piece(self) -> bytes | None:
        """Return the next piece of the body.

        None at its end, or if more must be received first. Raises h11.RemoteProtocolError.
        """

    def reusable(self) -> bool:
        """Return whether both sides are done, so that another exchange may follow."""


class ByLength:
    """Implements `Framing` for a body of known length."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._left = length
        self._held = b""
        self._ended = False  # whether the connection ended
        self.complete = not length

    def receive(self, data: bytes) -> None:
        """Add what was received."""
        self._ended = not data
        self._held += data

    def next_piece(self) -> bytes | None:
        """Return the next piece of the body."""
        if not self._left:
            self.complete = True
            return None
        if self._held:
            piece, self._held = self._held[: self._left], self._held[self._left :]
            self._left -= len(piece)
            return piece
        if self._ended:
            # In the words of h11, which users may know.
            message = (
                "peer closed connection without sending complete message body "
                f"(received {self._length - self._left} bytes, expected {self._length})"
            )
            raise h11.RemoteProtocolError(message)
        return None

    def reusable(self) -> bool:
        """Return whether the body was read to its end, and nothing came after it."""
        return self.complete and not self._held


class ByH11:
    """Implements `Framing` for whatever h11 understands; `request` is what to send.

    Raises h11.LocalProtocolError for a request that is invalid.
    """

    def __init__(self, method: str, target: str, headers: Headers, body: bytes) -> None:
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD_BYTES)
        request = h11.Request(method=method, target=target, headers=list(headers))
        self.request = self._state.send(request) or b""
        if body:
            self.request += self._state.send(h11.Data(data=body)) or b""
        self.request += self._state.send(h11.EndOfMessage()) or b""
        self.complete = False

    def receive(self, data: bytes) -> None:
        """Add what was received."""
        self._state.receive_data(data)

    def next_head(self) -> ResponseHead | None:
        """Return the head that was received; None for an interim one, after which another follows.

        Raises h11.RemoteProtocolError.
        """
        event = self._state.next_event()
        if isinstance(event, h11.Response):
            return ResponseHead(event.status_code, tuple(event.headers))
        if isinstance(event, h11.InformationalResponse):
            return None
        message = "the server ended the connection instead of answering"
        raise ConnectionAbortedError(message)

    def next_piece(self) -> bytes | None:
        """Return the next piece of the body."""
        event = self._state.next_event()
        if isinstance(event, h11.Data):
            return bytes(event.data)
        self.complete = event is not h11.NEED_DATA
        return None

    def reusable(self) -> bool:
        """Return whether both sides are done."""
        if self._state.our_state is not h11.DONE or self._state.their_state is not h11.DONE:
            return False
        return not self._state.trailing_data[0]


def written_request(
    method: str, target: str, headers: Headers, body: bytes
) -> tuple[bytes, ByH11 | None]:
    """Return the bytes of a request; with what reads its response if that is left to h11.

    Raises h11.LocalProtocolError for an invalid request.
    """
    plain = plain_request(target, headers) if method == "GET" and not body else None
    if plain is not None:
        return plain, None
    by_h11 = ByH11(method, target, headers, body)
    return by_h11.request, by_h11


def plain_request(target: str, headers: Headers) -> bytes | None:
    """Return the bytes of a GET request as h11 writes them; None for one that h11 must check."""
    if not headers or headers[0][0].lower() != b"host" or _TARGET.fullmatch(target) is None:
        return None
    lines = []
    for place, (name, value) in enumerate(headers):
        if _NAME.fullmatch(name) is None or _VALUE.fullmatch(value) is None:
            return None
        if place and name.lower() in _LEFT_TO_H11:
            return None
        lines.append(b"%b: %b\r\n" % (name, value))
    return b"GET %b HTTP/1.1\r\n%b\r\n" % (target.encode(), b"".join(lines))


def plain_response(status: bytes, fields: Headers) -> tuple[ResponseHead, ByLength] | None:
    """Return the head of an ordinary response to a GET request, and what reads its body.

    `status` and `fields` are what `heads.clean_parts` returns. None for a response that h11 must
    read: one that closes the connection, or whose body ends otherwise than by a length.
    """
    found = _STATUS.fullmatch(status)
    if found is None:
        return None
    length = None
    named = []
    for name, value in fields:
        lower = name.lower()
        if lower == b"content-length":
            length = int(value)
        elif lower == b"transfer-encoding" or (
            lower == b"connection" and value.lower() != b"keep-alive"
        ):
            return None
        named.append((lower, value))
    code = int(found[1])
    # These have no body, whatever length they announce.
    if code in _BODILESS:
        length = 0
    if length is None:
        return None
    return ResponseHead(code, named, bodiless=not length), ByLength(length)


def chunked_response(status: bytes, fields: Headers) -> ByChunks | None:
    """Return what reads the body of a response whose head announces chunks; None for any other."""
    found = _STATUS_CODE.fullmatch(status)
    names = {name.lower() for name, _ in fields}
    if found is None or int(found[2]) in _BODILESS or b"transfer-encoding" not in names:
        return None
    closes = (b"close" in value.lower() for name, value in fields if name.lower() == b"connection")
    lasting = found[1] == b"1.1" and not any(closes)
    return ByChunks(lasting=lasting)
