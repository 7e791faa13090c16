"""Parts of a text that are not editorial text, with their kind.

They are spans, never cut out: the text stays unchanged. Entities, dates and quotations ignore them.
There are three shapes: whole lines, pieces in brackets or at the end of a paragraph, and the outlet
in a dateline (`pantau.enricher.structure.datelines`).
"""

import re
from typing import Final, NamedTuple, cast

from pantau.enricher.budget import BOILERPLATE, UNLIMITED, Budget
from pantau.enricher.lexicon.occurrences import places_of
from pantau.enricher.lexicon.words import word_sections
from pantau.enricher.structure.datelines import find_outlet
from pantau_schemas.events.article import BoilerplateKind


class BoilerplateSpan(NamedTuple):
    """Boilerplate of one kind: a half-open range of code points."""

    start: int
    end: int
    kind: BoilerplateKind


_WRITER: Final = (
    r"Editor|Penulis|Reporter|Pewarta|Kontributor|Penyunting|Redaktur|Uploader|Writer|Author|Penerjemah|Wartawan|Jurnalis"
    r"|Reporting by|Editing by|Written by|Additional reporting by|Compiled by|Writing by|Laporan "
    r"wartawan|Peliput"
)
_APPS: Final = r"Google News|WhatsApp|Telegram|newsletters?|aplikasi|channel|kanal|saluran|Facebook|Twitter|Instagram|app|TikTok|YouTube"
_LINES: Final[dict[BoilerplateKind, tuple[str, ...]]] = {
    "byline": (
        rf"(?:{_WRITER})\s?(?:[:：|/]|(?<=\sby)\s).{{0,160}}",
        r"Laporan wartawan .{3,80}",
        r"(?:Oleh|By)\s?:?\s(?-i:[A-Z])[\w.'’-]*(?:[ ,]+(?:(?-i:[A-Z])[\w.'’-]*|and|dan|&)){0,7}",
    ),
    "credit": (
        (
            r"(?:Foto|Photo|Caption|Dok\.?|Image|Gambar|Sumber foto|Photo "
            r"credit)\s?(?:[:：/]|oleh\s|by\s).{0,160}"
        ),
        r"(?:Sumber|Source|Fotografer|Photographer)\s?[:：|/].{0,160}",
        r"(?-i:AP Photo|ANTARA FOTO|AFP PHOTO|REUTERS|Getty Images)\s?/.{0,160}",
    ),
    "related": (
        r"(?:Artikel|Berita|Konten|Video)\s(?:Terkait|Lainnya|Terpopuler|Pilihan|Rekomendasi)\b.{0,200}",
        r"Pilihan Editor\s?[:：].{0,200}",
        r"(?:Baca|Lihat|Simak|Tonton|Saksikan)\s?(?:Juga|Selengkapnya|Artikel|Berita|Video|Foto)?\s?[:：].{0,250}",
        r"(?:Simak|Tonton|Saksikan|Lihat|Baca)\s(?:Juga|Video|Foto|Selengkapnya|Artikel|Berita)\b.{0,250}",
        (
            r"(?:Read (?:more|also|next|full story)|See also|Also read|Related(?: "
            r"(?:articles?|stories|news|topics?))?|More from .{1,40})\s?(?:[:：].{0,250})?"
        ),
        r"(?:Watch|Listen|Read|More)\s?[:：].{0,250}",
        r"(?:Halaman Selanjutnya|Halaman Berikutnya|Next page|Selengkapnya)\s?[.:»>]*",
        r"Lanjut(?:kan)? (?:ke|baca|membaca)\b.{0,250}",
        r"(?:Tags?|Topik|Kata kunci|Keywords)\s?[:：].{0,250}",
    ),
    "notice": (
        (
            r"(?:ADVERTISEMENT|IKLAN|PROMOTED|Advertorial|SCROLL TO .*|SCROLL UNTUK .*|Gulir "
            r"(?:untuk|ke) .*|(?-i:ADVERTISEMENT|IKLAN)\b.{0,60})"
        ),
        (
            r"(?:Ikuti|Dapatkan|Follow|Subscribe|Sign "
            rf"up|Download|Unduh|Bergabung|Join|Cek)\b.{{0,200}}\b(?:{_APPS})\b.*"
        ),
        r"(?:©|\(c\)|Copyright\b|Hak cipta\b|COPYRIGHT\b).{0,200}",
        r"All rights reserved.{0,120}",
        r"(?:Bagikan|Share(?: this)?(?: article)?|Disclaimer|Komentar|Comments)\s?(?:[:：].*)?",
        (
            r"(?:Published|Updated|Last "
            r"updated|Diterbitkan|Diperbarui|Terbit|Tayang)\s?(?:[:：]|on\s|pada\s)(?=.{0,20}\d).{0,60}"
        ),
        r"Artikel ini (?:telah|sudah|pernah) (?:tayang|terbit|dimuat).{0,250}",
        r"This (?:article|story) (?:was first|originally|first) .{0,200}",
        r"loading\s?\.\.\.",
    ),
}
_LINE: Final = re.compile(
    r"[ \t]*(?:"
    + "|".join(f"(?P<{kind}>{'|'.join(shapes)})" for kind, shapes in _LINES.items())
    + r")[ \t\r]{0,4}",
    re.IGNORECASE,
)
"""A line that is boilerplate, with at most `_BLANKS` after it.

No shape has two adjacent open repeats: the cost per character does not depend on the length of a
line.
"""
_BLANKS: Final = 4
"""Whitespace at the end of a line that is read: some shapes end with it."""
_LETTERS: Final = re.compile(r"[^\W\d_]+|©|\(c\)")
_BRACKETS: Final = re.compile(
    r"[(\[](?:"
    r"(?<=\()(?P<credit>(?:Foto|FOTO|foto|Photo|Image|Gambar|Dok|dok|Dokumentasi|Sumber|Ilustrasi|Antara Foto|ANTARA FOTO|ANTARA|AP Photo|REUTERS(?=/))\b[^()\n]{0,160}\))"
    r"|(?P<related>(?<=\[)(?:Baca|BACA|Gambas|Video|Foto|Simak|Lihat|Halaman)\b[^\]\n]{0,200}\]|(?<=\()(?:Baca|Lihat|Simak) [Jj]uga\b[^()\n]{0,200}\))"
    # initials or names of writer and editor at the end of a paragraph: (abc/def), [sgt],
    # (Outlet.com/Ani Wijaya)
    r"|(?P<writers>[^()\[\]\n]{2,40}[)\]])(?=[ ,.]*(?:\n|\Z|loading))"
    r"|(?P<byline>(?<=[.!?\"”,\s]\()(?:ant|Ant|ANT|jpnn|antara|Antara|rtr|Reuters)(?:/\w{2,10})*\)))"
)
_INITIALS: Final = re.compile(
    r"(?P<notice>[Aa]dv(?:ertorial)?)|(?P<byline>(?:[a-z]{2,6}|[A-Z]{2,4})(?:\s?[/,|-]\s?(?:[A-Za-z]{1,8}|\d{1,2}))*|(?:[A-Za-z]\w{1,8}/)+\w{1,8}"
    r"|\w+\.(?:com|id)/[A-Z][\w .'’]{3,40})|(?P<name>[^\W\d_]{3,}(?: [^\W\d_]{1,20}\.?){1,3})"
)
_NOTHING_MORE: Final = re.compile(r"[ ,.\n]{0,20}(?:loading\.\.\.)?[ \n]{0,20}\Z")
_LEGAL_FORMS: Final = ("Corp.", "Inc.", "Ltd.", "Co.", "Cos.", "Tbk.", "Bhd.", "Plc.", "No.")
_CLOSED: Final = frozenset('.!?"”’),')
_SIGN_OFF: Final = re.compile(r"\b(?:REUTERS?|Reuters?|AFP|ANTARA)(?=[\s;&#\d.]{0,8}\Z)")
_LINK_CUES: Final = (
    "aca Juga", "aca juga", "ihat Juga", "ihat juga", "ACA JUGA", "imak Video", "imak video",
)  # fmt: skip
"""Words of which every link has one: a text without any is not searched."""
_LINK: Final = re.compile(
    r"[BLS](?:aca [Jj]uga ?:|ihat [Jj]uga ?:|ACA JUGA\b ?:?|imak [Vv]ideo\b)"
    # the title to the end of the paragraph, or to the end of a possible title if paragraphs are run
    # together
    r"(?:(?! ?,)[^\n]{0,160}(?=\n|\Z)|(?:(?![.!?”\"],|[.!?”\"] )[^\n,]){0,160}(?=[.!?”\"]))?"
)
_AT_END: Final = re.compile(
    r"(?P<notice>#\w{2,40} with \w{2,20}|loading\.\.\.|Artikel ini (?:telah|sudah|pernah) "
    r"(?:tayang|terbit|dimuat)[^\n]{0,250})\s*\Z"
)
_TAIL: Final = 300
"""Characters at the end of a text in which closing boilerplate is searched."""


