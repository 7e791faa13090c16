"""The result of a reading crosses to another process unchanged, and nothing else does."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.adapters.processes import wire
from pantau.feeds.discovery.discover import FoundFeed
from pantau.feeds.document import ParsedFeed, ParsedItem
from pantau.feeds.formats.opml import OpmlFeed, OpmlList
from pantau.poller.reading.readings import FEED, OPML, NoFeed, about_feed
from pantau.ports import Reading

text = st.text(st.characters(), max_size=20)
maybe = st.none() | text
moment = st.none() | st.datetimes(
    datetime(1900, 1, 2),  # noqa: DTZ001 (aware by `timezones`)
    datetime(2200, 1, 1),  # noqa: DTZ001 (as above)
    timezones=st.just(UTC),
)
items = st.builds(
    ParsedItem, maybe, maybe, text, text, maybe, st.lists(text, max_size=3).map(tuple), moment
)
feeds = st.builds(
    ParsedFeed,
    format=text,
    title=maybe,
    link=maybe,
    language=maybe,
    items=st.lists(items, max_size=3).map(tuple),
    warnings=st.lists(text, max_size=3).map(tuple),
    ttl_seconds=st.none() | st.integers(0, 10**9),
)
refusals = st.builds(
    NoFeed, text, st.lists(st.builds(FoundFeed, text, maybe, text), max_size=2).map(tuple)
)
lists = st.builds(
    OpmlList,
    st.lists(st.builds(OpmlFeed, text, maybe, maybe, maybe), max_size=3).map(tuple),
    st.lists(text, max_size=3).map(tuple),
)


def _across(reading: Reading[Any], result: Any) -> Any:
    return reading.unpack(wire.unpack(wire.pack(reading.pack(result))))


@given(feeds | refusals)
def test_a_feed_crosses_unchanged(result: ParsedFeed | NoFeed) -> None:
    assert _across(FEED, result) == result


@given(lists | refusals)
def test_a_list_of_feeds_crosses_unchanged(result: OpmlList | NoFeed) -> None:
    assert _across(OPML, result) == result


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | text | st.sampled_from(["feed", "opml", "no"]),
    lambda inner: st.lists(inner, max_size=7) | st.dictionaries(text, inner, max_size=2),
    max_leaves=20,
)


@given(json_values)
def test_whatever_else_is_said_is_refused_or_of_the_right_types(said: Any) -> None:
    for reading, kinds in ((FEED, (ParsedFeed, NoFeed)), (OPML, (OpmlList, NoFeed))):
        try:
            found = reading.unpack(said)
        except (ValueError, TypeError):
            continue
        assert isinstance(found, kinds)
        assert _across(reading, found) == found


def test_a_page_names_its_feeds_only_where_they_are_asked_for() -> None:
    page = b"<html><head><link rel=alternate type='application/rss+xml' href='/rss'></head></html>"
    asked = FEED.read(page, about_feed("https://x.example/", discover=True))
    assert isinstance(asked, NoFeed)
    assert asked.candidates == (FoundFeed("https://x.example/rss", None, "rss"),)
    assert FEED.read(page, about_feed("https://x.example/")) == NoFeed(asked.reason)


@pytest.mark.parametrize("about", [{}, {"content_type": "text/x-opml"}])
def test_a_list_that_is_none_says_so(about: dict[str, str | None]) -> None:
    assert OPML.read(b"<rss/>", about) == NoFeed("no OPML: its root element is <rss>")
