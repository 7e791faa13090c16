"""Requests that are sent again: the first answer is repeated, and nothing is done twice."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Final

from starlette.responses import Response

KEEP: Final = timedelta(hours=24)
"""Time for which an answer is kept."""
MOST: Final = 1_000
"""Answers that are kept, the latest."""
MOST_BYTES: Final = 16_000_000
"""Bytes of these answers; most have a few thousand, the longest a hundred thousand."""
KEY_LIMIT: Final = 200
"""Longest key, in characters."""


@dataclass(slots=True)
class _Kept:
    digest: bytes
    at: datetime
    response: Response | None = None  # None: it is still being made


class RepeatedRequests:
    """Answers by the key that clients send with a request (the header `Idempotency-Key`).

    They are kept in memory: a restart forgets them. For use by several threads.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def begin(self, key: str, digest: bytes, now: datetime) -> Response | str | None:
        """Return the answer to a request that was made before, None for a new one.

        Else the code of a problem: `api.key-reused` for another request with the same key,
        `api.in-progress` while the first one is worked on.
        """
        with self._lock:
            known = self._kept.get(key)
            if known is None or now - known.at >= KEEP:
                self._drop(key)
                self._forget(now)
                self._kept[key] = _Kept(digest, now)
                return None
            if known.digest != digest:
                return "api.key-reused"
            return known.response or "api.in-progress"

    def end(self, key: str, response: Response | None) -> None:
        """Keep the answer of a new request; None where it may be sent again as if it were new."""
        with self._lock:
            if response is None:
                self._drop(key)
            elif key in self._kept:
                self._kept[key].response = response
                self._bytes += len(response.body)

    def _forget(self, now: datetime) -> None:
        for key, one in list(self._kept.items()):
            is_full = len(self._kept) >= MOST or self._bytes > MOST_BYTES
            if not is_full and now - one.at < KEEP:
                return
            # One that is still being worked on stays; else its repetition would be done a second
            # time.
            if one.response is not None:
                self._drop(key)

    def _drop(self, key: str) -> None:
        gone = self._kept.pop(key, None)
        if gone is not None and gone.response is not None:
            self._bytes -= len(gone.response.body)


def digest_of(method: str, path: str, body: bytes) -> bytes:
    """Return what tells one request from another."""
    return sha256(f"{method} {path}\n".encode() + body).digest()


def is_key(text: str) -> bool:
    """Return whether a text can be a key: visible ASCII characters, not too many."""
    return 0 < len(text) <= KEY_LIMIT and all("!" <= char <= "~" for char in text)
