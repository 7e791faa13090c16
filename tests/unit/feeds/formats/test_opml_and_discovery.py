from datetime import UTC, datetime
from pathlib import Path

import pytest

from pantau.feeds.discovery.discover import FoundFeed, discover_feeds
from pantau.feeds.document import UnreadableFeedError
from pantau.feeds.formats.opml import OpmlFeed, OpmlList, read_opml, write_opml

NOW = datetime(2022, 9, 9, 1, 15, tzinfo=UTC)


def test_folders_titles_and_oddities(feeds: Path) -> None:
    found = read_opml((feeds / "daftar.opml").read_bytes())
    assert found.feeds == (
        OpmlFeed(
            "https://kabar.example/rss",
            "Kabar & Contoh",
            "Indonesia / Harian",
            "https://kabar.example/",
        ),
        OpmlFeed("https://warta.example/rss.xml", "Warta", "Indonesia"),
        OpmlFeed("http://radio.example/feed?a=1&b=2", "Tanpa folder"),
    )
    assert len(found.warnings) == 2


def test_broken_xml_is_mended(feeds: Path) -> None:
    whole = (feeds / "daftar.opml").read_bytes().replace(b"Kabar &amp; Contoh", b"Kabar & Contoh")
    found = read_opml(whole.partition(b"</body>")[0])
    assert len(found.feeds) == 3
    assert found.feeds[0].title == "Kabar & Contoh"
    assert "mended" in found.warnings[0]


@pytest.mark.parametrize("body", [b"", b"<html><body/></html>", b"<rss version='2.0'/>", b"{}"])
def test_what_is_no_list(body: bytes) -> None:
    with pytest.raises(UnreadableFeedError, match=r"no OPML|no element"):
        read_opml(body)


def test_what_is_written_is_read_again() -> None:
    feeds = (
        OpmlFeed("https://a.id/rss?x=1&y=\"<'", 'Judul "A" & <B>\n', None, "https://a.id/"),
        OpmlFeed("https://b.id/rss", "B", "Folder & lain"),
        OpmlFeed("https://c.id/rss", None, "Folder & lain"),
    )
    body = write_opml(feeds, title="Daftar & <saya>", created=NOW)
    found = read_opml(body)
    assert found.warnings == ()
    assert [(one.url, one.folder, one.site) for one in found.feeds] == [
        (one.url, one.folder, one.site) for one in feeds
    ]
    assert [one.title for one in found.feeds] == ['Judul "A" & <B>', "B", None]
    assert body == write_opml(feeds, title="Daftar & <saya>", created=NOW)


PAGE = b"""<!doctype html><html><head><base href="/en/"><title>x</title>
<link rel="alternate" type="application/rss+xml" title="Komentar" href="comments/feed">
<LINK REL='Alternate' TYPE='application/atom+xml; charset=utf-8' TITLE='Kabar &amp; Warta' HREF=atom.xml>
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/1">
<link rel="alternate" type="application/feed+json" href="https://cdn.x.id/feed.json">
<link rel="alternate" hreflang="id" href="/id/"><link rel="stylesheet" href="/feed.css">
</head><body><a href="/rss/terkini">Terkini <b>RSS</b></a><a href="/tentang">Tentang</a>
<a href="/sitemap.xml">Peta</a><a href="mailto:rss@x.id">surel</a><a href="atom.xml">sama</a><a href="javascript:feed()">x"""


def test_invisible_characters_of_an_address_do_not_come_back() -> None:
    listed = "<opml><body><outline xmlUrl='https://a.example/um\u00adpan'/></body></opml>"
    (feed,) = read_opml(listed.encode()).feeds
    assert feed.url == "https://a.example/umpan"
    assert read_opml(write_opml([feed], title="a", created=NOW)).feeds[0].url == feed.url


def test_feeds_of_a_page() -> None:
    assert discover_feeds(PAGE, "https://x.id/a/b", "text/html") == [
        FoundFeed("https://x.id/en/atom.xml", "Kabar & Warta", "atom"),
        FoundFeed("https://cdn.x.id/feed.json", None, "json"),
        FoundFeed("https://x.id/en/comments/feed", "Komentar", "rss"),
        FoundFeed("https://x.id/rss/terkini", "Terkini RSS", "link"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"\xff\xfe\x00",
        b"<a href=",
        b"<link rel=alternate type=application/rss+xml href='http://[x'>",
        b"<" * 100_000,
    ],
)
def test_pages_without_feeds(page: bytes) -> None:
    assert discover_feeds(page, "https://x.id/") == []


def test_one_address_written_in_two_ways_is_listed_once() -> None:
    found = read_opml(
        b"<opml><body><outline text='a' xmlUrl='feed:kabar.example/b'/>"
        b"<outline text='b' xmlUrl='https://kabar.example/b'/></body></opml>"
    )
    assert [one.title for one in found.feeds] == ["a"]
    assert any("more than once" in warning for warning in found.warnings)


