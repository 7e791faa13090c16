"""Documents made to harm: they end quickly, with a reason."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from pantau.feeds.discovery.discover import discover_feeds
from pantau.feeds.document import ParsedFeed, UnreadableFeedError
from pantau.feeds.formats.opml import read_opml
from pantau.feeds.html.text import html_to_text
from pantau.feeds.parse import parse_feed
from tests.growth.measure import unit

Wrap = Callable[[str], bytes]
LAUGHS = "<!DOCTYPE r [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(97 + n)} '{f'&{chr(96 + n)};' * 10}'>" for n in range(1, 10)
)
QUICK = 10.0  # seconds of processor time; each takes below one here, the rest is for slow machines


def _refused(body: bytes) -> str:
    started = time.thread_time()
    with pytest.raises(UnreadableFeedError) as refusal:
        parse_feed(body)
    assert time.thread_time() - started < QUICK * unit()
    return str(refusal.value)


def _read(body: bytes) -> ParsedFeed:
    started = time.thread_time()
    feed = parse_feed(body)
    assert time.thread_time() - started < QUICK * unit()
    return feed


def test_a_billion_laughs() -> None:
    feed = _read(f"{LAUGHS}]><rss><channel><title>&j;</title></channel></rss>".encode())
    assert feed.title == "&j;"
    assert "made of other entities; they were left out" in feed.warnings[0]


def test_a_billion_laughs_as_opml() -> None:
    body = f"{LAUGHS}]><opml><body><outline text='&j;' xmlUrl='https://x.id/'/></body></opml>"
    found = read_opml(body.encode())
    assert found.feeds[0].title == "&j;"
    assert "made of other entities" in found.warnings[0]


@pytest.mark.parametrize("length", [1_900, 100_000])
def test_quadratic_blow_up(length: int) -> None:
    body = (
        f"<!DOCTYPE r [<!ENTITY a '{'x' * length}'>]><rss><channel><title>{'&a;' * 50_000}</title>"
        "<item><title>Kabar</title></item></channel></rss>"
    )
    feed = _read(body.encode())
    assert [one.title for one in feed.items] == ["Kabar"]
    assert len(feed.title or "") <= 2_000
    assert "were left out" in feed.warnings[0]


def test_external_entities_are_not_fetched(rss: Wrap, tmp_path: object) -> None:
    del tmp_path
    declared = (
        b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/hostname'><!ENTITY % p SYSTEM "
        b"'http://127.0.0.1:9/'> %p;]>"
    )
    feed = parse_feed(declared + rss("<item><title>a &x; b</title></item>"))
    assert feed.items[0].title == "a &x; b"
    assert "not fetched" in feed.warnings[0]


@pytest.mark.parametrize("depth", [300, 100_000])
@pytest.mark.parametrize("closed", [True, False])
def test_deep_nesting(depth: int, closed: bool) -> None:
    inside = "<x>" * depth + "</x>" * depth * closed
    body = f"<rss><channel><item>{inside}</item><item><title>B</title></item></channel></rss>"
    feed = _read(body.encode())
    assert [one.title for one in feed.items] == ["", "B"]
    assert "elements nested more than 256 deep were left out" in feed.warnings


def test_nesting_that_pages_have_is_read(rss: Wrap) -> None:
    body = rss("<item><description>" + "<b>" * 50 + "dalam" + "</b>" * 50 + "</description></item>")
    assert parse_feed(body).items[0].text == "dalam"


@pytest.mark.parametrize(
    "body",
    [
        b"<" * 10_000_000,
        b"<rss>" + b"&" * 5_000_000,
        b"<!DOCTYPE r [" + b"<!ENTITY a 'x'>" * 100_000 + b"]><rss/>",
        b"<!DOCTYPE" * 500_000,
        b"<!--" * 1_000_000,
        b"[" * 1_000_000,
    ],
)
def test_floods_are_refused(body: bytes) -> None:
    _refused(body)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<rss " + b" ".join(b"a%d='1'" % n for n in range(100_000)) + b"><channel>", b""),
        (
            b"<rss "
            + b" ".join(b"xmlns:a%d='u%d'" % (n, n) for n in range(50_000))
            + b"><channel>",
            b"",
        ),
        (b"<rss xmlns='" + b"u" * 100_000 + b"'><channel>", b"<x/>" * 100_000),
        (b"<rss><channel>", b"<item/>" * 400_000),
        (b"<rss><channel>", b"<x xmlns:a='u'/>" * 150_000),
    ],
)
def test_what_goes_beyond_a_limit_costs_that_part_alone(before: bytes, after: bytes) -> None:
    feed = _read(before + b"<item><title>Kabar</title></item>" + after + b"</channel></rss>")
    assert feed.items[0].title == "Kabar"
    assert any("left out" in one for one in feed.warnings)


@pytest.mark.parametrize(
    "item",
    [
        "<author>" + "a" * 1_000_000 + "</author>",
        "<author>" + "a@" * 500_000 + "</author>",
        "".join(f"<category>k{n}</category>" for n in range(20_000)),
        "<pubDate>" + "1" * 1_000_000 + "</pubDate>",
        "<title>" + "&lt;b" * 100_000 + "</title>",
        "<description>" + "&lt;div&gt;" * 100_000 + "</description>",
        "<link>" + "/" * 1_000_000 + "</link>",
    ],
)
def test_floods_within_an_item_are_read(rss: Wrap, item: str) -> None:
    started = time.thread_time()
    assert len(parse_feed(rss(f"<item>{item}</item>"), url="https://x.id/").items) == 1
    assert time.thread_time() - started < QUICK * unit()


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a",
        "<b>",
        "<a b='",
        "&",
        "<div>",
        "<!--",
        "<script>",
        "<iframe>",
        '<a ="',
        "<a '\" ",
        "<![CDATA[",
        "<pre>",
        "</",
    ],
)
def test_html_takes_time_in_proportion_to_its_length(piece: str) -> None:
    started = time.thread_time()
    html_to_text(piece * (2_000_000 // len(piece)))
    assert time.thread_time() - started < QUICK * unit()


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<a ",
        "<a href='/rss' ",
        "</a",
        "<a b='",
        "<script>",
        "<",
        "<a href=/rss>",
        "<a href=/rss ",
        "<link ",
        "<a\n\n\n\n",
    ],
)
def test_pages_take_time_in_proportion_to_their_length(piece: str) -> None:
    started = time.thread_time()
    discover_feeds((piece * (1_000_000 // len(piece))).encode(), "https://x.id/")
    assert time.thread_time() - started < QUICK * unit()


FAR = "http://a.example/" + "x" * 200_000 + "/"


@pytest.mark.parametrize(
    "body",
    [
        f'<rss xml:base="{FAR}"><channel>{"<item><link>a</link></item>" * 3_000}</channel></rss>',
        '<feed xmlns="http://www.w3.org/2005/Atom">'
        + "".join(f'<x xml:base="{"y" * 8_000}/">' for _ in range(50))
        + '<entry><link href="a"/></entry>' * 3_000
        + "</x>" * 50
        + "</feed>",
        (
            f'{{"version": "https://jsonfeed.org/version/1.1", "feed_url": "{FAR}", '
            f'"items": [{", ".join(["""{"id": 1, "url": "a"}"""] * 3_000)}]}}'
        ),
    ],
    ids=["rss", "atom-adding-up", "json"],
)
def test_a_long_base_is_not_repeated_by_every_item(body: str) -> None:
    feed = parse_feed(body.encode())
    assert len(feed.items) == 3_000
    assert sum(len(item.link or "") for item in feed.items) < 30_000_000


def test_a_long_address_is_no_base_and_a_long_link_is_none(rss: Wrap) -> None:
    feed = parse_feed(
        rss(f"<item><link>a</link></item><item><link>{FAR}</link><guid>g</guid></item>"), url=FAR
    )
    assert [item.link for item in feed.items] == ["a", None]


def test_what_every_article_carries_is_short_and_clean() -> None:
    feed = parse_feed(
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "%b", "language": "\\ud800%b", '
        b'"items": []}' % (b"t" * 100_000, b"l" * 100_000)
    )
    assert len(feed.title or "") == 2_000
    assert feed.language == "l" * 500


@pytest.mark.parametrize(
    "body",
    [
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [%b]}'
        % b", ".join(b'{"id": %d}' % number for number in range(10_001)),
        b"<rss><channel>%b</channel></rss>"
        % b"".join(b"<item><guid>%d</guid></item>" % number for number in range(10_001)),
    ],
    ids=["json", "rss"],
)
def test_a_document_gives_a_bounded_number_of_items(body: bytes) -> None:
    feed = parse_feed(body)
    assert len(feed.items) == 10_000
    assert "it lists 10,001 items" in " ".join(feed.warnings)


def test_a_page_names_a_bounded_number_of_feeds() -> None:
    page = f"<base href='https://a.example/{'x' * 3_900}/'>" + "<link rel=feed href=a?%s>" * 70_000
    assert len(discover_feeds((page % tuple(range(70_000))).encode(), "https://a.example/")) == 50


@pytest.mark.parametrize(
    "body",
    [
        '{"items":[' + '{"id":1},' * 200_000 + '{"x',
        '{"items":[' + '"",' * 400_000 + '{"x',
        '{"items":[{"id":"' + '\\"' * 500_000,
        '{"items":[{}' + "]}" * 300_000,
        '{"items":[{"id":1}]}' * 50_000,
        "x" * 3_990 + '{"version":"' + '"a":{' * 200_000,
    ],
    ids=["items", "strings", "escapes", "ends", "feeds", "prefix"],
)
def test_broken_json_is_read_or_refused_quickly(body: str) -> None:
    started = time.thread_time()
    with suppress(UnreadableFeedError):
        parse_feed(body.encode())
    assert time.thread_time() - started < QUICK * unit()


@pytest.mark.parametrize("piece", ["a<br/>", "<br a", "<br =<", "a<wbr>", " <br/> html ", "(<br"])
def test_breaks_without_end_in_a_title_cost_little(piece: str) -> None:
    title = piece * 200_000
    started = time.thread_time()
    feed = f"<rss version='2.0'><channel><item><title><![CDATA[{title}]]></title></item></channel>"
    assert len(_read(f"{feed}</rss>".encode()).items) == 1
    assert time.thread_time() - started < QUICK * unit()
