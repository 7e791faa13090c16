"""Branches of national bodies with their places, bodies that are no people, and initials."""

import pytest

from pantau.enricher import Enricher
from pantau.enricher.ner.engine import Passage
from pantau.enricher.ner.trained.convolutional import load_convolutional
from tests.cost import assert_linear, repeated

NAMES = {"person": "P", "organization": "O", "place": "L"}


def found(enricher: Enricher, text: str) -> set[str]:
    return {f"{NAMES[one.type]} {one.name}" for one in enricher.entities("", text, "id")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Petugas Bea Cukai Juanda dan Imigrasi Ngurah Rai menahan dua penumpang.",
            {"O Bea Cukai Juanda", "O Imigrasi Ngurah Rai"},
        ),
        (
            "Kepala Kantor Imigrasi Kelas I TPI Ngurah Rai Wayan Sumarta hadir.",
            {"O Kantor Imigrasi Kelas I TPI Ngurah Rai", "P Wayan Sumarta"},
        ),
        (
            "Kepala Kantor Pertanahan Kabupaten Sleman Budi Hartono hadir.",
            {"O Kantor Pertanahan Kabupaten Sleman", "P Budi Hartono"},
        ),
        ("Stasiun Klimatologi Mlati mencatat hujan lebat.", {"O Stasiun Klimatologi Mlati"}),
        ("Karantina Sulut memeriksa sapi itu.", {"O Karantina Sulut"}),
        (
            "Pengamat UIN Sunan Ampel Siti Nurjanah menilai sebaliknya.",
            {"O UIN Sunan Ampel", "P Siti Nurjanah"},
        ),
        (
            "Rektor Universitas Jenderal Soedirman Akhmad Wijaya hadir.",
            {"O Universitas Jenderal Soedirman", "P Akhmad Wijaya"},
        ),
        ("Menurut Lanud Adisutjipto, latihan selesai.", {"L Lanud Adisutjipto"}),
        ("Menurut PDAM Tirta Moedal, air sudah jernih.", {"O PDAM Tirta Moedal"}),
        ("Juru bicara KOPALAN menolak menjawab.", {"O KOPALAN"}),
        ("Danyon Letkol Inf Heru Santoso hadir.", {"P Heru Santoso"}),
        (
            "Ketua Harian PSI Rahmat Hidayat menyapa warga.",
            {"O PSI", "P Rahmat Hidayat"},
        ),
        ("Tersangka berinisial MK dibawa ke Bandung.", {"L Bandung"}),
        ("Kasus DBD di Bandung naik.", {"L Bandung"}),
        (
            "Guru SMP Negeri 3 Kudus dan masjid SMAN 8 Jakarta dibantu.",
            {"O SMP Negeri 3 Kudus", "O SMAN 8 Jakarta"},
        ),
        ("Kepala Kantor Bea Cukai Jawa Tengah hadir.", {"O Kantor Bea Cukai Jawa Tengah"}),
        ("Anak SMP 13 tahun itu lari.", set()),
        ("Wakil Ketua DPR Eni Rahayu hadir.", {"O DPR", "P Eni Rahayu"}),
        ("Ketua Komisi IX DPR Siti Rahayu menolak.", {"O Komisi IX DPR", "P Siti Rahayu"}),
        ("Anggota Komisi IX Siti Rahayu menolak.", {"P Siti Rahayu"}),
        ("Perjalanan KA Bima Sakti terlambat.", set()),
        ("Mereka anggota kelompok pimpinan Elkius Wenda.", {"P Elkius Wenda"}),
        ("Suku bunga BI Rate tetap, kata Bank Indonesia.", {"O Bank Indonesia"}),
    ],
)
def test_names_are_whole_and_of_their_kind(
    enricher: Enricher, text: str, expected: set[str]
) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize("piece", ["SMAN 1 Kudus dan Komisi III DPR. ", "MU menang. "])
def test_many_bodies_are_read_in_linear_time(piece: str) -> None:
    engine = load_convolutional()
    assert_linear(lambda text: engine.find(Passage(text, "id")), repeated(piece), 15_000)
