"""Summaries, declarations of pages, paywalls, and the merge of summary and page."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pantau.enricher.structure.boilerplate import find_boilerplate
from pantau.extractor.html.page import PageText
from pantau.extractor.html.related import drop_related
from pantau.extractor.html.structured import in_paragraphs, read_json_ld
from pantau.extractor.html.unseen import drop_unseen
from pantau.extractor.html.wall import asks_for_subscription, is_stub, without_wall
from pantau.extractor.measure import breaks_off, gives_summary
from pantau.extractor.merging import read, says_more, unread, without_clutter
from tests.growth.measure import unit
from tests.support import START, article
from tests.unit.extractor.pages_made import body


@pytest.mark.parametrize(
    "end",
    [
        "...", "…", "[…]", "[...]", "(...)", " ... ", "… Read more", "Baca selengkapnya »",
        "Selengkapnya", "Continue reading →", "[more]", "...\n",
        "The post Banjir appeared first on Kabar.",
    ],
)  # fmt: skip
def test_a_text_breaks_off(end: str) -> None:
    assert breaks_off(f"Hujan deras mengguyur kawasan hulu {end}")
    assert gives_summary(f"{body(30)} {end}", 80)


@pytest.mark.parametrize("end", [".", '"', "more.", "he wants more", "(abc/def)", "dan lainnya."])
def test_a_text_is_whole(end: str) -> None:
    assert not breaks_off(f"Hujan deras mengguyur kawasan hulu {end}")
    assert not gives_summary(f"{body(30)} {end}", 80)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('{"@type":"NewsArticle","articleBody":"Isi"}', ("Isi", None, True)),
        ('{"@type":["A","https://schema.org/Article"],"articleBody":"Isi"}', ("Isi", None, True)),
        ('{"@graph":[{"@type":"WebPage"},{"@type":"Article","author":[{"name":"Ani"},"Budi"]}]}',
         ("", "Ani, Budi", True)),
        ('[{"@type":"NewsArticle","isAccessibleForFree":"False"}]', ("", None, False)),
        ('{"@type":"Report","articleBody":"<p>Satu</p><p>Dua</p>"}', ("Satu\nDua", None, True)),
        ('{"@type":"NewsArticle","articleBody":"Satu\nDua"};', ("Satu\nDua", None, True)),
        ('{"@type":"Product","articleBody":"Isi"}', ("", None, True)),
        ("{", ("", None, True)),
        ("[" * 100_000, ("", None, True)),
        ('{"@type":"NewsArticle","articleBody":7,"author":{"name":3}}', ("", None, True)),
    ],
)  # fmt: skip
def test_json_ld_is_read(data: str, expected: tuple[Any, ...]) -> None:
    found = read_json_ld([data])
    assert (found.text, found.author, found.free) == expected


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["@type", "@graph", "author", "image", "name", "articleBody", "NewsArticle"]
                ),
                inner,
            )
        ),
    )
)
def test_no_data_raises(data: object) -> None:
    import json  # noqa: PLC0415 (used here alone)

    read_json_ld(
        [json.dumps(data), json.dumps({"@type": "Article", "author": data, "image": data})]
    )


@pytest.mark.parametrize(
    "text",
    [
        "Untuk melanjutkan membaca, silakan berlangganan.", "Subscribe to continue reading",
        "Already a subscriber? Log in", "Konten ini khusus pelanggan", "Sudah berlangganan? Masuk",
    ],
)  # fmt: skip
def test_a_wall_is_noticed(text: str) -> None:
    assert asks_for_subscription(text)
    assert is_stub("Satu kalimat.", declared=False, asks=True)
    assert not is_stub(body(30), declared=True, asks=True)
    assert without_wall(f"Satu.\n{text}\nDua.") == "Satu.\nDua."


def test_lines_of_other_articles_go_and_the_rest_stays() -> None:
    text = "Satu kalimat.\nBaca juga: Harga Beras Turun\nDua kalimat.\nADVERTISEMENT\nTiga."
    assert without_clutter(text, find_boilerplate) == "Satu kalimat.\nDua kalimat.\nTiga."


@given(st.text(max_size=300))
def test_only_whole_lines_go(text: str) -> None:
    left = without_clutter(text, find_boilerplate)
    assert set(left.split("\n")) <= {*text.split("\n"), *text.strip().split("\n"), ""}


class TestMerging:
    def test_what_the_page_lacks_stays_as_the_feed_has_it(self) -> None:
        given_article = article(text="Ringkas...", author="Ani", published=START)
        found = read(given_article, PageText(text=body(), author="Budi"), None, find_boilerplate)
        assert (found.text, found.author, found.published) == (body(), "Ani", START)

    def test_a_page_that_says_less_changes_no_text(self) -> None:
        found = read(article(text=body(3)), PageText(text="Masuk"), None, find_boilerplate)
        assert (found.text, found.text_from) == (body(3), "feed")

    def test_a_page_from_the_future_is_of_now(self) -> None:
        page = PageText(text=body(), published=datetime(2200, 1, 1, tzinfo=UTC))
        assert read(article(), page, None, find_boilerplate).published == START

    def test_the_image_of_the_page_goes_before_that_of_the_feed(self) -> None:
        small, large = "https://foto.example/k.jpg", "https://foto.example/l.jpg"
        first = unread(article(image=small))
        second = read(article(image=small), PageText(image=large), first, find_boilerplate)
        without = read(article(image=small), PageText(), first, find_boilerplate)
        assert [one.image for one in (first, second, without)] == [small, large, small]
        late = read(
            article(image=small), PageText(text=body(), image=large), None, find_boilerplate
        )
        assert unread(article(revision=2, image=small), late, keep_text=True).image == large
        assert unread(article(revision=2, image=small), late).image == small

    def test_revisions_rise(self) -> None:
        first = unread(article())
        second = read(article(), PageText(text=body()), first, find_boilerplate)
        third = unread(article(revision=2), second, keep_text=True)
        assert [one.revision for one in (first, second, third)] == [1, 2, 3]
        assert [one.feed_revision for one in (first, second, third)] == [1, 1, 2]
        assert third.text == body()
        assert says_more(second, first)
        assert not says_more(second, second)

    def test_revisions_rise_above_what_is_not_known_any_more(self) -> None:
        """The summary and the page of each earlier revision may stand in the index."""
        last = None
        for number in range(1, 4):
            given_article = article(revision=number)
            assert unread(given_article).revision > (last.revision if last else 0)
            summary = unread(given_article, last)
            last = read(given_article, PageText(text=body()), summary, find_boilerplate)
        assert unread(article()).revision == 1

    def test_the_same_address_is_no_other_one(self) -> None:
        url = article().url or ""
        found = read(article(), PageText(text=body(), canonical=url), None, find_boilerplate)
        assert found.same_as == ()
        early = START - timedelta(hours=1)
        dated = read(article(), PageText(published=early), None, find_boilerplate)
        assert dated.published == early


LONG = "kata " * 400_000


@pytest.mark.parametrize(
    "inside",
    [
        f"<div>{LONG}" + "<p>Baca juga: x</p>" * 190 + "</div>",
        "<div hidden>" * 200 + "<br>" * 100_000 + "</div>" * 200,
        f"<i hidden></i>{'x' * 4_000}" * 1_000,
    ],
    ids=["labels beside a long text", "nested hidden parts", "hidden parts in a long text"],
)
def test_parts_of_a_page_are_taken_out_quickly(inside: str) -> None:
    tree = html.document_fromstring(f"<html><body>{inside}</body></html>")
    started = time.thread_time()
    drop_unseen(tree)
    drop_related(tree)
    assert time.thread_time() - started < 2 * unit()


def test_hidden_parts_are_taken_out_of_the_text_around_them() -> None:
    tree = html.document_fromstring("<p>Air <i hidden>x<b>y</b></i>surut<dialog>z</dialog>.</p>")
    drop_unseen(tree)
    assert tree.text_content() == "Air surut."


def test_lines_that_a_text_does_not_have_are_looked_for_quickly() -> None:
    found = "\n".join("a" * 60 + f"b{number}" for number in range(20_000))
    started = time.thread_time()
    assert in_paragraphs("a" * 400_000, found) == "a" * 400_000
    assert time.thread_time() - started < 2 * unit()
