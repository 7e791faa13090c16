"""Odd links, captions, dates and CDATA sections of items, and what is read of them."""

import pytest

from pantau.feeds.document import ParsedItem
from pantau.feeds.parse import parse_feed

FETCHED = "https://umpan.penyedia-contoh.net/situs.xml"
HOME = "<link>https://situs.example/</link>"
MEDIA = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def rss(items: str, head: str = HOME) -> bytes:
    channel = f"<channel><title>K</title>{head}{items}</channel>"
    return f"<rss version='2.0' {MEDIA}>{channel}</rss>".encode()


def one(parts: str, head: str = HOME) -> ParsedItem:
    (item,) = parse_feed(rss(f"<item><title>J</title>{parts}</item>", head), url=FETCHED).items
    return item


def entry(parts: str) -> ParsedItem:
    text = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>K</title>"
        f"<entry><id>urn:x:a</id><title>J</title>{parts}</entry></feed>"
    )
    return parse_feed(text.encode(), url=FETCHED).items[0]


@pytest.mark.parametrize("order", [1, -1])
def test_a_description_of_an_items_own_picture_is_its_caption(order: int) -> None:
    caption = "<description>Foto udara banjir yang diambil sejak pagi.</description>"
    picture = f"<image><url>https://situs.example/f.jpg</url>{caption}</image>"
    text = "<description>Tiga orang tewas.</description>"
    assert one("".join((picture, text)[::order])).text == "Tiga orang tewas."
    assert one(picture).text.startswith("Foto udara")


@pytest.mark.parametrize(
    ("rel", "found"),
    [
        ("http://www.iana.org/assignments/link-relations#alternate", True),
        ("https://www.iana.org/assignments/link-relations/link-relations.xhtml#alternate", True),
        ("shortlink", True),
        ("related", True),
        ("via", True),
        ("self", False),
        ("replies", False),
        ("https://situs.example/rel/lain", False),
    ],
)
def test_relations_that_lead_to_a_page_of_an_entry(rel: str, found: bool) -> None:
    link = entry(f"<link rel='{rel}' href='https://situs.example/a'/>").link
    assert link == ("https://situs.example/a" if found else None)


def test_a_page_of_an_entry_goes_before_what_it_refers_to() -> None:
    near = "<link rel='via' href='https://lain.example/x'/>"
    own = "<link rel='alternate' href='https://situs.example/a'/>"
    sound = "<link rel='enclosure' type='audio/mpeg' href='https://situs.example/a.mp3'/>"
    assert entry(near + own).link == "https://situs.example/a"
    assert entry(near + sound).link == "https://situs.example/a.mp3"


@pytest.mark.parametrize("link", ["#", "N/A", "-", "javascript:void(0)"])
def test_a_placeholder_does_not_hide_what_is_enclosed(link: str) -> None:
    sound = "<enclosure url='https://situs.example/a.mp3' type='audio/mpeg' length='1'/>"
    assert one(f"<link>{link}</link>{sound}").link == "https://situs.example/a.mp3"


def test_a_feed_without_a_site_resolves_links_where_it_says_that_it_is() -> None:
    itself = "<atom:link rel='self' href='https://situs.example/berita/rss.xml'/>"
    assert one("<link>/a</link>", itself).link == "https://situs.example/a"
    assert one("<link>/a</link>", itself + "<link>https://lain.example/</link>").link == (
        "https://lain.example/a"
    )
    assert one("<link>/a</link>", "<atom:link rel='self' href='http://localhost/x'/>").link == (
        "https://umpan.penyedia-contoh.net/a"
    )


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate><dc:date>2026-11-30</dc:date>", 2026),
        ("<pubDate>0001-01-01T00:00:00Z</pubDate><dc:date>2026-11-30</dc:date>", 2026),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>", 1970),
        ("<pubDate>Sun, 06 Nov 1994 08:49:37 GMT</pubDate><dc:date>2026-11-30</dc:date>", 1994),
    ],
)
def test_a_date_that_stands_for_none_gives_way_to_another(dates: str, year: int) -> None:
    published = one(dates).published
    assert published is not None
    assert published.year == year


@pytest.mark.parametrize("end", ["]]&gt;", "]]", "]>", ""])
@pytest.mark.parametrize("prefix", ["", "r:"])
def test_an_unclosed_cdata_section_ends_with_its_element(prefix: str, end: str) -> None:
    parts = "<rss><channel><item><title>A</title><description><![CDATA[isi pertama"
    parts += f"{end}</description></item><item><title>B</title></item></channel></rss>"
    for name in ("rss", "channel", "item", "title", "description"):
        parts = parts.replace(f"<{name}>", f"<{prefix}{name}>")
        parts = parts.replace(f"</{name}>", f"</{prefix}{name}>")
    declared = 'version="2.0" xmlns:r="http://backend.userland.com/rss2"'
    items = parse_feed(parts.replace("rss>", f"rss {declared}>", 1).encode()).items
    assert [(item.title, item.text) for item in items] == [("A", "isi pertama"), ("B", "")]
