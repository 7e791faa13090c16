"""One odd item costs itself, or a part of itself, and never the feed."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.feeds.document import ParsedFeed, UnreadableFeedError
from pantau.feeds.formats.opml import read_opml
from pantau.feeds.html.titles import title_text
from pantau.feeds.parse import parse_feed
from pantau.feeds.xml.check import check
from pantau.feeds.xml.trim import trim

NAMES = (
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:dc="http://purl.org/dc/'
    'elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
)
CDATA = "<![CDATA["


def _rss(
    inside: str, *, site: str = "https://kabar.example/rss/", names: str = NAMES
) -> ParsedFeed:
    body = f'<rss version="2.0" {names}><channel><title>K</title><link>{site}</link>{inside}'
    return parse_feed(f"{body}</channel></rss>".encode(), url="https://umpan.example/k.xml")


def _atom(inside: str) -> ParsedFeed:
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>K</title>{inside}</feed>'
    return parse_feed(body.encode(), url="https://umpan.example/k.xml")


def _item(title: str, inside: str = "") -> str:
    return f"<item><title>{title}</title><link>https://kabar.example/{title}</link>{inside}</item>"


def _many(count: int, form: str) -> str:
    return "".join(form.format(n) for n in range(count))


ATTRIBUTES = _many(90, "a{}='1' ")


@pytest.mark.parametrize(
    "odd",
    [
        f"<category {ATTRIBUTES}>kota</category>",
        _many(150, "<x{0}:a xmlns:x{0}='urn:{0}'>z</x{0}:a>"),
        _many(150, "<u{0}:a u{0}:b='1'>z</u{0}:a>"),
        f"<q:a xmlns:q='urn:{'x' * 400}' q:b='1'>z</q:a>",
        "<x>" * 400 + "</x>" * 400,
        "<x>" * 400,
    ],
)
def test_what_one_item_has_too_much_of(odd: str) -> None:
    feed = _rss(_item("A", "<dc:creator>Sari</dc:creator>") + _item("B", odd) + _item("C"))
    assert [one.title for one in feed.items] == ["A", "B", "C"]
    assert feed.items[0].author == "Sari"
    assert any("were left out" in one for one in feed.warnings)


def test_the_words_of_elements_beyond_a_limit_stay() -> None:
    deep = _rss(_item("A", f"<description>{'<b>' * 300}dalam{'</b>' * 300} luar</description>"))
    assert deep.items[0].text == "dalam luar"
    many = "<i>a</i>" + "<i/>" * 310_000
    wide = _rss(_item("A", f"<description>{many}akhir</description>") + _item("B"))
    assert wide.items[0].text == "a akhir"
    assert wide.items[1].title == "B"


def test_attributes_that_are_read_are_kept_before_others() -> None:
    link = f"<link {ATTRIBUTES} href='https://kabar.example/a'/>"
    assert _atom(f"<entry><title>A</title>{link}</entry>").items[0].link is not None


@given(
    st.recursive(
        st.sampled_from(["", "kata", "&amp;", "<![CDATA[<b>]]>", "<!-- x -->"]),
        lambda inner: st.builds("<x a='1'>{}{}</x>".format, inner, inner),
    )
)
def test_a_document_within_the_limits_comes_back_as_it_was(inside: str) -> None:
    trimmed, said = trim(f"<rss><channel>{inside}</channel></rss>".encode())
    assert said == ()
    assert check(trimmed) is None
    assert (
        trimmed.decode()
        .replace(' xmlns:beyond="urn:pantau:beyond-the-limits"', "")
        .replace('"', "'")
        == f"<rss><channel>{inside}</channel></rss>"
    )


@pytest.mark.parametrize(
    "torn",
    [
        f"{CDATA}isi</description></item>",
        f"{CDATA}isi]]</description></item>",
        f"{CDATA}isi]></description></item>",
        f"{CDATA}isi]] ></description></item>",
        f"{CDATA}isi</DESCRIPTION></item>",
        f"{CDATA}isi</item>",
        f"{CDATA}isi</description><pubDate>x</pubDate></item>",
        "<!CDATA[isi]]></description></item>",
        "<![cdata[isi]]></description></item>",
        "<![CDATA [isi]]></description></item>",
        "isi]]></description></item>",
    ],
)
@pytest.mark.parametrize("later", ["isi", f"{CDATA}isi]]>", f"{CDATA}isi"])
def test_a_section_that_is_not_closed_swallows_no_item(torn: str, later: str) -> None:
    feed = _rss(
        "<item><title>A</title><description>"
        + torn
        + _item("B", f"<description>{later}</description>")
        + _item("C")
    )
    assert [one.title for one in feed.items] == ["A", "B", "C"]
    assert [one.text for one in feed.items] == ["isi", "isi", ""]
    assert any("mended" in one for one in feed.warnings)


def test_a_section_that_shows_markup_of_a_feed_is_left_alone() -> None:
    shown = f"<description>{CDATA}Tulis </description></item> di sini.]]></description>"
    assert [one.title for one in _rss(_item("A", shown) + _item("B")).items] == ["A", "B"]


@pytest.mark.parametrize(
    ("link", "site", "expected"),
    [
        ("/a", "https://kabar.example/rss/", "https://kabar.example/a"),
        ("a", "https://kabar.example/rss/", "https://kabar.example/rss/a"),
        ("?p=1", "https://kabar.example/", "https://kabar.example/?p=1"),
        ("//lain.example/a", "https://kabar.example/", "https://lain.example/a"),
        ("/a", "/", "https://umpan.example/a"),
        ("/a", "http://localhost/", "https://umpan.example/a"),
        ("/a", "", "https://umpan.example/a"),
    ],
)
def test_relative_links_are_of_the_site_of_the_channel(link: str, site: str, expected: str) -> None:
    assert _rss(f"<item><link>{link}</link></item>", site=site).items[0].link == expected


def test_other_bases_of_links() -> None:
    based = "<item xml:base='https://dasar.example/d/'><link>a</link></item>"
    assert _rss(based).items[0].link == "https://dasar.example/d/a"
    assert _atom("<entry><link href='/a'/></entry>").items[0].link == "https://umpan.example/a"
    json = b'{"version":"https://jsonfeed.org/version/1","home_page_url":"https://kabar.example/","items":[{"id":"1","url":"/a"}]}'
    assert parse_feed(json, url="https://umpan.example/").items[0].link == "https://kabar.example/a"


@pytest.mark.parametrize(
    "rel",
    [
        "http://www.iana.org/assignments/relation/alternate",
        "https://www.iana.org/assignments/relation/alternate",
        "http://www.iana.org/assignments/link-relations/alternate",
        "ALTERNATE",
        " alternate ",
        "",
        "nofollow alternate",
        "alternate bookmark",
        "bookmark",
        "canonical",
        "http://www.iana.org/assignments/link-relations/link-relations.xhtml#alternate",
    ],
)
def test_relations_that_mean_the_article(rel: str) -> None:
    found = _atom(
        f"<entry><link rel='edit' href='https://kabar.example/e'/>"
        f"<link rel='{rel}' href='https://kabar.example/a'/></entry>"
    )
    assert found.items[0].link == "https://kabar.example/a"


@pytest.mark.parametrize(
    "origin",
    [
        "<feedburner:origLink>https://kabar.example/a</feedburner:origLink>",
        "<feedburner:origlink> https://kabar.example/a </feedburner:origlink>",
        f"<feedburner:origLink>{CDATA}https://kabar.example/a]]></feedburner:origLink>",
        "<pheedo:origLink xmlns:pheedo='http://www.pheedo.com/namespace/pheedo'>https://kabar.example/a</pheedo:origLink>",
        "<f:origLink xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>https://kabar.example/a</f:origLink>",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_the_link_behind_a_proxy_of_feeds(origin: str, first: bool) -> None:
    link = "<link>http://proksi.example/~3/x/</link>"
    item = f"<item>{origin}{link}</item>" if first else f"<item>{link}{origin}</item>"
    assert _rss(item).items[0].link == "https://kabar.example/a"


def test_a_relative_or_empty_original_link_is_none() -> None:
    for origin in ("", "/a", "none"):
        item = f"<item><link>https://p.example/</link><feedburner:origLink>{origin}</feedburner:origLink></item>"
        assert _rss(item).items[0].link == "https://p.example/"


@pytest.mark.parametrize(
    ("media", "link"),
    [
        (
            "<enclosure url='https://kabar.example/e.mp3' type='audio/mpeg'/>",
            "https://kabar.example/e.mp3",
        ),
        ("<enclosure url='/e.mp3'/><enclosure url='/f.mp3'/>", "https://kabar.example/e.mp3"),
        ("<link/><enclosure url='/e.mp3'/>", "https://kabar.example/e.mp3"),
        ("<media:content url='/v.mp4' medium='video'/>", "https://kabar.example/v.mp4"),
        ("<media:group><media:content url='/v.mp4'/></media:group>", "https://kabar.example/v.mp4"),
        ("<media:player url='/putar'/>", "https://kabar.example/putar"),
        ("<enclosure url='/logo.png' type='image/png'/>", None),
        ("<enclosure url='/foto.JPG'/>", None),
        ("<enclosure url='/e.mp3'/><link>/a</link>", "https://kabar.example/a"),
        (
            "<enclosure url='/e.mp3'/><guid>https://kabar.example/g</guid>",
            "https://kabar.example/g",
        ),
    ],
)
def test_an_item_without_a_link_is_about_its_sound_or_film(media: str, link: str | None) -> None:
    assert _rss(f"<item><title>A</title>{media}</item>").items[0].link == link


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Menulis &lt;p&gt; dan &lt;br&gt; rapi", "Menulis <p> dan <br> rapi"),
        ("Apa itu <div>?", "Apa itu <div>?"),
        ("Tag <img> dan <hr> di HTML", "Tag <img> dan <hr> di HTML"),
        ("&lt;p&gt; dan &lt;br&gt;", "<p> dan <br>"),
        ("Beda &lt;b&gt; dan &lt;/b&gt;", "Beda <b> dan </b>"),
        ('Memakai "<p>" di web', 'Memakai "<p>" di web'),
        ("<b>Judul</b> tebal", "Judul tebal"),
        ("&lt;b&gt;Judul&lt;/b&gt; tebal", "Judul tebal"),
        ("&lt;b&gt; KABAR &lt;/b&gt; Judul", "KABAR Judul"),
        ("Judul<br>kedua", "Judul kedua"),
        ("<p>Judul", "Judul"),
        ("<p>Judul</p>", "Judul"),
        ("A &amp;amp; B", "A & B"),
        ("Harga &amp;#8211; naik", "Harga – naik"),
        ("x < 3", "x < 3"),
        ("Elemen <script> baru", "Elemen <script> baru"),
        ("List<T> di Java", "List<T> di Java"),
        ("<3 banget", "<3 banget"),
        ("<a href='x'>Judul</a>: isi", "Judul: isi"),
        ("Judul <img src='x.png'/> foto", "Judul foto"),
    ],
)
@pytest.mark.parametrize("html", [True, False])
def test_tags_that_a_title_speaks_of_stay(written: str, read: str, html: bool) -> None:
    if html and written in {"List<T> di Java", "x < 3", "<3 banget"}:
        return  # by its own word it is HTML, where these are tags
    assert title_text(written, html=html) == read


def test_titles_of_lists_are_escaped_twice_at_times() -> None:
    for written, read in [
        ("A &amp;amp; &lt;b&gt;B&lt;/b&gt; &amp;#8211;", "A & B –"),
        ("&amp;lt;i&amp;gt;Kabar&amp;lt;/i&amp;gt;", "Kabar"),
        ("Kota &amp;quot;Lama&amp;quot;", 'Kota "Lama"'),
    ]:
        listed = (
            f"<opml><body><outline text='{written}' xmlUrl='https://a.example/'/></body></opml>"
        )
        assert read_opml(listed.encode()).feeds[0].title == read


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("www.kabar.example/a", "https://www.kabar.example/a"),
        ("kabar.example/a", "https://kabar.example/a"),
        ("https:/kabar.example/a", "https://kabar.example/a"),
        ("https:kabar.example/a", "https://kabar.example/a"),
        ("berita.html", "https://kabar.example/rss/berita.html"),
        ("lain.example/a", "https://kabar.example/rss/lain.example/a"),
        ("www.html", "https://kabar.example/rss/www.html"),
    ],
)
def test_a_link_whose_scheme_was_forgotten_is_absolute(written: str, meant: str) -> None:
    (item,) = _rss(f"<item><title>J</title><link>{written}</link></item>").items
    assert item.link == meant


def test_an_unclosed_comment_swallows_no_items() -> None:
    torn = "<item><title>A</title><description>isi <!-- lupa</description></item>"
    assert [one.title for one in _rss(torn + _item("B")).items] == ["A", "B"]


@pytest.mark.parametrize(
    "written",
    [
        "&lt;a href=&quot;https://kabar.example/1&quot;&gt;baca&lt;/a&gt;",
        "<![CDATA[<a class='x' href=https://kabar.example/1>baca</a>]]>",
        "https://https://kabar.example/1",
        "http://https://kabar.example/1",
        "https:\\\\kabar.example\\1",
        "https://kabar.example\\1",
    ],
)
def test_a_link_within_mark_up_or_with_a_scheme_too_many(written: str) -> None:
    (item,) = _rss(f"<item><title>J</title><link>{written}</link></item>").items
    assert item.link == "https://kabar.example/1"


@pytest.mark.parametrize(
    "written",
    ["https://arsip.example/https://kabar.example/1", "https://kabar.example/1?u=https:\\\\x"],
)
def test_a_link_that_holds_another_stays(written: str) -> None:
    (item,) = _rss(f"<item><title>J</title><link>{written}</link></item>").items
    assert item.link == written


def _page(feed: str, after: str = "") -> bytes:
    return f"<html><body><pre>{html.escape(feed, quote=False)}</pre>{after}</body></html>".encode()


def test_a_feed_that_a_page_shows_escaped_is_read() -> None:
    feed = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>K</title>'
        f"{_item('A')}{_item('B')}</channel></rss>"
    )
    found = parse_feed(_page(feed), url="https://umpan.example/k.xml")
    assert [(one.title, one.link) for one in found.items] == [
        ("A", "https://kabar.example/A"),
        ("B", "https://kabar.example/B"),
    ]
    with pytest.raises(UnreadableFeedError, match="page"):
        parse_feed(_page(feed, f"<p>{'Cara menulis umpan. ' * 20}</p>"))
