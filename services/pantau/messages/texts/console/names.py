"""The console's pages of people, organisations and places."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "names.begins": Text(en="Beginning of a name", id="Awal nama"),
    "names.kinds": Text(en="Kind", id="Jenis"),
    "names.all-kinds": Text(en="All", id="Semua"),
    "names.nobody": Text(
        en="No article has a name of which a word begins with “{name}”.",
        id="Tidak ada artikel dengan nama yang salah satu katanya berawalan “{name}”.",
    ),
    "names.none": Text(
        en="No article names anybody yet.", id="Belum ada artikel yang menyebut nama."
    ),
    "names.read": Text(
        en="Counted in the newest {count:n article|articles}.",
        id="Dihitung dalam {count:n artikel} terbaru.",
    ),
    "names.code": Text(en="code", id="kode"),
    "names.country": Text(en="country", id="negara"),
    "names.total": Text(
        en="named in {count:n article|articles}", id="disebut dalam {count:n artikel}"
    ),
    "names.total-least": Text(
        en="named in at least {count:n article|articles}",
        id="disebut dalam sedikitnya {count:n artikel}",
    ),
    "names.lately": Text(
        en="{week:n} in 7 days, {month:n} in 30 days",
        id="{week:n} dalam 7 hari, {month:n} dalam 30 hari",
    ),
    "names.also": Text(en="Also:", id="Juga:"),
    "names.watch": Text(en="Watch this", id="Pantau ini"),
    "names.search": Text(en="Search for it", id="Cari"),
    "names.days": Text(en="Articles a day, 30 days", id="Artikel per hari, 30 hari"),
    "names.all-articles": Text(en="All articles", id="Semua artikel"),
    "names.stories": Text(en="Newest stories", id="Cerita terbaru"),
    "names.roles": Text(en="Offices", id="Jabatan"),
    "names.role-in": Text(en="{count:n article|articles}", id="{count:n artikel}"),
    "names.with-person": Text(en="With whom", id="Bersama siapa"),
    "names.with-organization": Text(en="With which organisations", id="Bersama lembaga apa"),
    "names.with-place": Text(en="Where", id="Di mana"),
    "names.sampled": Text(
        en="Offices, sources and other names: of the newest {count:n article|articles}.",
        id="Jabatan, sumber dan nama lain: dari {count:n artikel} terbaru.",
    ),
}
