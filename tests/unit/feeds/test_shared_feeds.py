"""Feeds of other projects' tests, read where they are, against what their authors expect."""

import re
from pathlib import Path

import pytest

from pantau.common.text.normal_text import normalise_text
from pantau.feeds.document import ParsedFeed, UnreadableFeedError
from pantau.feeds.parse import parse_feed

EMPTY = {"rss_empty_document.xml"}


def _content_type(body: bytes) -> str | None:
    header = re.search(rb"Header:\s*Content-type:\s*([^\r\n]+)", body, re.IGNORECASE)
    return header[1].decode("ascii", "replace").strip() if header else None


def _read(path: Path) -> ParsedFeed:
    body = path.read_bytes()
    return parse_feed(body, content_type=_content_type(body))


def test_every_ordinary_feed_is_read_whole(shared_data: Path) -> None:
    paths = sorted((shared_data / "feeds").glob("*.xml"))
    assert paths
    for path in paths:
        feed = _read(path)
        outside = re.sub(
            rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", b"", path.read_bytes(), flags=re.DOTALL
        )
        items = re.findall(rb"<(?:item|entry)[\s>]", outside)
        assert len(feed.items) == len(items), path.name
        assert feed.warnings == (), path.name
        for item in feed.items:
            assert not re.search(
                r"&(?:amp|lt|gt|quot|#\d+);|</(?:p|div|a)>", item.title + item.text
            ), path.name
            assert item.link is None or item.link.startswith(("http://", "https://")), path.name


def test_every_json_feed_is_read_whole(shared_data: Path) -> None:
    for path in sorted((shared_data / "feeds").glob("*.json")):
        assert len(_read(path).items) == path.read_bytes().count(b'"title"') - 1, path.name


def test_every_tortured_feed_is_read_or_refused(shared_data: Path) -> None:
    refused = set()
    for path in sorted((shared_data / "feeds-torture").rglob("*.xml")):
        try:
            _read(path)
        except UnreadableFeedError:
            refused.add(path.name)
    assert refused == EMPTY


@pytest.mark.parametrize(
    ("folder", "pattern", "field"),
    [
        ("encoding", r"entries\[0\]\['description'\] == '(.*)'$", "text"),
        ("illformed", r"entries\[0\].link == '(.*)'$", "link"),
    ],
)
def test_what_their_authors_expect_of_items(
    shared_data: Path, folder: str, pattern: str, field: str
) -> None:
    checked = 0
    for path in sorted((shared_data / "feeds-torture" / folder).rglob("*.xml")):
        body = path.read_bytes()
        expected = re.search(r"Expect:\s*([^\r\n]*)", body.decode("latin-1"))
        wanted = re.search(pattern, expected[1].strip()) if expected else None
        if wanted is None or "<" in wanted[1] or "&#" in wanted[1]:  # markup, which we give as text
            continue
        value = normalise_text(wanted[1].encode("ascii").decode("unicode-escape"))
        assert getattr(_read(path).items[0], field) == value, path.name
        checked += 1
    assert checked
