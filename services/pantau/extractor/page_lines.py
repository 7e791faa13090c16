"""Lines of a page that belong to its frame, though they stand within its article. Pure.

What feeds give is never changed, so these lines are looked for in pages alone.
"""

import re
from typing import Final

_LONGEST: Final = 400
_DAYS: Final = "senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad"
_CHANNELS: Final = r"(?:google news|(?:wa|whatsapp|telegram) channel|(?:saluran|kanal) whatsapp)"
_LINE: Final = re.compile(
    rf"(?:(?:{_DAYS}),?\s)?\d{{1,2}}[ /-]\w{{2,10}}[ /-]\d{{4}}[\s|,•–-]{{1,5}}(?:pukul\s)?"
    r"\d{1,2}[.:]\d{2}(?::\d{2})?(?:\s(?:WIB|WITA|WIT))?"
    r"|(?:mulai (?:dari )?)?Rp\s?[\d.]{4,12}(?:,-)?\s?(?:/|per )\s?(?:hari|minggu|bulan|tahun)"
    r"|\W{0,3}Fakta atau Hoaks\?.*"
    r"|Dilarang keras mengambil konten.*|Dilarang (?:menyalin|mengutip|memproduksi ulang).*"
    rf"|(?:Simak|Cek|Baca|Ikuti|Dapatkan|Pantau|Klik)\b.{{0,200}}\b{_CHANNELS}\b.*"
    r"|Simak (?:terus )?(?:breaking news|berita pilihan)\b.*"
    r"|(?:Selanjutnya|Menarik Dibaca|Jangan Lewatkan(?: Video Terbaru)?|Rekomendasi)\s?:.{0,200}"
    r"|(?:Follow|Ikuti|Bagikan|Share|Salin (?:tautan|link)|Copy link|Kirim|Cetak|Print|Terpopuler"
    r"|Rekomendasi|Pilihan Redaksi|Tulis komentar|Komentar \(\d{1,5}\))"
    r"|(?:Bagikan|Suka) (?:artikel|berita) ini\b.{0,60}|A[+-]?\s?A[+-]|Premium|(?:Ber)?langganan"
    r"|(?:Dibaca|Dilihat):? [\d.,]{1,12} kali|[\d.,]{1,12} kali (?:dibaca|dilihat)"
    r"|Thank you for reading!|Share your experiences, suggestions.*",
    re.IGNORECASE,
)


def is_of_frame(line: str) -> bool:
    """Return whether a line says nothing of an article: dates, prices, buttons, channels."""
    return len(line) <= _LONGEST and _LINE.fullmatch(line.strip()) is not None
