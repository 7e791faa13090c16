"""Breaks in titles, which are markup or mentioned, and items of RDF without a link."""

from html import escape

import pytest

from pantau.feeds.parse import parse_feed

_RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{name}">'
    '<channel rdf:about="https://s.example/"><title>U</title><link>https://s.example/</link>'
    "</channel><item {about}><title>J</title>{more}</item></rdf:RDF>"
)


def _title(written: str) -> str:
    feed = f"<rss version='2.0'><channel><item><title>{written}</title></item></channel></rss>"
    return parse_feed(feed.encode()).items[0].title


@pytest.mark.parametrize("tag", ["<br>", "<br/>", "<BR />", "<br class='x'/>"])
@pytest.mark.parametrize(
    "form", ["Banjir{}di Demak", "Banjir {} di Demak", "<b>Banjir</b>{}di Demak"]
)
def test_a_break_in_a_title_is_a_space(tag: str, form: str) -> None:
    text = form.format(tag)
    for written in (escape(text), f"<![CDATA[{text}]]>"):
        assert _title(written) == "Banjir di Demak"


@pytest.mark.parametrize("tag", ["<br>", "<br/>", "<BR />"])
def test_a_break_that_is_escaped_twice_is_a_space(tag: str) -> None:
    assert _title(escape(escape(f"Banjir{tag}di Demak"))) == "Banjir di Demak"


@pytest.mark.parametrize(
    "text",
    ["Cara memakai <br/> di HTML", "Baris baru (<br>) dalam surel", "Beda <br/> dan <hr/>",
     "Why the <br> tag stays"],
)  # fmt: skip
def test_a_break_that_a_title_speaks_of_stays(text: str) -> None:
    for written in (escape(text), escape(escape(text)), f"<![CDATA[{text}]]>"):
        assert _title(written) == text


def test_a_place_for_a_break_within_a_word_joins_it() -> None:
    assert _title("Ban&lt;wbr&gt;jir") == "Banjir"
    assert _title("Belajar HTML&lt;br/&gt;untuk pemula") == "Belajar HTML untuk pemula"


@pytest.mark.parametrize(
    "name", ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"]
)
@pytest.mark.parametrize("more", ["", "<link/>", "<link> </link>"])
@pytest.mark.parametrize(
    ("about", "link"),
    [
        ('rdf:about="https://s.example/1"', "https://s.example/1"),
        ('about="https://s.example/1"', "https://s.example/1"),
        ('rdf:about="/berita/1"', "https://s.example/berita/1"),
        ('rdf:about="berita/1.html"', "https://s.example/berita/1.html"),
        ('rdf:about="urn:x:1"', None),
        ('rdf:about="#1"', None),
    ],
)
def test_an_item_of_rdf_is_known_by_what_it_is_about(
    name: str, more: str, about: str, link: str | None
) -> None:
    (item,) = parse_feed(_RDF.format(name=name, about=about, more=more).encode()).items
    assert item.link == link
