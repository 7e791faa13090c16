"""Make the C library give memory back that large documents leave behind.

glibc keeps up to eight heaps a processor for threads, and after the first large block is freed it
takes blocks of up to 32 MB from a heap (mallopt(3), "dynamic mmap threshold"). A heap shrinks at
its end alone, so one small object above ten megabytes of a feed keeps all of them. With a few
heaps and large blocks apart from them the same flood of documents peaks about 80 MB lower.
"""

import ctypes
from typing import Final

# Numbers of malloc.h, which are part of glibc's binary interface.
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8

HEAPS: Final = 2
"""How many heaps all threads share."""
LARGE_BYTES: Final = 256 * 1024
"""Blocks from this size on are mapped by themselves, and unmapped when they are freed."""
SPARE_BYTES: Final = 1024 * 1024
"""Free memory at the end of the main heap beyond this is given back."""


def return_memory_early() -> None:
    """Set the allocator of this process so; do nothing where the C library has no `mallopt`.

    Call it before threads start: a heap that a thread has already stays.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # musl, macOS
        return
    mallopt(_ARENA_MAX, HEAPS)
    mallopt(_MMAP_THRESHOLD, LARGE_BYTES)
    mallopt(_TRIM_THRESHOLD, SPARE_BYTES)
