"""Reading of feeds: RSS, RDF, Atom, JSON Feed, whole or broken."""

from urllib.parse import urlsplit

from fuzz.promises import answer, require, require_clean
from pantau.feeds.document import ITEMS_LIMIT, ParsedFeed, ParsedItem, UnreadableFeedError
from pantau.feeds.parse import parse_feed
from pantau_schemas.events.article import TEXT_LIMIT, TITLE_LIMIT

KIND = "markup"
MAX_LEN = 6_000
URL = "https://kabar.example/umpan/"
SEEDS = (
    (
        b"<?xml version='1.0' encoding='utf-8'?><rss "
        b"version='2.0'><channel><title>Kabar</title><link>/</link>"
        b"<item><title>Banjir &amp; longsor</title><link>satu</link><guid "
        b"isPermaLink='false'>1</guid>"
        b"<description>&lt;p&gt;Air naik.&lt;/p&gt;</description><pubDate>Mon, 02 Mar 2026 "
        b"08:00:00 +0700</pubDate>"
        b"<category>cuaca</category></item></channel></rss>"
    ),
    (
        b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://a.example/b/'><title "
        b"type='html'>A &lt;b&gt;b</title>"
        b"<entry><id>urn:1</id><title>Satu</title><link "
        b"href='c?d=1#e'/><updated>2026-03-02T08:00:00Z</updated>"
        b"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Isi <br/> "
        b"lagi</p></div></content></entry></feed>"
    ),
    (
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        b"xmlns='http://purl.org/rss/1.0/'>"
        b"<channel><title>R</title></channel><item "
        b"rdf:about='x'><title>T</title><description><![CDATA[<i>a</i>]]>"
        b"</description></item></rdf:RDF>"
    ),
    (
        b'{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","url":"a","title":"T",'
        b'"content_html":"<p>x</p>","date_published":"2026-03-02T08:00:00+07:00","tags":["a"],"authors":[{"name":"N"}]}]}'
    ),
    b"<rss><channel><item><title>patah</title><description>a <b>tak ditutup & lain",
    (
        b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss "
        b"version='2.0'><channel><item><title>&a;</title></item></channel></rss>"
    ),
)


def check(data: bytes) -> None:
    """Read a document; what comes out is plain text within its limits."""
    feed: ParsedFeed | None = answer(lambda: parse_feed(data, url=URL), UnreadableFeedError)
    if feed is None:
        return
    require(len(feed.items) <= ITEMS_LIMIT, "items are limited", len(feed.items))
    require_clean(feed.title, "the feed's title", kept="")
    for item in feed.items:
        _check_item(item)
    size = sum(len(item.text) + len(item.title) + len(item.link or "") for item in feed.items)
    require(
        size <= 50 * len(data) + 10_000,
        "the text of all items is of the size of the document",
        size,
        len(data),
    )


def _check_item(item: ParsedItem) -> None:
    require(
        len(item.title) <= TITLE_LIMIT and len(item.text) <= TEXT_LIMIT,
        "texts are limited",
        len(item.text),
    )
    for text in (item.title, item.author, *item.tags):
        require_clean(text, "title, author, tags", kept="")
    require_clean(item.text, "the text")
    require(
        item.published is None or item.published.tzinfo is not None,
        "times have a zone",
        item.published,
    )
    if item.link is not None:
        require_clean(item.link, "the link", kept="")
        require(urlsplit(item.link).scheme != "javascript", "links lead to no script", item.link)
