"""Names of fields: those of other search engines, in Indonesian, and in other letters."""

import re
from collections.abc import Iterator
from typing import Final

from pantau.query.diagnosis.diagnosis import Edit, Finding
from pantau.query.diagnosis.masked import lower, masked
from pantau_schemas.fields import FIELDS, FieldKind

ALIASES: Final[dict[str, str]] = {
    alias: name
    for name, aliases in {
        "title": (
            "headline headlines hd hl ti intitle in-title allintitle subject heading judul "
            "tajuk kepala titles hlead hlp inheadline"
        ),
        "text": (
            "body content contents intext inbody allintext fulltext full_text lead ingress isi "
            "ab abstract abstrak teks konten naskah artikel article message description summary "
            "ringkasan td"
        ),
        "source": (
            "site domain host hostname outlet media publisher publication sourcename "
            "source_name source-name sn website situs sumber penerbit portal koran sources "
            "rst domainis canonical_domain"
        ),
        "url": "link uri permalink address tautan alamat",
        "author": (
            "authors by oleh byline by-line journalist writer penulis wartawan jurnalis reporter "
            "au pengarang"
        ),
        "people": (
            "person persons people_names name names nama orang tokoh pe per siapa who pejabat "
            "narasumber politisi politikus"
        ),
        "organizations": (
            "organization organisation organisations org orgs company companies organisasi "
            "lembaga instansi perusahaan institusi co partai kementerian dinas badan ormas"
        ),
        "places": (
            "place location locations city tempat lokasi kota daerah wilayah geo province "
            "provinsi propinsi kabupaten kab kecamatan kec desa kelurahan pulau"
        ),
        "place_codes": "country countries country_code countrycode placecodes place_code negara",
        "lang": (
            "language languages langs la bahasa lr languagecode language_code sourcelang "
            "sourcelanguage"
        ),
        "tags": (
            "tag category categories topic topics section label labels kategori topik "
            "rubrik kanal keyword keywords tagar hashtag hashtags"
        ),
        "roles": "role position positions jabatan",
        "quotes": "quote quotation quotations kutipan",
        "story_id": "story storyid cluster cerita",
        "published": (
            "date pubdate pub_date pub-date publish_date published_at publishedat "
            "publicationdate datepublished timestamp @timestamp tanggal tgl terbit "
            "diterbitkan waktu day pd tahun year"
        ),
        "first_seen": "firstseen first-seen seen seen_at indexed crawled fetched ditemukan",
    }.items()
    for alias in aliases.split()
}
"""Names that other search engines and Indonesian users give to our fields, in small letters."""
_SPECIAL: Final = frozenset({"_exists_", "*"})
_SUBFIELD: Final = re.compile(r"\.(?:keyword|raw|text)\Z")
"""Suffixes that indexes of Elasticsearch add to the name of a field for another reading of it."""
_NAME: Final = re.compile(
    r'(?<![^\s()"])[+\-!]*(?P<name>[\w@][\w@.-]*)(?P<gap>\s*)(?P<sign>:|[<>]=?)'
)
_IN_URL: Final = re.compile(
    r"(?<![^\s()\"])[+\-!]*(?P<field>inurl|allinurl)\s*:\s*(?P<value>[\w.-]+)", re.IGNORECASE
)
_ALL_IN: Final = re.compile(
    r"(?<![^\s()])allin(?P<field>title|text)\s*:\s*(?P<words>[^\s()\":]+(?:\s+[^\s()\":]+)+)\s*$",
    re.IGNORECASE,
)


