"""Each release of the enricher has its version, so that `enrich-stored` knows older articles."""

from pathlib import Path

from pantau.enricher import build_enricher
from pantau.enricher.edition import digest, edition


def test_every_file_counts(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    names = tmp_path / "data" / "names.tsv"
    names.write_text("kpk", "utf-8")
    before = digest(tmp_path)
    assert digest(tmp_path) == before
    names.write_text("kpk\tKPK", "utf-8")
    changed = digest(tmp_path)
    names.rename(tmp_path / "data" / "others.tsv")
    assert len({before, changed, digest(tmp_path)}) == 3


def test_compiled_code_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "find.py").write_text("pass", "utf-8")
    before = digest(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "find.pyc").write_bytes(b"x")
    assert digest(tmp_path) == before


def test_the_version_of_an_enricher_names_its_edition() -> None:
    assert build_enricher("rules").version == f"rules-1+e:{edition()}"
