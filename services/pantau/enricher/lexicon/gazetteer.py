"""Names that are known in advance.

Places of the world, Indonesian regions, organisations, with their stable ids. `data/places.tsv`
(built by `benchmarks/build_places.py`), `data/regions.tsv` and `data/organizations.tsv`; sources
are in `data/CREDITS.md`. Built once, on first use.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from pantau.enricher.lexicon.memo import remembered
from pantau.enricher.lexicon.words import Flag, word_flags
from pantau_schemas.events.article import EntityType

SURE_POPULATION: Final = 1_000_000
"""Cities with more people are places even if the word list saw their name on people."""
ALSO_WORDS: Final = frozenset({"chad", "jersey", "guinea"})
"""Countries whose names are weak."""

_VARIANT: Final = re.compile(r"(?:Kab\.?|Kotamadya|Propinsi)\s")
"""Heads of names that are spelling variants of Kabupaten, Kota and Provinsi."""

ASKED_FOR: Final = "~"
"""Mark of a name by which an organisation is asked for, but too common to know it by."""
_LOCAL: Final = "@"
"""Mark of a name that means the organisation in news about its own country only."""
_MARKS: Final = ASKED_FOR + _LOCAL
_TOKEN: Final = re.compile(r"[^\W_]+(?:(?:['’](?!s\b)|[-&@/.])[^\W_]+)*|[^\w\s]")
"""A word with the marks that bind, or one other mark: Barang/Jasa, a comma."""
_REGION: Final = "region:"
_SURE: Final = frozenset({"country", "province"})
_REGIONS: Final = frozenset({"province", "regency", "town"})
_HEADS: Final = {
    "kota": frozenset({"town"}),
    "kotamadya": frozenset({"town"}),
    "kabupaten": frozenset({"regency"}),
    "kab": frozenset({"regency"}),
    "kab.": frozenset({"regency"}),
    "provinsi": frozenset({"province"}),
    "propinsi": frozenset({"province"}),
}
"""Words before the name of an Indonesian region, and which kinds each names."""
_STATE_FORMS: Final = frozenset(
    """republik kerajaan negara federasi kesultanan persemakmuran konfederasi serikat keemiran
    republic kingdom commonwealth federation sultanate state union emirate the
    islam rakyat demokratik demokrat sosialis federal arab bersatu persatuan independen hasyimiyah
    bolivarian plurinasional islamic people's democratic socialist united""".split()  # noqa: SIM905 (shorter)
)
"""Words before the name of a country in its long form."""
_HOME_ID: Final = "id:"
"""The beginning of the ids of regions of Indonesia, which have the Ministry's codes."""


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A place of the world.

    `id` is `iso:ID` (a country, or a state: `iso:US-CA`), `id:32.73` (an Indonesian province,
    regency or city by the Ministry's code), `geonames:NNN` (another city), `region:java` (a part of
    the world without a code), or None.
    `country` is an ISO 3166-1 alpha-2 code, `region` the state or province. Degrees are those of
    the capital or seat; `population` is 0 if unknown.
    """

    id: str | None = None
    kind: str = ""
    country: str | None = None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0


@dataclass(frozen=True, slots=True)
class KnownName:
    """A known name. `name` is its usual spelling, `country` an ISO 3166-1 alpha-2 code.

    A `weak` one is a place only where the words around it say so: it is also a word or a surname. A
    `minor` one is a place unless a longer name begins with it: Vladimir, but Vladimir Voronkov is a
    person. A `sure` one is a country or a province, and rarely anything else.
    """

    type: EntityType
    name: str
    country: str | None = None
    weak: bool = False
    minor: bool = False
    id: str | None = None
    sure: bool = False

    @property
    def is_home(self) -> bool:
        """True for a region of Indonesia, as its id says."""
        return self.id is not None and self.id.startswith(_HOME_ID)


class Gazetteer:
    """Known names, found by their words.

    `names` has every name in lower case; `places` has, by name in lower case, its candidates, the
    most likely in Indonesian news first.
    """

    def __init__(
        self,
        names: dict[str, KnownName],
        short_forms: dict[str, str],
        places: dict[str, tuple[GazetteerPlace, ...]],
        aliases: dict[str, tuple[str, ...]] | None = None,
        local: dict[str, KnownName] | None = None,
    ) -> None:
        self.names = names
        self.local = local or {}
        """By name in lower case: organisations that it means in news about Indonesia."""
        self._places = places
        self._aliases = aliases or {}
        self.short_forms = short_forms
        self._by_flat: dict[str, tuple[GazetteerPlace, ...]] = {}
        # Regions are found in spellings without blanks and marks, too.
        for name, found in places.items():
            if found[0].kind in _REGIONS:
                self._by_flat.setdefault(flat(name), found)
        lengths: dict[str, set[int]] = {}
        self.seconds: dict[str, set[str]] = {}
        """By the first word of names in lower case: what may be their second."""
        for name in names:
            first, blank, rest = name.partition(" ")
            lengths.setdefault(first, set()).add(name.count(" ") + 1)
            if blank:
                self.seconds.setdefault(first, set()).add(rest.partition(" ")[0])
        self.lengths: dict[str, tuple[int, ...]] = {
            first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()
        }
        """By the first word of names in lower case: their lengths in words, descending."""
        self.spelt_firsts = frozenset(
            _TOKEN.findall(form)[0] for forms in self._aliases.values() for form in forms
        )
        """First words of names as they are written: OpenAI."""

    def get(self, name: str) -> KnownName | None:
        """Return the entry of a name, case-insensitively."""
        return self.names.get(name.lower())

    def places(self, name: str) -> tuple[GazetteerPlace, ...]:
        """Return the places that a name may denote, case-insensitively.

        The most likely in Indonesian news first.
        """
        low = name.lower()
        return self._places.get(low) or _spelt_otherwise(low, self)

    def places_otherwise(self, low: str) -> tuple[GazetteerPlace, ...]:
        """Return the places that a name in lower case, which is not listed, may denote."""
        return self._region(low) or self._state(low)

    def _state(self, low: str) -> tuple[GazetteerPlace, ...]:
        """Return the country of a name with the form of its state: Republik Mali."""
        words = low.replace(" of ", " ").split()
        first = 0
        while first < len(words) - 1 and words[first] in _STATE_FORMS:
            first += 1
        found = self._places.get(" ".join(words[first:]), ()) if first else ()
        return found if found and found[0].kind == "country" else ()

    def _region(self, low: str) -> tuple[GazetteerPlace, ...]:
        """Return the Indonesian region of a name with another head or other spaces.

        `kota padang sidempuan` is the town that is listed as Padangsidimpuan and without a head.
        """
        head, _, rest = low.partition(" ")
        kinds = _HEADS.get(head) if rest else None
        if kinds is not None:
            found = self._places.get(rest) or self._by_flat.get(flat(rest), ())
            return tuple(one for one in found if one.kind in kinds)
        return self._by_flat.get(flat(low), ())

    def aliases(self, identifier: str | None) -> tuple[str, ...]:
        """Return every name in use of the thing with that id, the usual one first."""
        return self._aliases.get(identifier, ()) if identifier is not None else ()

    def longest(self, lowers: Sequence[str], start: int, end: int) -> tuple[int, KnownName] | None:
        """Return the longest known name from word `start` to `end`: (its end, the name)."""
        for length in self.lengths.get(lowers[start], ()):
            stop = start + length
            if stop <= end:
                known = self.names.get(" ".join(lowers[start:stop]))
                if known is not None:
                    return stop, known
        return None


@remembered
def _spelt_otherwise(low: str, known: Gazetteer) -> tuple[GazetteerPlace, ...]:
    return known.places_otherwise(low)


@cache
def load_gazetteer() -> Gazetteer:
    """Build the gazetteer from its data files."""
    atlas = _Atlas()
    names = dict(atlas.names())
    short_forms: dict[str, str] = {}
    aliases = {key: tuple(found) for key, found in atlas.aliases.items()}
    local: dict[str, KnownName] = {}
    for line in data_lines("organizations.tsv"):
        key, country, *forms = line.split("\t")
        aliases[f"org:{key}"] = tuple(form.lstrip(_MARKS) for form in forms)
        for form in forms:
            if form.startswith(ASKED_FOR):
                continue
            if form.startswith(_LOCAL):
                plain = form.removeprefix(_LOCAL)
                local[plain.lower()] = KnownName("organization", plain, country, id=f"org:{key}")
                continue
            name = forms[0] if form.isupper() else form
            known = KnownName("organization", name, country or None, id=f"org:{key}")
            names[form.lower()] = names[_as_tokens(form)] = known
            short_forms.setdefault(form.lower(), forms[0])
    for low, known in local.items():  # an organisation everywhere, but which one is open
        unnamed = KnownName("organization", known.name)
        names.setdefault(low, unnamed)
        names.setdefault(_as_tokens(low), unnamed)
    places = {key: tuple(found) for key, found in atlas.places.items()}
    return Gazetteer(names, short_forms, places, aliases, local)


def _as_tokens(name: str) -> str:
    """Return a name in lower case with spaces around its marks, as a text is cut into tokens."""
    return " ".join(_TOKEN.findall(name.lower()))


class _Atlas:
    """Places by name, while they are loaded."""

    def __init__(self) -> None:
        self.places: dict[str, list[GazetteerPlace]] = {}
        self._spelt: dict[str, str] = {}
        self._by_id: dict[str, GazetteerPlace] = {}
        self._by_hand: set[str] = set()
        self.aliases: dict[str, dict[str, None]] = {}
        for line in data_lines("places.tsv"):
            self._add_line(line.split("\t"))
        for found in self.places.values():
            if len(found) > 1:
                found.sort(key=rank)
        for line in data_lines("regions.tsv"):
            name, _, meant = line.partition("\t")
            self._put_first(name, self._meant(meant))

    def _add_line(self, cells: list[str]) -> None:
        key, kind, country, region, latitude, longitude, population, names = cells
        place = GazetteerPlace(
            key or None,
            kind,
            country or None,
            region or None,
            float(latitude) if latitude else None,
            float(longitude) if longitude else None,
            int(population),
        )
        self._by_id[key] = place
        for name in names.split("|"):
            self._add_alias(key, name)
            if len(name) > 2:
                for form in dict.fromkeys((name, without_accents(name))):
                    low = form.lower()
                    self.places.setdefault(low, []).append(place)
                    self._spelt.setdefault(low, form)

    def _add_alias(self, key: str, name: str) -> None:
        """Keep a name for the alias lists, unless it is only a way to write another one."""
        if key and _VARIANT.match(name) is None and " - " not in name and "(" not in name:
            self.aliases.setdefault(key, {})[name] = None

    def _meant(self, meant: str) -> GazetteerPlace:
        """Return the place that a line of `regions.tsv` denotes; see its head."""
        if meant.startswith("="):
            name, _, country = meant[1:].partition("@")
            found = [one for one in self.places[name.lower()] if country in {"", one.country}]
            return max(found, key=lambda one: one.population)
        if not meant or len(meant) == 2:
            return GazetteerPlace(country=meant or None)
        if meant.startswith(_REGION):
            return self._region(meant)
        return self._by_id[meant]

    def _region(self, meant: str) -> GazetteerPlace:
        """Return a part of the world that places.tsv may lack: `region:java@ID`."""
        key, _, country = meant.partition("@")
        if key not in self._by_id:
            self._by_id[key] = GazetteerPlace(key, country=country or None)
        return self._by_id[key]

    def _put_first(self, name: str, place: GazetteerPlace) -> None:
        low = name.lower()
        self._spelt[low] = name
        self._by_hand.add(low)
        if place.id is not None:
            self._add_alias(place.id, name)
        self.places[low] = [place, *(one for one in self.places.get(low, ()) if one != place)]

    def names(self) -> Iterator[tuple[str, KnownName]]:
        """Yield all names in lower case with their entries."""
        flags = word_flags()
        for low, found in self.places.items():
            name, place = self._spelt[low], found[0]
            weak = minor = False
            if low in self._by_hand or place.kind in {"state", "province", "regency", "town"}:
                weak = bool(flags.get(low, 0) & Flag.COMMON) and not name.isupper()
            elif place.kind == "city":
                sure = place.population >= SURE_POPULATION
                weak, minor = _ambiguous(low, flags, sure=sure), not sure
            else:
                weak = low in ALSO_WORDS
            yield (
                low,
                KnownName("place", name, place.country, weak, minor, place.id, place.kind in _SURE),
            )


def flat(name: str) -> str:
    """Return what spellings of a name in lower case agree in: its letters and digits."""
    return "".join(filter(str.isalnum, name))


def without_accents(name: str) -> str:
    """Return a name as Indonesian newspapers write it: San José is San Jose."""
    parts = unicodedata.normalize("NFKD", name)
    return "".join(mark for mark in parts if not unicodedata.combining(mark))


def rank(place: GazetteerPlace) -> tuple[int, int, str]:
    """Return the sort key of places with one name: likelihood in Indonesian news."""
    kinds = ("country", "region", "province", "town", "regency", "state")
    order = kinds.index(place.kind) if place.kind in kinds else len(kinds)
    return order, -place.population, place.id or ""


def _ambiguous(key: str, flags: dict[str, int], *, sure: bool) -> bool:
    seen = flags.get(key, 0)
    if seen & (Flag.COMMON | Flag.CAPITAL | Flag.NO_NAME):
        return True
    return bool(seen & (Flag.PERSON | Flag.ORG)) and not sure


def data_lines(name: str) -> Iterator[str]:
    """Yield the lines of a file of `data/`, without comments and empty ones."""
    for line in files("pantau.enricher").joinpath("data", name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
