"""Feeds of our own beside what must be read from them."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from pantau.feeds.parse import parse_feed

FEEDS = Path(__file__).parents[2] / "data" / "feeds"
NAMES = sorted(
    path.name
    for path in FEEDS.iterdir()
    if path.suffix in {".xml", ".json"} and ".expected" not in path.name
)


def test_there_are_feeds() -> None:
    assert len(NAMES) >= 6


@pytest.mark.parametrize("name", NAMES)
def test_feed_is_read_as_expected(name: str) -> None:
    feed = parse_feed((FEEDS / name).read_bytes())
    read = json.loads(json.dumps(asdict(feed), default=str))
    assert read == json.loads((FEEDS / f"{name}.expected.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "encoding",
    ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_encodings_that_the_bytes_tell(encoding: str) -> None:
    text = (FEEDS / "penuh-rss20.xml").read_text("utf-8").partition("?>")[2].lstrip()
    feed = parse_feed(text.encode(encoding), content_type="text/xml; charset=iso-8859-1")
    assert feed.items == parse_feed((FEEDS / "penuh-rss20.xml").read_bytes()).items
    assert feed.warnings == ()
