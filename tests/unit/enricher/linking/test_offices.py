"""Offices in lower case, behind a verb, in brackets and in lists; Malay titles and ranks."""

import pytest

from pantau.enricher.linking.roles import role_beside


def role_of(text: str, name: str = "Ani Wijaya", following: str = "") -> str | None:
    start = text.index(name)
    ceiling = text.index(following) if following else len(text)
    return role_beside(text, (start, start + len(name)), 0, ceiling)[0]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("menurut pengamat politik Ani Wijaya, hal itu", "pengamat politik"),
        ("Pengamat politik Stikes Laut, Ani Wijaya, menilai", "Pengamat politik Stikes Laut"),
        ("Kata pakar hukum tata negara Ani Wijaya", "pakar hukum tata negara"),
        ("Kapten tim, Ani Wijaya, absen.", "Kapten tim"),
        ("jaksa penuntut umum Ani Wijaya hadir", "jaksa penuntut umum"),
        ("Kuasa hukum keluarga, Ani Wijaya, menilai", "Kuasa hukum keluarga"),
        ("Bupati nonaktif Demak Ani Wijaya hadir", "Bupati nonaktif Demak"),
        ("Aktivis lingkungan dari Yayasan Laut, Ani Wijaya, menolak",
         "Aktivis lingkungan dari Yayasan Laut"),
        ("Anggota DPR dari Fraksi Nelayan, Ani Wijaya, menolak", "Anggota DPR dari Fraksi Nelayan"),
        ("Pelaksana tugas (Plt) Bupati Demak Ani Wijaya hadir", "Pelaksana tugas Bupati Demak"),
        ("Direktur Laut Kementerian Air, dr Ani Wijaya, hadir", "Direktur Laut Kementerian Air"),
        # whose lawyer, what a person reads, and where a person comes from
        ("kuasa hukum Ani Wijaya menolak", None),
        ("anggota keluarga Ani Wijaya menolak", None),
        ("Ia membaca hukum tata negara Ani Wijaya", None),
        ("Mereka datang dari Ani Wijaya", None),
        ("Cucu presiden ketiga, Ani Wijaya, hadir", None),
    ],
)  # fmt: skip
def test_an_office_goes_on_in_lower_case(text: str, role: str | None) -> None:
    assert role_of(text) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ani Wijaya selaku Kepala Dinas Air Demak menutup pintu.", "Kepala Dinas Air Demak"),
        ("Ani Wijaya yang menjabat Kepala Desa Laut ditahan.", "Kepala Desa Laut"),
        ("Ani Wijaya yang kini menjabat sebagai Direktur Keuangan PT Laut ikut.",
         "Direktur Keuangan PT Laut"),
        ("Ani Wijaya, yang menjabat Bupati Demak sejak 2021, hadir.", "Bupati Demak"),
        ("Ani Wijaya dilantik menjadi Wakil Wali Kota Demak.", "Wakil Wali Kota Demak"),
        ("Ani Wijaya terpilih sebagai Ketua PMI Demak periode 2025-2030.", "Ketua PMI Demak"),
        ("Ani Wijaya yang juga Ketua PMI Demak hadir.", "Ketua PMI Demak"),
        ("Ani Wijaya sekaligus anggota DPR hadir.", "anggota DPR"),
        ("Menunjuk Ani Wijaya sebagai Menteri Riset, Air, dan Laut (Risal) kemarin.",
         "Menteri Riset, Air, dan Laut"),
        ("Ani Wijaya yang juga politikus Partai Laut itu pulang.", "politikus Partai Laut"),
        ("Ani Wijaya menjadi korban penipuan.", None),
        ("Ani Wijaya menjadi menteri lagi.", None),
        ("Ani Wijaya yang datang terlambat pulang.", None),
        ("Ani Wijaya sebagai warga mengeluh.", None),
        ("Ani Wijaya menjadi Pemenang Lomba.", None),
    ],
)  # fmt: skip
def test_a_clause_gives_an_office(text: str, role: str | None) -> None:
    assert role_of(text) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ani Wijaya (kepala cabang) ditahan.", "kepala cabang"),
        ("Ani Wijaya (45), Kepala Puskesmas Demak, hadir.", "Kepala Puskesmas Demak"),
        ("Ani Wijaya, Ketua Panitia Laut 2019 menambahkan hal itu.", "Ketua Panitia Laut 2019"),
        ("Ani Wijaya (kiri) tersenyum.", None),
        ("Ani Wijaya (45), warga Demak, hadir.", None),
        ("Ani Wijaya, Ketua Panitia Laut, dan Budi hadir.", "Ketua Panitia Laut"),
    ],
)
def test_an_office_behind_a_name(text: str, role: str | None) -> None:
    assert role_of(text) == role


