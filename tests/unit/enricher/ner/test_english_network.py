"""English is read by a network of its own, which is loaded when the first English text comes."""

from importlib.resources import files
from pathlib import Path

import pytest

from pantau.enricher import Enricher
from pantau.enricher.language.langid import Langid
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.engine import Passage
from pantau.enricher.ner.trained.convolutional import (
    ENGLISH_MODEL,
    MODEL,
    ConvolutionalEngine,
    load_convolutional,
)
from pantau.enricher.ner.trained.network import Network

DATA = Path(str(files("pantau.enricher").joinpath("data")))
ENGLISH = (
    "Shares of Grindley Inc rose after J.P. Hampton and Co praised it. The ministers thanked the "
    "Kingdom of Elbonia, where Maria Dunlop had met them."
)
INDONESIAN = (
    "Bupati Kendal Siti Aminah menerima utusan PT Sumber Rejeki Abadi di Semarang, Senin. Ia "
    "berterima kasih kepada Kementerian Perhubungan."
)
QUOTING = (
    'Wakil perusahaan itu, John Hampton, mengatakan kepada wartawan di Jakarta: "We thank Maria '
    'Dunlop and the people of Elbonia for what they did." Gubernur Bali Wayan Sukerta setuju.'
)


class Loader:
    """Loads the English network, and counts how often it is asked to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Network:
        self.times += 1
        return Network.load(DATA / ENGLISH_MODEL)


@pytest.fixture(scope="module")
def first() -> Network:
    return Network.load(DATA / MODEL)


@pytest.fixture
def loader() -> Loader:
    return Loader()


@pytest.fixture
def engine(first: Network, loader: Loader) -> ConvolutionalEngine:
    return ConvolutionalEngine(first, english=loader)


def test_english_is_read_by_its_own_network(first: Network, engine: ConvolutionalEngine) -> None:
    alone = ConvolutionalEngine(Network.load(DATA / ENGLISH_MODEL))
    found = engine.find(Passage(ENGLISH, "en"))
    assert found == alone.find(Passage(ENGLISH, "en"))
    assert found == load_convolutional().find(Passage(ENGLISH, "en"))
    assert found != ConvolutionalEngine(first).find(Passage(ENGLISH, "en"))
    assert [(ENGLISH[one.start : one.end], one.type) for one in found] == [
        ("Grindley Inc", "organization"),
        ("J.P. Hampton and Co", "organization"),
        ("Kingdom of Elbonia", "place"),
        ("Maria Dunlop", "person"),
    ]


@pytest.mark.parametrize("lang", ["id", "ms", "jv", "und", "fr"])
@pytest.mark.parametrize("text", [INDONESIAN, QUOTING, ENGLISH])
def test_other_languages_are_read_as_without_it(
    first: Network, engine: ConvolutionalEngine, loader: Loader, text: str, lang: str
) -> None:
    assert engine.find(Passage(text, lang)) == ConvolutionalEngine(first).find(Passage(text, lang))
    assert loader.times == 0


def test_it_is_loaded_once_and_changes_nothing_for_others(
    engine: ConvolutionalEngine, loader: Loader
) -> None:
    before = engine.find(Passage(INDONESIAN, "id"))
    once = engine.find(Passage(ENGLISH, "en"))
    assert engine.find(Passage(INDONESIAN, "id")) == before
    assert engine.find(Passage(ENGLISH, "en")) == once
    assert loader.times == 1


def test_a_text_with_a_quotation_in_english_is_of_one_language(
    engine: ConvolutionalEngine, loader: Loader
) -> None:
    enricher = Enricher(engine, Langid(), load_gazetteer())
    found = enricher.find("", QUOTING)
    assert (found["lang"], loader.times) == ("id", 0)
    assert {"John Hampton", "Maria Dunlop", "Wayan Sukerta"} <= set(found["people"])
    assert {"Jakarta", "Bali"} <= set(found["places"])


def test_an_english_text_keeps_the_names_of_an_indonesian_quotation(
    engine: ConvolutionalEngine, loader: Loader
) -> None:
    enricher = Enricher(engine, Langid(), load_gazetteer())
    text = (
        'The company said on Monday that it would not close the plant. "Kami menunggu Siti '
        'Aminah di Semarang," said its director, Budi Santoso, to the reporters.'
    )
    found = enricher.find("", text)
    assert (found["lang"], loader.times) == ("en", 1)
    assert {"Siti Aminah", "Budi Santoso"} <= set(found["people"])
    assert {"Semarang"} <= set(found["places"])
