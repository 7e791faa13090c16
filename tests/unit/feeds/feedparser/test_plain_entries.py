"""Plain entries of Atom are read as feedparser's handlers read them: all fields are equal."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.feeds.raw_feed import RawText
from pantau.feeds.xml.check import check
from tests.unit.feeds.feedparser.both_ways import read_both_ways

NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:gd="urn:gd"'
)
ENTRY = (
    "<entry><id>tag:kabar.example,2026:1</id><title type='html'>Banjir &amp;amp; longsor</title>"
    "<link rel='self' type='application/atom+xml' href='https://kabar.example/api/1'/>"
    "<link rel='alternate' type='text/html' href='https://kabar.example/1?a=1&amp;b=2'/>"
    "<published>2026-11-28T07:00:00+07:00</published><updated>2026-11-28T08:00:00+07:00</updated>"
    "<author><name>Rina</name><uri>https://kabar.example/rina</uri>"
    "<email>rina@kabar.example</email></author>"
    "<category term='banjir' scheme='https://kabar.example/topik' label='Banjir'/>"
    "<category term='Demak'/><summary type='text'>Air naik.</summary>"
    "<content type='html' xml:lang='id' xml:base='https://kabar.example/'>"
    "&lt;p&gt;Air naik sejak pagi.&lt;/p&gt;</content>"
    "<media:thumbnail url='https://kabar.example/1.jpg' height='90'/>"
    "<thr:total>3</thr:total></entry>"
)


def _atom(*entries: str, more: str = "", version: str = NAMESPACES) -> bytes:
    head = "<title>Kabar</title><link href='https://kabar.example/'/><id>urn:kabar</id>"
    return f"<feed {version}>{head}{''.join(entries)}{more}</feed>".encode()


def test_an_ordinary_entry_is_plain() -> None:
    quick, slow, plain = read_both_ways(_atom(ENTRY, ENTRY), atom=True)
    assert quick == slow
    assert plain == 2
    entry = quick.entries[0]
    assert (entry.guid, entry.link) == (
        "tag:kabar.example,2026:1",
        "https://kabar.example/1?a=1&b=2",
    )
    assert entry.title == RawText("title", "text/html", "Banjir &amp; longsor")
    assert entry.authors == ["Rina"]
    assert entry.tags == ["Banjir", "Demak"]
    assert [(one.kind, one.type) for one in entry.texts] == [
        ("summary", "text/plain"),
        ("content", "text/html"),
    ]
    assert entry.dates == ["2026-11-28T07:00:00+07:00", "2026-11-28T08:00:00+07:00"]


@pytest.mark.parametrize(
    "part",
    [
        "<title>Judul lain</title>",
        "<link rel='alternate' href='/relatif'/>",
        "<link>https://kabar.example/2</link>",
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>a</div></content>",
        "<summary>Lain <b>tebal</b></summary>",
        "<source><title>Lain</title></source>",
        "<contributor><name>Budi</name></contributor>",
        "<author><name>Budi</name><uri>/budi</uri></author>",
        "<author>Budi</author>",
        "<author><name>Bu<b/>di</name></author>",
        "<author><name>Budi</name> Santoso</author>",
        "<author><gd:image>x</gd:image></author>",
        "<rights>Kabar</rights>",
        "<issued>2026-11-28</issued>",
        "<name>Budi</name>",
        "<category term='a'>b</category>",
        "<media:group><media:title>Video</media:title></media:group>",
        "<thr:in-reply-to xml:base='https://lain.example/' ref='urn:1'/>",
    ],
)
def test_anything_else_is_left_to_feedparser(part: str) -> None:
    odd = ENTRY.replace("</entry>", part + "</entry>")
    quick, slow, plain = read_both_ways(_atom(ENTRY, odd, ENTRY), "https://b.example/", atom=True)
    assert quick == slow
    assert plain == 2


@pytest.mark.parametrize(
    "version",
    [
        'xmlns="http://purl.org/atom/ns#" version="0.3"',
        "",
        'xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/" xml:lang="id"',
        'xmlns="urn:other" xmlns:a="http://www.w3.org/2005/Atom"',
    ],
)
def test_other_roots_are_read_alike(version: str) -> None:
    entry = ENTRY.replace("thr:total", "total").replace("media:thumbnail", "thumbnail")
    quick, slow, _ = read_both_ways(_atom(entry, version=version), atom=True)
    assert quick == slow
    assert quick.entries or "urn:other" in version


def test_an_entry_alone_is_plain() -> None:
    data = ENTRY.replace("<entry>", f"<entry {NAMESPACES}>").encode()
    quick, slow, plain = read_both_ways(data, atom=True)
    assert (quick == slow, plain, len(quick.entries)) == (True, 1, 1)


def test_every_atom_feed_at_hand_is_read_alike_both_ways(shared_data: Path) -> None:
    for folder in ("feeds", "feeds-torture"):
        for path in sorted((shared_data / folder).rglob("*.xml")):
            data = path.read_bytes()
            if check(data) is None:
                quick, slow, _ = read_both_ways(data, "https://kabar.example/atom", atom=True)
                assert quick == slow, path.name


TEXTS = st.sampled_from(
    [
        "", " ", "Banjir", " Air naik \n", "&lt;p&gt;Teks&lt;/p&gt;", "a &amp;amp; b", "AT&amp;T",
        "<![CDATA[<p>Isi &nbsp; teks</p>]]>", "caf\u00c3\u00a9", "\u0093kutip\u0094",
        "https://kabar.example/a?b=1&amp;c=2", "https:///kabar.example//x", "/relatif",
        "2026-11-28T07:00:00Z", "a <b>c</b> d", "<!-- k -->x", "<name>Budi</name>",
        "<name>Rina</name><email>r@kabar.example</email>", "<email>r@kabar.example</email>",
        "<name/><uri>https://kabar.example/r</uri>", "<name>A</name><name> B </name>",
        "<uri>/r</uri><name>C</name>", "<gd:image/><name>caf\u00c3\u00a9</name>",
    ]
)  # fmt: skip
NAMES = st.sampled_from(
    [
        "title", "link", "id", "published", "updated", "summary", "content", "author", "category",
        "media:thumbnail", "media:content", "thr:total", "gd:image", "rights", "source", "name",
        "contributor", "description", "guid", "Title", "uri", "media:description",
    ]
)  # fmt: skip
ATTRIBUTES = st.sampled_from(
    [
        "", "", "", ' type="html"', ' type="text"', ' type="HTML"', ' type="xhtml"',
        ' url="https://kabar.example/l.jpg" medium="image" width="1200" height="800"',
        ' url="https://kabar.example/k" type="IMAGE/png" width=" 90px"', ' url="/r.webp?x=1"',
        ' uri="https://kabar.example/u.png" URL="https://kabar.example/v.mp4" type="video/mp4"',
        ' url="https://kabar.example/p.gif" width="1" height="1"', ' url="  "',
        ' url="caf\u00c3\u00a9 &amp;amp; b.jpg" medium="Image"',
        ' rel="enclosure" type="image/png" href="HTTPS://Kabar.example/a/../b.png"',
        ' rel="enclosure" href="https://kabar.example/c.png"', ' type=" html"',
        ' href="https://kabar.example/h"', ' href="/h"', ' href="HTTPS://Kabar.example/a/../b#"',
        ' rel="alternate" href="https://kabar.example/2"', ' rel="self" href="https://a.example/"',
        ' rel="Canonical self" href="https://kabar.example/3"', ' href=" https://kabar.example/"',
        ' rel="alternate" type="application/pdf" href="http://[::1"', ' rel="" href="http://x.y"',
        ' term="banjir"', ' term=" " label="x"', ' scheme="urn:s"', ' term="caf\u00c3\u00a9"',
        ' xml:lang="id"', ' xml:base="https://b.example/"', ' xml:base="/b/"', ' src="http://x.y/"',
        ' url="https://kabar.example/f.jpg" type="image/jpeg"', ' mode="base64"', ' lang="en"',
    ]
)  # fmt: skip
ELEMENTS = st.builds(
    lambda name, attributes, text: f"<{name}{attributes}>{text}</{name}>", NAMES, ATTRIBUTES, TEXTS
)
PLAIN_TEXTS = st.sampled_from(
    [
        "", " ", "Banjir", " Air naik \n", "&lt;p&gt;Teks&lt;/p&gt;", "a &amp;amp; b", "AT&amp;T",
        "<![CDATA[<p>Isi &nbsp; teks</p>]]>", "caf\u00c3\u00a9", "\u0093kutip\u0094",
        "2026-11-28T07:00:00Z", "https://kabar.example/5",
    ]
)  # fmt: skip
PEOPLE = st.sampled_from(
    [
        "", "<name>Rina</name>", "<name> caf\u00c3\u00a9 </name><email>r@kabar.example</email>",
        "<email>r@kabar.example</email>", "<name/><email>a@b.example</email>", "Budi", "<gd:a/>",
        "<name>A</name><name>B</name>", "<uri>https://kabar.example/r</uri><name>C</name>",
        "<name>D</name> E", "F <name>G</name>", "<gd:a x='1'>H</gd:a>", "<uri>/r</uri>",
        "I <name/>", "J <gd:a/>",
    ]
)  # fmt: skip
OF_A_TEXT = st.sampled_from(
    ["", ' type="html"', ' type="text"', ' type="HTML"', ' xml:lang="id" type="html"']
)
OF_A_LINK = st.sampled_from(
    [
        ' href="https://kabar.example/h"', ' href="HTTPS://Kabar.example/a/../b#"',
        ' rel="alternate" href="https://kabar.example/2"', ' rel="self" href="https://a.example/"',
        ' rel="alternate" type="text/html" href="https:///kabar.example/6?a=1&amp;b=2"',
        ' rel="Canonical self" href="https://kabar.example/3"', ' rel="" href="http://x.y"',
        ' rel="alternate" type="application/pdf" href="http://[::1"', ' href="/relatif"',
    ]
)  # fmt: skip
OF_A_CATEGORY = st.sampled_from(
    ["", ' term="banjir"', ' term=" " label="x"', ' scheme="urn:s"', ' term="caf\u00c3\u00a9"']
)
OFTEN = st.one_of(
    st.builds("<link{0}>{1}</link>".format, OF_A_LINK, st.sampled_from(["", "", "x"])),
    st.builds("<category{0}>{1}</category>".format, OF_A_CATEGORY, st.sampled_from(["", "", "k"])),
    st.builds("<author>{0}</author>".format, PEOPLE),
    st.sampled_from(["<thr:total>3</thr:total>", '<gd:a b="c"/>', '<media:thumbnail url="u"/>']),
)
ONCE = st.lists(
    st.sampled_from(["title", "summary", "content", "id", "published", "updated"]), unique=True
)


@st.composite
def entries(draw: st.DrawFn) -> str:
    """Build an entry that is mostly plain: each text once, and rarely anything else."""
    parts = draw(st.lists(OFTEN, max_size=4))
    parts.append('<link href="https://kabar.example/1"/>')
    for name in draw(ONCE):
        written = draw(OF_A_TEXT) if name in {"title", "summary", "content"} else ""
        parts.append(f"<{name}{written}>{draw(PLAIN_TEXTS)}</{name}>")
    if draw(st.integers(0, 4)) == 4:
        parts.append(draw(ELEMENTS))
    return f"<entry>{''.join(draw(st.permutations(parts)))}</entry>"


@settings(max_examples=400, deadline=None)
@given(
    st.lists(entries(), max_size=3),
    st.sampled_from(
        [
            "",
            "<title>Akhir</title>",
            "<author><name>Redaksi</name></author>",
            "<gd:a><gd:b><title>Dalam</title></gd:b></gd:a>",
        ]
    ),
    st.sampled_from([None, "https://kabar.example/atom"]),
    st.sampled_from([NAMESPACES, NAMESPACES + ' xml:base="https://b.example/x/"']),
)
def test_generated_entries_are_read_alike_both_ways(
    given_entries: list[str], more: str, base: str | None, version: str
) -> None:
    data = _atom(*given_entries, more=more, version=version)
    if check(data) is None:
        quick, slow, _ = read_both_ways(data, base, atom=True)
        assert quick == slow