def find_boilerplate(text: str, budget: Budget = UNLIMITED) -> list[BoilerplateSpan]:
    """Return the boilerplate, in order, without overlaps."""
    pieces = _lines(text, budget)
    outlet = find_outlet(text, _first_own(text, pieces))
    if outlet:
        pieces.append(BoilerplateSpan(*outlet, "dateline"))
    if "(" in text or "[" in text:
        pieces += _brackets(text, budget)
    pieces += _links(text, budget)
    pieces += _ending(text)
    return _merged(pieces) if len(pieces) > 1 else pieces


def _first_own(text: str, pieces: list[BoilerplateSpan]) -> int:
    """Return the start of the first line that is not boilerplate, which may have a dateline."""
    start = 0
    for piece in pieces:
        if text[start : piece.start].strip():
            break
        start = piece.end
    while text[start : start + 1].isspace():
        start += 1
    return start


def _lines(text: str, budget: Budget) -> list[BoilerplateSpan]:
    # other lines need no closer check
    first_words = word_sections("boilerplate.txt")["first words"]
    pieces: list[BoilerplateSpan] = []
    start = 0
    for line in budget.within(BOILERPLATE, text.split("\n")):
        end = start + len(line)
        if line and _first_word(line) in first_words:
            found = _LINE.fullmatch(line, 0, len(line.rstrip(" \t\r")) + _BLANKS)
            if found:
                pieces.append(BoilerplateSpan(start, end, _kind(found)))
        start = end + 1
    return pieces