def test_addresses_have_no_control_characters() -> None:
    found = read_opml(
        b"<opml><body><outline text='a' xmlUrl='https://kabar.example/&#x85;a&#xa0;b'"
        b" htmlUrl='https://kabar.example/&#x9b;'/></body></opml>"
    )
    (feed,) = found.feeds
    assert feed.url == "https://kabar.example/a b"
    assert feed.site is not None
    assert feed.site == "https://kabar.example/"


def _outlines(inside: str) -> OpmlList:
    return read_opml(f"<opml><body>{inside}</body></opml>".encode())


@pytest.mark.parametrize(
    "outline",
    [
        "<outline text='Warta' type='rss'/>",
        "<outline text='Warta' xmlUrl=''/>",
        "<outline text='Warta' type='rss' xmlUrl=' '/>",
        "<outline text='Warta' htmlUrl='https://w.example/'/>",
        "<outline text='Warta' type='link' url='https://w.example/'/>",
        "<outline text='Warta' type='include' url='https://w.example/l.opml'/>",
        "<outline text='Warta' xmlUrl='mailto:a@w.example'/>",
        "<outline text='Warta' xmlUrl='ftp://w.example/'/>",
    ],
)
def test_what_is_left_out_of_a_list_is_counted_and_named(outline: str) -> None:
    found = _outlines(outline + "<outline text='A' xmlUrl='https://a.example/'/>")
    assert [one.title for one in found.feeds] == ["A"]
    assert found.left_out == 1
    assert "Warta" in found.warnings[0]
    assert "left out" in found.warnings[0]


def test_folders_and_headings_are_not_left_out() -> None:
    found = _outlines(
        "<outline text='Judul'/><outline text='Map' htmlUrl='https://m.example/'>"
        "<outline text='A' xmlUrl='https://a.example/'/></outline>"
    )
    assert found.left_out == 0
    assert found.warnings == ()
    assert found.feeds[0].folder == "Map"


@pytest.mark.parametrize(
    ("attribute", "url"),
    [
        ("xmlUrl='https://a.example/r'", "https://a.example/r"),
        ("XMLURL='https://a.example/r'", "https://a.example/r"),
        ("feedUrl='https://a.example/r'", "https://a.example/r"),
        ("type='rss' url='https://a.example/r'", "https://a.example/r"),
        ("url='https://a.example/r'", "https://a.example/r"),
        ("xmlUrl='a.example/r'", "https://a.example/r"),
        ("xmlUrl='//a.example/r'", "https://a.example/r"),
        ("xmlUrl='feed://a.example/r'", "https://a.example/r"),
        ("xmlUrl='feed:http://a.example/r'", "http://a.example/r"),
        ("xmlUrl='itpc://a.example/r'", "https://a.example/r"),
    ],
)
def test_how_lists_write_an_address(attribute: str, url: str) -> None:
    assert [one.url for one in _outlines(f"<outline text='A' {attribute}/>").feeds] == [url]


def test_categories_become_tags_and_come_back() -> None:
    categories = "/Berita/Nasional, ekonomi,,/ekonomi"
    listed = f"<outline text='A' xmlUrl='https://a.example/' category='{categories}'/>"
    found = _outlines(listed + "<outline xmlUrl='https://a.example/' category='baru'/>")
    assert [one.tags for one in found.feeds] == [("Berita/Nasional", "ekonomi", "baru")]
    assert "more than once" in found.warnings[0]
    again = read_opml(write_opml(found.feeds, title="Daftar", created=NOW))
    assert again.feeds == found.feeds


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("feed:kabar.example/rss", "https://kabar.example/rss"),
        ("https://kabar.example/feed:bola", "https://kabar.example/feed:bola"),
        ("https://kabar.example/?of=podcast:a", "https://kabar.example/?of=podcast:a"),
        ("kabar.example:8080/rss", "https://kabar.example:8080/rss"),
        ("feed:afeed:a.example/b", None),
        ("https://kabar.example:a/rss", None),
        ("https://kabar.example:99999/rss", None),
        ("https://[kabar.example/rss", None),
    ],
)
def test_a_scheme_for_feeds_is_taken_off_the_front_alone(written: str, read: str | None) -> None:
    body = f"<opml><body><outline text='Kabar' xmlUrl='{written}'/></body></opml>"
    found = read_opml(body.encode())
    assert [feed.url for feed in found.feeds] == ([] if read is None else [read])
    assert found.left_out == (read is None)


def test_an_address_in_place_of_a_title_is_no_title() -> None:
    feed = OpmlFeed("https://a.example/?q=&lt;b", title=None)
    written = write_opml([feed], title="Daftar", created=NOW)
    assert read_opml(written).feeds == (feed,)
