"""Places that other places show: members of a list of places, routes, and chains without commas.

In `di Brebes 31, Tirta Hilir 27, Tegal 19` the middle one is no person, `jalur Semarang - Tanah
Abang` has two places, and so has `Kecamatan Kretek Bantul`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pantau.enricher.lexicon.areas import find_areas
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.lexicon.public_people import person_id
from pantau.enricher.lexicon.regional import REGIONAL_HEADS
from pantau.enricher.lexicon.words import word_flags
from pantau.enricher.ner.engine import Mention
from pantau.enricher.ner.scan import PERSON

_GAP: Final = re.compile(r"(?: \(?\d[\d.,]*\d?\)?)?(?:,(?: dan| serta)?| dan) ")
"""The text between the members of a list, each of which may have a number."""
_LONGEST_GAP: Final = 20
_PAIRED: Final = " dan "
_HEADED: Final = re.compile(r"(?<!\w)(?:provinsi|propinsi|kabupaten|kota|distrik|wilayah) \Z")
_LONGEST_HEAD: Final = 11
_ROUTE: Final = re.compile(r"(?<=[a-z]) [–-] (?=[A-Z])")
_HYPHENS: Final = frozenset("-–")
_NEXT: Final = re.compile(r" [A-Z][a-z]+(?!\w)")
_KILOMETRES: Final = ("KM", "Km", "M.", "m.")
_ROAD: Final = re.compile(r" K[Mm]\.?\Z")
"""The word for the kilometre of a road, which is no part of its name."""
_UNITS: Final = frozenset(
    {
        "subbid", "bid", "bidpropam", "propam", "paminal", "subdit", "unit", "satuan", "sat",
        "satlantas", "satreskrim", "satresnarkoba", "ditreskrimum", "ditreskrimsus", "ditlantas",
        "ditresnarkoba", "tim", "bidang", "seksi", "bagian", "biro", "divisi",
    }
)  # fmt: skip
"""Parts of an office of a region, which are none of its places: Subbid Paminal Polda Riau."""
_CONTESTS: Final = (" Open ", " Open,", " Open.", " Masters", " Grand Prix", " Super Series")
"""The words after the name of a country in that of a contest."""
_MOST_WORDS: Final = 2
"""Words of a place in a list that an engine took for a person."""
_LEAST: Final = 3
_MOST: Final = 12
"""Words of an area with its head and its region."""
_REGION: Final = "id:"
_FOLK: Final = frozenset(
    {
        "nelayan", "petani", "pedagang", "peternak", "petambak", "pekerja", "buruh", "warga",
        "penduduk", "masyarakat", "pelajar", "siswa", "mahasiswa", "pengusaha", "tokoh", "ulama",
    }
)  # fmt: skip
"""Words for people, which the beginning of a sentence gives a capital."""
_AREAS: Final = frozenset(
    {"kecamatan", "kelurahan", "desa", "distrik", "dusun", "nagari", "gampong", "kapanewon"}
)
"""Heads of areas that lie in a region, whose name may follow without a comma."""


def with_listed_places(text: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Return the mentions with such places as they are."""
    found: list[Mention] = []
    for index, one in enumerate(mentions):
        if one.type == "person" and index and mentions[index - 1].type == "place":
            after = mentions[index + 1] if index + 1 < len(mentions) else None
            found.append(_in_list(text, mentions[index - 1], one, after))
        elif one.type == "place" and text[one.start - 1 : one.start] in _HYPHENS:
            found.append(_behind_hyphen(text, one, gazetteer))
        elif one.type == "place" and text.startswith(_CONTESTS, one.end):
            continue  # China Open, Thailand Masters
        elif one.type == "place" and text.find(" ", one.start, one.end) > 0:
            found += _parts(text, one, gazetteer)
        else:
            found.append(_home(text, one, gazetteer) if one.type == "organization" else one)
    return found


