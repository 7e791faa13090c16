"""Compression of single values by a dictionary that every installation has.

A packed value is a frame of Zstandard (RFC 8878) that names its dictionary. Dictionaries are files
of this package: a released one never changes, so what it packed can be read for ever; a better one
gets the next number and packs from then on. All other values are plain, and nothing marks them:
events are JSON and begin with `{`, no frame does.
"""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import zstandard

from pantau.errors import StopError

DICTIONARIES: Final[Mapping[int, str]] = {1: "records-1.dict"}
"""Dictionaries by number; the latest one packs."""
LEAST_BYTES: Final = 200
"""Shorter values stay plain: little is saved, and reading them would take longer."""
MOST_BYTES: Final = 24_000
"""Longer values stay plain."""
MOST_PACKED_BYTES: Final = 7_000
"""A value whose frame would be longer stays plain.

So a frame is in one piece in SQLite's pages of 8 KiB, and a take-down finds it even in those that
are free (see `compression.search`).
"""
LEVEL: Final = 3
"""2 to 3 % smaller than level 1, for 2 µs more of an alert."""

MAGIC: Final = zstandard.FRAME_HEADER
_DESCRIPTOR: Final = slice(len(MAGIC), len(MAGIC) + 1)
"""Where the descriptor of a frame stands."""
_WHOLE: Final = 0x20
"""Its bit of a frame that names no window, since the window is the whole value.

Only frames of some megabytes name one: of values that begin with the magic number themselves.
"""


def dictionary_id(number: int) -> int:
    """Return the id by which frames name a dictionary: "Pan", and its number."""
    return int.from_bytes(b"Pan" + bytes([number]), "big")


_local: Final = threading.local()
"""Compressor and decompressors: a thread may not use those of another."""
_loaded: Final[dict[int, zstandard.ZstdCompressionDict]] = {}
_lock: Final = threading.Lock()


def _dictionary(number: int) -> zstandard.ZstdCompressionDict:
    """Return a dictionary, which all threads share."""
    with _lock:
        if number not in _loaded:
            # Not by `importlib.resources`, whose import takes longer than a shell's completion may.
            path = Path(__file__).with_name(DICTIONARIES[number])
            dictionary = zstandard.ZstdCompressionDict(path.read_bytes())
            dictionary.precompute_compress(level=LEVEL)
            _loaded[number] = dictionary
        return _loaded[number]


def _compress(value: bytes) -> bytes:
    try:
        compressor: zstandard.ZstdCompressor = _local.compressor
    except AttributeError:
        compressor = _local.compressor = zstandard.ZstdCompressor(
            level=LEVEL, dict_data=_dictionary(max(DICTIONARIES)), write_checksum=False
        )
    return compressor.compress(value)


def _decompress(value: bytes) -> bytes:
    try:
        decompressors: dict[bytes, zstandard.ZstdDecompressor] = _local.decompressors
    except AttributeError:
        decompressors = _local.decompressors = {
            dictionary_id(one).to_bytes(4, "little"): zstandard.ZstdDecompressor(
                dict_data=_dictionary(one)
            )
            for one in DICTIONARIES
        }
    descriptor = int.from_bytes(value[_DESCRIPTOR])
    begin = _DESCRIPTOR.stop + (0 if descriptor & _WHOLE else 1)  # behind the window
    return decompressors[value[begin : begin + 4]].decompress(value)


def pack(value: bytes) -> bytes:
    """Return a value as it is stored: compressed, or as it is where that saves nothing."""
    if value.startswith(MAGIC):  # it must not be taken for a frame of ours
        return _compress(value)
    if not LEAST_BYTES <= len(value) <= MOST_BYTES:
        return value
    packed = _compress(value)
    return packed if len(packed) < min(len(value), MOST_PACKED_BYTES) else value


def unpack(value: bytes) -> bytes:
    """Return a value that `pack` gave, or a plain one. Raises StopError for a damaged one."""
    if not value.startswith(MAGIC):
        return value
    try:
        return _decompress(value)
    except (KeyError, MemoryError, zstandard.ZstdError) as error:
        message = "a stored value is damaged, or was compressed by a newer Pantau"
        raise StopError(message) from error


def unpack_any(value: bytes | None) -> bytes | None:
    """Return a value, or None where there is none: a tombstone."""
    return None if value is None else unpack(value)
