"""Habits of real feeds, in documents of our own: each is one item, and what must be read from it."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.text.normal_text import normalise_text
from pantau.feeds.document import ParsedItem
from pantau.feeds.html.text import html_to_text
from pantau.feeds.parse import parse_feed

MODULES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in MODULES.items())


def rss(item: str, channel: str = "") -> str:
    return f'<rss version="2.0" {DECLARED}><channel><title>T</title>{channel}<item>{item}</item></channel></rss>'


def atom(entry: str, attributes: str = "") -> str:
    return (
        f'<feed xmlns="{MODULES["atom"]}" xmlns:media="{MODULES["media"]}" '
        f"{attributes}><entry>{entry}</entry></feed>"
    )


def json_feed(item: Mapping[str, Any], **feed: Any) -> str:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item], **feed}
    )


def one(document: str | bytes, url: str | None = None) -> ParsedItem:
    (item,) = parse_feed(
        document.encode() if isinstance(document, str) else document, url=url
    ).items
    return item


@pytest.mark.parametrize(
    ("document", "title"),
    [
        (rss('<title><![CDATA[ <b>Tebal</b> & "kutip" &amp; x ]]></title>'), 'Tebal & "kutip" & x'),
        (rss("<title><![CDATA[5 < 6 & a<b dan i > j]]></title>"), "5 < 6 & a<b dan i > j"),
        (rss("<title>AT&amp;amp;T &amp;#8211; &amp;rsquo;22</title>"), "AT&T – ’22"),
        (rss("<title>A &nbsp;B &rsquo;C&#8217; &#x2019; R&D &bogus;</title>"),
            "A B ’C’ ’ R&D &bogus;"),
        (rss("<title>Satu&lt;br/&gt;Dua</title>"), "Satu Dua"),
        (rss("<title>Kata\u00ad majemuk\ufeff</title>"), "Kata majemuk"),
        (rss("<itunes:title>Lain</itunes:title><title>Judul</title>"), "Judul"),
        (atom('<title type="html">&lt;b&gt;x&lt;/b&gt; &amp;amp; y</title>'), "x & y"),
        (atom('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">J <b>x</b> '
              '&lt;y</div></title>'), "J x <y"),
        (atom("<title><![CDATA[<i>Kapal</i> &amp; laut]]></title>"), "Kapal & laut"),
        (atom('<title type="text">tag &lt;b&gt; dan &amp;amp;</title>'), "tag <b> dan &"),
        (atom("<title>V</title><media:group><media:title>M</media:title></media:group>"), "V"),
        (json_feed({"title": "a &amp; <b>b</b>"}), "a & b"),
        (json_feed({"title": "5 < 6"}), "5 < 6"),
    ],
)  # fmt: skip
def test_titles_are_plain(document: str, title: str) -> None:
    assert one(document).title == title


LONG = (
    "<p>Satu<script>if(a<b){write('<p>x</p>')}</script></p><style>p{}</style><p>Dua "
    "&nbsp;&rsquo;tiga&rsquo; &hellip;</p>"
)


@pytest.mark.parametrize(
    ("document", "text"),
    [
        (rss(f"<description>pendek</description><content:encoded><![CDATA[{LONG}]]></content:encoded>"), "pendek\n\nSatu\nDua ’tiga’ …"),
        (rss(f"<content:encoded><![CDATA[{LONG}]]></content:encoded><description>pendek</description>"), "Satu\nDua ’tiga’ …\n\npendek"),
        (rss("<description>&amp;lt;p&amp;gt;Halo &amp;amp;amp; "
             "dunia&amp;lt;/p&amp;gt;</description>"), "Halo & dunia"),
        (rss("<description>A&lt;br&gt;B&lt;BR/&gt;&lt;BR/&gt;C</description>"), "A\nB\nC"),
        (rss("<description><![CDATA[<svg><title>ikon</title></svg>Isi<select><option>1</option></select>]]></description>"), "Isi"),
        (rss("<media:description>Baris &lt;b&gt; satu &amp;amp; dua</media:description>"),
            "Baris satu & dua"),
        (rss('<media:description type="html">&lt;p&gt;Hai&lt;/p&gt;</media:description>'), "Hai"),
        (rss("<itunes:summary>&lt;p&gt;ringkas&lt;/p&gt;</itunes:summary>"), "ringkas"),
        (atom('<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Satu '
              '<em>dua</em></p><p>&lt;tiga&gt;</p></div></content>'), "Satu dua\n<tiga>"),
        (atom("<summary>Baca &lt;a href='x'&gt;ini&lt;/a&gt; dulu&lt;br/&gt;ya</summary>"),
            "Baca ini dulu\nya"),
        (atom("<summary>Satu &amp;#8211; dua &amp;amp; tiga&amp;nbsp;empat</summary>"),
            "Satu – dua & tiga\u00a0empat"),
        (atom('<content type="text">tulis &amp;lt;b&amp;gt; &amp;amp; begitu</content>'),
            "tulis &lt;b&gt; &amp; begitu"),
        (atom('<content type="application/octet-stream">aGFsbw==</content><summary>ringkas</summary>'), "ringkas"),
        (atom("<media:group><media:description>Baris 1\nBaris 2 &lt;b&gt; "
              "?a&amp;b</media:description></media:group>"), "Baris 1\nBaris 2 <b> ?a&b"),
        (json_feed({"content_text": "a < b & c", "content_html": "<p>hai</p>"}), "a < b & c"),
        (json_feed({"content_text": "a", "content_html": "<p>hai &amp; <i>halo</i></p>"}),
            "hai & halo"),
        (json_feed({"summary": "<b>s</b> &amp; t"}), "s & t"),
        (json_feed({"content_text": "A &amp; B&rsquo;s"}), "A & B's"),
        (rss("<description><![CDATA[<p>Tom &amp;amp; "
             "Jerry&amp;#8217;s&amp;nbsp;rumah</p>]]></description>"), "Tom & Jerry's rumah"),
        (rss("<description>Satu &amp;amp;#8211; dua &amp;amp;nbsp; tiga</description>"),
            "Satu – dua tiga"),
        (rss("<description><![CDATA[<p>Pakai &lt;p&gt; &amp;lt;p&amp;gt; "
             "&amp;amp;</p>]]></description>"), "Pakai <p> &lt;p&gt; &amp;"),
    ],
)  # fmt: skip
def test_texts_are_plain(document: str, text: str) -> None:
    assert one(document).text == text


@pytest.mark.parametrize(
    ("document", "link"),
    [
        (rss("<guid>http://x.id/g</guid>"), "http://x.id/g"),
        (rss("<link></link><guid>http://x.id/g</guid>"), "http://x.id/g"),
        (rss("<guid>http://x.id/g</guid><link/>"), "http://x.id/g"),
        (rss('<guid isPermaLink="false">http://x.id/g</guid>'), None),
        (rss('<guid isPermaLink="FALSE">http://x.id/g</guid><link>http://x.id/l</link>'),
            "http://x.id/l"),
        (rss('<guid isPermaLink="true">12</guid>'), None),
        (rss("<link>\n <![CDATA[ http://x.id/a?b=1&c=2 ]]>\n</link>"), "http://x.id/a?b=1&c=2"),
        (rss('<link>http://x.id/a</link><atom:link href="http://x.id/b"/>'), "http://x.id/a"),
        (rss('<atom:link rel="self" href="http://x.id/s"/><link>http://x.id/a</link>'),
            "http://x.id/a"),
        (rss("<link>/a</link>", "<link>http://x.id/d/</link>"), "http://x.id/a"),
        (rss("<link>../b?c=1&amp;d=2</link>", "<link>http://x.id/d/e/</link>"),
            "http://x.id/d/b?c=1&d=2"),
        (rss("<link>//cdn.id/z</link>", "<link>https://x.id/</link>"), "https://cdn.id/z"),
        (rss('<enclosure url="http://x.id/a.mp3" type="audio/mpeg" length="1"/>'),
            "http://x.id/a.mp3"),
        (atom('<link rel="enclosure" href="http://x.id/e"/><link rel="self" '
              'href="http://x.id/s"/><link href="http://x.id/a"/>'), "http://x.id/a"),
        (atom('<link type="application/pdf" href="/a.pdf"/><link type="text/html" href="/a"/>',
            'xml:base="http://x.id/"'), "http://x.id/a"),
        (atom('<link xml:base="sub/" href="a"/>', 'xml:base="http://x.id/d/"'),
            "http://x.id/d/sub/a"),
        (atom('<link rel="self" href="http://x.id/s"/><id>http://x.id/id</id>'), "http://x.id/id"),
        (atom('<link rel="self" href="http://x.id/s"/><id>urn:uuid:1</id>'), None),
        (json_feed({"id": "1", "url": "/x"}, home_page_url="http://x.id/"), "http://x.id/x"),
        (json_feed({"id": "1", "external_url": "http://y.id/"}), "http://y.id/"),
        (json_feed({"id": "https://x.id/1"}), "https://x.id/1"),
    ],
)  # fmt: skip
def test_links(document: str, link: str | None) -> None:
    assert one(document).link == link


def test_the_address_of_the_site_comes_before_that_of_the_document() -> None:
    document = rss("<link>/a</link>", "<link>http://situs.id/d/</link>")
    assert one(document, url="http://lain.id/f/rss").link == "http://situs.id/a"


def test_rdf_takes_the_subject_for_the_link() -> None:
    document = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/">'
        '<channel rdf:about="http://c.id/"/><item '
        'rdf:about="http://c.id/1"><title>x</title></item></rdf:RDF>'
    )
    assert one(document).link == "http://c.id/1"


@pytest.mark.parametrize(
    ("document", "author"),
    [
        (rss("<author>budi@x.id (Budi S)</author>"), "Budi S"),
        (rss("<author>Budi &lt;b@x.id&gt;</author>"), "Budi"),
        (rss("<author>b@x.id</author>"), "b@x.id"),
        (rss("<dc:creator><![CDATA[Budi & Ani]]></dc:creator>"), "Budi & Ani"),
        (rss("<dc:creator>Budi</dc:creator><dc:creator>Ani</dc:creator>"), "Budi, Ani"),
        (rss("<author>redaksi@x.id</author><dc:creator>Budi</dc:creator>"), "Budi"),
        (rss("<itunes:author>Kanal</itunes:author>"), "Kanal"),
        (
            atom(
                "<author><name>Budi</name><email>b@x.id</email></author><author><name>Ani</name></author>"
            ),
            "Budi, Ani",
        ),
        (atom("<author><email>b@x.id</email></author>"), "b@x.id"),
        (json_feed({"authors": [{"name": "Budi"}, {"url": "u"}, {"name": "Ani"}]}), "Budi, Ani"),
        (json_feed({"author": {"name": "Budi"}}), "Budi"),
        (json_feed({"id": "1"}, authors=[{"name": "Redaksi"}]), "Redaksi"),
        (rss("<title>x</title>"), None),
    ],
)
def test_authors(document: str, author: str | None) -> None:
    assert one(document).author == author


@pytest.mark.parametrize(
    ("document", "tags"),
    [
        (rss("<category domain='d'><![CDATA[Politik & "
             "Hukum]]></category><category>a/b</category><category/>"), ("Politik & Hukum", "a/b")),
        (rss("<category>x</category><dc:subject>y</dc:subject><category>x</category>"), ("x", "y")),
        (rss("<itunes:keywords>satu, dua</itunes:keywords>"), ("satu", "dua")),
        (atom('<category term="t" label="Label"/><category term="u"/>'), ("Label", "u")),
        (json_feed({"tags": ["x", " ", "a &amp; b", 5, "x"]}), ("x", "a & b")),
    ],
)  # fmt: skip
def test_tags(document: str, tags: tuple[str, ...]) -> None:
    assert one(document).tags == tags


MOMENT = datetime(2022, 9, 9, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "document",
    [
        rss("<pubDate>Jumat, 09 September 2022 08:15:00 WIB</pubDate>"),
        rss("<pubDate>omong kosong</pubDate><dc:date>2022-09-09T08:15:00+07:00</dc:date>"),
        rss(
            "<dc:date>2022-09-10T08:15:00+07:00</dc:date><pubDate>Fri, 09 Sep 2022 01:15:00 "
            "GMT</pubDate>"
        ),
        atom(
            "<updated>2022-09-10T08:15:00Z</updated><published>2022-09-09T03:15:00.000+02:00</published>"
        ),
        atom("<updated>2022-09-09T01:15:00Z</updated>"),
        json_feed(
            {"date_published": "2022-09-09T08:15:00+07:00", "date_modified": "2022-09-10T00:00:00Z"}
        ),
        json_feed({"date_modified": "2022-09-09T01:15:00Z"}),
    ],
)
def test_dates(document: str) -> None:
    assert one(document).published == MOMENT


@pytest.mark.parametrize(
    ("label", "encoding", "title"),
    [
        ("big5", "big5", "台北新聞"),
        ("gb2312", "gbk", "中国新闻"),
        ("euc-kr", "cp949", "한국 뉴스"),
        ("ks_c_5601-1987", "euc_kr", "한국 뉴스"),
        ("shift_jis", "cp932", "日本の①ニュース"),
        ("x-sjis", "cp932", "日本のニュース"),
        ("euc-jp", "euc_jp", "日本"),
        ("iso-2022-jp", "iso2022_jp", "日本"),
        ("koi8-r", "koi8_r", "Новости"),
        ("windows-1251", "cp1251", "Новости"),
        ("windows-874", "cp874", "ข่าว"),
        ("iso-8859-1", "cp1252", "“Kutip” – café €"),
        ("iso-8859-15", "iso8859_15", "café €"),
        ("cp-1252", "cp1252", "café"),
        ("macintosh", "mac_roman", "café"),
        ("unicode", "utf-8", "café"),
        ("utf-16", "utf-16", "café"),
        ("utf-32", "utf-32", "café"),
        ("utf-16", "utf-8", "café"),
    ],
)
def test_declared_encodings(label: str, encoding: str, title: str) -> None:
    document = f'<?xml version="1.0" encoding="{label}"?>{rss(f"<title>{title}</title>")}'
    assert one(document.encode(encoding)).title == title


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("cp932", "東京都の新しいニュース、今日の天気はどうですか"),
        ("euc_jp", "東京都の新しいニュース、今日の天気はどうですか"),
        ("gb18030", "今天北京的天气很好，新闻报道了最新消息"),
        ("big5", "今天台北的天氣很好，新聞報導了最新消息"),
        ("cp949", "오늘 서울의 날씨는 맑고 뉴스가 많습니다"),
        ("cp1251", "Президент посетил сегодня Москву и область"),
        ("koi8_r", "Президент посетил сегодня Москву и область"),
        ("cp1252", "Rocky Gerung: “Ini salah” – café di Côte d’Azur"),
        ("cp1252", "Élections: les députés ont voté à l’Assemblée, très animée"),
    ],
)
@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0" encoding="utf-8"?>'])
def test_encodings_that_are_not_declared_or_wrongly(
    declaration: str, encoding: str, title: str
) -> None:
    feed = parse_feed((declaration + rss(f"<title>{title}</title>")).encode(encoding))
    assert feed.items[0].title == normalise_text(title)
    assert len(feed.warnings) == 1


PIECES = ["<p>", "</p>", "<br>", "<b>", "</b>", "&amp;", "&nbsp;", "&lt;b&gt;", "a", " ", "\n", "<",
    ">", "&", "<!-- x -->",
          "<script>x</script>", "&#8217;", "<a href='?a=1&b=2'>", "</a>", "é", "😀", "<div", "\x0b",
          "&#0;", "]]>"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_plain_text_has_no_white_space_or_signs_that_only_markup_needs(html: str) -> None:
    text = html_to_text(html)
    assert text == "\n".join(" ".join(line.split()) for line in text.split("\n") if line.split())
    assert "&nbsp;" not in text
    assert "&#" not in text
    assert "</p>" not in text
    assert "script" not in text
    assert text.isprintable() or "\n" in text
