"""Plain items are read as feedparser's handlers read them: all fields are equal."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.feeds.xml.check import check
from tests.unit.feeds.feedparser.both_ways import read_both_ways

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:x="urn:other"'
)
ITEM = (
    "<item><title>Banjir di Demak</title><link>https://kabar.example/1?a=1&amp;b=2</link>"
    '<guid isPermaLink="false">1</guid><pubDate>Sat, 28 Nov 2026 07:00:00 +0700</pubDate>'
    "<dc:creator>Rina</dc:creator><category>Banjir</category><category>Demak</category>"
    "<description>&lt;p&gt;Air naik.&lt;/p&gt;</description>"
    "<content:encoded><![CDATA[<p>Air naik sejak pagi.</p>]]></content:encoded>"
    "<slash:comments>3</slash:comments></item>"
)


def _rss(*items: str, version: str = "2.0", channel: str = "") -> bytes:
    head = "<title>Kabar</title><link>https://kabar.example/</link><description>d</description>"
    return (
        f'<rss version="{version}" {NAMESPACES}><channel>{head}{"".join(items)}{channel}'
        "</channel></rss>"
    ).encode()


def test_an_ordinary_item_is_plain() -> None:
    quick, slow, plain = read_both_ways(_rss(ITEM, ITEM))
    assert quick == slow
    assert plain == 2
    assert quick.entries[0].authors == ["Rina"]
    assert quick.entries[0].tags == ["Banjir", "Demak"]
    assert [one.kind for one in quick.entries[0].texts] == ["description", "content"]


@pytest.mark.parametrize(
    "part",
    [
        "<title>Judul lain</title>",
        "<link>https://kabar.example/2</link>",
        '<atom:link rel="alternate" href="https://kabar.example/3"/>',
        "<description>Lain <b>tebal</b></description>",
        '<description type="xhtml">a</description>',
        '<source url="https://lain.example/rss">Lain</source>',
        "<media:group><media:title>Video</media:title></media:group>",
        "<media:description>Foto banjir</media:description>",
        '<x:a xmlns:y="urn:y" y:b="1"/>',
        '<x:a xml:base="https://lain.example/"><x:b/></x:a>',
        '<category term="a"/>',
        "<author><name>Budi</name></author>",
        "<image><url>https://kabar.example/1.jpg</url><title>Foto</title></image>",
        "<dc:subject>Cuaca</dc:subject>",
    ],
)
def test_anything_else_is_left_to_feedparser(part: str) -> None:
    odd = ITEM.replace("</item>", part + "</item>")
    quick, slow, plain = read_both_ways(_rss(ITEM, odd, ITEM))
    assert quick == slow
    assert plain == 2


def test_relative_links_spend_the_same_budget() -> None:
    odd = ITEM.replace("https://kabar.example/1", "/1").replace("false", "true")
    quick, slow, plain = read_both_ways(_rss(ITEM, odd), "https://kabar.example/rss")
    assert (quick == slow, plain) == (True, 1)


def test_every_feed_at_hand_is_read_alike_both_ways(shared_data: Path) -> None:
    paths = [
        *(shared_data / "feeds").rglob("*.xml"),
        *(shared_data / "feeds-torture").rglob("*.xml"),
    ]
    plain = 0
    for path in sorted(paths):
        data = path.read_bytes()
        if check(data) is not None:
            continue
        quick, slow, number = read_both_ways(data, "https://kabar.example/rss")
        assert quick == slow, path.name
        plain += number
    assert plain >= 10


TEXTS = st.sampled_from(
    [
        "", " ", "Banjir", " Air naik \n", "&lt;p&gt;Teks&lt;/p&gt;", "a &amp;amp; b", "AT&amp;T",
        "<![CDATA[<p>Isi &nbsp; teks</p>]]>", "caf\u00c3\u00a9", "\u0093kutip\u0094",
        "https://kabar.example/a?b=1&amp;c=2",
        "https:///kabar.example//x", "/relatif", "http://[::1", "HTTPS://Kabar.example/X",
        "&amp;copy=1;",
        "Sat, 28 Nov 2026 07:00:00 +0700", "a <b>c</b> d", "<!-- k -->x", "<?p q?>y",
    ]
)  # fmt: skip
NAMES = st.sampled_from(
    [
        "title", "link", "guid", "pubDate", "description", "content:encoded",
        "dc:creator", "author",
        "category", "dc:date", "slash:comments", "media:content", "media:thumbnail", "enclosure",
        "comments", "x:lain", "PubDate", "atom:link", "updated", "id", "summary",
        "source", "dc:title",
    ]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    [
        "", "", "", "", ' isPermaLink="false"', ' isPermaLink="true"', ' domain="d"', ' domain=""',
        ' type="html"', ' xml:lang="id"', ' url="https://kabar.example/f.jpg" type="image/jpeg"',
        ' url="https://kabar.example/l.jpg" medium="image" width="1200" height="800"',
        ' url="https://kabar.example/k" type="IMAGE/png" width=" 90px"', ' url="/r.webp?x=1"',
        ' uri="https://kabar.example/u.png" URL="https://kabar.example/v.mp4" type="video/mp4"',
        ' url="https://kabar.example/p.gif" width="1" height="1"', ' url="  "',
        ' url="caf\u00c3\u00a9 &amp;amp; b.jpg" medium="Image"',
        ' href="https://kabar.example/h"', ' rel="alternate"', ' xml:base="https://b.example/"',
    ]
)  # fmt: skip
ELEMENTS = st.builds(
    lambda name, attributes, text: f"<{name}{attributes}>{text}</{name}>", NAMES, ATTRIBUTES, TEXTS
)
USUAL = st.sampled_from(
    [
        "<link>https://kabar.example/1</link>", "<title>Judul</title>",
        '<guid isPermaLink="false">7</guid>',
        "<description>Isi</description>", "<category>K</category>",
    ]
)  # fmt: skip
ITEMS = st.lists(st.one_of(USUAL, USUAL, ELEMENTS), max_size=9).map(
    lambda parts: f"<item>{''.join(parts)}</item>"
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(ITEMS, max_size=4),
    st.sampled_from(["2.0", "0.91", "0.92", "x", ""]),
    st.sampled_from(["", "<title>Akhir</title>", "<image><title>G</title></image>"]),
    st.sampled_from([None, "https://kabar.example/rss"]),
)
def test_generated_items_are_read_alike_both_ways(
    items: list[str], version: str, channel: str, base: str | None
) -> None:
    data = _rss(*items, version=version, channel=channel)
    if check(data) is None:
        quick, slow, _ = read_both_ways(data, base)
        assert quick == slow