def _kind(found: re.Match[str]) -> BoilerplateKind:
    return cast("BoilerplateKind", found.lastgroup)  # the groups are named after the kinds


def _first_word(line: str) -> str:
    found = _LETTERS.search(line[:40])
    return found.group().lower() if found else ""


def _links(text: str, budget: Budget) -> list[BoilerplateSpan]:
    """Return the links to other articles within or at the end of a paragraph.

    A sentence ends before them.
    """
    if not any(cue in text for cue in _LINK_CUES):
        return []
    return [
        BoilerplateSpan(*found.span(), "related")
        for found in budget.within(BOILERPLATE, _LINK.finditer(text))
        if text[max(0, found.start() - 3) : found.start()].rstrip(" ")[-1:] in _CLOSED
    ]


def _brackets(text: str, budget: Budget) -> list[BoilerplateSpan]:
    pieces: list[BoilerplateSpan] = []
    past = 0
    for at in budget.within(BOILERPLATE, places_of("([", text)):
        found = _BRACKETS.match(text, at) if at >= past else None
        if found is None:
            continue
        past = found.end()
        kind = _writers(text, found) if found.lastgroup == "writers" else _kind(found)
        if kind:
            pieces.append(BoilerplateSpan(*found.span(), kind))
    return pieces


def _writers(text: str, found: re.Match[str]) -> BoilerplateKind | None:
    """Return the kind of brackets at the end of a paragraph that name its writer.

    They follow a sentence, and are not in it.
    """
    before = text[max(0, found.start() - 12) : found.start()].rstrip(" ")
    inside = _INITIALS.fullmatch(found.group()[1:-1])
    if not inside or not before or before[-1] not in _CLOSED or before.endswith(_LEGAL_FORMS):
        return None
    if inside.lastgroup == "name" or found.group()[1:-1].isupper():
        # a whole name, or a possible abbreviation: only as the very last words
        return "byline" if _NOTHING_MORE.match(text, found.end()) else None
    return _kind(inside)


def _ending(text: str) -> list[BoilerplateSpan]:
    """Return the boilerplate at the end of a text: the agency, a slogan, the first publication."""
    tail = max(0, len(text) - _TAIL)
    pieces: list[BoilerplateSpan] = []
    agency = _SIGN_OFF.search(text, max(0, len(text) - 20))
    if agency and (agency.group().isupper() or text[: agency.start()].rstrip()[-1:] in _CLOSED):
        pieces.append(BoilerplateSpan(*agency.span(), "byline"))
    notice = _AT_END.search(text, tail)
    if notice:
        pieces.append(BoilerplateSpan(*notice.span("notice"), "notice"))
    return pieces


def _merged(pieces: list[BoilerplateSpan]) -> list[BoilerplateSpan]:
    """Sort pieces and merge overlapping ones, with the kind of the first."""
    merged: list[BoilerplateSpan] = []
    for piece in sorted(pieces):
        if merged and piece.start < merged[-1].end:
            before = merged[-1]
            merged[-1] = BoilerplateSpan(before.start, max(before.end, piece.end), before.kind)
        else:
            merged.append(piece)
    return merged
