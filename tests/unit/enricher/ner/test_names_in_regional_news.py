"""Names as regional news writes them: branches of bodies, ranks, datelines and headlines."""

import pytest

from pantau.enricher import Enricher
from pantau.enricher.ner.engine import Passage
from pantau.enricher.ner.trained.convolutional import load_convolutional
from tests.cost import assert_linear, repeated

NAMES = {"person": "P", "organization": "O", "place": "L"}


def found(enricher: Enricher, text: str, title: str = "") -> set[str]:
    return {
        f"{NAMES[one.type]} {(title if m.field == 'title' else text)[m.start : m.end]}"
        for one in enricher.entities(title, text, "id")
        for m in one.mentions
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kepala SMAN 3 Semarang Yuwana hadir.", {"O SMAN 3 Semarang", "P Yuwana"}),
        ("Ketua BPD Wringinanom Sunarto diam.", {"O BPD Wringinanom", "P Sunarto"}),
        (
            "Anggota DPRD Kabupaten Sumba Timur Umbu Kahumbu Nggiku hadir.",
            {"O DPRD Kabupaten Sumba Timur", "P Umbu Kahumbu Nggiku"},
        ),
        (
            "Manager PLN UP3 Bima I Gede Suka Wibawa hadir.",
            {"O PLN UP3 Bima", "P I Gede Suka Wibawa"},
        ),
        ("Kepala LLDIKTI Wilayah IX Andi Lukman hadir.", {"O LLDIKTI Wilayah IX", "P Andi Lukman"}),
        (
            "Kepala Stasiun Meteorologi Sultan Muhammad Salahuddin Bima Satria Topan hadir.",
            {"O Stasiun Meteorologi Sultan Muhammad Salahuddin Bima", "P Satria Topan"},
        ),
        ("Kanwil DJP Jawa Tengah II mengimbau warga.", {"O Kanwil DJP Jawa Tengah II"}),
        ("Wakil Gubernur Kepri Nyanyang Haris hadir.", {"L Kepri", "P Nyanyang Haris"}),
        ("Juru bicara TPNPB-OPM membantah.", {"O TPNPB-OPM"}),
        (
            "Pemilik PT Makassar Toraja Tour H. Fuad Masyhur hadir.",
            {"O PT Makassar Toraja Tour", "P Fuad Masyhur"},
        ),
        ("Ia didampingi LBH Menara Keadilan akan banding.", {"O LBH Menara Keadilan"}),
        ("Bantuan disalurkan lewat Keuskupan Larantuka.", {"O Keuskupan Larantuka"}),
        (
            "PT PLN (Persero) Unit Induk Wilayah Nusa Tenggara Barat memulihkan listrik.",
            {"O PT PLN (Persero) Unit Induk Wilayah Nusa Tenggara Barat"},
        ),
        ("Koperasi Simpan Pinjam itu tutup.", set()),
        (
            "Mahasiswa Fakultas Ilmu Sosial dan Ilmu Politik berunjuk rasa.",
            {"O Fakultas Ilmu Sosial dan Ilmu Politik"},
        ),
        (
            "Komandan Lantamal IV Laksamana Pertama TNI Berkat Widjanarko hadir.",
            {"O Lantamal IV", "O TNI", "P Berkat Widjanarko"},
        ),
        (
            "Panglima TNI Jenderal TNI Agus Subiyanto hadir.",
            {"O TNI", "P Agus Subiyanto"},
        ),
        (
            "Kapolres Manggarai Barat AKBP Christian Kadang hadir.",
            {"L Manggarai Barat", "P Christian Kadang"},
        ),
        (
            "Direktur Utama RSUD dr. Soetomo Prof. Dr. dr. Cita Rosita Hadi hadir.",
            {"O RSUD dr. Soetomo", "P Cita Rosita Hadi"},
        ),
        (
            "Pasangan Shalahuddin-Felix Sonadie Tingan kalah dari Jimmy Carter-Inriaty Karawahen.",
            {
                "P Shalahuddin",
                "P Felix Sonadie Tingan",
                "P Jimmy Carter",
                "P Inriaty Karawahen",
            },
        ),
        (
            "Korban ialah Tanek (60), Sureni (52), Wasini (50), dan Yeti (30).",
            {"P Tanek", "P Sureni", "P Wasini", "P Yeti"},
        ),
        ("Bus jurusan Bandung-Lebak Bulus terguling.", {"L Bandung", "L Lebak Bulus"}),
        ("Jalur Kudus-Purwodadi lumpuh.", {"L Kudus", "L Purwodadi"}),
        ("LARANTUKA - Bentrok pecah.", {"L LARANTUKA"}),
        ("LEBAK - Jembatan gantung putus. Jembatan rusak.", {"L LEBAK"}),
        ("Saham BJTM naik dan saham kecil turun.", {"O BJTM"}),
        ("Ketua Gapensi Kuningan H. Rana Suparna hadir.", {"O Gapensi Kuningan", "P Rana Suparna"}),
    ],
)
def test_names_are_whole(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Kades Tambakrejo Ditahan",
            "Mantan Kepala Desa Tambakrejo ditahan.",
            {"L Tambakrejo", "L Desa Tambakrejo"},
        ),
        (
            "Warga Blokade Kebun PT Hamparan Masawit",
            "Warga memblokade kebun PT Hamparan Masawit Bangun Persada.",
            {"O PT Hamparan Masawit", "O PT Hamparan Masawit Bangun Persada"},
        ),
    ],
)
def test_a_headline_has_the_names_of_the_text(
    enricher: Enricher, title: str, text: str, expected: set[str]
) -> None:
    assert found(enricher, text, title) == expected


@pytest.mark.parametrize(
    "piece", ["PT Sinar Jaya dan LBH Adil. ", "Yeti (30), AKBP Budi Kadang, RSUD dr. Ari. "]
)
def test_many_names_are_read_in_linear_time(piece: str) -> None:
    engine = load_convolutional()
    assert_linear(lambda text: engine.find(Passage(text, "id")), repeated(piece), 15_000)
