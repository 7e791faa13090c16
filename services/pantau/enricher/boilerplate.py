"""Parts of a text that are not the article's own words: bylines, links to other articles, photo credits.

They are spans, never cut out: the text stays as it came. Entities ignore them. Three kinds: whole lines, pieces
in brackets or at the end of a paragraph, and the outlet in a dateline (`JAKARTA, Outlet.com -`).
"""

import re
from typing import Final

from pantau.enricher.gazetteer import load_gazetteer
from pantau.enricher.words import Flag, word_flags, word_sections

_CREDIT: Final = (
    r"Editor|Penulis|Reporter|Pewarta|Kontributor|Penyunting|Redaktur|Sumber|Fotografer|Photographer|Uploader|Writer"
    r"|Penerjemah|Wartawan|Reporting by|Editing by|Written by|Additional reporting by|Compiled by|Laporan wartawan"
)
_APPS: Final = (
    r"Google News|WhatsApp|Telegram|newsletters?|aplikasi|channel|kanal|Facebook|Twitter|Instagram|app"
)
_LINES: Final = (
    rf"(?:{_CREDIT})\s?(?:[:：|/]|(?<=\sby)\s).*",
    r"(?:Oleh|By)\s?:?\s(?-i:[A-Z])[\w.'’-]*(?:[ ,]+(?:(?-i:[A-Z])[\w.'’-]*|and|dan|&)){0,7}",
    r"(?:Artikel|Berita|Konten|Video)\s(?:Terkait|Lainnya|Terpopuler|Pilihan|Rekomendasi)\b.{0,200}",
    r"(?:Baca|Lihat|Simak|Tonton|Saksikan)\s?(?:Juga|Selengkapnya|Artikel|Berita|Video|Foto)?\s?[:：].*",
    r"(?:Simak|Tonton|Saksikan|Lihat|Baca)\s(?:Juga|Video|Foto|Selengkapnya|Artikel|Berita)\b.*",
    r"(?:Read (?:more|also|next|full story)|See also|Also read|Related(?: (?:articles?|stories|news|topics?))?|More from .{1,40})\s?(?:[:：].*)?",
    r"(?:Watch|Listen)\s?[:：].*",
    r"(?:Halaman Selanjutnya|Halaman Berikutnya|Next page|Lanjut(?:kan)? (?:ke|baca|membaca)\b.*|Selengkapnya)\s?[.:»>]*",
    r"(?:ADVERTISEMENT|IKLAN|PROMOTED|Advertorial|SCROLL TO .*|SCROLL UNTUK .*|Gulir (?:untuk|ke) .*)",
    r"(?:Tags?|Topik|Kata kunci|Keywords|Kata Kunci)\s?[:：].*",
    rf"(?:Ikuti|Dapatkan|Follow|Subscribe|Sign up|Download|Unduh|Bergabung|Join)\b.{{0,200}}\b(?:{_APPS})\b.*",
    r"(?:©|\(c\)|Copyright\b|Hak cipta\b|COPYRIGHT\b).{0,200}",
    r"(?:Foto|Photo|Caption|Dok\.?|Image|Gambar)\s?(?:[:：/]|oleh\s|by\s).{0,160}",
)
_LINE: Final = re.compile(rf"[ \t]*(?:{'|'.join(_LINES)})[ \t\r]*", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[^\W\d_]+|©|\(c\)")
_BRACKETS: Final = re.compile(
    r"\((?:Foto|FOTO|foto|Photo|Image|Gambar|Dok|dok|Dokumentasi|Sumber|Ilustrasi|Antara Foto|ANTARA FOTO|ANTARA)\b[^()\n]{0,160}\)"
    r"|\[(?:Baca|Gambas|Video|Foto|Simak|Lihat|Halaman)\b[^\]\n]{0,200}\]"
    # initials of writer and editor at the end of a paragraph: (abc/def), [sgt]
    r"|\((?:(?<=[.!?\"”,] \()|(?<=[.!?\"”,\n]\())(?:[a-z]{2,6}|[A-Z]{2,4})(?:\s?[/,|-]\s?(?:[A-Za-z]{2,8}|\d{1,2}))*\)(?=[.,]?\s*(?:\n|\Z))"
    r"|\((?<=[.!?\"”,\s]\()(?:ant|Ant|ANT|jpnn|antara|Antara|rtr|Reuters)(?:/\w{2,10})*\)"
    r"|\[\w{2,5}(?:/\w{2,5})*\](?=\s*(?:\n|\Z))"
)
_SIGN_OFF: Final = re.compile(r"\b(?:REUTERS?|Reuters?|AFP|ANTARA)(?=[\s;&#\d.]{0,8}\Z)")
_AFTER_SENTENCE: Final = re.compile(
    r"(?<=[.!?\"”)])[ ]?(?:(?:Baca|Lihat) [Jj]uga ?:|BACA JUGA ?:?|Simak [Vv]ideo)[^\n]*"
)
_OUTLET: Final = (
    r"(?i:i?[a-z0-9][\w-]*\.(?:com|co\.id|id|net|news|tv|co|org)|detikcom|antara(?:news)?|kompas|tempo|republika|okezone|sindonews|viva"
    r"|merdeka|suara|tribun\w*|jpnn|bisnis|kontan|liputan6|cnn indonesia|cnbc indonesia|bbc news indonesia|voa|beritasatu)"
)
_DATELINE: Final = re.compile(
    # `CITY, Outlet`, `Outlet, City` or `CITY, date (Outlet)`, then a dash
    rf"\s*(?:(?P<first>{_OUTLET}), ?[A-Z]|[A-Z][\w.'’/-]*(?:,? [A-Z0-9][\w.'’/-]*){{0,4}}?(?:, ?(?P<second>{_OUTLET})| ?(?P<third>\([A-Z]\w+(?:[. ]\w+){{0,2}}\)) ?(?:-|–|—|:)))"
)
_ANY_OUTLET: Final = re.compile(
    # `CITY, Any Outlet`, up to the dash; the city in capitals
    r"\s*[A-Z][A-Z .'’/-]{2,40}, ?(?P<outlet>[A-Z][\w.'’]*(?: [A-Z][\w.'’]*){0,3})"
)
_DATELINE_REACH: Final = 90
"""Characters in which a dateline must end."""


def find_boilerplate(text: str) -> list[tuple[int, int]]:
    """Give the half-open ranges of boilerplate, in order, not overlapping."""
    ranges = [*_dateline(text), *_lines(text)]
    if "(" in text or "[" in text:
        ranges += [found.span() for found in _BRACKETS.finditer(text)]
    if "uga" in text or "JUGA" in text or "ideo" in text:
        ranges += [found.span() for found in _AFTER_SENTENCE.finditer(text)]
    sign_off = _SIGN_OFF.search(text, max(0, len(text) - 20))
    if sign_off:
        ranges.append(sign_off.span())
    return _merged(ranges) if len(ranges) > 1 else ranges


def _dateline(text: str) -> list[tuple[int, int]]:
    """Give the outlet of a dateline: it published the news and is not in them; the city before it is."""
    head = text[:_DATELINE_REACH].partition("\n")[0]
    dash = min((at for at in map(head.find, (" - ", " – ", " — ", " -- ", ": ", "- ")) if at > 0), default=-1)
    if dash < 0:
        return []
    found = _DATELINE.match(head[: dash + 4])
    if found and found.lastgroup:
        return [found.span(found.lastgroup)]
    other = _ANY_OUTLET.fullmatch(head[:dash])
    return [other.span("outlet")] if other and _may_be_outlet(other["outlet"]) else []


def _may_be_outlet(name: str) -> bool:
    """Whether what follows the city is neither the country or region that it is in, nor a date."""
    known = load_gazetteer().get(name)
    flags = word_flags()
    dated = any(flags.get(word.lower(), 0) & int(Flag.CALENDAR) for word in name.split())
    return not dated and (known is None or known.type != "place")


def _lines(text: str) -> list[tuple[int, int]]:
    first_words = word_sections("boilerplate.txt")["first words"]  # other lines need no closer look
    ranges, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line and _first_word(line) in first_words and _LINE.fullmatch(line):
            ranges.append((start, end))
        start = end + 1
    return ranges


def _first_word(line: str) -> str:
    found = _LETTERS.search(line[:40])
    return found.group().lower() if found else ""


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
