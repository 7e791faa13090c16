"""A glance at the words before a conjunction decides as its whole sentence does."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from pantau.enricher.quotations import indirect
from pantau.enricher.quotations.indirect import find_clauses

WORDS = (
    "mengatakan", "kata", "membantah", "laporan", "said", "asked", "believes", "Ani", "Wijaya",
    "jalan", "the", "town", "Jum'at", "sehari-hari", "x" * 90, "kantor.", "Rabu,", "akan\n", "“",
    "bahwa", "bahawa", "that", "Menurut",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=90))
def test_a_glance_finds_the_clauses_of_whole_sentences(words: list[str]) -> None:
    text = " ".join(words)
    found = find_clauses(text)
    with patch.object(indirect, "_is_surely_unsaid", return_value=False):
        assert find_clauses(text) == found


def test_the_glance_spares_the_search_for_the_sentence() -> None:
    text = "It is not the first year in this town that the long road was closed."
    with patch.object(indirect, "sentence_start", side_effect=AssertionError):
        assert find_clauses(text) == []


def test_a_word_that_the_glance_cuts_off_counts() -> None:
    text = f"Ani Wijaya mengatakan {'x' * 200} bahwa jalan itu akan ditutup."
    (found,) = find_clauses(text)
    assert text[found.start : found.end] == "jalan itu akan ditutup"
