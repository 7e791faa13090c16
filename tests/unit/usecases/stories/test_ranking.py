"""Stories by how much is written about them."""

from datetime import timedelta

from pantau.ports import Outline
from pantau.stories.merges import NO_MERGES, Merges
from pantau.usecases.stories.ranking import by_number, rank
from tests.support import START


def outlines(*given: tuple[str | None, str | None]) -> list[Outline]:
    """Return articles, newest first, by story and source."""
    return [
        Outline(f"a{number}", f"title {number}", source, story, START - timedelta(minutes=number))
        for number, (story, source) in enumerate(given)
    ]


FEW = outlines(
    ("b", "x"), ("a", "x"), ("c", "x"), ("b", "y"), ("c", "x"), ("a", None), (None, "z"), ("d", "x")
)


def test_equal_numbers_go_by_sources_then_by_time() -> None:
    assert [one.story_id for one in rank(FEW, NO_MERGES, 10)] == ["b", "a", "c"]


def test_what_is_told_of_a_story() -> None:
    story = rank(FEW, NO_MERGES, 1)[0]
    assert (story.ids, story.articles, story.sources) == (("b",), 2, (("x", 1), ("y", 1)))
    assert (story.newest.article_id, story.first.article_id) == ("a0", "a3")


def test_merges_make_one_of_two() -> None:
    (first, second) = rank(FEW, Merges({"a": "c", "d": "gone"}), 10)
    assert (first.story_id, first.ids, first.articles) == ("c", ("a", "c"), 4)
    assert (first.newest.article_id, first.first.article_id) == ("a1", "a5")
    assert second.story_id == "b"


def test_least_sources() -> None:
    assert [one.story_id for one in rank(FEW, NO_MERGES, 10, least_sources=2)] == ["b"]
    assert rank(FEW, NO_MERGES, 10, least_sources=3) == []


def test_sources_by_number_then_name() -> None:
    assert by_number(["b", "a", None, "c", "c", "b"]) == (("b", 2), ("c", 2), ("a", 1))
    assert by_number([None]) == ()
