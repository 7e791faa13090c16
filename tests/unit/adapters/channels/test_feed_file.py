"""Alerts as a feed for newsreaders: Atom or JSON Feed, in a file that is replaced as a whole."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.channels.file import AlertFileDriver, put_entry
from pantau.adapters.files.lock_beside import lock_beside
from pantau.adapters.files.private_files import write_export
from pantau.errors import RetryError, SettingsFaultError
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
from tests.support import START
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


@pytest.mark.parametrize("form", ["atom", "json"])
@given(order=st.permutations(range(6)))
def test_a_feed_is_the_same_in_whatever_order_it_is_written(form: Any, order: list[int]) -> None:
    def written(numbers: Iterable[int]) -> bytes:
        document = b""
        for number in numbers:
            late = START + timedelta(seconds=number)
            about = alert(about=f"n{number}", matched_at=late, subscription_name="Banjir")
            document = with_entry(form, document, entry_of(message(FileChannel(path="/a"), about)))
        return document

    assert written(order) == written(range(6))


@pytest.mark.parametrize("name", ["a.atom", "a.feed.json"])
async def test_members_that_write_one_feed_at_the_same_time_lose_no_entry(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one waits in the middle of its change until all others wait for it, or are over."""
    at_once = threading.Barrier(4)

    def slow(path: Path, content: bytes) -> None:
        with suppress(threading.BrokenBarrierError):
            at_once.wait(0.2)  # without a lock all four are here, with what they read before
        write_export(path, content)

    monkeypatch.setattr("pantau.adapters.channels.file.write_export", slow)
    drivers = [AlertFileDriver() for _ in range(4)]
    path = tmp_path / name
    try:
        sent = (
            one.send(message(FileChannel(path=str(path)), alert(about=f"n{number}")))
            for number, one in enumerate(drivers)
        )
        await asyncio.gather(*sent)
    finally:
        for one in drivers:
            await one.close()
    assert len(parse_feed(path.read_bytes()).items) == 4


async def test_a_feed_that_another_process_keeps_locked_is_tried_again(
    driver: AlertFileDriver, tmp_path: Path
) -> None:
    path = tmp_path / "a.atom"
    with lock_beside(path), pytest.raises(RetryError, match="another process is changing it"):
        put_entry(path, "atom", entry_of(message(FileChannel(path=str(path)))), wait_seconds=0)
    await driver.send(message(FileChannel(path=str(path))))
    assert path.exists()


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
