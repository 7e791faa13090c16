"""Feeds that other programs rewrote on the way: escaped, enclosed, moved to another namespace."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape

import pytest

from pantau.feeds.document import ParsedFeed, ParsedItem, UnreadableFeedError
from pantau.feeds.html.text import html_to_text
from pantau.feeds.links import LinkBudget, resolve_link
from pantau.feeds.parse import parse_feed

SITE = "https://kabar.example"
PUBLISHED = datetime(2026, 11, 30, 6, 5, tzinfo=UTC)


def rss(item: str, channel: str = f"<title>S</title><link>{SITE}/</link>") -> str:
    return f'<rss version="2.0"><channel>{channel}<item>{item}</item></channel></rss>'


def read(item: str, url: str | None = None) -> ParsedItem:
    return parse_feed(rss(item).encode(), url=url).items[0]


PLAIN = f"<title>Banjir</title><link>{SITE}/1</link><description>Air naik.</description>"


def test_sections_that_were_escaped_are_taken_off() -> None:
    def section(text: str) -> str:
        return escape(f"<![CDATA[{text}]]>")

    found = read(
        f"<title>{section('Harga &amp; Pasar')}</title><link>{section(f'{SITE}/1')}</link>"
        f"<guid isPermaLink='false'>{section('k1')}</guid>"
        f"<pubDate>{section('Mon, 30 Nov 2026 13:05:00 +0700')}</pubDate>"
        f"<description>{section('<p>Air naik.</p>')}</description>"
    )
    assert (found.title, found.link, found.guid) == ("Harga & Pasar", f"{SITE}/1", "k1")
    assert (found.text, found.published) == ("Air naik.", PUBLISHED)


def test_a_section_within_a_title_stays() -> None:
    found = read(f"<title>{escape('<![CDATA[a]]> dan <![CDATA[b]]>')}</title>")
    assert found.title == "<![CDATA[a]]> dan <![CDATA[b]]>"


def test_references_in_a_date_are_read() -> None:
    assert read("<pubDate>Mon, 30 Nov 2026 13:05:00 &amp;#43;0700</pubDate>").published == PUBLISHED


def as_string_of_net(feed: str) -> str:
    return f'<?xml version="1.0"?>\n<string xmlns="http://tempuri.org/">{escape(feed)}</string>'


def as_string_of_net_half_escaped(feed: str) -> str:
    return f'<string xmlns="http://tempuri.org/">{feed.replace("<", "&lt;")}</string>'


def within_ascii(feed: str) -> str:
    return json.dumps({"status": 1, "data": feed}).replace("<", "\\u003c")


@pytest.mark.parametrize(
    "enclose",
    [
        as_string_of_net,
        as_string_of_net_half_escaped,
        within_ascii,
        json.dumps,
        lambda feed: json.dumps({"status": {"http_code": 200}, "contents": f"\n{feed}"}),
        lambda feed: json.dumps({"a": [1, 2], "body": f'<?xml version="1.0"?>\n{feed}'}),
    ],
)
def test_a_feed_that_is_a_text_in_another_document_is_read(enclose: Callable[[str], str]) -> None:
    found = parse_feed(enclose(rss(PLAIN.replace("Banjir", "“Banjir”"))).encode())
    assert [(one.title, one.link) for one in found.items] == [("“Banjir”", f"{SITE}/1")]


@pytest.mark.parametrize(
    "text",
    [
        '{"contents": "<html><p>tidak ada</p></html>"}',
        '{"contents": "tulis <rss> di sini"}',
        '{"items": {"a": "<rss"}}',
    ],
)
def test_other_texts_in_json_are_no_feeds(text: str) -> None:
    with pytest.raises(UnreadableFeedError):
        parse_feed(text.encode())


def test_a_feed_whose_root_has_a_namespace_of_its_own_is_read() -> None:
    text = rss(PLAIN + "<pubDate>Mon, 30 Nov 2026 13:05:00 +0700</pubDate>")
    prefixed = text.replace("</", "</r:").replace("<", "<r:").replace("<r:/r:", "</r:")
    for document in (
        prefixed.replace("version", 'xmlns:r="urn:penulis" version'),
        text.replace("version", 'xmlns="urn:penulis" version'),
    ):
        found: ParsedFeed = parse_feed(document.encode())
        assert (found.format, found.title) == ("rss20", "S")
        assert found.items[0].title == "Banjir"
        assert (found.items[0].link, found.items[0].published) == (f"{SITE}/1", PUBLISHED)


def test_elements_of_other_namespaces_are_still_others() -> None:
    x = 'xmlns:x="urn:lain"'
    found = read(f"{PLAIN}<x:title {x}>Lain</x:title><x:link {x}>{SITE}/lain</x:link>")
    assert (found.title, found.link) == ("Banjir", f"{SITE}/1")


@pytest.mark.parametrize("empty", ["<link/>", "<link />", "<link/>\n  "])
def test_an_address_behind_an_empty_link_is_the_link(empty: str) -> None:
    found = read(f"<title>A</title>{empty}{SITE}/1<description>Air naik.</description>")
    assert (found.link, found.text) == (f"{SITE}/1", "Air naik.")


@pytest.mark.parametrize(
    ("written", "link"),
    [
        (f"\n  {SITE}/\n  a-b\n", f"{SITE}/a-b"),
        (f"{SITE}/a\r\n-b", f"{SITE}/a-b"),
        (f"{SITE}/a\n{SITE}/b", f"{SITE}/a"),
        (f"{SITE}/a b", f"{SITE}/a b"),
    ],
)
def test_a_link_on_several_lines_is_one(written: str, link: str) -> None:
    assert read(f"<link>{written}</link>").link == link


@pytest.mark.parametrize("written", ["\n", " \r\n\t"])
def test_a_link_of_line_breaks_alone_is_none(written: str) -> None:
    assert resolve_link(written, SITE, LinkBudget(10)) is None


@pytest.mark.parametrize(
    ("link", "guid", "url", "meant"),
    [
        ("http://localhost:3000/b/1?x=2", None, f"{SITE}/rss", f"{SITE}/b/1?x=2"),
        ("http://10.0.0.5/b/1", "k1", f"{SITE}/rss", f"{SITE}/b/1"),
        ("http://172.20.0.3:8080/b/1", None, None, f"{SITE}/b/1"),
        ("http://wp.local/b/1", f"{SITE}/?p=1", f"{SITE}/rss", f"{SITE}/?p=1"),
        # A feed of the same network means what it says, and so do other names.
        ("http://10.0.0.5/b/1", f"{SITE}/?p=1", "http://10.0.0.9/rss", "http://10.0.0.5/b/1"),
        ("https://localhost.example/1", None, f"{SITE}/rss", "https://localhost.example/1"),
        ("https://10.example/1", None, f"{SITE}/rss", "https://10.example/1"),
        ("https://lokal.example/1", f"{SITE}/?p=1", f"{SITE}/rss", "https://lokal.example/1"),
    ],
)
def test_a_link_to_the_writers_own_machine_is_one_of_the_site(
    link: str, guid: str | None, url: str | None, meant: str
) -> None:
    said = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    assert read(f"<title>A</title><link>{link}</link>{said}", url).link == meant


def test_characters_that_were_written_as_two_halves_are_whole() -> None:
    for halves in ("&#55357;&#56832;", "&#xD83D;&#xde00;", "&amp;#55357;&amp;#56832;"):
        assert read(f"<title>Banjir {halves}</title>").title == "Banjir \U0001f600"
    assert read("<title>A &#xD83D; B</title>").title == "A B"
    assert html_to_text("<p>A &#55357;&#56832;</p>") == "A \U0001f600"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<p>Air</p><div style="display:none">kasino</div>', "Air"),
        ("<p>Air</p><span style='color:red; DISPLAY : none'>kasino</span> naik", "Air\nnaik"),
        ("<p>Air</p><div hidden>a<div>b</div>c</div>naik", "Air\nnaik"),
        ('<p>Air</p><p hidden="hidden" class="x">kasino</p>naik', "Air\nnaik"),
        # What is not hidden, and what has no end.
        ('<p>Air</p><div style="display:block">naik</div>', "Air\nnaik"),
        ('<p>Air</p><div data-style="x" title=" hidden ">naik</div>', "Air\nnaik"),
        ('<p>Air</p><div style="--x-display:none">naik</div>', "Air\nnaik"),
        ('<p>Air</p><div style="display:none">naik', "Air\nnaik"),
        ('<p>Air</p><div hidden="until-found">naik</div>', "Air\nnaik"),
        ('<p>Air</p><div style="text-indent:-100px">naik</div>', "Air\nnaik"),
        # Newsletters have boxes without a size around texts with one.
        ('<p>Air</p><div style="font-size:0"><b style="font-size:9px">naik</b></div>', "Air\nnaik"),
        ('<p>Air</p><div style="font-size:0px"><b>kasino</b></div>', "Air"),
        # An article that a script shows later.
        ('<div style="display:none">Air naik</div>', "Air naik"),
        (f"<p>Air</p><div hidden>{'naik ' * 200}</div>", "Air\n" + ("naik " * 200).strip()),
    ],
)
def test_hidden_elements_are_no_text(html: str, text: str) -> None:
    assert html_to_text(html) == text


def nested(depth: int) -> bytes:
    item = {"id": "1", "url": f"{SITE}/1", "title": "Banjir", "content_text": "Air naik."}
    text = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "S", "items": [item]}
    )
    deep = '{"a":[' * depth + '"}]"' + "]}" * depth
    return text.replace('"id"', f'"_x":{deep},"id"').encode()


@pytest.mark.parametrize("depth", [10, 60, 2_000, 60_000])
def test_json_that_is_nested_deep_costs_that_part_alone(depth: int) -> None:
    found = parse_feed(nested(depth)).items
    assert [(one.title, one.text, one.link) for one in found] == [
        ("Banjir", "Air naik.", f"{SITE}/1")
    ]
