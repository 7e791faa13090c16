"""The C library returns the memory of large documents."""

import ctypes
import os
import subprocess
import sys

import pytest

PROGRAM = """
import pathlib, sys
from pantau.runtimes.allocator import return_memory_early

def resident() -> int:
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096

if sys.argv[1] == "early":
    return_memory_early()
kept, documents = [], []
for _ in range(2):  # the first free of a large block lets glibc take the next from a heap
    for number in range(20):
        documents.append(b"x" * 1_000_000)
        kept.append(b"y" * (3_000 + number))
    documents.clear()
print(resident())
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="no glibc")
def test_large_blocks_are_given_back() -> None:
    def resident(how: str) -> int:
        ran = subprocess.run(
            [sys.executable, "-c", PROGRAM, how],
            capture_output=True, text=True, check=True, env=dict(os.environ),
        )  # fmt: skip
        return int(ran.stdout)

    assert resident("early") + 10_000_000 < resident("usual")
