import base64
import http.server
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pantau.cli import run
from pantau.feeds.formats.opml import read_opml
from tests.http_server import serving
from tests.unit.poller.polling import rss

PAGE = b"<!doctype html><html><head><title>Berita</title>%s</head><body>x</body></html>"
LINK = b'<link rel="alternate" type="application/rss+xml" title="%s" href="%s">'
PAGES = {
    "/rss": rss("Banjir Demak", "Gempa Garut"),
    "/other": rss("Lain"),
    "/page": PAGE % (LINK % (b"Semua", b"/rss")),
    "/pages": PAGE % (LINK % (b"Semua", b"/rss") + LINK % (b"Lain", b"/other")),
    "/bare": PAGE % b"",
    "/text": b"not a feed",
    "/index.xml?news": (
        b"<sitemapindex><sitemap><loc>/news.xml</loc></sitemap><sitemap><loc>/gone.xml</loc>"
        b"</sitemap></sitemapindex>"
    ),
    "/news.xml": (
        b"<urlset xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>/banjir</loc>"
        b"<n:news><n:title>Banjir Demak</n:title></n:news></url></urlset>"
    ),
    "/daftar": b"<html><ul><li><a href='/1'>Satu</a></li><li><a href='/2'>Dua</a></li></ul></html>",
    "/closed.xml": rss("Bagi pelanggan"),
    "/agents": rss("Dengan kunci"),
    "/latin": rss("Caf\xe9").decode().encode("latin-1"),
    "/@sari.rss": rss("Kabar Sari"),
    "/odd": rss("Satu").replace(b"<title>Berita", b"<title>Warta \x1b[31m&amp; "),
}


LOGIN = "Basic " + base64.b64encode(b"sari:rahasia").decode()


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path)
        if self.path.startswith("/closed") and self.headers["Authorization"] != LOGIN:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="redaksi"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.path == "/agents" and self.headers["X-Kunci"] != "7":
            body = None
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is the base class's)
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with serving(Pages) as address:
        yield address


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PANTAU_FETCH__ALLOW_NETWORKS", '["127.0.0.0/8"]')
    monkeypatch.setenv("COLUMNS", "120")


def feeds(*arguments: str) -> int:
    return run(["feeds", *arguments])


