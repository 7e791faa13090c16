"""Search of the bytes of files, whatever their format, and of the values packed in them."""

import base64
import mmap
import stat
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from pantau.adapters.compression.search import packed_values
from pantau.ports import RawTrace

_LEAST: Final = 9
"""Fewest bytes whose base64 form is searched for: of fewer, too little is left."""


def search_folder(folder: Path, wanted: Sequence[bytes]) -> list[RawTrace]:
    """Return the files below a folder that contain any of `wanted`, as such or in base64.

    What a store packed is searched unpacked, also where it was deleted.

    Takes about a second for each form and gigabyte: one pass for each is quicker than one pattern
    of all, which the regular expressions of Python try one after the other at every byte. Links
    are not followed, and files that this user may not read are left out.
    """
    if not wanted:
        return []
    forms = {form for one in wanted for form in (one, *_in_base64(one)) if form}
    found = []
    for path in _files(folder):
        count = _count(path, forms)
        if count:
            found.append(RawTrace(str(path), count))
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        try:
            if stat.S_ISREG(path.lstat().st_mode):
                yield path
        except OSError:  # gone meanwhile
            continue


def _count(path: Path, forms: AbstractSet[bytes]) -> int:
    try:
        with path.open("rb") as file:
            if not path.stat().st_size:
                return 0
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                found = sum(_occurrences(content, one) for one in forms)
                for values in packed_values(content):
                    found += sum(values.count(one) for one in forms)
                return found
    except (OSError, ValueError):  # gone or truncated meanwhile
        return 0


def _occurrences(content: mmap.mmap, wanted: bytes) -> int:
    count, place = 0, content.find(wanted)
    while place >= 0:
        count += 1
        place = content.find(wanted, place + len(wanted))
    return count


def _in_base64(wanted: bytes) -> Iterator[bytes]:
    """Yield what every base64 text contains that encodes these bytes, for each place modulo 3.

    The digits at both ends also depend on the bytes around, and are left out.
    """
    if len(wanted) < _LEAST:
        return
    for before in range(3):
        padded = b"\0" * before + wanted
        whole = base64.b64encode(padded[: len(padded) // 3 * 3])
        yield whole[(before * 8 + 5) // 6 :]
