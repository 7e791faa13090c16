"""The districts, villages and islands of Indonesia, by name.

`data/areas.txt.xz` and `data/island_names.tsv.xz` (made by `benchmarks/build_areas.py`, credits in
`data/CREDITS.md`) hold 83,000 names. Parsed into dictionaries they would take ten times as much
memory, so the lines stay as they are, in the order of their bytes: bisection finds the block of
lines where a name is, and a search the line in it.
"""

import lzma
from array import array
from bisect import bisect_right
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
_BLOCK: Final = 64
"""Lines of a block: few enough to be searched at once."""
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
        self._table = table = b"\n%b\n" % table.strip(b"\n")
        self._blocks = array("I")  # where they begin: the ends of the lines before
        self._firsts: list[bytes] = []  # the first name of each
        at, line = 0, 0
        while (end := table.find(b"\n", at + 1)) >= 0:
            if line % _BLOCK == 0:
                self._blocks.append(at)
                self._firsts.append(table[at + 1 : end].partition(b"\t")[0])
            at, line = end, line + 1
        self._blocks.append(at)

    def cells(self, name: str) -> list[str]:
        """Return the cells of a name; none for one that is not in the table."""
        key = name.encode("utf-8", "surrogatepass")
        block = bisect_right(self._firsts, key) - 1
        if block < 0 or b"\t" in key:
            return []
        table, stop = self._table, self._blocks[block + 1] + 1
        found = table.find(b"\n%b\t" % key, self._blocks[block], stop)
        if found < 0:
            return []
        begin = found + len(key) + 2
        return table[begin : table.index(b"\n", begin)].decode().split(" ")


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
