"""Made-up news for proofs and measurements.

Seeded, as many as wanted, with queries whose answers are known.
"""

import random
from functools import cache

from pantau.query import parse
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document

Item = tuple[str, str, str]
"""Link, title, text."""

_PEOPLE = (
    "Arya Wirasena",
    "Ratna Kusumadewi",
    "Bagas Prakoso",
    "Melati Harjono",
    "Yohanes Tualaka",
    "Siti Rahmania",
    "Damar Suryono",
    "Intan Paramitha",
)
_PLACES = (
    "Demak",
    "Kudus",
    "Ternate",
    "Sorong",
    "Bengkulu",
    "Palu",
    "Kupang",
    "Tarakan",
    "Jepara",
    "Mamuju",
)
_EVENTS = (
    "banjir bandang",
    "gempa bumi",
    "kebakaran hutan",
    "rapat anggaran",
    "panen raya",
    "sidang putusan",
    "kenaikan harga beras",
    "peresmian jembatan",
    "pemadaman listrik",
    "latihan penyelamatan",
    "flood warning",
    "power outage",
    "budget hearing",
)
_PLAIN = [
    "warga",
    "pemerintah",
    "daerah",
    "menurut",
    "keterangan",
    "pagi",
    "kemarin",
    "besok",
    "jalan",
    "sekolah",
    "pasar",
    "petugas",
    "laporan",
    "sumber",
    "air",
    "sungai",
    "rumah",
    "keluarga",
    "bantuan",
    "posko",
    "dinas",
    "kantor",
    "wilayah",
    "perkembangan",
    "keadaan",
    "cuaca",
    "angin",
    "hujan",
    "laut",
    "kapal",
    "nelayan",
    "petani",
    "kebun",
    "sawah",
    "pabrik",
    "pekerja",
    "upah",
    "pajak",
    "bank",
    "modal",
    "kredit",
    "ekspor",
    "impor",
    "pelabuhan",
    "bandara",
    "jadwal",
    "kereta",
    "bus",
    "terminal",
    "the",
    "report",
    "said",
    "officials",
    "people",
    "city",
    "river",
    "road",
    "market",
    "prices",
    "later",
    "during",
    "before",
    "after",
]


@cache
def articles(count: int, seed: int = 4, words: int = 230) -> tuple[Item, ...]:
    """Return articles of about so many words, each with a link of its own."""
    chance = random.Random(seed)
    return tuple(_article(number, chance, words) for number in range(count))


def _article(number: int, chance: random.Random, words: int) -> Item:
    person, place, event = chance.choice(_PEOPLE), chance.choice(_PLACES), chance.choice(_EVENTS)
    title = f"{event.capitalize()} di {place}, kata {person}"
    sentences = [f"{place} - {person} menjelaskan {event} di {place} perkara nomor{number}."]
    total = len(sentences[0].split())
    while total < words:
        some = [chance.choice(_PLAIN) for _ in range(chance.randint(8, 18))]
        if chance.random() < 0.1:
            some.insert(3, chance.choice(_EVENTS))
        if chance.random() < 0.1:
            some.insert(5, chance.choice(_PEOPLE))
        sentences.append(" ".join(some).capitalize() + ".")
        total += len(some)
    return f"https://kabar.example/{number}", title, " ".join(sentences)


def queries(count: int, seed: int = 5) -> dict[str, str]:
    """Return subscriptions: id to query.

    Each matches between none and a few in a hundred of the articles.
    """
    chance = random.Random(seed)
    made: dict[str, str] = {}
    while len(made) < count:
        person, place, event = (
            chance.choice(_PEOPLE),
            chance.choice(_PLACES),
            chance.choice(_EVENTS),
        )
        one, other = chance.choice(_PLAIN), chance.choice(_PLAIN)
        query = chance.choice(
            (
                f'"{person}" AND title:{place} AND "{event}"',
                f'title:({place} AND {event.split()[0]}) AND NOT "{person}"',
                f'"{one} {other}" AND {place}',
                f'("{event}" OR {one[:5]}*) AND title:"{person}" AND {place}',
                f'"{event}"~2 AND "{person.split()[1]}" AND title:{place}',
                f'"{one} {other}"~3 AND "{event}" AND title:{person.split()[0]}',
            )
        )
        made[f"s{len(made)}"] = query
    return made


def due(items: tuple[Item, ...], subscriptions: dict[str, str]) -> set[tuple[str, str]]:
    """Evaluate every query on every article: (subscription id, link)."""
    parsed = {name: parse(text) for name, text in subscriptions.items()}
    return {
        (name, link)
        for link, title, text in items
        for document in (Document.from_fields({"title": title, "text": text}),)
        for name, query in parsed.items()
        if accepts(query, document)
    }
