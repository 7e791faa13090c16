"""Faults found by reading news again, on sentences of our own: ranks, RI, numbers, titles."""

import pytest

from pantau.enricher import Enricher

NAMES = {"person": "P", "organization": "O", "place": "L"}


def found(enricher: Enricher, text: str, title: str = "") -> set[str]:
    return {f"{NAMES[one.type]} {one.name}" for one in enricher.entities(title, text, "id")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kata Ajun Komisaris Dimas Prakoso, jalan ditutup.", {"P Dimas Prakoso"}),
        ("Aktor Ajun Prakoso hadir. Ajun datang sendiri.", {"P Ajun Prakoso"}),
        ("Utang masyarakat RI naik. Ekonomi RI tumbuh.", {"L RI"}),
        ("Presiden RI menandatangani undang-undang itu.", {"L RI"}),
        ("Wakil Ketua DPR, RI, hadir.", {"O DPR", "L RI"}),
        ("Duta Besar RI untuk Jepang hadir.", {"L Jepang"}),
        ("KPU RI menolak. Anggota KPU RI hadir.", {"O KPU RI"}),
        (
            "Penerbangan ke Jakarta, Surabaya, dan Solo batal.",
            {"L Jakarta", "L Surabaya", "L Solo"},
        ),
        ("Mereka bertemu di Istana Negara 4 tahun lalu.", {"L Istana Negara"}),
        ('Grup itu merilis album bertajuk "Buenos Aires".', set()),
        ("Mereka terbang ke Buenos Aires.", {"L Buenos Aires"}),
        ("Marc Lopez (2020), Pol Espinar (2020) turun.", {"P Marc Lopez", "P Pol Espinar"}),
        ("Kombes Pol Dimas Prakoso hadir.", {"P Dimas Prakoso"}),
        ("Kepala Itjen Kemendagri menolak.", {"O Itjen Kemendagri"}),
        ("Guru bernama H.M. Zubair Arifuddin itu dipanggil.", {"P H.M. Zubair Arifuddin"}),
        ("Moh. Anwar Zubairi mundur dari jabatannya.", {"P Moh. Anwar Zubairi"}),
        ("Penyanyi I Gusti Ayu Ketut Rakasari tampil.", {"P I Gusti Ayu Ketut Rakasari"}),
        (
            "Inspektorat Jenderal Kementerian PU menyelidiki.",
            {"O Inspektorat Jenderal Kementerian PU"},
        ),
        ("Warga mengurus KTP di Dukcapil.", {"O Dukcapil"}),
        ("Dosen UIN Sunan Ampel hadir.", {"O UIN Sunan Ampel"}),
        (
            "Tim berjuluk Singo Edan itu kalah dari Maung Bandung.",
            {"O Singo Edan", "O Maung Bandung"},
        ),
        ("Iuran BPJS kesehatan naik.", {"O BPJS kesehatan"}),
        (
            "Menurut Direktur Jenderal Laut Kemenhub Rasil Wesel, tarif naik. Rasil setuju.",
            {"O Kemenhub", "P Rasil Wesel"},
        ),
        (
            "Kedatangannya disambut Ketua DPW NasDem Iskandar dan pengurus lainnya.",
            {"O NasDem", "P Iskandar"},
        ),
    ],
)
def test_names(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


BODY = " Warga menunggu di tepi jalan sampai sore, dan petugas mengatur kendaraan yang lewat." * 6


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Jalan Ahmad Yani Macet Sore Ini",
            "Kendaraan antre di sepanjang Jalan Ahmad Yani.",
            {"L Jalan Ahmad Yani"},
        ),
        (
            "Akting Kang Seo Yeon Tuai Pujian",
            "Penonton memuji akting Kang Seo Yeon.",
            {"P Kang Seo Yeon"},
        ),
        (
            "Kim Tae-yong Menang",
            "Pelatih Kim Tae pulang lebih awal.",
            {"P Kim Tae", "P Kim Tae-yong"},
        ),
        (
            "Siti Nur Aini Menang",
            "Siti Nur Aini pulang. Nur Aini senang.",
            {"P Siti Nur Aini"},
        ),
    ],
)
def test_a_headline_has_the_names_of_its_text(
    enricher: Enricher, title: str, text: str, expected: set[str]
) -> None:
    assert found(enricher, text + BODY, title) == expected
