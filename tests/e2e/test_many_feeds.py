"""Real and malformed feeds, and servers that mean harm.

Each ends as a clear entry, nothing else suffers.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from tests.e2e.program import command, lines
from tests.e2e.servers import Document, Site, rss, serve

GOOD = Document(rss([("https://kabar.example/1", "Banjir di Demak", "Air mulai surut.")]))


@pytest.fixture
def site() -> Iterator[Site]:
    with serve(Site()) as site:
        yield site


def import_all(data: Path, site: Site) -> None:
    outlines = "".join(
        f"<outline type='rss' xmlUrl={quoteattr(site.url(path))}/>" for path in site.documents
    )
    opml = data / "feeds.opml"
    opml.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>", encoding="utf-8")
    command(data, "feeds", "import", str(opml))


def test_every_feed_is_read_or_shown_with_a_reason(
    shared_data: Path, tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_POLL__PER_HOST", "20")  # all of them are on one host
    files = [*(shared_data / "feeds").iterdir(), *(shared_data / "feeds-torture").rglob("*.xml")]
    for number, path in enumerate(sorted(files)):
        kind = "application/feed+json" if path.suffix == ".json" else "application/xml"
        site.documents[f"/{number}/{path.name}"] = Document(
            path.read_bytes(), kind, validators=number % 2 == 0
        )
    assert len(site.documents) > 150
    import_all(tmp_path, site)

    command(tmp_path, "run", "--once")
    first = lines(tmp_path, "feeds", "list")
    assert len(first) == len(site.documents)
    for feed in first:
        assert feed["status"] in {"ok", "warning", "error"}, feed
        assert feed["status"] == "ok" or feed["problem"], feed
    assert sum(feed["status"] == "error" for feed in first) < 12
    read = {feed["url"] for feed in first if feed["status"] != "error"}
    assert all(site.bodies[name] == 1 for name in site.documents)
    (page,) = lines(tmp_path, "search", "*:*")
    assert page["total"] > 100

    command(tmp_path, "run", "--once", "--all")
    second = lines(tmp_path, "feeds", "list")
    (again,) = lines(tmp_path, "search", "*:*")
    assert again["total"] == page["total"]
    assert {feed["url"]: feed["articles"] for feed in second} == {
        feed["url"]: feed["articles"] for feed in first
    }
    for name, document in site.documents.items():
        transferred_once = document.validators and site.url(name) in read
        assert site.bodies[name] == (1 if transferred_once else 2), name
        assert site.unchanged[name] == (1 if transferred_once else 0), name
    assert command(tmp_path, "dead-letters", "list").stdout == "No dead letters.\n"


LAUGHS = (
    b"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a0 'ha'>"
    + b"".join(
        b"<!ENTITY a%d '%s'>" % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 10)
    )
    + b"]><rss version='2.0'><channel><item><title>&a9;</title></item></channel></rss>"
)

HARM = {
    "/malformed.xml": (Document(rss([("https://x.example/1", "Judul", "Isi")])[:-60]), {"warning"}),
    "/no-feed.html": (
        Document(b"<!doctype html><title>Beranda</title><p>Halo", "text/html"),
        {"error"},
    ),
    "/huge.xml": (Document(b"<rss>" + b" " * 50_000_000), {"error"}),
    "/private.xml": (
        Document(b"", status=302, headers={"Location": "http://10.0.0.1/feed.xml"}),
        {"error"},
    ),
    "/loop.xml": (Document(b"", status=302, headers={"Location": "/loop.xml"}), {"error"}),
    "/laughs.xml": (Document(LAUGHS), {"warning", "error"}),
    "/charset.xml": (
        Document(
            "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><item><title>Café "
            "Señor</title>"
            "<link>https://x.example/2</link></item></channel></rss>".encode("windows-1252")
        ),
        {"warning"},
    ),
    "/gone.xml": (Document(b"", status=410), {"error"}),
    "/empty.xml": (Document(b""), {"error"}),
}


def test_harm_is_a_clear_entry_and_the_others_go_on(tmp_path: Path, site: Site) -> None:
    site.documents = {path: document for path, (document, _) in HARM.items()} | {"/good.xml": GOOD}
    import_all(tmp_path, site)
    command(tmp_path, "run", "--once")
    listed = {
        feed["url"].removeprefix(site.address): feed for feed in lines(tmp_path, "feeds", "list")
    }
    assert listed["/good.xml"]["status"] == "ok"
    assert listed["/good.xml"]["articles"] == 1
    for path, (_, allowed) in HARM.items():
        assert listed[path]["status"] in allowed, (path, listed[path])
        assert len(listed[path]["problem"]) > 10, path
    assert "10.0.0.1" in listed["/private.xml"]["problem"]
    assert "private" in listed["/private.xml"]["problem"]
    for title in ("Judul", "Señor"):
        (page,) = lines(tmp_path, "search", title)
        assert page["total"] == 1, title
    shown = command(tmp_path, "feeds", "list").stdout
    assert all(word in shown for word in ("private", "web page"))
