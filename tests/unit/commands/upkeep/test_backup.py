"""`pantau backup`, `pantau restore` and `pantau index rebuild` as people call them."""

from pathlib import Path

import pytest

from pantau.cli import run
from tests.unit.commands.conftest import Run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def phrase(tmp_path: Path) -> str:
    file = tmp_path / "phrase"
    file.write_text("kata sandi yang panjang\n", encoding="utf-8")
    return str(file)


def test_a_backup_is_made_checked_and_restored(
    pantau: Run, data: Path, tmp_path: Path, phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pantau("subscribe", "banjir", "--name", "Banjir", "--to", "terminal")
    (data / "pantau.toml").write_text("[keep]\ndays = 30\n", encoding="utf-8")
    file = str(tmp_path / "backup.zip")
    code, _, said = pantau("backup", file)
    assert (code, "--passphrase-file" in said) == (2, True)
    code, shown, _ = pantau("backup", file, "--passphrase-file", phrase)
    assert (code, "Saved in" in shown) == (0, True)
    code, _, said = pantau("backup", file, "--passphrase-file", phrase)
    assert (code, "exists" in said) == (2, True)
    code, shown, _ = pantau("restore", file, "--passphrase-file", phrase, "--check")
    assert (code, "is whole" in shown) == (0, True)
    code, _, said = pantau("restore", file, "--passphrase-file", phrase)
    assert (code, "not empty" in said) == (2, True)
    place = tmp_path / "place"
    assert run(["restore", file, "--passphrase-file", phrase, "--data", str(place)]) == 0
    assert run(["subscriptions", "list", "--data", str(place)]) == 0
    assert "Banjir" in capsys.readouterr().out
    assert (place / "pantau.toml").read_text(encoding="utf-8") == "[keep]\ndays = 30\n"
    assert sorted(one.name for one in place.iterdir() if one.name.startswith(".")) == []


def test_a_wrong_passphrase_or_file_changes_nothing(
    pantau: Run, tmp_path: Path, phrase: str
) -> None:
    pantau("subscribe", "banjir", "--to", "terminal")
    file = tmp_path / "backup.zip"
    pantau("backup", str(file), "--passphrase-file", phrase)
    Path(phrase).write_text("yang lain", encoding="utf-8")
    place = tmp_path / "place"
    wrong = ("restore", str(file), "--passphrase-file", phrase, "--data", str(place))
    code, _, said = pantau(*wrong)
    assert (code, "passphrase" in said) == (2, True)
    assert not (place / "pantau.db").exists()
    file.write_bytes(b"no backup at all")
    code, _, said = pantau(*wrong)
    assert (code, "no backup" in said) == (2, True)


def test_an_index_is_rebuilt(pantau: Run) -> None:
    pantau("subscribe", "banjir", "--to", "terminal")
    code, shown, _ = pantau("index", "rebuild")
    assert (code, "The index is rebuilt" in shown) == (0, True)
