"""Sentences with names of rarer forms: names are whole, the words around them as before."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

from tests.unit.training.corpus_files import write_corpora
from training.corpora import Sentence, load
from training.forms import FORMS, with_forms
from training.spellings import varied

SENTENCES = [
    Sentence(
        ("Kata", first, last, ",", "banjir", "di", place, "surut", "."),
        ("O", "B-PER", "I-PER", "O", "O", "O", "B-LOC", "O", "O"),
    )
    for number in range(60)
    for first, last, place in [("Budi", "Santoso", "Garut"), ("Siti", "Aminah", "Kendal")]
]


def renamed(corpus: str) -> list[Sentence]:
    return [one for one in with_forms(SENTENCES, corpus) if one not in SENTENCES]


def names(sentence: Sentence) -> list[str]:
    found: list[str] = []
    for token, tag in zip(sentence.tokens, sentence.tags, strict=True):
        if tag == "B-PER":
            found.append(token)
        elif tag == "I-PER":
            found[-1] += " " + token
    return found


def test_some_sentences_are_repeated_with_other_names() -> None:
    new = renamed("idner")
    assert 5 < len(new) < 60
    assert with_forms(SENTENCES, "idner") == with_forms(SENTENCES, "idner")
    assert Counter(with_forms(SENTENCES, "idner")) >= Counter(SENTENCES)
    for one in new:
        assert one.tokens[0] == "Kata"
        assert {"banjir", "surut"} <= set(one.tokens)
        assert len(one.tokens) == len(one.tags)
        assert all(tag != "I-PER" or before[2:] == "PER" for before, tag in pairwise(one.tags))


def test_names_have_rarer_forms() -> None:
    made = {name for one in renamed("idner") for name in names(one)}
    known = {"Budi", "Siti", "Santoso", "Aminah"}
    assert all(known & set(name.split(" ")) for name in made)
    assert any(" . " in name for name in made)
    assert any(name.startswith(("La Ode ", "Anak Agung ", "I Gusti ")) for name in made)
    assert len(made) > len(FORMS) / 2


def test_some_end_without_a_full_stop_and_some_are_lists() -> None:
    new = renamed("idner")
    assert 0 < sum(one.tokens[-1] == "surut" for one in new) < len(new)
    assert any(len(names(one)) > 1 for one in new)


def test_the_seat_of_an_office_is_a_name_where_the_corpus_says_so() -> None:
    assert any(one.tags.count("B-LOC") > 1 for one in renamed("nergrit"))
    assert not any(one.tags.count("B-LOC") > 1 for one in renamed("idner"))


def test_english_sentences_stay_as_they_are() -> None:
    assert with_forms(SENTENCES, "wikigold") == SENTENCES


def test_teachers_learn_no_such_names(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    plain = [token for one in varied(tmp_path, "idner") for token in one.tokens]
    assert {token.lower() for token in plain} == {
        token.lower() for one in load(tmp_path, "idner") for token in one.tokens
    }
