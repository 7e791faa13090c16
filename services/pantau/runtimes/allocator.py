"""Settings of the C allocator, so that memory of large documents returns to the system.

glibc keeps up to eight heaps per processor for threads, and after the first large block is freed it
takes blocks of up to 32 MB from a heap (mallopt(3), "dynamic mmap threshold"). A heap shrinks at
its end only, so one small object above ten megabytes of a feed keeps all of them. With few heaps
and separately mapped large blocks, the same flood of documents peaks about 80 MB lower.
"""

import ctypes
from typing import Final

# Constants of malloc.h, which are part of glibc's binary interface.
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8

HEAPS: Final = 2
"""Number of heaps shared by all threads."""
LARGE_BYTES: Final = 256 * 1024
"""Blocks of at least this size are mapped separately, and unmapped when freed."""
SPARE_BYTES: Final = 1024 * 1024
"""Free memory beyond this at the end of the main heap is returned."""


def return_memory_early() -> None:
    """Configure the allocator of this process; a no-op if the C library has no `mallopt`.

    Call it before threads start: existing heaps of threads are not affected.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # musl, macOS
        return
    mallopt(_ARENA_MAX, HEAPS)
    mallopt(_MMAP_THRESHOLD, LARGE_BYTES)
    mallopt(_TRIM_THRESHOLD, SPARE_BYTES)
