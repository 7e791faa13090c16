"""Forms that few programs write: where an article's link, text, date and names may stand, too."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from pantau.feeds.document import ParsedItem, UnreadableFeedError
from pantau.feeds.links import LinkBudget, resolve_link
from pantau.feeds.parse import parse_feed
from tests.cost import quickest

Wrap = Callable[[str], bytes]
FEED_URL = "https://umpan.example/kabar.xml"
SITE = "https://kabar.example"


def atom(entry: str) -> ParsedItem:
    text = (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry>{entry}</entry></feed>'
    )
    return parse_feed(text.encode(), url=FEED_URL).items[0]


@pytest.mark.parametrize(
    ("entry", "link"),
    [
        (f'<content type="text/html" src="{SITE}/penuh/1.html"/>', f"{SITE}/penuh/1.html"),
        ('<content type="text/html" src="/penuh/1.html"/>', "https://umpan.example/penuh/1.html"),
        (f'<content xml:base="{SITE}/x/" src="1.html"/>', f"{SITE}/x/1.html"),
        ('<content type="audio/mpeg" src="/siaran.mp3"/>', "https://umpan.example/siaran.mp3"),
        (f'<id>{SITE}/?p=1</id><content src="{SITE}/penuh/1"/>', f"{SITE}/penuh/1"),
        (f'<link href="{SITE}/1"/><content src="{SITE}/penuh/1"/>', f"{SITE}/1"),
        (f'<content src="{SITE}/penuh/1"/><link href="{SITE}/1"/>', f"{SITE}/1"),
        (f'<content type="image/jpeg" src="{SITE}/foto.jpg"/>', None),
        ('<content type="text/html" src=" "/>', None),
        (f'<source><content src="{SITE}/lain"/></source>', None),
    ],
)
def test_content_outside_of_the_feed_is_the_link_of_an_entry_without_one(
    entry: str, link: str | None
) -> None:
    assert atom(f"<title>A</title>{entry}").link == link


def test_a_summary_stays_beside_content_outside_of_the_feed() -> None:
    found = atom(f'<title>A</title><summary>Rob surut.</summary><content src="{SITE}/penuh"/>')
    assert (found.text, found.link) == ("Rob surut.", f"{SITE}/penuh")


@pytest.mark.parametrize(
    "element",
    [
        '<yandex:full-text xmlns:yandex="http://news.yandex.ru">Rob surut.</yandex:full-text>',
        "<fulltext>Rob surut.</fulltext>",
        "<full-text><![CDATA[<p>Rob surut.</p>]]></full-text>",
        '<excerpt:encoded xmlns:excerpt="urn:wp"><![CDATA[<p>Rob surut.</p>]]></excerpt:encoded>',
    ],
)
def test_texts_in_elements_of_a_sites_own_count(rss: Wrap, element: str) -> None:
    found = parse_feed(rss(f"<item><title>A</title>{element}</item>"))
    assert found.items[0].text == "Rob surut."


@pytest.mark.parametrize(
    ("elements", "date"),
    [
        ("<dcterms:date>2026-11-30T14:00:00+07:00</dcterms:date>", "2026-11-30T07:00:00+00:00"),
        ("<dcterms:available>2026-11-30</dcterms:available>", "2026-11-30T00:00:00+00:00"),
        ("<prism:publicationDate>2026-11-30</prism:publicationDate>", "2026-11-30T00:00:00+00:00"),
        (
            (
                "<pubDate>Mon, 30 Nov 2026 07:00:00 GMT</pubDate>"
                "<prism:publicationDate>2026-11-30</prism:publicationDate>"
            ),
            "2026-11-30T07:00:00+00:00",
        ),
        (
            "<pubDate>Senin Pahing, 30 November 2026 14.00 WIB</pubDate>",
            "2026-11-30T07:00:00+00:00",
        ),
        ("<pubDate>Jumat Kliwon 27 Nopember 2026</pubDate>", "2026-11-27T00:00:00+00:00"),
        ("<pubDate>/Date(1796047500000+0700)/</pubDate>", "2026-11-30T14:05:00+00:00"),
        (r"<pubDate>\/Date(1796047500000)\/</pubDate>", "2026-11-30T14:05:00+00:00"),
        ("<pubDate>@1796047500</pubDate>", "2026-11-30T14:05:00+00:00"),
    ],
)
def test_dates_that_few_write(elements: str, date: str) -> None:
    spaces = (
        'xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"'
    )
    item = f"<item><title>A</title><link>{SITE}/a</link>{elements}</item>"
    text = f'<rss version="2.0" {spaces}><channel><title>T</title>{item}</channel></rss>'
    published = parse_feed(text.encode()).items[0].published
    assert published is not None
    assert published.isoformat() == date


@pytest.mark.parametrize("title", ["Kata “Gubernur” – café", "Kafe Žižek", "Prix : 5 €"])
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_utf_8_that_was_taken_for_another_encoding_is_read(
    rss: Wrap, title: str, encoding: str
) -> None:
    undefined = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    torn = "".join(
        chr(one) if one in undefined or encoding == "latin-1" else bytes([one]).decode(encoding)
        for one in title.encode()
    )
    document = rss(f"<item><title>{torn}</title><link>{SITE}/a</link></item>")
    assert parse_feed(document).items[0].title == title


@pytest.mark.parametrize(
    "title",
    [
        "Âge – or", "Ãtlas – “baru”", "São Paulo: 5 €", "É— sim", "SMÅ… KATA", "CAFÉ”", "OLÉ…",
        "ÑÉ–Ñ",
    ],
)  # fmt: skip
def test_characters_that_are_meant_stay(rss: Wrap, title: str) -> None:
    assert parse_feed(rss(f"<item><title>{title}</title></item>")).items[0].title == title


def test_an_apostrophe_behind_a_capital_with_an_accent_stays(rss: Wrap) -> None:
    assert parse_feed(rss("<item><title>CAFÉ’S</title></item>")).items[0].title == "CAFÉ'S"


@pytest.mark.parametrize("between", ["", "\n", '<?xml version="1.0"?>', "\n<!DOCTYPE rss>\n"])
def test_the_items_of_two_documents_in_one_are_read(rss: Wrap, between: str) -> None:
    first, second = (rss(f"<item><title>{one}</title></item>") for one in ("Satu", "Dua"))
    found = parse_feed(first + between.encode() + second)
    assert [one.title for one in found.items] == ["Satu", "Dua"]
    assert "mended" in found.warnings[0]


# -- JSON
# ---------------------------------------------------------------------------------------------


def read(value: Any) -> list[ParsedItem]:
    return list(parse_feed(json.dumps(value).encode(), url=FEED_URL).items)


def json_feed(**fields: Any) -> ParsedItem:
    item = {"id": "1", "url": f"{SITE}/a", "title": "A", **fields}
    (found,) = read({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]})
    return found


@pytest.mark.parametrize("text", ["[]", " [ ]\n", '{"articles": []}', '{"items": []}'])
def test_an_empty_list_is_a_feed_without_items(text: str) -> None:
    found = parse_feed(text.encode())
    assert (found.items, found.warnings) == ((), ())


@pytest.mark.parametrize("text", ['{"data": []}', '{"news": {}}', '{"data": [{"a": 1}]}', "{}"])
def test_an_object_that_may_be_of_anything_is_no_feed(text: str) -> None:
    with pytest.raises(UnreadableFeedError, match="JSON"):
        parse_feed(text.encode())


@pytest.mark.parametrize(
    "wrap",
    [
        lambda listed: {"status": "ok", "totalResults": 1, "articles": listed},
        lambda listed: {"code": 200, "data": listed},
        lambda listed: {"data": {"total": 1, "posts": listed}},
    ],
)
def test_a_list_within_an_answer_is_read(wrap: Callable[[Any], Any]) -> None:
    article = {
        "title": "A",
        "url": f"{SITE}/a",
        "publishedAt": "2026-11-30T07:00:00Z",
        "description": "Rob surut.",
        "author": "Ratna",
    }
    (found,) = read(wrap([article]))
    assert (found.title, found.link, found.author) == ("A", f"{SITE}/a", "Ratna")
    assert found.text == "Rob surut."
    assert found.published is not None


@pytest.mark.parametrize("date", [1796047500, 1796047500000, 1796047500.0, "1796047500"])
def test_a_date_in_json_may_be_a_number(date: float | str) -> None:
    published = json_feed(date_published=date).published
    assert published is not None
    assert published.isoformat() == "2026-11-30T14:05:00+00:00"


@pytest.mark.parametrize("date", [True, None, 0, -5, {}, 1e300])
def test_other_numbers_are_no_date(date: object) -> None:
    assert json_feed(date_published=date).published is None


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        ({"authors": ["Ratna", {"name": "Tigor"}, 5]}, "Ratna, Tigor"),
        ({"author": "Ratna"}, "Ratna"),
        ({"author": {"name": "Ratna"}}, "Ratna"),
        ({"author": 5}, None),
    ],
)
def test_authors_may_be_names_alone(fields: dict[str, Any], author: str | None) -> None:
    assert json_feed(**fields).author == author


@pytest.mark.parametrize("tags", ["rob, Tegal,", ["rob", "Tegal"], [{"name": "rob"}, "Tegal", 3]])
def test_tags_may_be_a_text_or_objects(tags: object) -> None:
    assert json_feed(tags=tags).tags == ("rob", "Tegal")


def test_items_that_php_numbered_are_a_list() -> None:
    items = {str(n): {"id": str(n), "title": f"Kabar {n}"} for n in (0, 2, 3)}
    found = read({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items})
    assert [one.title for one in found] == ["Kabar 0", "Kabar 2", "Kabar 3"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ['{"version": "https://jsonfeed.org/version/1", "items": []}', "[]"]
)
def test_json_in_utf_16_is_read(text: str, encoding: str) -> None:
    assert parse_feed(text.encode(encoding)).items == ()


# -- XML and links
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [">", " >", "><!-- x -->"])
def test_a_namespace_without_quotation_marks_does_not_end_the_document(end: str) -> None:
    name = "http://purl.org/dc/elements/1.1/"
    item = "<item><title>A</title><dc:creator>Ratna</dc:creator></item>"
    text = f"<rss version='2.0' xmlns:dc={name}{end}<channel><title>T</title>{item}</channel></rss>"
    (found,) = parse_feed(text.encode()).items
    assert (found.title, found.author) == ("A", "Ratna")


def test_a_section_that_code_ends_does_not_swallow_the_text_after_it(rss: Wrap) -> None:
    code = "<script>//<![CDATA[ a() //]]></script>"
    item = f"<item><title>A</title><description><![CDATA[Awal {code} akhir]]></description></item>"
    assert parse_feed(rss(item)).items[0].text.split() == ["Awal", "akhir"]


@pytest.mark.parametrize(
    "written", ['"{}"', "'{}'", "<{}>", "&lt;{}&gt;", "({})", "[{}]", "“{}”", '" {} "']
)
def test_a_link_in_quotation_marks_is_read(rss: Wrap, written: str) -> None:
    link = f"{SITE}/kabar/1?a=b"
    written = written.format(link).replace("<", "&lt;")
    found = parse_feed(rss(f"<item><title>A</title><link>{written}</link></item>"), url=FEED_URL)
    assert found.items[0].link == link


def test_a_link_of_many_parentheses_is_read_in_linear_time() -> None:
    # Each took seconds in quadratic time.
    link = f"({SITE}/" + ")" * 16_000 + "x"
    assert resolve_link(link, None, LinkBudget(1)) is None
    assert quickest(lambda: resolve_link(link, None, LinkBudget(1)), 0.1) < 0.1


@pytest.mark.parametrize("link", [f"{SITE}/a(b)", f"{SITE}/a'b'", f"{SITE}/[1]"])
def test_quotation_marks_within_a_link_stay(rss: Wrap, link: str) -> None:
    found = parse_feed(rss(f"<item><title>A</title><link>{link}</link></item>"), url=FEED_URL)
    assert found.items[0].link == link


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("kata &amp;#8220 rob &amp;#8221, ujar", "kata “ rob ”, ujar"),
        ("no. &amp;#12 dan &amp;copy=1", "no. &#12 dan &copy=1"),
    ],
)
def test_large_numbers_are_characters_without_a_semicolon(
    rss: Wrap, written: str, text: str
) -> None:
    document = rss(f"<item><title>A</title><description>{written}</description></item>")
    assert parse_feed(document).items[0].text == text


@pytest.mark.parametrize(
    ("link", "guid", "read"),
    [
        ("https://feeds.feedburner.com/~r/kabar/~3/x/1", f"{SITE}/?p=1", f"{SITE}/?p=1"),
        ("http://feedproxy.google.com/~r/kabar/~3/x/1", f"{SITE}/1", f"{SITE}/1"),
        ("https://feeds.feedburner.com/~r/kabar/~3/x/1", "tag:1", None),
        ("https://feeds.feedburner.com/~r/kabar/~3/x/1", f"{SITE}/#1", None),
        ("https://feeds.feedburner.com/~r/kabar/~3/x/1", SITE, None),
        (f"{SITE}/1", "https://lain.example/1", None),
    ],
)
def test_an_id_that_is_an_address_goes_before_the_link_of_a_proxy(
    rss: Wrap, link: str, guid: str, read: str | None
) -> None:
    for permanent in ("", ' isPermaLink="false"'):
        item = f"<item><title>A</title><link>{link}</link><guid{permanent}>{guid}</guid></item>"
        assert parse_feed(rss(item)).items[0].link == (read or link)
