"""Names that are known beforehand: places of the world, Indonesian regions, institutions.

Sources: CLDR and GeoNames through `pantau.adapters.geography`; `data/regions.tsv` and
`data/organizations.tsv` (see `data/CREDITS.md`). Built once, on first use.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from pantau.enricher.words import Flag, word_flags
from pantau_schemas.article import EntityType

LEAST_POPULATION: Final = 100_000
"""Cities abroad with fewer people are left out: their names are too often words or surnames."""
SURE_POPULATION: Final = 1_000_000
"""Cities with more people are places even where the word list saw their name on people."""


@dataclass(frozen=True, slots=True)
class Known:
    """A known name. `name` is its usual form, `country` an ISO 3166-1 alpha-2 code.

    A `weak` one is a place only where the words around it say so: it is also a word or a surname. A `minor`
    one is a place unless a longer name begins with it: Vladimir, but Vladimir Voronkov is somebody.
    """

    type: EntityType
    name: str
    country: str | None = None
    weak: bool = False
    minor: bool = False


Phrases = dict[str, tuple[tuple[tuple[str, ...], Known], ...]]
"""First word in lower case to the names that begin with it, as (the other words, name), longest first."""


class Gazetteer:
    """Known names, found by their words."""

    def __init__(self, names: dict[str, Known], short_forms: dict[str, str]) -> None:
        self._names = names
        self.short_forms = short_forms
        grouped: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
        for key, known in names.items():
            first, *rest = key.split(" ")
            grouped.setdefault(first, []).append((tuple(rest), known))
        self.phrases: Phrases = {
            first: tuple(sorted(found, key=lambda one: (-len(one[0]), one[0])))
            for first, found in grouped.items()
        }

    def get(self, name: str) -> Known | None:
        """Give what is known under a name, in whatever case."""
        return self._names.get(name.lower())

    def longest(self, lowers: Sequence[str], start: int, end: int) -> tuple[int, Known] | None:
        """Give the longest known name that begins at the word `start` and ends before `end`: (its end, the name)."""
        for rest, known in self.phrases.get(lowers[start], ()):
            stop = start + 1 + len(rest)
            if stop <= end and (not rest or tuple(lowers[start + 1 : stop]) == rest):
                return stop, known
        return None


@cache
def load_gazetteer() -> Gazetteer:
    """Build the gazetteer from the packages and files named above."""
    names: dict[str, Known] = {}
    short_forms: dict[str, str] = {}
    _add_places(names)
    for line in _lines("organizations.tsv"):
        forms = line.split("\t")
        for form in forms:
            names[form.lower()] = Known("organization", forms[0] if form.isupper() else form)
            short_forms.setdefault(form.lower(), forms[0])
    return Gazetteer(names, short_forms)


def _add_places(names: dict[str, Known]) -> None:
    from pantau.adapters.geography import cities, territories  # noqa: PLC0415 (parses 5 MB: only when enriching)

    flags = word_flags()
    for city in cities(LEAST_POPULATION, all_in="ID"):
        key = city.name.lower()
        weak = _ambiguous(key, flags, sure=city.population >= SURE_POPULATION)
        if key not in names and len(key) > 2:
            names[key] = Known(
                "place", city.name, city.country, weak, minor=city.population < SURE_POPULATION
            )
    for territory in territories():
        key = territory.name.lower()
        if len(key) > 2:
            names[key] = Known(
                "place", territory.name, territory.country, key in {"chad", "jersey", "guinea"}
            )
    for line in _lines("regions.tsv"):
        name, _, country = line.partition("\t")
        weak = bool(flags.get(name.lower(), 0) & Flag.COMMON) and not name.isupper()
        names[name.lower()] = Known("place", name, country or None, weak)


def _ambiguous(key: str, flags: dict[str, int], *, sure: bool) -> bool:
    seen = flags.get(key, 0)
    if seen & (Flag.COMMON | Flag.CAPITAL | Flag.NO_NAME):
        return True
    return bool(seen & (Flag.PERSON | Flag.ORG)) and not sure


def _lines(name: str) -> list[str]:
    return files("pantau.enricher").joinpath("data", name).read_text("utf-8").splitlines()
