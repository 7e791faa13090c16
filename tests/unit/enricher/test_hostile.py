"""Texts made to keep the enricher busy: twice the text costs twice the time, whatever its shape."""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from pantau.enricher import Enricher, build_enricher
from pantau.enricher.enricher import REACH
from pantau.enricher.structure.boilerplate import find_boilerplate
from pantau.stories.features import features
from pantau.stories.fingerprint import fingerprint
from pantau.stories.words import read_words
from pantau_schemas.events.article import TEXT_LIMIT, TITLE_LIMIT, Article
from tests.unit.enricher.hostile import LINES, SHAPES, Shape

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TIMES = 8
"""How much longer the longer text is."""
SLACK = 1.8
"""Times as much as linear that is allowed.

Square would be eight, but beside what is linear it shows as two or three.
"""
TRIFLE = 0.03
"""Seconds of processor time that are nothing: shorter times say nothing of growth."""


def growth(shape: Shape, length: int, run: Callable[[str], object]) -> float:
    """Return how much more than linear a longer text costs, the best of three.

    0 where it costs next to nothing.
    """
    found = []
    for _ in range(3):
        cost = [_cost(run, shape(size)) for size in (length, length * TIMES)]
        found.append(cost[1] / (max(cost[0], TRIFLE / TIMES) * TIMES))
        if cost[1] < TRIFLE or found[-1] < SLACK:
            break
    return min(found)


def _cost(run: Callable[[str], object], text: str) -> float:
    started = time.thread_time()
    run(text)
    return time.thread_time() - started


@pytest.mark.parametrize("shape", SHAPES)
def test_the_cost_of_a_text_grows_with_its_length(enricher: Enricher, shape: str) -> None:
    def run(text: str) -> None:
        assert enricher.find(text[:TITLE_LIMIT], text, reference=NOW)["cut"] == ()

    assert growth(SHAPES[shape], 6_000, run) < SLACK


@pytest.mark.parametrize("shape", LINES)
def test_the_cost_of_lines_grows_with_their_length(shape: str) -> None:
    assert growth(LINES[shape], 25_000, find_boilerplate) < SLACK
    assert _cost(find_boilerplate, LINES[shape](50_000)) < 1.0  # nor is it dear for each character


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


@pytest.fixture
def without_collections() -> Iterator[None]:
    """Keep the garbage collector off the objects of all other tests in the measured time."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("without_collections")
@pytest.mark.parametrize("shape", ["many people", "boilerplate", "links in lines", "open brackets"])
def test_the_longest_text_is_done_within_its_time(enricher: Enricher, shape: str) -> None:
    text = SHAPES[shape](TEXT_LIMIT)
    article = Article(
        schema_version=2, article_id="a", title=text[:TITLE_LIMIT], text=text, first_seen=NOW
    )
    # The work itself needs an eighth of the time. Another process on the same core, or a collection
    # of all that the tests before left in memory, may take the rest, but not three times in a row.
    assert () in (enricher.enrich(article).cut for _ in range(3))


def test_names_beyond_the_reach_are_not_looked_for() -> None:
    text = (
        "Presiden Joko Widodo berkata. "
        + "x " * (REACH // 2)
        + "Presiden Megawati Soekarnoputri berkata."
    )
    article = Article(schema_version=2, article_id="a", text=text, first_seen=NOW, lang="id")
    assert build_enricher().enrich(article).people == ("Joko Widodo",)