def test_an_office_ends_at_the_next_person_of_a_list() -> None:
    text = "Ani Wijaya, Ketua Harian Expo dan Budi Santoso, Sekretaris, hadir."
    assert role_of(text, following="Budi") == "Ketua Harian Expo"
    assert role_of("Ani Wijaya, Ketua Harian Expo dan Laut Budi", following="Budi") is None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Dandim 0725/Demak Letkol Inf Ani Wijaya hadir.", "Dandim 0725/Demak"),
        ("Dandim Demak, Letkol Inf Ani Wijaya, hadir.", "Dandim Demak"),
        ("Danlanal Demak Kolonel Laut (P) Ani Wijaya hadir.", "Danlanal Demak"),
        ("Menteri Besar Demak, Datuk Seri Ani Wijaya, hadir.", "Menteri Besar Demak"),
        ("Perdana Menteri Datuk Seri Dr Ani Wijaya hadir.", "Perdana Menteri"),
        ("Bekas Perdana Menteri, Tan Sri Ani Wijaya, hadir.", "Bekas Perdana Menteri"),
        ("Ketua Pengarah, Tan Sri Ani Wijaya, hadir.", "Ketua Pengarah"),
        ("Ketua Panitia Sri Ani Wijaya hadir.", "Ketua Panitia Sri"),
    ],
)
def test_ranks_and_honours_belong_to_no_office(text: str, role: str | None) -> None:
    assert role_of(text) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("mantan Bupati Demak periode 2019-2024 Ani Wijaya hadir.", "mantan Bupati Demak"),
        ("Direktur PT Laut tahun 2018-2022 Ani Wijaya hadir.", "Direktur PT Laut"),
        ("Bupati Demak periode 2019–2024, Ani Wijaya, hadir.", "Bupati Demak"),
        ("Duta Besar RI untuk Laut Ani Wijaya hadir.", "Duta Besar RI untuk Laut"),
        ("Ia hadir sebagai saksi untuk tersangka Ani Wijaya.", "tersangka"),
        ("Ia memilih pada tahun 2024 Ani Wijaya.", None),
        ("Dana Bupati untuk Ani Wijaya cair.", None),
        ("Ani Wijaya, its chief financial officer, left.", "chief financial officer"),
        ("Ani Wijaya, now the deputy leader of the group, left.", "deputy leader of the group"),
    ],
)
def test_terms_of_office_and_purposes(text: str, role: str | None) -> None:
    assert role_of(text) == role


def test_whose_lawyer_a_person_is() -> None:
    text = "Kata Ani Wijaya, pengacara Budi Santoso, hal itu keliru."
    start, end = text.index("Ani"), text.index("Ani") + len("Ani Wijaya")
    budi = (text.index("Budi"), text.index("Budi") + len("Budi Santoso"))
    role, floor = role_beside(text, (start, end), 0, budi[0])
    assert role == "pengacara"
    assert role_beside(text, budi, floor, len(text))[0] is None
    behind = "Kuasa hukum Ani Wijaya, Budi Santoso, hadir."
    client, lawyer = behind.index("Ani"), behind.index("Budi")
    role, floor = role_beside(behind, (client, client + len("Ani Wijaya")), 0, lawyer)
    assert role is None
    of_budi = role_beside(behind, (lawyer, lawyer + len("Budi Santoso")), floor, len(behind))[0]
    assert of_budi == "Kuasa hukum Ani Wijaya"
    assert role_of("Pengacara Ani Wijaya hadir bersama Budi.", following="Budi") == "Pengacara"


def test_whose_spokesman_a_person_is() -> None:
    text = "Juru bicara Wijaya menolak tuduhan itu."
    assert role_beside(text, (12, 18), 0, len(text))[0] is None
    assert role_of("Juru bicara Ani Wijaya menolak tuduhan itu.") == "Juru bicara"
    body = "Juru bicara KPK Wijaya menolak tuduhan itu."
    assert role_beside(body, (16, 22), 0, len(body))[0] == "Juru bicara KPK"
