"""Names that the lists bring: clubs, companies, agencies, towns abroad, and in sentences alone."""

import pytest

from pantau.enricher import Enricher

NAMES = {"person": "P", "organization": "O", "place": "L"}


def found(enricher: Enricher, text: str, title: str = "") -> set[str]:
    entities = enricher.entities(title, text, "id")
    return {f"{NAMES[one.type]} {one.name} {one.country or ''}".rstrip() for one in entities}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Menurut Sassuolo, bek itu cedera.", {"O Sassuolo IT"}),
        ("Juru bicara Udinese membantah kabar itu.", {"O Udinese IT"}),
        ("Menurut Bapenda, penerimaan pajak naik.", {"O Bapenda ID"}),
        ("Laporan itu dirilis Fitch dan S&P kemarin.", {"O Fitch US", "O S&P US"}),
        ("Menurut Tapera, iuran belum naik.", {"O Tapera ID"}),
        ("Juru bicara Koarmada I menyebut kapal itu aman.", {"O Koarmada I ID"}),
        ("Menurut Binance, aset itu aman.", {"O Binance"}),
        ("Serangan ke Kherson berlanjut.", {"L Kherson UA"}),
        ("Ia terbang ke Milano pada Rabu.", {"L Milano IT"}),
        ("Seorang warga Sharm El-Sheikh tewas.", {"L Sharm El-Sheikh EG"}),
        ("Ribuan warga Bakhmut pergi.", {"L Bakhmut UA"}),
        ("Kapal itu merapat di Likupang.", {"L Likupang ID"}),
        ("Gubernur Amazonas, Brasil, diperiksa.", {"L Amazonas BR", "L Brasil BR"}),
        ("Banjir melanda warga di Moga.", {"L Moga ID"}),
        ("Wisatawan tiba di Padua, Italia.", {"L Padua IT", "L Italia IT"}),
        ("Jembatan Suramadu ditutup semalam.", {"L Jembatan Suramadu ID"}),
    ],
)
def test_listed_names_are_found(enricher: Enricher, text: str, expected: set[str]) -> None:
    assert found(enricher, text) == expected


@pytest.mark.parametrize(
    ("text", "unexpected"),
    [
        ("Matahari terbit lebih awal di sana.", "O Matahari"),
        ("Temu warga digelar malam ini.", "O Temu"),
        ("Kapten Ciputra tiba pukul enam.", "O Ciputra"),
        ("Ia membeli rumah di Genoa.", "O Genoa"),
    ],
)
def test_words_that_are_also_companies_are_none_alone(
    enricher: Enricher, text: str, unexpected: str
) -> None:
    assert not {one for one in found(enricher, text) if one.startswith(unexpected)}
