"""Other spellings change letters alone, the same ones every time."""

from training.corpora import Sentence
from training.spellings import augmented, joined, thinned

PLAIN = Sentence(("banjir", "di", "Bogor"), ("O", "O", "B-LOC"))
NAMELESS = Sentence(("hujan", "lagi"), ("O", "O"))


def test_copies_keep_words_and_names() -> None:
    found = augmented([PLAIN] * 1000, "seed")
    copies = [one for one in found if one != PLAIN]
    assert len(found) == 1000 + len(copies)
    assert 60 < len(copies) < 140
    assert {one.tokens for one in copies} == {("BANJIR", "DI", "BOGOR"), ("Banjir", "Di", "Bogor")}
    assert {one.tags for one in copies} == {PLAIN.tags}


def test_a_seed_always_gives_the_same() -> None:
    assert augmented([PLAIN] * 200, "a") == augmented([PLAIN] * 200, "a")
    assert augmented([PLAIN] * 200, "a") != augmented([PLAIN] * 200, "b")


def test_sentences_in_a_row_are_all_there_in_order() -> None:
    sentences = [Sentence((str(number),), ("O",)) for number in range(300)]
    found = joined(sentences, "seed")
    assert [token for one in found for token in one.tokens] == [
        str(number) for number in range(300)
    ]
    assert {len(one.tokens) for one in found} == {1, 2, 3, 4}


def test_only_tweets_without_a_name_are_thinned() -> None:
    both = [PLAIN, NAMELESS] * 300
    assert thinned(both, "idner") == both
    kept = thinned(both, "btc")
    assert kept.count(PLAIN) == 300
    assert 50 < kept.count(NAMELESS) < 130
