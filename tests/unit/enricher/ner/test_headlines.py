"""Headlines: their cost, as a title may be as long as an article, and names that are none."""

import pytest

from pantau.enricher import Enricher
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.corrections.headlines import Headlines
from pantau.enricher.ner.engine import Mention, Passage
from tests.cost import assert_linear, quickest, repeated

_COUNT = 400


class _Counted(Mention):
    """A mention that counts how often its range is read."""

    reads = 0

    @property
    def start(self) -> int:
        type(self).reads += 1
        return self[0]

    @property
    def end(self) -> int:
        type(self).reads += 1
        return self[1]


def test_each_name_of_a_headline_is_read_a_few_times_however_many_words_it_has() -> None:
    sentence = "Banjir Demak Surut. "
    mentions: list[Mention] = [
        _Counted(at + 7, at + 12, "place") for at in range(0, _COUNT * len(sentence), len(sentence))
    ]
    _Counted.reads = 0

    kept = Headlines(load_gazetteer()).repair(
        Passage(sentence * _COUNT, "id", headline=True), mentions
    )

    assert kept == mentions
    assert _Counted.reads < 50 * _COUNT


def test_a_word_that_the_text_has_mostly_in_lower_case_is_nobody(enricher: Enricher) -> None:
    title = "Gubernur Ratna Wulandari Buka Pasar Tani di Kudus"
    text = "Gubernur Ratna Wulandari membuka pasar tani di Kudus. Pasar itu bagi kelompok tani."
    text += " PT Tani Makmur ikut serta."
    names = {one.name for one in enricher.entities(title, text, "id")}
    assert names == {"Ratna Wulandari", "Kudus", "PT Tani Makmur"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Pemkot Gorontalo Gelar Salat Gaib", {"O Pemkot Gorontalo"}),
        ("Penjelasan Dinkes Kota Depok Soal Obat", {"O Dinkes Kota Depok"}),
        ("PSG Bantai Inter Milan 5-0", {"O PSG", "O Inter Milan"}),
        ("3 Pemuda Cianjur Tewas Usai Pesta", {"L Cianjur"}),
        ("Xi Jinping Telepon Menteri Kemarin", {"P Xi Jinping"}),
        ("Rusia Serang Kyiv, 4 Orang Tewas", {"L Rusia", "L Kyiv"}),
        ("Israel Gempur Rafah Lagi", {"L Israel", "L Rafah"}),
        ("Bus Terbakar Di Jalan Pahlawan", {"L Jalan Pahlawan"}),
        ("Truk Mogok Di Tanjakan Wonokerto", {"L Tanjakan Wonokerto"}),
        ("Warga Demo Di Nasdem Tower", {"L Nasdem Tower"}),
    ],
)
def test_names_beside_others_in_headlines(
    enricher: Enricher, title: str, expected: set[str]
) -> None:
    kinds = {"person": "P", "organization": "O", "place": "L"}
    found = {f"{kinds[one.type]} {one.name}" for one in enricher.entities(title, "", "id")}
    assert found == expected


def test_a_long_name_is_not_parted_in_all_ways() -> None:
    text = "Persib Bantai " * 4_000 + "Persija"
    whole = [Mention(0, len(text), "organization")]
    headlines = Headlines(load_gazetteer())
    passage = Passage(text, "id", headline=True)
    assert quickest(lambda: headlines.repair(passage, whole), 0.3) < 0.3


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Peru Police Arrest Miguel Sandoval Over Port Bribes", {"L Peru", "P Miguel Sandoval"}),
        ("Grace Whitfield Named Head of Barclays", {"P Grace Whitfield", "O Barclays"}),
        ("ROBERT HALLORAN QUITS AS TOYOTA CHAIRMAN", {"P Robert Halloran", "O TOYOTA"}),
        ("Ghana PM Kwasi Amankwah Calls Vote For May", {"L Ghana", "P Kwasi Amankwah"}),
        ("Judge Blocks Trump Order On Visas", {"P Trump"}),
        ("MAN WHO KILLED FOUR TO DIE IN FORT WORTH", {"L Fort Worth"}),
        ("Five Ways To Save Water This Summer", set()),
        ("Oil Falls As Truce Hopes Grow", set()),
    ],
)
def test_names_in_english_headlines_without_a_text(
    enricher: Enricher, title: str, expected: set[str]
) -> None:
    kinds = {"person": "P", "organization": "O", "place": "L"}
    found = {f"{kinds[one.type]} {one.name}" for one in enricher.entities(title, "", "en")}
    assert found == expected


@pytest.mark.parametrize(
    ("title", "lang"),
    [("Jalan Demak Di Bank ", "id"), ("WHO US JANE ROE ", "en"), ("Port Roe Steel ", "en")],
)
def test_long_headlines_take_linear_time(enricher: Enricher, title: str, lang: str) -> None:
    assert_linear(lambda text: enricher.entities(text, "", lang), repeated(title), 1_500)
