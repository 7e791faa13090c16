"""The cost of a document is linear in its length, and the result is bounded."""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final

import pytest

from pantau.feeds.discovery.discover import discover_feeds
from pantau.feeds.document import ParsedFeed, UnreadableFeedError
from pantau.feeds.formats.opml import FEEDS_LIMIT, FOLDER_LIMIT, read_opml
from pantau.feeds.parse import parse_feed
from tests.cost import excess, quickest
from tests.growth.trial import LONG as LONG_PROOF

ATOM: Final = "xmlns='http://www.w3.org/2005/Atom'"
PREFIXES: Final = (
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/'"
    " xmlns:itunes='http://www.itunes.com/DTDs/PodCast-1.0.dtd' "
    "xmlns:georss='http://www.georss.org/georss'"
    " xmlns:dcterms='http://purl.org/dc/terms/'"
)
RSS: Final = f"<rss version='2.0' {PREFIXES}><channel>"
LONG: Final = "http://x.example/" + "a/" * 4_000
"""A base just within the limit, and slow to join links to."""
AROUND: Final = {
    "whole": ("", ""),
    "doctype": ("<!DOCTYPE a [", "]><rss/>"),
    "tag": ("<rss ", "><channel/></rss>"),
    "attribute": ("<rss a='", "'><channel/></rss>"),
    "channel": (RSS, "</channel></rss>"),
    "cut-off": (RSS + "<title>\u2014", ""),
    "title": (f"{RSS}<item><title>", "</title></item></channel></rss>"),
    "text": (f"{RSS}<item><description>", "</description></item></channel></rss>"),
    "cdata": (f"{RSS}<item><description><![CDATA[", "]]></description></item></channel></rss>"),
    "keywords": (f"{RSS}<item><media:keywords>", "</media:keywords></item></channel></rss>"),
    "xhtml": (f"<feed {ATOM}><entry><content type='xhtml'>", "x</content></entry></feed>"),
    "html": (f"<feed {ATOM}><entry><content type='html'>", "<b>x</b></content></entry></feed>"),
    "long base": (f"<rss version='2.0' xml:base='{LONG}'><channel>", "</channel></rss>"),
    "json": ('{"version": "https://jsonfeed.org/version/1.1", "items": [', "0]}"),
    "opml": ("<opml><body>", "</body></opml>"),
    "page": ("<html><head>", "</head></html>"),
}  # fmt: skip
SIGNS: Final = (
    "<", "</", "</a", "</a>", "</x:a", "</a b='", "<a", "<a ", "<a>", "<a/>", "<a b='",
    '<a b="c\' ', "<x:a/>", "<a b=c ", "&", "&amp;", "&lt;", "&#60;", "&#x3c;", "&bogus;",
    "&amp;lt;", "<!--", "<!---->", " <!---->", "<?a?>", " <?a?>", "<?a", "<![CDATA[",
    "<![CDATA[ ]]>", "]]>", "<!DOCTYPE a [", "<!ENTITY a '", "<x xml:base='b'/>",
    "<x xml:lang='b'/>", "<x xmlns:p='u'/>", "<x a='1' b='2' c='3'/>", "<div> </div>", " <br/>",
    "<p>x</p>", "<svg/>", "<svg><title>x</title></svg>", "<item><link>b</link></item>",
    "<link href='b'/>", "<link>b</link>", "<item/>", "<title>x</title>", "<author>a@</author>",
    "<category>a</category>", "<content/>", "<source><link href='b'/></source>",
    "<georss:line>1 2</georss:line>", "<dcterms:valid>start=1;</dcterms:valid>",
    "<itunes:keywords>a,b</itunes:keywords>", "<outline text='a'>",
    "<outline xmlUrl='http://x.example/'/>", "[],", "{},", '{"a":0},', '{"url":"b"},', "[", '{"a":',
    '"', "\\", '"\\', " ", "\n", "a,", "1 ", "a@", "\u2014", "\U0001f600", "<a href='/rss' ",
    "<script>", "<link rel=feed href=a>",
)  # fmt: skip
SHORT, TIMES = (20_000 if LONG_PROOF else 10_000), 16
# each place is tried with every fourth sign, each sign in every fourth place: time for tests is
# short
THIN = 4


ONCE_SQUARE: Final = {
    "cut-off": ("</a", "</x:a"),
    "xhtml": (" <?a?>",),
    "html": ("<div> </div>",),
    "long base": ("<x xml:base='b'/>", "<link>b</link>"),
}
"""Inputs that took time growing with the square of the length, or nearly, before it was bounded."""


def _signs(place: str) -> tuple[str, ...]:
    thin = SIGNS[list(AROUND).index(place) % THIN :: THIN]
    return tuple(dict.fromkeys((*thin, *ONCE_SQUARE.get(place, ()))))


SMALL = 65_536


