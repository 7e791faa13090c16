"""Pages of a made-up site, in the structure of real ones."""

import json
from typing import Any

SENTENCES = (
    "Hujan deras mengguyur kawasan hulu sejak Minggu malam sehingga sungai meluap ke permukiman.",
    "Petugas mendirikan dapur umum di halaman balai desa dan menyiapkan tenda untuk warga.",
    "Pemerintah kabupaten menetapkan status tanggap darurat selama empat belas hari.",
    "Ketinggian air di tiga kecamatan mencapai satu meter pada Senin pagi.",
    "Relawan membagikan makanan, selimut dan obat kepada ratusan keluarga yang mengungsi.",
    "Arus lalu lintas di jalan utama dialihkan karena aspal terendam sepanjang dua kilometer.",
)


def body(paragraphs: int = 6, word: str = "") -> str:
    """Return the text of an article in our own words."""
    made = [f"{SENTENCES[at % 6]} {SENTENCES[(at + 2) % 6]}" for at in range(paragraphs)]
    return "\n".join([*made, f"Kata kunci halaman ini adalah {word}."] if word else made)


def page(
    text: str,
    *,
    title: str = "Banjir Merendam Tiga Kecamatan",
    canonical: str | None = None,
    data: dict[str, Any] | None = None,
    extra: str = "",
) -> str:
    """Return an article's page."""
    paragraphs = "".join(f"<p>{one}</p>" for one in text.split("\n"))
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    script = (
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
        if data is not None
        else ""
    )
    return (
        f"<!doctype html><html lang=id><head><title>{title}</title>{link}{script}</head><body>"
        "<nav><a href=/>Beranda</a><a href=/politik>Politik</a></nav>"
        f"<article><h1>{title}</h1>{paragraphs}{extra}</article>"
        "<aside><h3>Terpopuler</h3><ul><li><a href=/a>Harga beras naik</a></ul></aside>"
        "<footer>Hak cipta redaksi</footer></body></html>"
    )
