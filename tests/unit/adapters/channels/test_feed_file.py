"""Alerts as a feed for newsreaders: Atom or JSON Feed, in a file that is replaced as a whole."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.channels.file import AlertFileDriver
from pantau.errors import SettingsFaultError
from pantau.feeds.parse import parse_feed
from pantau.notifier.bodies.feed_entries import (
    ENTRIES,
    MOST_BYTES,
    ForeignFeedError,
    entry_of,
    feed_format,
    with_entry,
)
from pantau_schemas.events.subscription import FileChannel
from tests.unit.notifier.messages import rule_message
from tests.unit.notifier.support import TITLE, alert, message

pytestmark = pytest.mark.anyio

ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = "<b>&amp;\"' ]]>\x00\x1b[2J\r\nentry\u2028\ud800\ufffe</entry></feed> é 日本"


@pytest.fixture
async def driver() -> AsyncIterator[AlertFileDriver]:
    made = AlertFileDriver()
    yield made
    await made.close()


def parsed(document: bytes) -> ET.Element:
    """Parse a document that we wrote."""
    return ET.fromstring(document)  # noqa: S314 (our own)


def titled(title: str, name: str = "satu") -> bytes:
    """Return an alert as the only entry of an Atom feed."""
    article = alert(about=name).article.model_copy(update={"title": title, "url": title})
    about = alert(about=name, article=article, subscription_name=title, snippets=())
    return with_entry("atom", b"", entry_of(message(FileChannel(path="/a.atom"), about)))


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("/srv/banjir.atom", "atom"),
        ("/srv/BANJIR.ATOM", "atom"),
        ("/srv/banjir.feed.json", "json"),
        ("/srv/banjir.json", None),
        ("/srv/x.atom/alerts.jsonl", None),
    ],
)
def test_the_end_of_the_name_says_what_is_written(name: str, form: str | None) -> None:
    assert feed_format(name) == form


@pytest.mark.parametrize("name", ["banjir.atom", "banjir.feed.json"])
async def test_a_feed_has_the_newest_message_first_and_each_once(
    driver: AlertFileDriver, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    channel = FileChannel(path=str(path))
    for about in ("satu", "dua", "satu"):
        await driver.send(message(channel, alert(about=about)))
    await driver.send(rule_message(channel))
    read = parse_feed(path.read_bytes())
    assert len(read.items) == 3
    assert read.warnings == ()
    assert read.items[0].title.startswith("[Banjir]")
    assert read.items[1].title == f"[Banjir Jawa Tengah] {TITLE}"
    assert read.items[1].link == "https://kabar.example/satu?a=1&b=2"
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    await driver.send(message(channel, alert(about="tiga")))
    assert path.stat().st_mode & 0o777 == 0o644


async def test_a_file_that_is_no_feed_of_ours_is_never_replaced(
    driver: AlertFileDriver, tmp_path: Path
) -> None:
    contents = {
        "a.atom": '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"></feed>',
        "a.feed.json": '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        "b.atom": "tulisan",
        "b.feed.json": "[1, 2",
    }
    for name, content in contents.items():
        path = tmp_path / name
        path.write_text(content)
        with pytest.raises(SettingsFaultError, match="no feed that Pantau wrote"):
            await driver.send(message(FileChannel(path=str(path))))
        assert path.read_text() == content


async def test_a_missing_folder_waits_and_a_link_is_not_followed(
    driver: AlertFileDriver, tmp_path: Path
) -> None:
    with pytest.raises(SettingsFaultError, match="does not exist; create it"):
        await driver.send(message(FileChannel(path=str(tmp_path / "no" / "a.atom"))))
    (tmp_path / "link.atom").symlink_to(tmp_path / "other.atom")
    with pytest.raises(SettingsFaultError, match="a link, which is not followed"):
        await driver.send(message(FileChannel(path=str(tmp_path / "link.atom"))))


@given(st.text())
def test_any_title_stays_a_title_of_a_well_formed_document(title: str) -> None:
    root = parsed(titled(title))
    assert len(root.findall(f"{ATOM}entry")) == 1


def test_text_from_outside_stays_where_it_is_put() -> None:
    root = parsed(titled(NASTY))
    (entry,) = root.findall(f"{ATOM}entry")
    assert "<b>&amp;" in (entry.findtext(f"{ATOM}title") or "")
    assert "&lt;b&gt;&amp;amp;" in (entry.findtext(f"{ATOM}content") or "")
    again = with_entry("atom", titled(NASTY, "dua"), entry_of(message(FileChannel(path="/a.atom"))))
    assert len(parsed(again).findall(f"{ATOM}entry")) == 2


@pytest.mark.parametrize("form", ["atom", "json"])
def test_a_feed_keeps_the_newest_within_its_bounds(form: str) -> None:
    document = b""
    for number in range(ENTRIES + 5):
        about = alert(about=f"n{number}", subscription_name=f"{number}")
        entry = entry_of(message(FileChannel(path="/a"), about))
        document = with_entry(form, document, entry)  # type: ignore[arg-type]  # the two forms
    texts = document.decode()
    assert texts.count("urn:pantau:") - (form == "atom") == ENTRIES
    assert "[104]" in texts
    assert "[4]" not in texts
    assert len(document) < MOST_BYTES


@given(st.binary(max_size=200))
def test_no_bytes_are_taken_for_a_feed_of_ours(before: bytes) -> None:
    entry = entry_of(message(FileChannel(path="/a")))
    if before.strip():
        for form in ("atom", "json"):
            with pytest.raises(ForeignFeedError):
                with_entry(form, before, entry)


def test_a_json_feed_is_what_its_format_says() -> None:
    found = json.loads(with_entry("json", b"", entry_of(message(FileChannel(path="/a.feed.json")))))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert set(found["items"][0]) == {"id", "title", "url", "content_html", "date_published",
                                      "language"}  # fmt: skip