_OF_TWO: Final = {
    "title": ("judul berita", "judul artikel", "news title", "article title"),
    "text": ("isi berita", "isi artikel", "isi teks", "teks berita", "full text", "article body"),
    "published": (
        "tanggal terbit", "tanggal tayang", "tanggal publikasi", "tanggal berita", "tgl terbit",
        "waktu terbit", "waktu tayang", "publication date", "publish date", "published date",
        "date published", "published at",
    ),
    "source": ("nama media", "nama situs", "nama sumber", "sumber berita", "source name",
               "media name", "nama domain"),
    "people": ("nama tokoh", "nama orang", "nama pejabat", "person name"),
    "organizations": ("nama organisasi", "nama lembaga", "nama perusahaan", "organization name"),
    "places": ("nama tempat", "nama daerah", "nama kota", "nama lokasi", "lokasi kejadian"),
    "place_codes": ("kode negara", "country code"),
    "lang": ("kode bahasa", "language code"),
    "author": ("nama penulis", "nama wartawan", "author name"),
}  # fmt: skip
"""Headings of columns, which are of two words."""
_FIELD_OF_TWO: Final = {words: field for field, given in _OF_TWO.items() for words in given}
_TWO: Final = re.compile(
    r"(?<![^\s()\"])[+\-!]*(?P<name>(?:"
    + "|".join(words.replace(" ", r"[ \t]+") for words in _FIELD_OF_TWO)
    + r"))\s*:",
    re.IGNORECASE,
)


def names_of_two_words(text: str, language: str) -> Iterator[Finding]:
    """Find `tanggal terbit:` and its like, of which only the second word would be the field."""
    for found in _TWO.finditer(masked(text, regex=language != "kql")):
        field = _FIELD_OF_TWO[" ".join(lower(found["name"]).split())]
        edits = (Edit(*found.span("name"), field),)
        params = {"written": found["name"], "field": field}
        yield Finding("foreign_field", *found.span("name"), params, edits)


def known_name(name: str) -> str | None:
    """Return the field that a name in other letters or of another engine stands for."""
    small = _SUBFIELD.sub("", name.lower())
    return small if small in FIELDS else ALIASES.get(small)


_RAW: Final = re.compile(
    r"(?<![^\s()])[+\-!]*(?P<all>raw\s*:\s*(?P<value>\"\x1a+\"|\w+))", re.IGNORECASE
)


def exact_case(text: str, language: str) -> Iterator[Finding]:
    """Find `raw:KPK`, which keeps capitals in Brandwatch; the language `pantau` has `="KPK"`."""
    for found in _RAW.finditer(masked(text, regex=language != "kql")):
        value = text[found.start("value") : found.end("value")].strip('"')
        if "\\" in value or not any(map(str.isalnum, value)):
            continue
        start, end = found.span("all")
        meant = f'="{value}"'
        params = {"written": text[start:end], "meant": meant}
        yield Finding("exact_case", start, end, params, (Edit(start, end, meant),), "pantau")


def names(text: str, language: str) -> Iterator[Finding]:
    """Find names of fields that are ours under other names."""
    hidden = masked(text, regex=language != "kql")
    all_in = _ALL_IN.search(hidden)
    if all_in is not None:
        yield _all_in(all_in, language)
        return
    for found in _IN_URL.finditer(hidden):
        edits = (Edit(found.start("field"), found.end(), f"url:*{found['value']}*"),)
        params = {"written": found["field"], "field": "url"}
        yield Finding("foreign_field", found.start(), found.end(), params, edits)
    yield from _other_signs(hidden, language)
    yield from _presence(hidden, language)
    for found in _NAME.finditer(hidden):
        written = found["name"]
        if written in FIELDS or written in _SPECIAL:
            continue
        if found["sign"] != ":" and language != "kql":
            continue
        meant = known_name(written)
        # `https://` is an address that was pasted, not a field.
        if meant is None or (found["sign"] == ":" and hidden.startswith("//", found.end())):
            continue
        edits = (Edit(found.start("name"), found.end("name"), meant),)
        params = {"written": written, "field": meant}
        yield Finding("foreign_field", found.start("name"), found.end("name"), params, edits)


