"""Labelled words become the engine's tokens with the same names on them."""

from pathlib import Path

import pytest

from training.corpora import CORPORA, load


def put(root: Path, name: str, text: str) -> None:
    path = root / CORPORA[name].pattern.replace("*", "a")
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")


def test_words_are_cut_as_the_engine_cuts_and_keep_their_names(tmp_path: Path) -> None:
    put(
        tmp_path,
        "idner",
        "Wali\tO\n(Semarang)\tB-LOC\nBudi-nya\tB-PERSON\nS.\tI-PERSON\n\nKPK\tI-ORGANISATION\nRp\tB-MONEY\n",
    )
    first, second = load(tmp_path, "idner")
    assert list(zip(first.tokens, first.tags, strict=True)) == [
        ("Wali", "O"),
        ("(", "B-LOC"),
        ("Semarang", "I-LOC"),
        (")", "I-LOC"),
        ("Budi", "B-PER"),
        ("-", "I-PER"),
        ("nya", "I-PER"),
        ("S", "I-PER"),
        (".", "I-PER"),
    ]
    assert list(zip(second.tokens, second.tags, strict=True)) == [("KPK", "B-ORG"), ("Rp", "O")]


def test_two_names_in_a_row_stay_two(tmp_path: Path) -> None:
    put(tmp_path, "idner", "Bogor B-PLACE\nMedan B-PLACE\nTimur I-PLACE\n")
    (sentence,) = load(tmp_path, "idner")
    assert sentence.tags == ("B-LOC", "B-LOC", "I-LOC")


def test_another_type_begins_another_name(tmp_path: Path) -> None:
    put(tmp_path, "idner", "Budi B-PERSON\nBogor I-PLACE\nRaya I-PLACE\n")
    (sentence,) = load(tmp_path, "idner")
    assert sentence.tags == ("B-PER", "B-LOC", "I-LOC")


def test_tweets_lose_accounts_and_demonyms(tmp_path: Path) -> None:
    put(tmp_path, "btc", "@budi\tB-PER\nRussian\tB-LOC\n#\tB-LOC\nBogor\tI-LOC\nRussia\tB-LOC\n")
    (sentence,) = load(tmp_path, "btc")
    named = [
        (word, tag) for word, tag in zip(sentence.tokens, sentence.tags, strict=True) if tag != "O"
    ]
    assert named == [("Bogor", "B-LOC"), ("Russia", "B-LOC")]


def test_comments_of_the_treebank_are_no_words(tmp_path: Path) -> None:
    put(tmp_path, "ewt-dev", "# text = Bogor floods\n1\tBogor\tB-LOC\t-\t-\n2\tfloods\tO\t-\t-\n")
    (sentence,) = load(tmp_path, "ewt-dev")
    assert (sentence.tokens, sentence.tags) == (("Bogor", "floods"), ("B-LOC", "O"))


def test_data_that_is_not_there_is_told_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="PANTAU_SHARED"):
        load(tmp_path, "idner")
