"""Bodies announced as chunked: chunks as servers write them, and bodies without any.

Programs announce `Transfer-Encoding: chunked` behind a server that has already joined the chunks,
or write sizes as `0x1f`, in spaces, or with bare line feeds. h11 refuses all of that.
"""

import re
from typing import Final

import h11

_SIZE: Final = re.compile(rb"[ \t]*(?:0[xX])?([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\n]*)?\r?\n")
# Possessive: the size may be empty, so both runs of blanks could share one, in every way.
_BEGINNING: Final = re.compile(
    rb"[ \t]*+(?:0(?:[xX][0-9A-Fa-f]{0,16})?|[0-9A-Fa-f]{0,16})[ \t]*+\r?"
)
_EXTENDED: Final = re.compile(rb"[ \t]*(?:0[xX])?[0-9A-Fa-f]{1,16}[ \t]*;[^\n]*")
_LONGEST_LINE: Final = 100 * 1024
"""Bytes of the line with a chunk's size, or of one after the last chunk."""


class ByChunks:
    """Implements `pantau.adapters.http.framing.Framing` for a body announced as chunked.

    What does not begin with the size of a chunk is the body as it is, to the end of the connection.
    `lasting` says whether the connection may serve another exchange.
    """

    def __init__(self, *, lasting: bool) -> None:
        self._lasting = lasting
        self._held = bytearray()
        self._left = 0  # bytes of the current chunk that are yet to come
        self._plain = False  # whether there are no chunks
        self._begun = False
        self._last = False  # whether the last chunk was read
        self._ended = False  # whether the connection ended
        self.complete = False

    def receive(self, data: bytes) -> None:
        """Add what was received."""
        self._ended = self._ended or not data
        self._held += data

    def next_piece(self) -> bytes | None:
        """Return the next piece of the body. Raises h11.RemoteProtocolError."""
        if self.complete:
            return None
        if not self._begun and not self._plain:
            self._plain = self._has_no_chunks()
        if self._plain:
            return self._all()
        while not self._left:
            if not self._read_size():
                return None
        piece = self._take(self._left)
        if piece is None:
            self._require_more()
            return None
        self._left -= len(piece)
        return piece

    def reusable(self) -> bool:
        """Return whether the last chunk was read, and nothing came after it."""
        return self._lasting and self.complete and not self._plain and not self._held

    def _has_no_chunks(self) -> bool:
        """Return whether what came cannot begin with the size of a chunk."""
        line, found, _ = self._held.partition(b"\n")
        if found:
            return _SIZE.fullmatch(line + found) is None
        may_be = _BEGINNING.fullmatch(line) is not None or _EXTENDED.fullmatch(line) is not None
        return bool(line) and not (may_be and not self._ended)

    def _all(self) -> bytes | None:
        piece = self._take(len(self._held))
        self.complete = piece is None and self._ended
        return piece

    def _read_size(self) -> bool:
        """Read the line before a chunk; return False at the end, or if more must come first."""
        line = self._line()
        if line is None:
            return False
        if self._last:
            self.complete = not line.strip()  # else a header after the body
            return not self.complete
        if self._begun and not line.strip():
            return True  # the end of the chunk before
        found = _SIZE.fullmatch(line)
        if found is None:
            message = f"illegal chunk header: {bytes(line[:40])!r}"
            raise h11.RemoteProtocolError(message)
        self._begun = True
        self._left = int(found[1], 16)
        self._last = not self._left
        return True

    def _line(self) -> bytes | None:
        end = self._held.find(b"\n", 0, _LONGEST_LINE)
        if end < 0:
            if len(self._held) >= _LONGEST_LINE:
                message = "a line between its chunks does not end"
                raise h11.RemoteProtocolError(message)
            self._require_more()
            return None
        line = bytes(self._held[: end + 1])
        del self._held[: end + 1]
        return line

    def _require_more(self) -> None:
        """Raise h11.RemoteProtocolError if nothing more will come."""
        if self._ended:
            # In the words of h11, which users may know.
            message = (
                "peer closed connection without sending complete message body "
                "(incomplete chunked read)"
            )
            raise h11.RemoteProtocolError(message)

    def _take(self, most: int) -> bytes | None:
        piece = bytes(self._held[:most])
        del self._held[:most]
        return piece or None