_OF_POSTS: Final = frozenset(["media", "link", "links", "geo", "hashtag", "hashtags", "mentions"])
"""Things that posts of a social network have, and articles have not."""
_PRESENCE: Final = re.compile(
    r"(?<![^\s()])[+\-!]*(?P<name>exists|has|_missing_|missing)\s*:\s*\"?(?P<field>\w+)\"?",
    re.IGNORECASE,
)


def _presence(hidden: str, language: str) -> Iterator[Finding]:
    """Find `exists:people` and `_missing_:people`, which ask whether a field has a value."""
    for found in _PRESENCE.finditer(hidden):
        field = known_name(found["field"])
        of_posts = found["name"].lower() == "has" and found["field"].lower() in _OF_POSTS
        if field is None or of_posts:
            continue
        meant = f"{field}: *" if language == "kql" else f"_exists_:{field}"
        if "missing" in found["name"].lower():
            meant = f"(not {meant})" if language == "kql" else f"(NOT {meant})"
        edits = (Edit(found.start("name"), found.end(), meant),)
        params = {"written": found["name"], "field": "_exists_" if language != "kql" else meant}
        yield Finding("foreign_field", found.start("name"), found.end(), params, edits)


_EQUALS: Final = re.compile(
    r"(?<![^\s()])[+\-!]*(?P<name>[A-Za-z_@][\w@-]*)"
    r"(?P<sign>(?:==?|\s+==?\s+)(?=[\w\"(\x1a])|\((?=[\w\"(\x1a])"
    r"|(?:(?<=HEADLINE)|(?<=HLEAD)|(?<=BODY)|(?<=TITLE)|(?<=JUDUL)|(?<=BYLINE))[ ]"
    r"\((?=[\w\"(\x1a]))"
)
"""A field before `=` or `==`, or before its value in parentheses, as in LexisNexis."""


def _other_signs(hidden: str, language: str) -> Iterator[Finding]:
    for found in _EQUALS.finditer(hidden):
        meant = known_name(found["name"])
        if meant is None:
            continue
        sign = (": " if language == "kql" else ":") + found["sign"].strip(" \t\r\n=")
        edits = (Edit(found.start("name"), found.end(), meant + sign),)
        params = {"written": found["name"] + found["sign"].strip(), "field": meant}
        yield Finding("foreign_field", found.start("name"), found.end(), params, edits)


def _all_in(found: re.Match[str], language: str) -> Finding:
    joined = (" and " if language == "kql" else " AND ").join(found["words"].split())
    field = found["field"].lower()
    edits = (Edit(found.start(), found.end(), f"{field}:({joined})"),)
    params = {"written": f"allin{field}", "field": field}
    return Finding("foreign_field", found.start(), found.end(), params, edits)


_COMPARED: Final = re.compile(
    r"(?<![^\s()\"])[+\-!]*(?P<name>[A-Za-z_@]+)(?P<gap>\s+|(?=[<>]))(?P<sign>[<>]=?)\s*(?=[\w\"])"
)


_COUNT: Final = re.compile(r"[a-z_]{2,}[<>]=?\d+(?![^\s)])")


def comparisons(text: str, language: str) -> Iterator[Finding]:
    """Find comparisons as KQL writes them, such as `published >= 2026-09-01`, and of no field."""
    if language == "kql":
        return
    hidden = masked(text)
    for found in _COMPARED.finditer(hidden):
        field = known_name(found["name"])
        is_date = field is not None and FIELDS[field].kind is FieldKind.DATE
        if field is not None and (found["name"] in FIELDS or is_date):
            meant = f"{field}:{found['sign']}"
            edits = (Edit(found.start("name"), found.end(), meant),)
            params = {"written": found[0].strip(), "meant": meant}
            yield Finding("kql_comparison", found.start(), found.end(), params, edits)
        elif field is None and _COUNT.match(hidden, found.start("name")):
            # Such as `wc>500`, the number of words: no field, so no words to put in quotes, either.
            params = {"field": found["name"], "fields": ", ".join(FIELDS)}
            yield Finding("unknown_field", *found.span("name"), params)
