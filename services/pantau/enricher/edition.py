"""The edition of the enricher: a digest of its code and word lists.

Articles of another edition are enriched again by `pantau enrich-stored`. A number kept by hand is
forgotten when a list changes, and the new names would then never reach the history.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

_SIZE: Final = 4
"""Bytes of the digest; it only has to differ from that of other releases."""
_ROOMS: Final = ("pantau.enricher", "pantau.common.text")
"""Packages that decide what is found in an article, and under which names."""


@cache
def edition() -> str:
    """Return the digest of the installed enricher, 8 hexadecimal digits; about 20 ms once."""
    return digest(*map(files, _ROOMS))


def digest(*folders: Traversable) -> str:
    """Return a digest of the names and contents of all files in some folders, in any depth."""
    whole = hashlib.blake2b(digest_size=_SIZE)
    for folder in folders:
        for name, content in sorted(_contents(folder, "")):
            whole.update(f"{len(name)} {name} {len(content)} ".encode())
            whole.update(content)
    return whole.hexdigest()


def _contents(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for one in folder.iterdir():
        name = f"{path}/{one.name}"
        if one.is_dir():
            if one.name != "__pycache__":
                yield from _contents(one, name)
        else:
            yield name, one.read_bytes()
