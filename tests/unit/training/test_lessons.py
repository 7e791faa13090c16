"""The texts that are measured are never learnt."""

from pathlib import Path

import pytest

from tests.unit.training.corpus_files import write_corpora
from training.corpora import CORPORA, load
from training.lessons import lessons, names
from training.recipes import RECIPES


def test_what_is_held_out_is_in_no_language() -> None:
    for lang in (None, "id", "en"):
        assert not [name for name in names(hold_out=True, lang=lang) if name.endswith("-dev")]
    further = set(RECIPES["english"].further)
    assert set(names(hold_out=False)) == set(CORPORA) - further
    assert names(hold_out=False, lang="en") == ("wikigold", "wnut", "btc", "ewt-dev")


@pytest.mark.parametrize("hold_out", [True, False])
def test_each_sentence_has_its_domain(tmp_path: Path, hold_out: bool) -> None:
    write_corpora(tmp_path)
    found = lessons(tmp_path, names(hold_out=hold_out))
    domains = {"idner", "nergrit", "wikigold", "wnut", "btc"} | (set() if hold_out else {"ewt-dev"})
    assert {domain for _, domain in found} <= domains
    taught = {one for one, domain in found if domain == "idner"}
    learnt_too = taught & set(load(tmp_path, "idner-dev"))
    assert set(load(tmp_path, "idner")) <= taught
    assert bool(learnt_too) is not hold_out
