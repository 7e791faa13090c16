"""The lessons of each bundled network, and the style in which it is asked."""

from importlib.resources import files
from pathlib import Path

import pytest

from pantau.enricher.ner.trained.convolutional import ENGLISH_MODEL, MODEL
from tests.unit.training.corpus_files import write_corpora
from training import corpora
from training.corpora import CORPORA, load
from training.lessons import DEVELOPMENT, domain, names
from training.recipes import RECIPES, SILVER_DOMAINS, Recipe


@pytest.mark.parametrize("recipe", RECIPES.values())
def test_what_is_held_out_is_not_learnt(recipe: Recipe) -> None:
    whole, held = recipe.learnt(hold_out=False), recipe.learnt(hold_out=True)
    assert whole[: len(held)] == held
    assert set(whole) - set(held) == set(DEVELOPMENT)
    assert not any(name.endswith("-dev") for name in held)


@pytest.mark.parametrize("hold_out", [True, False])
@pytest.mark.parametrize("recipe", RECIPES.values())
def test_a_network_is_asked_in_styles_that_it_has_learnt(recipe: Recipe, hold_out: bool) -> None:
    domains = recipe.domains(hold_out=hold_out)
    assert set(recipe.meant) <= set(domains)
    assert sorted(domains.values()) == list(range(len(domains)))
    assert domains.items() >= SILVER_DOMAINS.items()


def test_the_english_network_learns_all_and_is_asked_as_english_is_annotated() -> None:
    english = RECIPES["english"]
    assert set(english.learnt(hold_out=False)) == set(CORPORA)
    meant = {name for name in CORPORA if english.domain(name) in english.meant}
    assert meant == {"wikigold", "ewt-dev", "pud"}
    assert {corpora.CORPORA[name].lang for name in meant} == {"en"}


def test_the_other_network_has_the_domains_of_its_teachers() -> None:
    whole = RECIPES["all"]
    assert whole.learnt(hold_out=False) == names(hold_out=False)
    assert [whole.domain(name) for name in CORPORA] == [domain(name) for name in CORPORA]


def test_the_files_are_those_that_the_engine_reads() -> None:
    assert [recipe.file for recipe in RECIPES.values()] == [MODEL, ENGLISH_MODEL]
    for recipe in RECIPES.values():
        assert files("pantau.enricher").joinpath("data", recipe.file).is_file()


def test_finer_types_are_people_organisations_and_places(tmp_path: Path) -> None:
    write_corpora(tmp_path)
    path = tmp_path / "ner" / "open-en" / "crossner" / "a.txt"
    rows = [
        ("Ada", "B-scientist"), ("of", "O"), ("Elbonia", "B-country"), ("joined", "O"),
        ("Mud", "B-band"), ("and", "O"), ("Analytics", "B-field"),
    ]  # fmt: skip
    path.write_text("".join(f"{word}\t{tag}\n" for word, tag in rows), encoding="utf-8")
    [sentence] = load(tmp_path, "crossner")
    assert sentence.tags == ("B-PER", "O", "B-LOC", "O", "B-ORG", "O", "O")
