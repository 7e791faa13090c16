"""Commands answer in Indonesian and in English, whichever way the language is chosen."""

from contextlib import closing
from pathlib import Path

import pytest

from pantau.bootstrap import open_store
from pantau.settings.loading import load_settings
from pantau.stream.envelope import record_for
from pantau_schemas.events.feed import Feed, FeedState, FeedStatus
from pantau_schemas.topics import FEED_STATE, FEEDS
from tests.support import START, enriched
from tests.unit.commands.conftest import Run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("options", "variables", "settings", "answer"),
    [
        ([], {}, "", "No alerts yet"),
        ([], {"LANG": "id_ID.UTF-8"}, "", "Belum ada"),
        ([], {"LANG": "de_DE.UTF-8"}, "", "No alerts yet"),
        ([], {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "id_ID"}, "", "Belum ada"),
        ([], {"LC_MESSAGES": "id_ID", "LC_ALL": "C"}, "", "No alerts yet"),
        ([], {"LANG": "id_ID"}, 'lang = "en"\n', "No alerts yet"),
        ([], {}, 'lang = "id"\n', "Belum ada"),
        ([], {"PANTAU_LANG": "id-ID"}, 'lang = "en"\n', "Belum ada"),
        ([], {"PANTAU_LANG": "", "LANG": "id_ID"}, "", "Belum ada"),
        (["--lang", "en"], {"PANTAU_LANG": "id", "LC_ALL": "id_ID"}, "", "No alerts yet"),
        (["--lang", "id"], {"PANTAU_LANG": "en"}, 'lang = "en"\n', "Belum ada"),
    ],
)
def test_the_nearest_choice_counts(
    pantau: Run,
    data: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    variables: dict[str, str],
    settings: str,
    answer: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    data.mkdir()
    (data / "pantau.toml").write_text(settings, encoding="utf-8")
    code, out, err = pantau(*options, "alerts")
    assert (code, err) == (0, "")
    assert out.startswith(answer)


@pytest.mark.parametrize("name", ["de", "jv_ID", "indonesia", "x" * 40])
def test_a_language_that_is_not_spoken_is_said_once(
    pantau: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PANTAU_LANG", name)
    code, out, err = pantau("alerts")
    assert (code, out[:13], err.count("PANTAU_LANG")) == (0, "No alerts yet", 1)
    assert f"warning: PANTAU_LANG is '{name}'" in err
    assert "PANTAU_LANG" not in pantau("--lang", "id", "alerts")[2]


@pytest.mark.parametrize(
    "name", ["en", "EN_us.UTF-8", "C", "C.UTF-8", "POSIX", "in_ID", "Indonesian"]
)
def test_a_language_that_is_spoken_is_no_warning(
    pantau: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PANTAU_LANG", name)
    assert "PANTAU_LANG" not in pantau("alerts")[2]


def test_a_choice_is_forgotten_after_the_call(pantau: Run) -> None:
    assert pantau("--lang", "id", "alerts")[1].startswith("Belum ada")
    assert pantau("alerts")[1].startswith("No alerts yet")


@pytest.mark.parametrize(
    ("arguments", "code", "answer"),
    [
        (["subscriptions", "remove", "nosuch"], 2, "Kesalahan: tidak ada langganan"),
        (["subscriptions", "list"], 0, "Belum ada langganan"),
        (["subscribe", ""], 2, "Kesalahan: kuerinya kosong"),
        (["subscribe", "banjir", "--to", "sms:1"], 2, "seharusnya salah satu dari ini: webhook:"),
        (["search", "*", "--story", "nosuch"], 2, "Kesalahan: tidak ada cerita 'nosuch'"),
        (["search", "*"], 0, "0 dari 0 artikel cocok."),
        (["stories"], 0, "Tidak ada cerita"),
        (["dead-letters", "list"], 0, "Tidak ada rekaman gagal"),
        (["dead-letters", "show", "x"], 2, "Kesalahan: tidak ada rekaman gagal"),
        (["status"], 0, "0 umpan, 0 artikel, 0 langganan, 0 pemberitahuan"),
        (["feeds", "list"], 0, "Belum ada umpan"),
        (
            ["feeds", "remove", "x"],
            2,
            "Kesalahan: tidak ada umpan dengan alamat, judul atau id 'x'",
        ),
        (["feeds", "add", "ftp://x.example"], 2, "'ftp://x.example' tidak dapat dipantau"),
        (["feeds", "import", "/nosuch.opml"], 2, "Kesalahan: /nosuch.opml: "),
        (["feeds", "test", "./nosuch.xml"], 2, "tidak ada berkas itu"),
        (["replay"], 0, "Tidak ada artikel seperti itu"),
        (["serch", "x"], 2, "Kesalahan: Tidak ada perintah 'serch'. Maksud Anda search?"),
        (["alerts", "--limit", "0"], 2, "harus berupa angka dari 1 sampai 100000"),
        (["alerts", "--since", "lusa"], 2, "'lusa' bukan waktu"),
        (["alerts", "--sinc", "7d"], 2, "Tidak ada opsi --sinc. Maksud Anda"),
        (["search"], 2, "Argumen 'KUERI' belum diberikan"),
        (["service"], 2, "Pilihannya: poller, extractor"),
        (["subscribe", "x", "--language", "sql"], 2, "Pilihannya: lucene, kql, pantau"),
    ],
)
def test_answers_in_indonesian(
    pantau: Run, data: Path, arguments: list[str], code: int, answer: str
) -> None:
    data.mkdir()
    (data / "pantau.toml").touch()  # the folder is meant, although nothing is stored in it
    got, out, err = pantau("--lang", "id", *arguments)
    assert got == code
    assert answer in out + err
    assert "Error" not in err
    assert "warning" not in err


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("banjir AND (Demak", "coba: banjir AND (Demak)"),
        ('published:"1 September 2026"', "tidak dibaca sebagai tanggal"),
        ("banjir / rob", "garis miring"),
    ],
)
def test_a_query_that_cannot_be_read_is_refused_in_indonesian(
    pantau: Run, query: str, told: str
) -> None:
    code, _, err = pantau("--lang", "id", "query", "check", query)
    assert code == 2
    assert "kueri tidak dapat dibaca pada karakter ke-" in err
    assert told in err
    assert "try:" not in err


def test_explanations_take_the_language_before_and_behind_the_command(pantau: Run) -> None:
    before = pantau("--lang", "id", "query", "explain", "banjir")
    behind = pantau("query", "explain", "banjir", "--lang", "id")
    assert before == behind
    assert before[1].startswith("kueri:")
    nearer = pantau("--lang", "id", "query", "explain", "banjir", "--lang", "en")
    assert nearer[1].startswith("query:")


def test_the_language_of_articles_is_a_filter_and_lang_that_of_the_answer(pantau: Run) -> None:
    code, out, err = pantau("search", "*", "--article-lang", "id")
    assert (code, out) == (0, "0 of 0 articles match.\n")
    assert "Error" not in err
    assert pantau("search", "*", "--lang", "id")[1] == "0 dari 0 artikel cocok.\n"


def test_a_search_without_articles_says_where_they_come_from(pantau: Run) -> None:
    assert "Articles come from feeds" in pantau("search", "banjir")[2]
    assert "Artikel datang dari umpan" in pantau("--lang", "id", "search", "banjir")[2]
    assert "feeds" not in pantau("search", "banjir", "--json")[2]


def test_a_search_that_finds_nothing_says_what_to_try(pantau: Run, data: Path) -> None:
    with closing(open_store(load_settings(data))) as store:
        store.index.put([enriched("a", text="Banjir surut.")])
        store.index.refresh()
    assert "Check the spelling" in pantau("search", "banjri")[2]
    assert "Periksa ejaannya" in pantau("--lang", "id", "search", "banjri")[2]
    assert "Check the spelling" not in pantau("search", "banjir")[2]
    advised = pantau("search", 'people:"siti rahma"')[2]
    assert 'try: people:"Siti Rahma"' in advised
    assert "Check the spelling" not in advised


@pytest.mark.parametrize(("lang", "number"), [("en", "4,109"), ("id", "4.109")])
def test_numbers_of_tables_are_written_as_in_the_language(
    pantau: Run, data: Path, lang: str, number: str
) -> None:
    feed = Feed(feed_id="satu", url="https://a.example/rss", added=START)
    state = FeedState(feed_id="satu", status=FeedStatus.OK, articles=4_109)
    with closing(open_store(load_settings(data))) as store:
        store.log.append(
            [
                record_for(feed, FEEDS, source="test", time=START),
                record_for(state, FEED_STATE, source="test", time=START),
            ]
        )
    shown = pantau("--lang", lang, "feeds", "list")[1]
    assert number in shown.split()
