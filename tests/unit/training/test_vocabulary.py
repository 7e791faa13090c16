"""Rare words are unknown; every word has a row.

Words never met are made of what they share with others.
"""

from pantau.enricher.ner.trained.features import BOUNDARY
from pantau.enricher.ner.trained.tokens import BREAK
from training.vocabulary import Vocabulary

WORDS = ["Karangasem", "Karanganyar", "Karangdowo", "di", "Di", "pasar", "Pasar", "PASAR"]
BOOK = {"karanganyar": ("g=L",), "karangasem": ("g=L",), "karangdowo": ("g=L",)}


def names_of(vocabulary: Vocabulary, word: str) -> set[str]:
    """Return the features of a word, by name; row 0 is empty."""
    rows = vocabulary.rows[vocabulary.number(word)].tolist()
    return {vocabulary.names[row - 1] for row in rows if row}


def test_a_feature_is_known_from_three_different_words_on() -> None:
    vocabulary = Vocabulary(WORDS, BOOK)
    assert {"a=kara", "s=Xx", "g=L", "+Xxg=L"} <= set(vocabulary.names)
    assert "z=dowo" not in vocabulary.names
    assert names_of(vocabulary, "Karawang") >= {"a=kara", "s=Xx"}


def test_a_word_has_a_feature_of_its_own_if_it_is_written_in_three_ways() -> None:
    vocabulary = Vocabulary(WORDS, BOOK)
    assert {name for name in vocabulary.names if name[:2] in {"l=", "w="}} == {"l=pasar"}


def test_a_line_s_end_is_word_0_with_one_feature_that_no_word_has() -> None:
    vocabulary = Vocabulary(WORDS, BOOK)
    assert vocabulary.number(BREAK) == 0
    assert names_of(vocabulary, BREAK) == {f"s={BOUNDARY}"}
    assert all("\n" not in name for name in vocabulary.names)


def test_a_word_of_no_known_feature_has_the_row_of_nothing() -> None:
    vocabulary = Vocabulary(WORDS, BOOK)
    assert vocabulary.rows[vocabulary.number("€")].tolist() == [0]
    assert vocabulary.number("€") == vocabulary.number("€")