def listed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert feeds("list", "--json") == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_add_checks_the_feed_and_takes_its_title(
    site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert feeds("add", f"{site}/rss") == 0
    assert "2 articles now" in capsys.readouterr().out
    (feed,) = listed(capsys)
    assert (feed["url"], feed["title"], feed["status"]) == (f"{site}/rss", "Berita", "new")
    assert feeds("add", f"{site}/rss") == 0
    assert "already watched" in capsys.readouterr().out
    assert (
        feeds("add", f"{site}/rss", "--title", "Meja", "--interval", "60", "--source", "meja") == 0
    )
    assert "changed" in capsys.readouterr().out
    (feed,) = listed(capsys)
    assert (feed["title"], feed["interval_seconds"], feed["source"]) == ("Meja", 60, "meja")


def test_of_a_web_page_its_feed_is_added(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert feeds("add", f"{site}/page") == 0
    assert [feed["url"] for feed in listed(capsys)] == [f"{site}/rss"]


def test_several_feeds_of_a_page_are_listed_to_choose_from(
    site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert feeds("add", f"{site}/pages") == 1
    told = capsys.readouterr().err
    assert f"{site}/rss  Semua" in told
    assert f"{site}/other  Lain" in told
    assert listed(capsys) == []


def test_what_is_no_feed_is_not_added_but_the_others_are(
    site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert feeds("add", f"{site}/text", f"{site}/none", f"{site}/rss") == 1
    told = capsys.readouterr().err
    assert f"not added: {site}/none: 404 Not Found" in told
    assert f"not added: {site}/text" in told
    assert "--no-check" in told
    assert [feed["url"] for feed in listed(capsys)] == [f"{site}/rss"]


def test_a_page_that_names_no_feed_leads_to_the_usual_places(
    site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert feeds("add", f"{site}/bare") == 0
    assert f"{site}/bare leads to the feed {site}/rss" in capsys.readouterr().err
    assert feeds("test", f"{site}/@sari") == 0
    assert "Kabar Sari" in capsys.readouterr().out
    assert [feed["url"] for feed in listed(capsys)] == [f"{site}/rss"]


def test_pages_and_indexes_of_sitemaps_are_polled_as_feeds(
    site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert feeds("add", f"{site}/daftar", "--page", "--item", "li", "--tag", "daerah") == 0
    assert "2 articles now" in capsys.readouterr().out
    assert feeds("add", f"{site}/index.xml?news") == 0
    assert run(["run", "--once"]) == 0
    assert {(one["status"], one["articles"]) for one in listed(capsys)} == {("ok", 2), ("ok", 1)}
    assert run(["search", "tags:daerah", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 2


def test_a_feed_is_polled_before_its_turn_when_asked(
    site: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_POLL__DOMAIN_GAP_SECONDS", "0")
    assert feeds("add", f"{site}/rss") == 0
    assert feeds("add", f"{site}/other") == 0
    assert feeds("pause", f"{site}/other") == 0
    assert run(["run", "--once"]) == 0
    assert run(["run", "--once"]) == 0
    assert {one["polls"] for one in listed(capsys)} == {1, 0}
    assert feeds("poll") == 0
    told = capsys.readouterr()
    assert told.out.startswith("due now: ")
    assert "1 paused" in told.err
    assert run(["run", "--once"]) == 0
    assert {one["polls"] for one in listed(capsys)} == {2, 0}


def test_selectors_that_cannot_be_used(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert feeds("test", f"{site}/daftar", "--page", "--item", "li:first-child") == 2
    assert "cannot be read at character 3" in capsys.readouterr().err
    assert feeds("test", f"{site}/daftar", "--item", "li") == 2
    assert "--page" in capsys.readouterr().err
    assert feeds("test", f"{site}/daftar", "--page", "--item", ".none") == 1
    assert "no element matches .none" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["{}/rss", "feed://{}/rss", "feed:{}/rss", "feed:http://{}/rss"])
def test_a_host_that_has_no_https_is_asked_over_http(
    form: str, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert feeds("add", form.format(site.removeprefix("http://"))) == 0
    assert [feed["url"] for feed in listed(capsys)] == [f"{site}/rss"]


def test_no_check_adds_blindly_but_never_nonsense(capsys: pytest.CaptureFixture[str]) -> None:
    assert feeds("add", "--no-check", "http://user:secret@10.0.0.1/rss", "berita.example/rss") == 0
    assert [feed["url"] for feed in listed(capsys)] == [
        "http://10.0.0.1/rss",
        "https://berita.example/rss",
    ]
    assert feeds("add", "--no-check", "ftp://berita.example/rss") == 2
    assert "only http and https" in capsys.readouterr().err


def test_a_private_address_is_refused_with_the_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert feeds("add", "http://10.0.0.1/rss") == 1
    assert "10.0.0.1 is a private address; if it is meant to be reached" in capsys.readouterr().err


def test_usage_errors(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert feeds("add", "--title", "x", f"{site}/rss", f"{site}/other") == 2
    assert feeds("add", "--interval", "5", f"{site}/rss") == 2
    assert feeds("remove", "nothing") == 2
    assert "no feed has the address, title or id 'nothing'" in capsys.readouterr().err


def test_feeds_are_found_by_address_id_and_start_of_id(
    site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    feeds("add", f"{site}/rss", f"{site}/other")
    first, second = listed(capsys)
    assert feeds("pause", first["id"][:6]) == 0
    assert {feed["id"]: feed["status"] for feed in listed(capsys)} == {
        first["id"]: "paused",
        second["id"]: "new",
    }
    assert feeds("resume", first["id"]) == 0
    assert feeds("remove", first["url"].replace("http:", "HTTP:"), second["id"][:5]) == 0
    assert listed(capsys) == []


def test_the_list_shows_each_problem(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    feeds("add", f"{site}/odd", f"{site}/rss")
    feeds("add", "--no-check", f"{site}/none")
    assert run(["run", "--once"]) == 0
    capsys.readouterr()
    assert feeds("list") == 0
    shown = capsys.readouterr().out
    assert "404 Not Found: there is no feed at this address" in shown
    assert "\x1b[31m" not in shown
    assert "3 feeds: " in shown
    assert "1 error" in shown
    assert feeds("list", "--problems") == 0
    assert f"{site}/rss" not in capsys.readouterr().out


def test_an_empty_list_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert feeds("list") == 0
    assert "pantau feeds add" in capsys.readouterr().out


def test_import_and_export_agree(
    tmp_path: Path, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "in.opml"
    file.write_text(
        '<opml version="2.0"><head/><body><outline text="Nasional">'
        f'<outline type="rss" text="A &amp; B" xmlUrl="{site}/rss"/></outline>'
        f'<outline type="rss" text="Lain" xmlUrl="{site}/other"/>'
        '<outline type="rss" text="Salah" xmlUrl="http://example.org:25/"/></body></opml>',
        encoding="utf-8",
    )
    feeds("add", f"{site}/other")
    assert feeds("import", str(file)) == 0
    captured = capsys.readouterr()
    assert "1 feed added, 1 watched already, 1 left out" in captured.out
    assert "port 25" in captured.err
    out = tmp_path / "out.opml"
    assert feeds("export", str(out)) == 0
    found = {(one.url, one.title, one.folder) for one in read_opml(out.read_bytes()).feeds}
    assert found == {(f"{site}/rss", "A & B", "Nasional"), (f"{site}/other", "Berita", None)}
    assert out.stat().st_mode & 0o777 == 0o600  # addresses may hold passwords
    (tmp_path / "link.opml").symlink_to(file)
    assert feeds("export", str(tmp_path / "link.opml")) == 2
    assert "name the file that it leads to" in " ".join(capsys.readouterr().err.split())
    assert b"Salah" in file.read_bytes()


def test_import_of_what_is_no_opml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "in.opml"
    file.write_bytes(rss("Satu"))
    assert feeds("import", str(file)) == 2
    assert feeds("import", str(tmp_path / "none.opml")) == 2
    told = capsys.readouterr().err
    assert "expected an OPML file" in told
    assert "or a list of addresses, one a line" in " ".join(told.split())
    assert "No such file" in told


def test_test_shows_what_would_come_and_saves_nothing(
    tmp_path: Path, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert feeds("test", f"{site}/rss") == 0
    shown = capsys.readouterr().out
    assert "Berita (rss20): 2 articles" in shown
    assert "Banjir Demak" in shown
    file = tmp_path / "saved.xml"
    file.write_bytes(rss("Satu"))
    assert feeds("test", str(file), "--json") == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Satu"
    assert feeds("test", f"{site}/pages") == 1
    assert f"{site}/other" in capsys.readouterr().err
    assert not (tmp_path / "data" / "pantau.db").exists()


def test_test_asks_for_a_watched_feed_with_its_own_settings(
    tmp_path: Path, site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "sandi"
    secret.write_text("rahasia")
    closed = f"{site}/closed.xml"
    assert feeds("test", closed) == 1
    assert feeds("add", closed, f"{site}/agents", "--no-check") == 0
    assert feeds("edit", closed, "--login", "sari", "--password-file", str(secret)) == 0
    assert feeds("edit", f"{site}/agents", "--header", "X-Kunci: 7") == 0
    capsys.readouterr()
    assert feeds("test", closed) == 0
    told = capsys.readouterr()
    assert "Bagi pelanggan" in told.out
    assert "this feed is watched" in told.err
    assert "rahasia" not in told.out + told.err
    assert feeds("test", f"{site}/agents", "--json") == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Dengan kunci"
    assert feeds("list", "--json") == 0
    identifier = json.loads(capsys.readouterr().out.splitlines()[0])["id"]
    assert feeds("test", identifier[:8]) == 0
    assert feeds("add", closed, "--title", "Pelanggan") == 0  # with its login, too
    assert feeds("test", f"{site}/agents2") == 1  # another address of the site is no watched feed


def test_test_reads_a_watched_feed_in_its_encoding(
    site: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert feeds("add", f"{site}/latin", "--no-check") == 0
    assert feeds("edit", f"{site}/latin", "--encoding", "cp1251") == 0
    capsys.readouterr()
    assert feeds("test", f"{site}/latin", "--json") == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Caf\u0439"


@pytest.mark.parametrize(
    "command", ["", "add", "list", "test", "remove", "pause", "resume", "import", "export", "parse"]
)
def test_every_help_has_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert feeds(*[command] if command else [], "--help") == 0
    assert "Example" in capsys.readouterr().out


def test_a_limited_feed_is_shown_with_how_many_of_its_articles_wait(
    site: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_POLL__ARTICLES_PER_DAY", "1")
    assert feeds("add", f"{site}/rss") == 0
    assert run(["run", "--once"]) == 0
    told = (
        "limited: 1 of today's articles wait; it gave more than 1 in a day (poll.articles_per_day)"
    )
    (feed,) = listed(capsys)
    assert (feed["status"], feed["problem"]) == ("limited", told)
    assert (feed["waiting"], feed["day_articles"], feed["articles"]) == (1, 1, 1)
    assert feeds("list", "--problems") == 0
    out = capsys.readouterr().out
    assert "limited: 1 of today's articles wait" in out
    assert "1 feed: 1 limited" in out
