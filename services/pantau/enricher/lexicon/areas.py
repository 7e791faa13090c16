"""The districts, villages and islands of Indonesia, by name.

`data/areas.txt.xz` and `data/island_names.tsv.xz` (made by `benchmarks/build_areas.py`, credits in
`data/CREDITS.md`) hold 83,000 names. Parsed into dictionaries they would take ten times as much
memory, so the lines stay as they are, in the order of their bytes, and bisection finds a name.
"""

import lzma
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from pantau.enricher.lexicon.gazetteer import GazetteerPlace

HEADS: Final = {
    "kecamatan": "district",
    "kec": "district",
    "kec.": "district",
    "distrik": "district",
    "kapanewon": "district",
    "kemantren": "district",
    "desa": "village",
    "kelurahan": "village",
    "kalurahan": "village",
    "kampung": "village",
    "nagari": "village",
    "gampong": "village",
    "gampoeng": "village",
    "pekon": "village",
    "lembang": "village",
    "tiyuh": "village",
    "ohoi": "village",
}
"""Words before the name of a district or a village, and which of the two each names."""
ISLAND: Final = "pulau"
"""Words before the name of most islands, in the register too."""
_DISTRICT_CODE: Final = 6
_LONGEST: Final = 80
"""Characters of a name that is looked up, so that hostile texts cannot fill the memory."""
_MOST: Final = 512
"""Areas of one name that are looked at; Sukamaju has a good hundred."""


class Areas:
    """Looks areas up by their names. `lines` are two tables as the files hold them."""

    def __init__(self, areas: bytes, islands: bytes) -> None:
        self._areas = _Table(areas)
        self._islands = _Table(islands)

    def find(self, name: str) -> tuple[GazetteerPlace, ...]:
        """Return the areas that a name in lower case may mean, with its head or without.

        `kecamatan jiken` is only a district; `jiken` may also be a village.
        """
        head, _, rest = name.partition(" ")
        kind = HEADS.get(head)
        if kind is not None and rest:
            return tuple(one for one in self._bare(rest) if one.kind == kind)
        return (*self._bare(name), *self._island(name))

    def _bare(self, name: str) -> tuple[GazetteerPlace, ...]:
        return tuple(_area(code) for code in self._areas.cells(name)[:_MOST])

    def _island(self, name: str) -> tuple[GazetteerPlace, ...]:
        cells = self._islands.cells(name) or self._islands.cells(f"{ISLAND} {name}")
        return tuple(map(_island, cells[:_MOST]))


class _Table:
    """Lines of a name, a tab and cells by spaces, in the order of the names' bytes."""

    def __init__(self, table: bytes) -> None:
        self._table = table
        starts, at = array("I", [0]), table.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = table.find(b"\n", at + 1)
        self._starts = starts

    def cells(self, name: str) -> list[str]:
        """Return the cells of a name; none for one that is not in the table."""
        key = name.encode("utf-8", "surrogatepass")
        table = self._table
        found = bisect_left(self._starts, key, key=lambda at: table[at : table.index(b"\t", at)])
        if found == len(self._starts):
            return []
        begin = self._starts[found]
        end = table.find(b"\n", begin)
        line = table[begin : end if end >= 0 else len(table)]
        own, _, cells = line.partition(b"\t")
        return cells.decode().split(" ") if own == key else []


def _area(code: str) -> GazetteerPlace:
    """Return a district (`320101`) or a village (`3201012001`)."""
    parts = [code[:2], code[2:4], code[4:6], code[6:]]
    kind = "district" if len(code) == _DISTRICT_CODE else "village"
    return GazetteerPlace(f"id:{'.'.join(filter(None, parts))}", kind, "ID", f"id:{code[:2]}")


def _island(cell: str) -> GazetteerPlace:
    code, latitude, longitude = cell.split(",")
    key = f"id:{code[:2]}.{code[2:4]}.{code[4:]}"
    return GazetteerPlace(key, "island", "ID", f"id:{code[:2]}", float(latitude), float(longitude))


@lru_cache(maxsize=4096)
def find_areas(name: str) -> tuple[GazetteerPlace, ...]:
    """Return the areas that a name in lower case may mean; the files are read on first use."""
    return load_areas().find(name) if len(name) <= _LONGEST else ()


@cache
def load_areas() -> Areas:
    """Read both files: 0.1 s, 3 MB."""
    folder = files("pantau.enricher").joinpath("data")
    return Areas(
        lzma.decompress(folder.joinpath("areas.txt.xz").read_bytes()),
        lzma.decompress(folder.joinpath("island_names.tsv.xz").read_bytes()),
    )
