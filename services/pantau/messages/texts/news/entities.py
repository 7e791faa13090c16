"""Names: `pantau entities` and `pantau enrich-stored`."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "entities.unknown": Text(
        en="Nothing is known of {name!r}, and no stored article names it so.",
        id="Tidak ada yang diketahui tentang {name!r}, dan tidak ada artikel yang menyebutnya.",
    ),
    "entities.unknown-near": Text(
        en="Nothing is known of {name!r}, and no stored article names it so. Did you mean "
        "{near!r}?",
        id="Tidak ada yang diketahui tentang {name!r}, dan tidak ada artikel yang menyebutnya. "
        "Maksud Anda {near!r}?",
    ),
    "entities.missing": Text(
        en="no stored article names {name!r}; find names by the beginning of a word of them",
        id="tidak ada artikel tersimpan yang menyebut {name!r}; cari nama dengan awal salah satu "
        "katanya",
    ),
    "entities.also": Text(en="  also: {names}", id="  juga: {names}"),
    "entities.person": Text(en="person", id="orang"),
    "entities.organization": Text(en="organisation", id="organisasi"),
    "entities.place": Text(en="place", id="tempat"),
    "entities.named": Text(
        en="  named in {count:n article|articles}, {week:n} of them in the last 7 days, {month:n} "
        "in the last 30 days",
        id="  disebut dalam {count:n artikel}, {week:n} di antaranya dalam 7 hari terakhir, "
        "{month:n} dalam 30 hari terakhir",
    ),
    "entities.named-at-least": Text(
        en="  named in at least {count:n article|articles}, {week:n} of them in the last 7 days, "
        "{month:n} in the last 30 days",
        id="  disebut dalam sedikitnya {count:n artikel}, {week:n} di antaranya dalam 7 hari "
        "terakhir, {month:n} dalam 30 hari terakhir",
    ),
    "entities.column-name": Text(en="Name", id="Nama"),
    "entities.column-kind": Text(en="Kind", id="Jenis"),
    "entities.column-articles": Text(en="Articles", id="Artikel"),
    "entities.column-newest": Text(en="Newest", id="Terbaru"),
    "entities.column-role": Text(en="Office", id="Jabatan"),
    "entities.enriching": Text(en="enriching", id="memperkaya"),
    "entities.so-far": Text(
        en="{read:n article|articles} read so far", id="{read:n artikel} sudah dibaca"
    ),
    "entities.enriched": Text(
        en="{read:n article|articles} read, {enriched:n} of them enriched anew.",
        id="{read:n artikel} dibaca, {enriched:n} di antaranya diperkaya lagi.",
    ),
    "entities.enriched-on": Text(
        en="{read:n article|articles} read, {enriched:n} of them enriched anew "
        "(an interrupted run was continued).",
        id="{read:n artikel} dibaca, {enriched:n} di antaranya diperkaya lagi "
        "(melanjutkan yang terputus).",
    ),
    "entities.refused": Text(
        en="the index refused {count:n article|articles}: {named}",
        id="indeks menolak {count:n artikel}: {named}",
    ),
}
