import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.enricher.structure.boilerplate import find_boilerplate


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in find_boilerplate(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Editor : Sari Melati",
        "Penulis: Joko",
        "Reporter: Ani/Budi",
        "Baca juga: Harga Beras Turun di Pasar Induk",
        "BACA JUGA: Harga Beras Turun",
        "Artikel Terkait",
        "Simak Video 'Banjir di Demak'",
        "ADVERTISEMENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "By Jane Doe and John Smith",
        "Read more: Prices fall",
        "Related articles",
        "Reporting by Jane Doe; Editing by John Smith",
        "© 2026 Warta Kita",
        "Ikuti berita terbaru kami di Google News",
        "Foto: Ani Wijaya/Warta Kita",
        "Tags: banjir, Demak",
    ],
)
def test_lines(line: str) -> None:
    assert pieces(f"Air mulai surut.\n{line}\nWarga pulang.") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Editor senior itu memuji karya Ani.",
        "Sumber air warga tercemar limbah.",
        "Foto udara menunjukkan banjir di Demak.",
        "By the time the police came, the shop was empty.",
        "Artikel itu ditulis oleh Budi.",
        "Berita terkait banjir.",
        "Oleh karena itu warga mengungsi.",
        "Tag harga itu salah.",
    ],
)
def test_sentences_that_begin_alike_are_left(line: str) -> None:
    assert pieces(f"Air mulai surut.\n{line}\nWarga pulang.") in ([], ["Berita terkait banjir."])


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Air surut (Foto: Ani Wijaya).", "(Foto: Ani Wijaya)"),
        ("Warga pulang. (abc/def)", "(abc/def)"),
        ("Warga pulang. [sgt]", "[sgt]"),
        ("Warga pulang. Baca juga: Harga Beras Turun\nAir surut.", "Baca juga: Harga Beras Turun"),
        ("JAKARTA, Warta.com - Air surut.", "Warta.com"),
        ("NEW YORK, eWarta.id – Air surut.", "eWarta.id"),
        ("Jakarta (WARTA) - Air surut.", "(WARTA)"),
        ("Warta6.com, Jakarta - Air surut.", "Warta6.com"),
    ],
)
def test_pieces(text: str, piece: str) -> None:
    assert pieces(text) == [piece]


def test_a_city_alone_in_a_dateline_stays() -> None:
    assert pieces("Bandung - Air surut.") == []


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("REMBANG, Warta Pesisir – Nelayan kembali melaut.", ["Warta Pesisir"]),
        ("SURABAYA, Archipelago Post - Dock workers voted.", ["Archipelago Post"]),
        ("PARIS, France - The talks went on.", []),
        ("JAKARTA, Indonesia – Air surut.", []),
        ("LONDON, March - The talks went on.", []),
        ("Bandung, Jawa Barat - Air surut.", []),
    ],
)
def test_after_a_city_in_capitals_any_name_is_the_outlet(text: str, outlet: list[str]) -> None:
    assert pieces(text) == outlet


@pytest.mark.parametrize(
    ("text", "piece", "kind"),
    [
        ("Editor : Sari Melati\nAir surut.", "Editor : Sari Melati", "byline"),
        ("Oleh: Budi Santoso\nAir surut.", "Oleh: Budi Santoso", "byline"),
        (
            "By Jane Doe, Archipelago Press\nThe water fell.",
            "By Jane Doe, Archipelago Press",
            "byline",
        ),
        (
            "Laporan Wartawan Warta Kita, Budi Santoso\nAir surut.",
            "Laporan Wartawan Warta Kita, Budi Santoso",
            "byline",
        ),
        ("Warga pulang. (abc/def)", "(abc/def)", "byline"),
        ("Warga pulang,” ujarnya. (Ani Wijaya)", "(Ani Wijaya)", "byline"),
        ("Warga pulang. (Wartakita.com/Ani Wijaya)", "(Wartakita.com/Ani Wijaya)", "byline"),
        ("The water fell.  REUTER", "REUTER", "byline"),
        (
            "Warga pulang. (Foto: Ani Wijaya/Warta)\nAir surut.",
            "(Foto: Ani Wijaya/Warta)",
            "credit",
        ),
        ("Foto: dok. Warta Kita\nAir surut.", "Foto: dok. Warta Kita", "credit"),
        ("Air surut.\n[Gambas:Video 20detik]\nWarga pulang.", "[Gambas:Video 20detik]", "related"),
        (
            "Air surut. (Baca juga: Harga Beras) Warga pulang.",
            "(Baca juga: Harga Beras)",
            "related",
        ),
        ("Air surut.,Baca juga:, Warga lalu pulang ke rumah.", "Baca juga:", "related"),
        ("Artikel Terkait\nAir surut.", "Artikel Terkait", "related"),
        ("Air surut.\nADVERTISEMENT\nWarga pulang.", "ADVERTISEMENT", "notice"),
        ("Warga pulang. (adv)", "(adv)", "notice"),
        ("Warga pulang., loading...", "loading...", "notice"),
        ("Warga pulang.\nAll rights reserved.", "All rights reserved.", "notice"),
        ("Artikel ini telah tayang di Wartakita.com dengan judul Air Surut", None, "notice"),
        ("JAKARTA, Feb 3 (Warta) - The water fell.", "(Warta)", "dateline"),
        ("LONDON (WP) — The water fell.", "(WP)", "dateline"),
        ("WARTA.COM - Air surut.", "WARTA.COM", "dateline"),
        ("Oleh: Ani Wijaya\nJAKARTA, Warta.com - Air surut.", "Warta.com", "dateline"),
    ],
)
def test_kinds(text: str, piece: str | None, kind: str) -> None:
    found = {(text[start:end], kind) for start, end, kind in find_boilerplate(text)}
    assert (piece or text, kind) in found


@pytest.mark.parametrize(
    "text",
    [
        "Saham turun di lantai Bursa Efek (BEI).\nWarga pulang.",
        "It was bought by Contoso Corp. (CTSO)\nShares fell.",
        "A source told Reuters.",
        "Skor akhir dua gol tanpa balas (babak pertama)",
        "Penonton diminta baca juga buku itu.",
        "Ia pulang ke Rembang (Jawa Tengah)",
        "Advertisement spending rose sharply last year.",
    ],
)
def test_the_article_s_own_words_stay(text: str) -> None:
    assert pieces(text) == []


@given(st.text(alphabet="ABab :()-–.,\nEditor©/[]'", max_size=200))
def test_ranges_are_in_order_and_within_the_text(text: str) -> None:
    ranges = find_boilerplate(text)
    ends = [0, *(edge for start, end, _ in ranges for edge in (start, end))]
    assert ends == sorted(ends)
    assert all(start < end <= len(text) for start, end, _ in ranges)
