"""Search of packed values in the bytes of files, whatever is around them."""

import mmap
import re
from collections.abc import Iterator
from typing import Final

from pantau.adapters.compression.values import DICTIONARIES, MAGIC, dictionary_id, unpack
from pantau.errors import StopError

_WINDOW: Final = 8_192
"""Bytes that a frame is looked for in: no shorter than `values.MOST_PACKED_BYTES`."""
_TOGETHER: Final = 1_000_000
"""Bytes of values that are given as one, which is quicker to search."""
_BETWEEN: Final = b"\0"
"""Stands between two values, so that nothing is found that begins in one and ends in the next."""


def _beginning() -> re.Pattern[bytes]:
    """Return the pattern of a frame's beginning: magic number, descriptor, dictionary.

    The descriptors are those of up to 65,791 bytes, so that no bytes that look like a frame can
    ask for more memory.
    """
    names = (re.escape(dictionary_id(one).to_bytes(4, "little")) for one in DICTIONARIES)
    return re.compile(re.escape(MAGIC) + b"[\\x23\\x63](?:" + b"|".join(names) + b")", re.DOTALL)


_BEGINNING: Final = _beginning()


def packed_values(content: mmap.mmap | bytes) -> Iterator[bytes]:
    """Yield what the frames in `content` hold, many values at a time.

    That includes frames in free pages and journals of SQLite. One that is not whole is left out,
    such as one that was partly overwritten, or one of more than 4 KB in a store that was made when
    its pages had so much: the proof of a take-down reads all records by their keys besides.
    """
    values: list[bytes] = []
    size = 0
    for found in _BEGINNING.finditer(content):
        try:
            value = unpack(content[found.start() : found.start() + _WINDOW])
        except StopError:
            continue
        values.append(value)
        size += len(value)
        if size > _TOGETHER:
            yield _BETWEEN.join(values)
            values, size = [], 0
    if values:
        yield _BETWEEN.join(values)