def _behind_hyphen(text: str, one: Mention, gazetteer: Gazetteer) -> Mention:
    """Return the second of two places with all of its name: Cina-Amerika Serikat."""
    following = _NEXT.match(text, one.end)
    if one.start == 0 or following is None:
        return one
    known = gazetteer.get(text[one.start : following.end()])
    whole = known is not None and known.type == "place" and not known.weak
    return one._replace(end=following.end()) if whole else one


def _in_list(text: str, before: Mention, one: Mention, after: Mention | None) -> Mention:
    """Return what an engine took for a person as a place, if places stand around it."""
    if one.start - before.end > _LONGEST_GAP:
        return one
    gap = text[before.end : one.start]
    if _GAP.fullmatch(gap) is None:
        return one
    counted = gap[1:2].isdigit()
    if not _may_be_place(text[one.start : one.end], counted=counted):
        return one
    if after is not None and after.type == "place":
        short = after.start - one.end <= _LONGEST_GAP
        if short and _GAP.fullmatch(text, one.end, after.start) is not None:
            return one._replace(type="place")
    # provinsi A dan B
    headed = gap == _PAIRED and (
        _HEADED.search(text, max(0, before.start - _LONGEST_HEAD), before.start)
        or text[before.start].islower()
    )
    return one._replace(type="place") if headed else one


def _may_be_place(name: str, *, counted: bool) -> bool:
    """Return whether no word of a name is used in names of people, or each has a number."""
    flags, words = word_flags(), name.lower().split(" ")
    if len(words) > _MOST_WORDS or person_id(name.lower()) is not None:
        return False
    if not name.replace(" ", "").isalpha():
        return False
    return counted or not any(flags.get(word, 0) & PERSON for word in words)


def _parts(text: str, one: Mention, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the places that a mention of one consists of, mostly the mention itself."""
    start, end, _ = one
    name = text[start:end]
    route = _ROUTE.search(name) if " " in name and ("-" in name or "–" in name) else None
    if route is not None:
        yield Mention(start, start + route.start(), "place")
        yield Mention(start + route.end(), end, "place")
        return
    road = _ROAD.search(name) if name.endswith(_KILOMETRES) else None
    if road is not None:
        yield Mention(start, start + road.start(), "place")
        return
    home = _home(text, one, gazetteer)
    words = name.split(" ")
    if words[0].lower() in _UNITS and any(word.lower() in REGIONAL_HEADS for word in words[1:]):
        yield Mention(start, end, "organization")
        return
    cut = _region_start(words, gazetteer) if home is one else 0
    if cut:
        yield Mention(start, start + cut - 1, "place")
        start += cut
    yield home if home is not one else Mention(start, end, "place")


def _home(text: str, one: Mention, gazetteer: Gazetteer) -> Mention:
    """Return the place of those who are from it: the Natuna of Nelayan Natuna."""
    first, blank, rest = text[one.start : one.end].partition(" ")
    if not blank or first.lower() not in _FOLK:
        return one
    known = gazetteer.get(f"{first} {rest}")
    if known is not None or not (gazetteer.places(rest) or find_areas(rest.lower())):
        return one
    return Mention(one.end - len(rest), one.end, "place")


def _region_start(words: Sequence[str], gazetteer: Gazetteer) -> int:
    """Return where the region begins that an area's name ends with; 0 if it ends with none.

    So it is in `Kecamatan Kretek Bantul`, and not in `Kecamatan Medan Petisah`.
    """
    if not _LEAST <= len(words) <= _MOST or words[0].lower() not in _AREAS or words[0].islower():
        return 0
    if find_areas(" ".join(words[1:]).lower()):
        return 0
    for size in range(1, len(words) - 1):
        region = " ".join(words[-size:])
        known = [one.id for one in gazetteer.places(region) if (one.id or "").startswith(_REGION)]
        if not known:
            continue
        area = find_areas(" ".join(words[1:-size]).lower())
        if any((one.id or "").startswith(f"{outer}.") for one in area for outer in known):
            return len(" ".join(words[:-size])) + 1
    return 0
