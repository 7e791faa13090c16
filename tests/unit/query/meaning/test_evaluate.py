"""Spans, fields of several values, and `now`."""

from datetime import UTC, datetime

from pantau.query import parse
from pantau.query.meaning.evaluate import Match, evaluate
from pantau.query.text.document import Document
from pantau_schemas.events.article import EnrichedArticle


def _marked(query: str, **fields: str | tuple[str, ...]) -> list[tuple[str, str]] | None:
    document = Document.from_fields(fields)
    match = evaluate(parse(query), document)
    if match is None:
        return None
    return [
        (span.field, document.joined(span.field)[span.start : span.end]) for span in match.spans
    ]


def test_every_matched_word_is_marked_in_order_and_once() -> None:
    found = _marked(
        '"boy rafli" AND (unoct OR pbb) boy',
        title="Boy ke UNOCT",
        text="Rafli: Boy Rafli dan boy di UNOCT.",
    )
    assert found == [
        ("title", "Boy"),
        ("title", "UNOCT"),
        ("text", "Boy"),
        ("text", "Rafli"),
        ("text", "boy"),
        ("text", "UNOCT"),
    ]


def test_what_is_excluded_or_does_not_hold_is_not_marked() -> None:
    assert _marked("banjir OR (demak AND kudus) -jepara", text="banjir di Demak") == [
        ("text", "banjir")
    ]
    assert _marked("-jepara", text="banjir") == []


def test_a_phrase_crosses_neither_fields_nor_values() -> None:
    assert _marked('"new york"', title="new", text="york") is None
    assert _marked('roles:"new york"', roles=("new", "york")) is None
    assert _marked('roles:"new york"~100', roles=("new", "york")) == [
        ("roles", "new"),
        ("roles", "york"),
    ]
    assert _marked('roles:"new york"~99', roles=("new", "york")) is None


def test_patterns_fuzzy_words_and_sloppy_phrases_are_marked() -> None:
    assert _marked("ban?ir* AND demka~", text="Kebanjiran, banjirnya Demak") == [
        ("text", "banjirnya"),
        ("text", "Demak"),
    ]
    assert _marked('"york new"~2', text="di New York") == [("text", "New"), ("text", "York")]


def test_now_is_when_the_article_was_first_seen_unless_given() -> None:
    fields = {
        "published": datetime(2026, 5, 1, tzinfo=UTC),
        "first_seen": datetime(2026, 5, 3, 12, tzinfo=UTC),
    }
    within = parse("published:>now-3d")
    assert evaluate(within, Document.from_fields(fields)) == Match()
    assert (
        evaluate(within, Document.from_fields(fields, now=datetime(2026, 6, 1, tzinfo=UTC))) is None
    )
    assert evaluate(within, Document.from_fields({"published": fields["published"]})) is None


def test_an_article_of_the_stream_is_read_by_its_fields() -> None:
    article = EnrichedArticle(
        article_id="a1",
        title="BNPT",
        first_seen=datetime(2026, 5, 3, tzinfo=UTC),
        enricher_version="rules-1",
        people=("Boy Rafli Amar",),
    )
    document = Document.from_article(article)
    assert evaluate(
        parse('bnpt AND people:"Boy Rafli Amar" AND _exists_:text AND NOT _exists_:lang'), document
    )