def _document(place: str, sign: str, length: int) -> bytes:
    before, after = AROUND[place]
    return (before + sign * (length // len(sign.encode())) + after).encode()


def _reading(place: str) -> Callable[[bytes], object]:
    if place == "opml":
        return read_opml
    return (
        (lambda body: discover_feeds(body, "https://x.example/")) if place == "page" else parse_feed
    )


def _prepared(place: str, sign: str, length: int) -> Callable[[], None]:
    """Return the reading of one document."""
    document, read = _document(place, sign, length), _reading(place)

    def run() -> None:
        with suppress(UnreadableFeedError):
            read(document)

    return run


@pytest.mark.parametrize("place", AROUND)
def test_sixteen_times_the_document_takes_about_sixteen_times_the_time(place: str) -> None:
    """Compare with quadratic growth, which takes 256 times the time."""

    def found(sign: str) -> float:
        return excess(partial(_prepared, place, sign), SHORT, times=TIMES, allowed=2.0)

    assert [sign for sign in _signs(place) if found(sign) >= 2.0] == []


@pytest.mark.parametrize("place", AROUND)
def test_a_document_that_is_read_without_limits_takes_little_time(place: str) -> None:
    """Hold what allows small documents to be read in the program's own process.

    0.1 s or so, 3 s for slow machines.
    """
    dear = [sign for sign in _signs(place) if quickest(_prepared(place, sign, SMALL), 3.0) >= 3.0]
    assert dear == []


def _size(feed: ParsedFeed) -> int:
    return sum(
        len(one.title)
        + len(one.text)
        + len(one.link or "")
        + len(one.guid or "")
        + len(one.author or "")
        + sum(map(len, one.tags))
        for one in feed.items
    )


@pytest.mark.parametrize(
    "body",
    [
        f"<rss version='2.0' xml:base='{LONG}'><channel>{'<item><link>b</link></item>' * 9_000}</channel></rss>",
        f"<feed {ATOM} xml:base='{LONG}'>"
        + "<entry><link href='b'/><id>b</id></entry>" * 9_000
        + "</feed>",
        f"<rss version='2.0' xml:base='{LONG}'><channel>"
        + "<item><guid isPermaLink='true'>/b</guid></item>" * 9_000
        + "</channel></rss>",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "feed_url": LONG,
                "items": [{"id": 1, "url": "b"}] * 9_000,
            }
        ),
    ],
    ids=["rss", "atom", "guid", "json"],
)
def test_links_do_not_repeat_a_long_base_without_end(body: str) -> None:
    feed = parse_feed(body.encode())
    assert len(feed.items) == 9_000
    assert _size(feed) < 5 * len(body) + 500_000
    assert any("relative links were left out" in one for one in feed.warnings)


def test_absolute_links_and_ordinary_relative_ones_are_all_kept() -> None:
    items = "".join(
        f"<item><link>/berita/{n}</link></item><item><link>http://y.example/{n}</link></item>"
        for n in range(5_000)
    )
    feed = parse_feed(
        f"{RSS}{items}</channel></rss>".encode(), url="https://www.contoh.example/kanal/terkini.xml"
    )
    assert feed.warnings == ()
    assert feed.items[-2].link == "https://www.contoh.example/berita/4999"


@pytest.mark.parametrize("nest", ["[" * 400 + "]" * 400 + ",", "{},", '{"":{}},'])
def test_json_of_many_containers_is_refused_before_it_is_built(nest: str) -> None:
    with pytest.raises(UnreadableFeedError, match="more than 300,000 objects and lists"):
        parse_feed(_document("json", nest, 3_000_000))


def test_brackets_in_the_strings_of_json_are_none() -> None:
    body = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"content_text": '[{"\\' * 100_000}],
        }
    )
    assert len(parse_feed(body.encode()).items[0].text) > 40_000


def test_tags_of_a_document_are_bounded() -> None:
    feed = parse_feed(
        (
            RSS
            + f"<item><media:keywords>{'a,' * 190}</media:keywords></item>" * 1_000
            + "</channel></rss>"
        ).encode()
    )
    assert len(feed.items) == 1_000
    assert "it has 190,000 tags; only the first 150,000 were read" in feed.warnings


def test_a_namespace_is_not_written_out_for_each_element() -> None:
    feed = parse_feed(f"<rss xmlns='{'u' * 100_000}'>{'<a/>' * 100_000}</rss>".encode())
    assert "namespaces beyond the limits, and what names them, were left out" in feed.warnings


def test_names_of_folders_are_not_repeated_without_end() -> None:
    folders = f"<outline text='{'n' * 1_000}'>" * 200
    feeds = "".join(f"<outline xmlUrl='http://x.example/{n}'/>" for n in range(FEEDS_LIMIT + 5))
    found = read_opml(f"<opml><body>{folders}{feeds}{'</outline>' * 200}</body></opml>".encode())
    assert {len(one.folder or "") for one in found.feeds} == {FOLDER_LIMIT}
    assert len(found.feeds) == FEEDS_LIMIT
    assert found.warnings == (
        f"it lists {FEEDS_LIMIT + 5:,} feeds; only the first {FEEDS_LIMIT:,} are read",
    )


def test_warnings_of_a_list_are_bounded() -> None:
    found = read_opml(_document("opml", "<outline xmlUrl='x'/>", 21 * 5_000))
    assert len(found.warnings) == 101
    assert found.warnings[-1] == "4,900 more like these"
