"""Parts of a text that are not the article's own words: bylines, links to other articles, photo credits.

They are spans, never cut out: the text stays as it came. Entities ignore them.
"""

import re
from typing import Final

_LINE: Final = (
    # bylines; the name ends with the line
    r"(?:Editor|Penulis|Reporter|Pewarta|Kontributor|Penyunting|Redaktur|Laporan|Sumber|Wartawan|Photographer|Fotografer"
    r"|Writer|Reporting by|Editing by|Additional reporting by|Written by|Uploader|Copyright)\s*:?\s*(?<=[:y])\s*\S.*",
    r"(?:Editor|Penulis|Reporter|Pewarta|Kontributor|Penyunting|Redaktur|Sumber|Uploader)\s*[:：/].*",
    r"(?:Oleh|By)\s*:?\s+(?-i:[A-Z])[\w.'-]*(?:\s+(?:(?-i:[A-Z])[\w.'-]*|and|dan|&|,))*\s*",
    # links to other articles
    r"(?:Artikel|Berita|Baca|Lihat|Simak|Tonton)\s+(?:Terkait|Juga|Lainnya|Selengkapnya|Video|Foto|Artikel|Berita)\b.*",
    r"(?:Baca|Lihat|Simak|Tonton)\s*:.*",
    r"(?:Read (?:more|also|next|full)|See also|Also read|Related(?: articles?| stories| news)?|More from|Watch(?: also)?)\s*(?::.*)?",
    r"(?:Related|Watch|Read more|Read also|See also|Also read)\s*[:：].*",
    r"(?:Simak Video|Saksikan|Tonton)\b.*",
    r"(?:Halaman Selanjutnya|Selanjutnya|Next page|Lanjut(?:kan)? (?:baca|membaca).*)\s*[.:»>]*",
    # advertising and calls
    r"(?:ADVERTISEMENT|IKLAN|SCROLL TO .*|Scroll to .*|Gulir (?:untuk|ke) .*|PROMOTED|Advertorial)\s*",
    r"(?:Ikuti|Dapatkan|Follow|Subscribe|Sign up|Download|Unduh|Share|Bagikan|Tags?|Topik|Kata kunci|Keywords)\b(?:.{0,200}"
    r"\b(?:Google News|WhatsApp|Telegram|newsletter|aplikasi|app|berita|kanal|channel|di sini|here)\b.*|\s*:.*)",
    r"(?:©|\(c\)|Copyright|Hak cipta)\s.*",
)
_INLINE: Final = (
    r"\((?:Foto|Photo|Image|Gambar|Dok|Dokumentasi|Sumber|Ilustrasi|Antara Foto|ANTARA FOTO)\b[^()\n]{0,160}\)",
    r"\[(?:Baca|Gambas|Video|Foto|Simak)\b[^\]\n]{0,200}\]",
    r"\b(?:Foto|Photo)\s*:\s*[^\n.]{1,80}(?=\n|$)",
    r"(?<=[.!?\"”,])\s*\((?:[a-z]{2,10}|[A-Z]{2,5})(?:\s?[/,|-]\s?(?:[A-Za-z]{2,10}|\d{1,2}))*\)[.,]?\s*(?=\n|$)",
    r"(?:(?<=[.!?\"”,])|(?<=\n))\s?(?:Baca|Lihat) [Jj]uga\s*:[^\n]*",
    r"\[\w{2,4}(?:/\w{2,4})+\]\s*(?=\n|$)",
)
_DATELINE: Final = re.compile(
    # `CITY, Outlet.com -` at the very beginning: the outlet is not in the news, the city is
    r"\s*(?:[^\W\d_][\w.'’]*[ ,/]*){1,5}?(?:[,(]\s*|\s)(?P<outlet>\(?[A-Z][\w]*(?:\.\w+)+\)?|(?<=[,(])\s?i?[A-Z][\w.]*(?:\s[A-Z]\w*)?\)?|"
    r"[a-z]\w*\.(?:id|com|co\.id|net|tv))\s*(?:--?|–|—|:)\s"
)
_PATTERN: Final = re.compile(
    "|".join((rf"^[ \t]*(?i:{'|'.join(_LINE)})$", *_INLINE)),
    re.MULTILINE,
)


def find_boilerplate(text: str) -> list[tuple[int, int]]:
    """Give the half-open ranges of boilerplate, in order, not overlapping."""
    ranges = []
    dateline = _DATELINE.match(text[:120])
    if dateline:
        ranges.append(dateline.span("outlet"))
    after = ranges[0][1] if ranges else 0
    ranges += [found.span() for found in _PATTERN.finditer(text, after) if found.end() > found.start()]
    return ranges
