"""Names that stand right behind another name, or that an engine cut at it."""

import pytest

from pantau.enricher import Enricher

NAMES = {"person": "P", "organization": "O", "place": "L"}


def found(enricher: Enricher, text: str) -> set[str]:
    return {f"{NAMES[one.type]} {one.name}" for one in enricher.entities("", text, "id")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aktivis Swedia Greta Lindqvist ditahan.", {"L Swedia", "P Greta Lindqvist"}),
        (
            "Kapuspenkum Kejagung Anang Kusnadi menjelaskan hal itu.",
            {"O Kejagung", "P Anang Kusnadi"},
        ),
        ("Jaksa dari Kejaksaan Agung Fajar Wibowo hadir.", {"O Kejaksaan Agung", "P Fajar Wibowo"}),
        ("Presiden Angola João Lourenço tiba.", {"L Angola", "P João Lourenço"}),
        (
            "Ketua Asosiasi Driver Online Wiwit Setiawan menolak.",
            {"O Asosiasi Driver Online", "P Wiwit Setiawan"},
        ),
        ("Hal itu dikatakan Xi Jinping.", {"P Xi Jinping"}),
        ("Kata dia, tersangka Wardoyo alias Ken lari.", {"P Wardoyo alias Ken"}),
        ("Pebulu tangkis Putri Kusuma Astuti menang.", {"P Putri Kusuma Astuti"}),
        ("Putri Andi Baso, Rina Lestari, hadir.", {"P Andi Baso", "P Rina Lestari"}),
        ("Menurut pengamat, ia bertemu Trump di sana.", {"P Trump"}),
        ("Petinju Tyson Hartono batal naik ring.", {"P Tyson Hartono"}),
        (
            "Kepala Kanwil Kementerian HAM Jabar Hasbullah menjelaskan.",
            {"O Kementerian HAM Jabar", "P Hasbullah"},
        ),
        ("Kelompok itu melepas sandera Hadar Goldman kemarin.", {"P Hadar Goldman"}),
        ("Ketua Umum Apkasi Abdullah Anwar hadir.", {"O Apkasi", "P Abdullah Anwar"}),
        ("Ia hadir di Rakernas Apkasi kali ini.", {"O Apkasi"}),
        ("Menteri itu, Israel Katz, mengancam.", {"P Israel Katz"}),
        ("Guru besar UI Harkristuti Lestari diperiksa.", {"O UI", "P Harkristuti Lestari"}),
        (
            "Kasi Humas Polres Bantul Iptu I Nengah Jeffry bicara.",
            {"O Polres Bantul", "P I Nengah Jeffry"},
        ),
        ("Rais Aam PBNU KH Miftah Akbar memimpin rapat.", {"O PBNU", "P Miftah Akbar"}),
        (
            "Ekonom Bright Institute Awalil Rahman ragu.",
            {"O Bright Institute", "P Awalil Rahman"},
        ),
        (
            "Analis Nomura Rully Arya dan Kepala Riset Sarana Artha Sekuritas Budi berkata.",
            {"O Nomura", "P Rully Arya", "O Sarana Artha Sekuritas", "P Budi"},
        ),
        (
            "Dubes RI untuk Brunei Darussalam Sujatmoko hadir.",
            {"L RI", "L Brunei Darussalam", "P Sujatmoko"},
        ),
        (
            "Kata Brand Manager Ismaya Live Sarah Lestari, acara itu ramai.",
            {"O Ismaya", "P Sarah Lestari"},
        ),
        (
            "Direktur Kementerian Agama, ahmad Hidayat, hadir.",
            {"O Kementerian Agama", "P ahmad Hidayat"},
        ),
        ("Kata Menkeu Purbaya, uang itu ada.", {"P Purbaya"}),
        ("Koordinator KKXJ Erick Setiawan berorasi.", {"O KKXJ", "P Erick Setiawan"}),
        ("Menteri LHK Siti Rahayu datang.", {"P Siti Rahayu"}),
        ("Ia, Menko Kumham Imipas Yusril Ihza Mahendra, hadir.", {"P Yusril Ihza Mahendra"}),
        ("Ibu negara Iriana Joko Widodo hadir.", {"P Iriana Joko Widodo"}),
        (
            "Menteri Transmigrasi M Iftitah Sulaiman Setiawan datang.",
            {"P M Iftitah Sulaiman Setiawan"},
        ),
        (
            "Ketua Karang Taruna Rumpin Junaedi Adi Putra hadir.",
            {"O Karang Taruna Rumpin", "P Junaedi Adi Putra"},
        ),
        (
            "Dispar Bali menolak. BPKAD Kabupaten Bogor mencatat. Pemko Medan menunggu.",
            {"O Dispar Bali", "O BPKAD Kabupaten Bogor", "O Pemko Medan"},
        ),
        (
            "Kepala Dinas Pemadam Kebakaran dan Penyelamatan Kota Bogor Uci Susanto hadir.",
            {"O Dinas Pemadam Kebakaran dan Penyelamatan Kota Bogor", "P Uci Susanto"},
        ),
        (
            "Camat Medan Maimun Almuqarrom Siregar dinonaktifkan.",
            {"L Medan Maimun", "P Almuqarrom Siregar"},
        ),
        ("Petugas Satgas Nanggala menyita alat berat.", {"O Satgas Nanggala"}),
        (
            "Analis Nomura Naka Setiawan mengatakan itu.",
            {"O Nomura", "P Naka Setiawan"},
        ),
    ],
)
def test_people_stand_behind_what_they_are_of(
    enricher: Enricher, text: str, expected: set[str]
) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Suku Dinas Sosial Jakarta Barat memberi bantuan.",
            {"O Suku Dinas Sosial Jakarta Barat"},
        ),
        (
            "Prajurit Satgas Yonif 407/Padma Kusuma berjaga.",
            {"O Satgas Yonif 407/Padma Kusuma"},
        ),
        (
            "Rumah itu di Desa Girimukti, Sepaku, Penajam Paser Utara.",
            {"L Desa Girimukti", "L Sepaku", "L Penajam Paser Utara"},
        ),
        ("Longsor menutup TPA Cipeucang kemarin.", {"L TPA Cipeucang"}),
        ("Analis Doo Artha Futures melihat peluang.", {"O Doo Artha Futures"}),
        ("Balap Nusa Road Racing Championship digelar.", set()),
        ("Rumor merger Grab-GoTo dibantah.", {"O Grab", "O GoTo"}),
        ("Pelatih menjelaskan hasil kerja Capital.", set()),
        ("Buku itu berjudul Human Capital Accumulation.", set()),
        ("Kursus Asset Management diadakan kemarin.", set()),
        ("Ajang Drag Racing dan Road Racing digelar.", set()),
    ],
)
def test_bodies_and_places_are_whole(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Dispar Bali menolak.", "Dinas Pariwisata Bali"),
        ("Dinas Pariwisata Bali menolak.", "Dispar Bali"),
        ("Pemko Medan menunggu.", "Pemkot Medan"),
        ("Dindik Jatim menegur.", "Dinas Pendidikan Jawa Timur"),
    ],
)
def test_offices_of_regions_are_found_by_every_name(
    enricher: Enricher, text: str, asked: str
) -> None:
    assert asked in enricher.find("", text, "id")["organizations"]
