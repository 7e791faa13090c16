import json
import subprocess
import sys
from pathlib import Path

from pantau_schemas.ids import article_id, feed_id

CODE = (
    "import sys; from pantau.commands.feeds.parse import parse; sys.exit(parse.main(sys.argv[1:], "
    "'parse', standalone_mode=False))"
)


def _run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", CODE, *arguments], input=given, capture_output=True, check=False
    )


def test_one_line_an_item(feeds: Path) -> None:
    name = str(feeds / "penuh-rss20.xml")
    done = _run(name)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()
    assert [sorted(line) for line in lines] == [
        ["author", "feed", "id", "published", "tags", "text", "title", "url"],
        ["author", "feed", "id", "published", "text", "title", "url"],
        ["feed", "id", "text", "title"],
    ]
    assert lines[0]["published"] == "2022-09-09T01:15:00.000Z"
    assert lines[0]["id"] == article_id(link="https://kabar.example/daerah/jembatan-harapan?id=12")
    assert lines[2]["id"] == article_id(
        link=None, feed_id=feed_id(name), title=lines[2]["title"] or lines[2]["text"][:200]
    )
    assert {line["feed"] for line in lines} == {name}


def test_what_is_no_feed_fails_and_the_others_go_on(feeds: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"<html><body>x</body></html>")
    done = _run(str(page), str(tmp_path / "absent.xml"), str(feeds / "atom10.xml"))
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    errors = done.stderr.decode().splitlines()
    assert [line.startswith("error: ") for line in errors] == [True, True]
    assert "web page" in errors[0]


def test_a_malformed_feed_warns_and_succeeds(feeds: Path) -> None:
    done = _run(str(feeds / "rusak.xml"))
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert done.stderr.startswith(b"warning: ")


def test_standard_input_and_the_base_of_links() -> None:
    given = (
        b"<rss version='2.0'><channel><item><link>/a</link></item><item><guid "
        b"isPermaLink='false'>g</guid></item></channel></rss>"
    )
    lines = [
        json.loads(line)
        for line in _run("-", "--base-url", "https://x.id/rss", given=given).stdout.splitlines()
    ]
    assert [line.get("url") for line in lines] == ["https://x.id/a", None]
    assert lines[1]["id"] == article_id(link=None, feed_id=feed_id("https://x.id/rss"), guid="g")
    assert lines[0]["feed"] == "-"
