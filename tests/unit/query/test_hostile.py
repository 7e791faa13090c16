"""Articles made to keep the matcher busy.

Marks are bounded, and a match is reported as soon as it is found.
"""

import time

import pytest

from pantau.query import parse
from pantau.query.errors import QueryError
from pantau.query.explain.highlight import Highlighter
from pantau.query.meaning.evaluate import MARKED_WORDS, accepts, evaluate
from pantau.query.text.document import Document
from pantau.query.text.tokenizer import scan, words
from pantau_schemas.events.subscription import QueryLanguage
from tests.growth.measure import unit

QUICK = 10.0  # seconds; each takes below one here, the rest is for slow machines


@pytest.mark.parametrize(
    "query",
    ['"%s"' % ("a " * 1_000), '"a b a b a b"~100', '"%s"~1000' % ("a " * 10)],
    ids=["exact", "two", "one"],
)
def test_an_article_that_repeats_a_word(query: str) -> None:
    document = Document.from_fields({"text": "a a b " * 80_000})
    document.tokens("text")
    started = time.thread_time()
    if query.startswith('"a a a a a a a a a a a '):
        document = Document.from_fields({"text": "a " * 240_000})
    assert accepts(parse(query), document)
    found = evaluate(parse(query), document)
    assert time.thread_time() - started < QUICK * unit()
    assert found is not None
    assert 0 < len(found.spans) <= MARKED_WORDS


def test_a_phrase_is_marked_wherever_it_stands() -> None:
    found = evaluate(parse('text:"a b"'), Document.from_fields({"text": "a b c " * 1_000}))
    assert found is not None
    assert len(found.spans) == 2_000


def test_an_article_of_one_word_is_shown_quickly() -> None:
    text = "banjir " * 70_000
    document = Document.from_fields({"text": text})
    started = time.thread_time()
    found = evaluate(parse("banjir"), document)
    assert found is not None
    assert len(found.spans) == MARKED_WORDS
    everywhere = [(at, at + 6) for at in range(0, len(text), 7)]
    assert len(Highlighter({"text": text}).snippets({"text": everywhere})) == 3
    assert time.thread_time() - started < QUICK * unit()


@pytest.mark.parametrize(
    "piece",
    [
        "_",
        "_\u0301",
        "a_",
        "\u200d",
        "\u0301",
        "1.",
        "a'",
        "\u30a2",
        "\u0e01",
        '\u05d0"',
        "\U0001f1ee",
        "#\ufe0f",
    ],
)
def test_words_are_found_in_time_that_grows_with_the_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    started = time.thread_time()
    assert words(text) == scan(text)[0]
    assert time.thread_time() - started < QUICK * unit()


@pytest.mark.parametrize("language", ["lucene", "kql", "pantau"])
def test_half_a_character_is_refused_with_its_place(language: QueryLanguage) -> None:
    with pytest.raises(QueryError, match="half of a character") as refused:
        parse("banjir \udcff", language)
    assert refused.value.position == 7
