"""Mistakes of feeds, and what is read nevertheless."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.feeds.document import UnreadableFeedError
from pantau.feeds.parse import parse_feed

Wrap = Callable[[str], bytes]
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty document"),
        (b" \n", "empty document"),
        (b"<!DOCTYPE html><html><head><title>x</title></head></html>", "web page"),
        (b"<div>x</div>", "web page"),
        (b"\x89PNG\r\n\x1a\n0000", "image"),
        (b"just words", "plain text"),
        (b'{"data": []}', "no JSON Feed"),
        (b'{"version": ', "broken JSON"),
        (b"[1]", "no JSON Feed"),
        (b"<opml version='2.0'><body/></opml>", "feeds import"),
        (b"<note/>", "<note>"),
        (bytes(range(256)) * 10, "binary"),
        (b"<!-- only a comment -->", "no element"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFeedError, match=reason):
        parse_feed(body)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A &amp;amp; B &amp;#8211; C", "A & B – C"),
        ("AT&amp;T", "AT&T"),
        ("&lt;b&gt;Tebal&lt;/b&gt; sekali", "Tebal sekali"),
        ("5 &lt; 6 dan 7 &gt; 3", "5 < 6 dan 7 > 3"),
        ("<![CDATA[Satu &amp; dua]]>", "Satu & dua"),
        ("Satu\n   dua\ttiga", "Satu dua tiga"),
        ("Satu &nbsp; dua &eacute;", "Satu dua é"),
    ],
)
def test_titles(rss: Wrap, written: str, read: str) -> None:
    feed = parse_feed(rss(f"<item><title>{written}</title></item>"))
    assert feed.items[0].title == read
    assert feed.warnings == ()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("&lt;p&gt;Satu&lt;/p&gt;&lt;p&gt;Dua&lt;/p&gt;", "Satu\nDua"),
        ("&amp;lt;p&amp;gt;Satu&amp;lt;/p&amp;gt;", "Satu"),
        ("&lt;p&gt;Pakai &amp;lt;p&amp;gt; ya&lt;/p&gt;", "Pakai <p> ya"),
        ("<![CDATA[a<script>b</script><style>c</style>d<!-- e -->f]]>", "adf"),
        ("Baris satu\nmasih satu\n\nBaris dua", "Baris satu masih satu\nBaris dua"),
        ("x &lt; y", "x < y"),
    ],
)
def test_descriptions(rss: Wrap, written: str, read: str) -> None:
    assert (
        parse_feed(rss(f"<item><description>{written}</description></item>")).items[0].text == read
    )


def test_plain_text_of_atom_is_not_taken_for_markup() -> None:
    body = ATOM.format(
        "<entry><content type='text'>tulis &lt;b&gt; lalu &amp;lt; di sini\n\n  a</content></entry>"
    )
    assert parse_feed(body.encode()).items[0].text == "tulis <b> lalu &lt; di sini\n\n  a"


def test_all_texts_count_where_one_does_not_repeat_another(rss: Wrap) -> None:
    items = (
        "<item><description>yang paling</description><itunes:summary>ini yang paling "
        "panjang</itunes:summary></item>"
    )
    body = rss(items).replace(
        b"<rss ", b'<rss xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd" '
    )
    assert parse_feed(body).items[0].text == "ini yang paling panjang"


def test_links_are_resolved_against_the_address_of_the_feed(rss: Wrap) -> None:
    body = rss("<item><link>a?x=1&amp;y=2</link></item><item><guid>bukan-tautan</guid></item>")
    assert [one.link for one in parse_feed(body, url="https://x.id/f/rss").items] == [
        "https://x.id/f/a?x=1&y=2",
        None,
    ]
    assert parse_feed(body).items[0].link == "a?x=1&y=2"


def test_an_id_that_is_no_address_is_no_link() -> None:
    body = ATOM.format(
        "<entry><id>tag:x.id,2022:1</id></entry><entry><id>urn:x</id><link rel='self' "
        "href='s'/></entry>"
    )
    assert [one.link for one in parse_feed(body.encode(), url="https://x.id/").items] == [
        None,
        None,
    ]


def test_latin_bytes_under_a_header_that_says_utf_8(rss: Wrap) -> None:
    body = rss("<item><title>Café “kutip”</title></item>").decode().encode("cp1252")
    feed = parse_feed(body, content_type="text/xml; charset=utf-8")
    assert feed.items[0].title == "Café “kutip”"
    assert "Windows-1252" in feed.warnings[0]


def test_utf_8_under_a_header_that_says_latin(rss: Wrap) -> None:
    feed = parse_feed(
        rss("<item><title>Café</title></item>"), content_type="text/xml; charset=iso-8859-1"
    )
    assert feed.items[0].title == "Café"
    assert feed.warnings == ("declared as iso-8859-1, but read as utf-8",)


def test_an_encoding_that_nobody_knows(rss: Wrap) -> None:
    feed = parse_feed(rss("<item><title>x</title></item>"), content_type="text/xml; charset=rot13")
    assert feed.items[0].title == "x"
    assert feed.warnings == ("no encoding has the name 'rot13'",)


def test_what_a_server_prints_before_the_feed_is_left_out(rss: Wrap) -> None:
    feed = parse_feed(
        b"<b>Warning</b>: mysql\n<?xml version='1.0'?>" + rss("<item><title>x</title></item>")
    )
    assert [one.title for one in feed.items] == ["x"]
    assert feed.warnings == ("what stands before the feed was left out",)


def test_control_characters_and_surrogates_never_come_through(rss: Wrap) -> None:
    feed = parse_feed(rss("<item><title>a\x0bb&#xD800;c\x00d</title></item>"))
    assert feed.items[0].title == "abcd"
    json = parse_feed(
        b'{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"a\\ud800\\u0007b"}]}'
    )
    assert json.items[0].title == "ab"


def test_titles_and_texts_are_cut_at_their_limits(rss: Wrap) -> None:
    item = parse_feed(
        rss(f"<item><title>{'t' * 3_000}</title><description>{'d' * 600_000}</description></item>")
    ).items[0]
    assert (len(item.title), len(item.text)) == (2_000, 500_000)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["<item>", "</item>", "<title>", "</title>", "<link>", "x & y",
    "<b>", "</b>", "<br>", "<![CDATA[", "]]>", "&nbsp;", "<dc:creator>", "</dc:creator>",
    "<a href=x/>", "<", ">", "<!--", "-->", "<?p?>", "</channel>", "é", "&#0;", "&#x41;",
    "<p class='a' class='b'>", "<xmlns:x>", "<entry>", "xmlns:a=''", "<description>"]),
    max_size=30))  # fmt: skip
def test_no_soup_of_tags_is_too_much(pieces: list[str]) -> None:
    feed = parse_feed(("<rss version='2.0'><channel>" + "".join(pieces)).encode())
    assert feed.format == "rss20"


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(
        [b"", b"<rss>", b"<feed ", b"{", b"\xff\xfe", b"<?xml version='1.0' encoding='big5'?><rss>"]
    ),
)
def test_any_bytes_are_read_or_refused(tail: bytes, head: bytes) -> None:
    try:
        feed = parse_feed(head + tail)
    except UnreadableFeedError as error:
        assert str(error)  # noqa: PT017 (both outcomes are right; the text must be there)
    else:
        assert feed.format


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_no_item_is_lost_however_its_end_is_missing(kinds: list[int]) -> None:
    shapes = [
        "<item><title>{}</title></item>",
        "<item><title>{}</title>",
        "<item><title>{}<link>/x</link></item>",
        "<item><title>{}</title><b></item>",
    ]
    body = "".join(shapes[kind].format(f"n{number}") for number, kind in enumerate(kinds))
    feed = parse_feed(f"<rss version='2.0'><channel>{body}".encode())
    assert [one.title for one in feed.items] == [f"n{number}" for number in range(len(kinds))]


@pytest.mark.parametrize(
    "item",
    [
        "<item xmlns:a='u' xmlns:b='u' a:x='1' b:x='2'><title>x</title></item>",
        "<item xmlns:a='http://www.w3.org/XML/1998/namespace'><title>x</title></item>",
        "<item><dc:creator xmlns:dc='u'>y</dc:creator><dc:date>z</dc:date><title>x</title></item>",
        "<item xmlns:xmlns='u' xmlns:a=''><a:b/><title>x</title></item>",
    ],
)
def test_broken_namespaces(rss: Wrap, item: str) -> None:
    feed = parse_feed(rss(item))
    assert [one.title for one in feed.items] == ["x"]
    assert "mended" in feed.warnings[0]


def test_a_character_cut_in_two_does_not_spoil_the_others(rss: Wrap) -> None:
    body = rss("<item><title>“Kabar” – “baik” … “sekali” é</title></item>").replace(
        b"\xc3\xa9<", b"\xc3<"
    )
    feed = parse_feed(body, content_type="text/xml; charset=windows-1252")
    assert feed.items[0].title.startswith("“Kabar” – “baik” … “sekali” ")
    assert "declared as windows-1252, but it is not" in feed.warnings[0]


def test_parameters_of_addresses_are_no_entities(rss: Wrap) -> None:
    address = "https://x.id/?a=1&amp;amp;copy=2&amp;reg=3"
    item = parse_feed(
        rss(f"<item><title>{address}</title><description>{address}</description></item>")
    ).items[0]
    assert item.title == item.text == "https://x.id/?a=1&copy=2&reg=3"


def test_an_element_out_of_place_costs_no_item(rss: Wrap) -> None:
    odd = "<gml:pos xmlns:gml='http://www.opengis.net/gml'>1 2</gml:pos>"
    feed = parse_feed(
        rss(
            f"<item><title>a</title>{odd}</item><item><title>b</title></item><item><title>c</title></item>"
        )
    )
    assert [one.title for one in feed.items] == ["a", "b", "c"]
    assert feed.warnings == (
        "1 of its elements stand where they make no sense; they were left out",
    )
