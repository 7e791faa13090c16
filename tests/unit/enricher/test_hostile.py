"""Texts made to keep the enricher busy: twice the text costs twice the time, whatever its shape."""

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from pantau.enricher import Enricher, build_enricher
from pantau.enricher.enricher import REACH
from pantau.enricher.ner.corrections.english.kinds import without_storms
from pantau.enricher.ner.corrections.persons.agreeing import without_words
from pantau.enricher.ner.engine import Mention
from pantau.enricher.structure.boilerplate import find_boilerplate
from pantau.settings import EnrichSettings
from pantau.stories.features import features
from pantau.stories.fingerprint import fingerprint
from pantau.stories.words import read_words
from pantau_schemas.events.article import TEXT_LIMIT, TITLE_LIMIT, Article
from tests.cost import ROUNDS, excess, quickest, seconds
from tests.growth.measure import unit
from tests.unit.enricher.hostile import LINES, SHAPES, Shape, word

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TIMES = 8
"""How much longer the longer text is."""
SLACK = 1.8
"""Times as much as linear that is allowed.

Square would be eight, but beside what is linear it shows as two or three.
"""


def growth(shape: Shape, length: int, run: Callable[[str], object]) -> float:
    """Return how many times more than linear a longer text costs."""

    def prepare(size: int) -> Callable[[], object]:
        text = shape(size)
        return lambda: run(text)

    return excess(prepare, length, times=TIMES, allowed=SLACK)


@pytest.fixture(scope="module")
def patient() -> Enricher:
    """Return an enricher that has all the time that a slow machine may need."""
    return build_enricher(settings=EnrichSettings(seconds=600.0))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_cost_of_a_text_grows_with_its_length(patient: Enricher, shape: str) -> None:
    def run(text: str) -> None:
        assert patient.find(text[:TITLE_LIMIT], text, reference=NOW)["cut"] == ()

    assert growth(SHAPES[shape], 6_000, run) < SLACK


def _marked(piece: str, length: int) -> tuple[str, list[Mention]]:
    """Return a text of a piece with different names for its `*`, and what an engine may find."""
    chance, text, mentions = random.Random(7), "", list[Mention]()
    while len(text) < length:
        name = word(chance)
        for part in piece.split("|"):
            mentions.append(Mention(len(text), len(text) + len(part) + 4, "person"))
            text += f"{part.replace('*', name)}, "
    return text, mentions


@pytest.mark.parametrize(
    ("piece", "correct"),
    [
        ("Haru *|*", without_words),
        ("Storm *", lambda text, some: without_storms(text, some, list(some))),
    ],
)
def test_the_cost_of_a_correction_grows_with_the_names(
    piece: str, correct: Callable[[str, list[Mention]], object]
) -> None:
    def prepare(size: int) -> Callable[[], object]:
        text, mentions = _marked(piece, size)
        return lambda: correct(text, mentions)

    prepare(100)()  # reads the word lists
    assert excess(prepare, 6_000, times=TIMES, allowed=SLACK) < SLACK


@pytest.mark.parametrize("shape", LINES)
def test_the_cost_of_lines_grows_with_their_length(shape: str) -> None:
    assert growth(LINES[shape], 25_000, find_boilerplate) < SLACK
    text = LINES[shape](50_000)
    assert quickest(lambda: find_boilerplate(text), 1.0) < 1.0  # nor is each character dear


@pytest.mark.parametrize(
    "shape", ["one long word", "words", "characters", "digits", "combining marks"]
)
def test_the_cost_of_a_fingerprint_grows_with_the_length(shape: str) -> None:
    def run(text: str) -> None:
        words = read_words(
            text[:TITLE_LIMIT], text, [(at, at + 1) for at in range(0, len(text), 7)]
        )
        fingerprint(words)
        features(words, "id")

    assert growth(SHAPES[shape], 20_000, run) < SLACK


@pytest.mark.parametrize("shape", ["many people", "boilerplate", "links in lines", "open brackets"])
def test_the_longest_text_is_done_within_its_time(shape: str) -> None:
    usual = EnrichSettings()
    enricher = build_enricher(settings=EnrichSettings(seconds=usual.seconds * unit()))
    text = SHAPES[shape](TEXT_LIMIT)
    article = Article(
        schema_version=2, article_id="a", title=text[:TITLE_LIMIT], text=text, first_seen=NOW
    )
    # The work itself needs an eighth of the time. Other work on the same core may take the rest,
    # but not each time that it is tried.
    assert any(_is_whole(enricher, article) for _ in range(ROUNDS))


def _is_whole(enricher: Enricher, article: Article) -> bool:
    """Return whether nothing is cut from an article, without a collection in the measured time."""
    cut: list[tuple[str, ...]] = []
    seconds(lambda: cut.append(enricher.enrich(article).cut))
    return cut == [()]


def test_names_beyond_the_reach_are_not_looked_for() -> None:
    text = (
        "Presiden Joko Widodo berkata. "
        + "x " * (REACH // 2)
        + "Presiden Megawati Soekarnoputri berkata."
    )
    article = Article(schema_version=2, article_id="a", text=text, first_seen=NOW, lang="id")
    assert build_enricher().enrich(article).people == ("Joko Widodo", "Jokowi")
