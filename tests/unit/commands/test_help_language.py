"""Help and errors of usage are in the reader's language, however that was chosen."""

from pathlib import Path

import pytest

from pantau import __version__
from tests.unit.commands.conftest import Run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("arguments", "variables", "settings", "start"),
    [
        (["--help"], {}, "", "Usage: "),
        (["--help"], {"LANG": "id_ID.UTF-8"}, "", "Pemakaian: "),
        (["--help"], {"PANTAU_LANG": "id"}, "", "Pemakaian: "),
        (["--help"], {}, 'lang = "id"\n', "Pemakaian: "),
        (["--help"], {"LANG": "id_ID"}, 'lang = "en"\n', "Usage: "),
        (["--help"], {}, 'lang = "id\n', "Usage: "),
        (["--help"], {}, "lang = 3\n", "Usage: "),
        (["--lang", "id", "--help"], {}, "", "Pemakaian: "),
        (["--help", "--lang", "id"], {}, "", "Pemakaian: "),
        (["--help", "--lang=id"], {}, "", "Pemakaian: "),
        (["--lang", "en", "--help"], {"PANTAU_LANG": "id"}, "", "Usage: "),
        (["feeds"], {}, 'lang = "id"\n', "Pemakaian: "),
        (["feeds", "add", "--help"], {}, 'lang = "id"\n', "Pemakaian: "),
        (["query", "explain", "--help", "--lang", "id"], {}, "", "Pemakaian: "),
        (["query", "explain", "--lang", "id", "--help"], {}, "", "Pemakaian: "),
        (["search", "--help"], {"PANTAU_LANG": "de"}, 'lang = "id"\n', "Usage: "),
    ],
)
def test_help_is_in_the_language_that_was_chosen(
    pantau: Run,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    variables: dict[str, str],
    settings: str,
    start: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    (data / "pantau.toml").write_text(settings, encoding="utf-8")
    _, out, err = pantau(*arguments)
    assert (out + err).startswith(start)


def test_the_folder_that_is_named_decides(pantau: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "pantau.toml").write_text('lang = "id"\n', encoding="utf-8")
    assert pantau("feeds", "list", "--help")[1].startswith("Usage")
    for named in (["--data", str(other)], [f"--data={other}"]):
        assert pantau("feeds", "list", *named, "--help")[1].startswith("Pemakaian")
        assert "Tidak ada opsi --odd" in pantau("feeds", "list", *named, "--odd")[2]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["feeds", "--wrong"], "Tidak ada opsi --wrong"),
        (["show", "a", "b"], "Argumen berlebih: b"),
        (["search", "x", "--limit", "many"], "harus berupa angka dari 1 sampai 1000"),
        (["search", "x", "--limit"], "Opsi '--limit' memerlukan nilai"),
        (["search", "x", "--json=1"], "Opsi '--json' tidak menerima nilai"),
        (["query", "nosuch"], "Tidak ada perintah 'nosuch'"),
        (["--lang", "fr"], "Pilihannya: en, id"),
        (["setup", "--wait", "-1"], "paling kecil 0"),
        (["setup", "--wait", "soon"], "harus berupa angka, paling kecil 0"),
        (["enrich"], "Opsi '--articles' belum diberikan"),
        (["enrich", "--articles", "/no/such/file"], "/no/such/file"),
        (["demo", "--keep", __file__], "adalah berkas"),
    ],
)
def test_errors_of_click_have_no_english_left(
    pantau: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.setenv("PANTAU_LANG", "id")
    code, out, err = pantau(*arguments)
    assert (code, out) == (2, "")
    assert told in err
    for word in ("Usage", "Try ", "Error", "Missing", "No such", "Invalid", "is not", "does not"):
        assert word not in err


def test_the_version_is_the_same_in_all_languages(pantau: Run) -> None:
    assert pantau("--lang", "id", "--version") == pantau("--version")
    assert pantau("--version")[1] == f"pantau {__version__}\n"


def test_the_default_day_of_a_report_is_named_in_the_language_of_the_help(pantau: Run) -> None:
    english = pantau("report", "--help")[1]
    assert "[default: yesterday]" in " ".join(english.split())
    indonesian = pantau("--lang", "id", "report", "--help")[1]
    assert "[bawaan: kemarin]" in " ".join(indonesian.split())
