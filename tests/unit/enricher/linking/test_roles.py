"""Offices: before a name, after it, set off by commas, and without anybody who holds them."""

import pytest

from pantau.enricher.linking.roles import role_beside, trim_person
from pantau.enricher.linking.vacant_roles import roles_of_nobody


def role_of(text: str, name: str) -> str | None:
    start = text.index(name)
    return role_beside(text, (start, start + len(name)), 0, len(text))[0]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Kepala BTBX Komjen Pol Dr Ani Wijaya, MH hadir.", "Kepala BTBX"),
        ("kata Ketua KPK, Ani Wijaya, kemarin.", "Ketua KPK"),
        ("ujar Kapolres Demak, AKBP Ani Wijaya.", "Kapolres Demak"),
        ("ujar Kapolres Demak, Ajun Komisaris Besar Ani Wijaya.", "Kapolres Demak"),
        ("ujar Kapolres Demak Inspektur Jenderal Polisi Ani Wijaya.", "Kapolres Demak"),
        ("ujar Ajun Komisaris Besar Ani Wijaya.", "Ajun Komisaris Besar"),
        ("ujar Inspektur Satu Ani Wijaya.", "Inspektur Satu"),
        ("ujar Ajun Inspektur Polisi Dua Ani Wijaya.", "Ajun Inspektur Polisi Dua"),
        ("ujar Brigadir Polisi Kepala Ani Wijaya.", "Brigadir Polisi Kepala"),
        ("ujar Komisaris Besar Pol Ani Wijaya.", "Komisaris Besar Pol"),
        ("ujar Kapolres Demak Inspektur Jenderal Pol. Ani Wijaya.", "Kapolres Demak"),
        ("ujar Inspektur Satu Ani Wijaya, Kepala Polsek Demak.", "Kepala Polsek Demak"),
        ("ujar Komisaris PT Laut, Ani Wijaya.", "Komisaris PT Laut"),
        ("putra Ani Wijaya hadir.", None),
        ("Ketua Majelis Nelayan (MN), KH Ani Wijaya, menilai", "Ketua Majelis Nelayan"),
        ("Ani Wijaya, Ketua Komisi III DPR, hadir.", "Ketua Komisi III DPR"),
        ("Ani Wijaya, M.Si., Ketua Komisi III DPR, hadir.", "Ketua Komisi III DPR"),
        ("Ani Wijaya selaku Ketua Panitia Lomba, menilai", "Ketua Panitia Lomba"),
        ("Ani Wijaya (Ketua Partai Nelayan) hadir.", "Ketua Partai Nelayan"),
        ("President Ani Wijaya left.", "President"),
        ("Japanese Finance Minister Ani Wijaya left.", "Finance Minister"),
        ("World Bank President Ani Wijaya left.", "World Bank President"),
        ("Ani Wijaya, the finance minister, left.", "finance minister"),
        ("Ani Wijaya, 45, president of the Bank of Demak, left.", "president of the Bank of Demak"),
        ("Hadir Gubernur Budi Santoso, Ani Wijaya, dan Ketua DPR Joko Pranoto.", None),
        ("Ketua DPR, Ani Wijaya, dan Joko Pranoto hadir.", None),
        ("Ani Wijaya, warga Demak, mengaku lelah.", None),
        ("Ani Wijaya, yang lelah, pulang.", None),
        ("Dr Ani Wijaya pulang.", None),
        ("Menteri Sosial (Mensos) Ani Wijaya hadir.", "Menteri Sosial"),
        ("Menteri Energi dan Air (EA) Ani Wijaya hadir.", "Menteri Energi dan Air"),
        ("Kepala Badan Laut (BL) Kota Demak Ani Wijaya hadir.", "Kepala Badan Laut Kota Demak"),
        ("Dirut PT Laut (Persero) Ani Wijaya hadir.", "Dirut PT Laut"),
        ("Jenderal (Purn) Ani Wijaya hadir.", "Jenderal (Purn)"),
        ("Ketua RT 05 Ani Wijaya hadir.", "Ketua RT 05"),
        ("Ketua RT 05/RW 03 Ani Wijaya hadir.", "Ketua RT 05/RW 03"),
        ("Kasipidum Kejari Demak Ani Wijaya hadir.", "Kasipidum Kejari Demak"),
        ("Ani Wijaya (Komisioner KPU) hadir.", "Komisioner KPU"),
        ("Ekonom Bank Laut Ani Wijaya hadir.", "Ekonom Bank Laut"),
        ("Vokalis Padi Hitam, Ani Wijaya, menangis.", "Vokalis Padi Hitam"),
        ("Warga nomor 12 Ani Wijaya pulang.", None),
    ],
)
def test_the_office_of_a_person(text: str, role: str | None) -> None:
    assert role_of(text, "Ani Wijaya") == role


def test_an_office_between_two_people_belongs_to_the_second_if_it_stands_before_the_name() -> None:
    text = "Hadir Ani Wijaya, Ketua DPRD Budi Santoso, dan warga."
    first, second = (text.index(name) for name in ("Ani", "Budi"))
    role, floor = role_beside(text, (first, first + 10), 0, second)
    assert role is None
    assert role_beside(text, (second, second + 12), floor, len(text))[0] == "Ketua DPRD"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Hadir Deputi Bidang Kerja Sama BTBX.", ["Deputi Bidang Kerja Sama BTBX"]),
        ("Rapat dipimpin Kepala Dinas BTBX di Demak.", ["Kepala Dinas BTBX"]),
        ("Anggota BTBX pulang.", []),
        ("Warga melapor ke BTBX.", []),
    ],
)
def test_offices_that_nobody_is_named_for(text: str, roles: list[str]) -> None:
    start = text.index("BTBX")
    assert roles_of_nobody(text, [], [(start, start + 4)]) == roles


def test_the_office_of_somebody_named_is_not_nobodys() -> None:
    text = "Hadir Ketua BTBX Komjen Ani Wijaya."
    start, person = text.index("BTBX"), text.index("Ani")
    assert roles_of_nobody(text, [(person, person + 10)], [(start, start + 4)]) == []


def test_a_name_that_is_an_occupation_too_stays_whole() -> None:
    text = "Imam Wijaya hadir."
    assert trim_person(text, 0, 11) == (0, 11)
