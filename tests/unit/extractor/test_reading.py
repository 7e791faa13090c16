"""Pages in a child process: what is found, and what hostile pages come to."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from pantau.adapters.processes.reader import ProcessReader
from pantau.bootstrap import build_page_reader
from pantau.errors import RejectError
from pantau.extractor.html.page import PageText
from pantau.extractor.html.reading import PAGE, read_page
from tests.unit.extractor.pages_made import body, page

SOON = 200.0
URL = "https://www.kabar.example/banjir"


@pytest.fixture(scope="module")
def reader() -> Iterator[ProcessReader]:
    made = build_page_reader()
    assert isinstance(made, ProcessReader)
    yield made
    made.close()


def read(html: str | bytes, content_type: str | None = "text/html; charset=utf-8") -> PageText:
    raw = html.encode() if isinstance(html, str) else html
    return read_page(raw, {"url": URL, "content_type": content_type})


def test_a_page_is_read_in_a_child_however_small_it_is(reader: ProcessReader) -> None:
    found = asyncio.run(reader.read(PAGE, page(body()).encode(), {"url": URL}))
    assert found.text == body()
    assert reader.pids()


def test_what_a_page_says_of_itself() -> None:
    data = {
        "@type": "NewsArticle",
        "author": {"name": "Sekar Pambudi"},
        "datePublished": "2026-03-02T08:00:00+07:00",
        "image": {"url": "/foto.jpg"},
    }
    found = read(page(body(), data=data, canonical="/banjir-demak"))
    assert found == PageText(
        text=body(),
        canonical="https://www.kabar.example/banjir-demak",
        author="Sekar Pambudi",
        published=datetime(2026, 3, 2, 1, tzinfo=UTC),
        image="https://www.kabar.example/foto.jpg",
    )


def test_the_text_of_the_data_counts_where_it_is_longer() -> None:
    found = read(page("Memuat...", data={"@type": "NewsArticle", "articleBody": body()}))
    assert found.text == body()


@pytest.mark.parametrize(
    "link", ["https://lain.example/x", "/", "https://www.kabar.example", "javascript:x", "http://["]
)
def test_a_canonical_link_of_another_site_or_of_the_home_page_is_none(link: str) -> None:
    assert read(page(body(), canonical=link)).canonical is None


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "\0",
        "<",
        "<?xml version='1.0' encoding='utf-16'?><p>a",
        "plain text",
        "{}",
        "\ud800",
    ],
)
def test_what_is_no_page_has_no_text(html: str) -> None:
    raw = html.encode("utf-8", "surrogatepass")
    assert len(read(raw).text) <= len(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_characters_are_those_of_the_page(encoding: str) -> None:
    text = body(word="café")
    found = read(page(text).encode(encoding), f"text/html; charset={encoding}")
    assert found.text == text


HOSTILE = {
    "deep": "<div>" * 100_000,
    "deep and closed": "<div>" * 50_000 + "x" + "</div>" * 50_000,
    "deep lists": "<ul><li>" * 100_000,
    "formatting": "<b><i><u><p>" * 20_000,
    "attributes": "<p " + " ".join(f"a{n}=b" for n in range(60_000)) + ">x</p>",
    "one attribute": f"<p title='{'a' * 4_000_000}'>x</p>",
    "comments": "<!--" * 500_000,
    "tables": "<table><tr><td>" * 50_000,
    "entities": "&amp;" * 500_000,
    "one word": "a" * 4_000_000,
    "scripts": "<script type='application/ld+json'>[" * 50_000,
    "nested data": f"<script type='application/ld+json'>{'[' * 1_000_000}</script>",
    "links": "<link rel=canonical href=/a>" * 30_000,
    "headings": "<h1>a</h1>" * 30_000,
    "paragraphs": "<p>aa bb.</p>" * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_reading_ends_whatever_a_page_is(reader: ProcessReader, name: str) -> None:
    document = f"<html><body><article>{HOSTILE[name]}".encode()[:5_000_000]

    async def read_both() -> None:
        async with asyncio.timeout(SOON):
            try:
                found = await reader.read(PAGE, document, {"url": URL})
            except RejectError:
                return  # beyond the limits: the article keeps its summary
        assert len(found.text) <= len(document)

    asyncio.run(read_both())
    again = asyncio.run(reader.read(PAGE, page(body()).encode(), {"url": URL}))
    assert again.text == body()


@pytest.mark.parametrize(
    "said", [None, [], ["a"], [1, None, None, None, None, False], ["a", 2, None, None, None, True],
             ["a", None, None, "soon", None, False], ["a", None, None, None, None, 1]]
)  # fmt: skip
def test_what_a_child_says_is_checked(said: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        PAGE.unpack(said)


def test_packing_keeps_everything() -> None:
    found = read(
        page(body(), canonical="/x", data={"@type": "Article", "datePublished": "2026-03-02"})
    )
    assert PAGE.unpack(PAGE.pack(found)) == found
