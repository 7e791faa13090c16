"""Queries in all three languages: the first byte chooses one. All lists have the same values."""

from functools import cache

from fuzz.promises import answer, in_time, require, text_of
from pantau.query import parse
from pantau.query.ast import Query
from pantau.query.elasticsearch.translate import to_elastic
from pantau.query.errors import QueryError
from pantau.query.explain.explanation import explain_match
from pantau.query.explain.plain import read
from pantau.query.explain.selectivity import estimate
from pantau.query.fts5.translate import narrow
from pantau.query.listed import ListValues, bind
from pantau.query.matching.engines import build_engine
from pantau.query.meaning.evaluate import accepts, evaluate
from pantau.query.text.document import Document
from pantau_schemas.events.subscription import QueryLanguage
from tests.support import START, enriched

KIND = "query"
MAX_LEN = 400
LANGUAGES: tuple[QueryLanguage, ...] = ("lucene", "kql", "pantau")
SEEDS = (
    b'0banjir AND (demak OR "kota semarang"~2) NOT title:bola',
    (
        b"0people:Aminah* quotes:/air.*/ published:[2026-01-01 TO now-1d/d} roles:Bupati~1 "
        b"_exists_:places"
    ),
    b'0(a+)+ /(a|b){1,3}[^c]~d/ a?b*c \\( \\" a^2 +b -c && d || !e',
    b'1banjir and not (title: "air naik" or places: Demak) and published >= "2026-01-01"',
    b'1people: { name: A* } or "a \\" b" or text: (a or b) and *',
    b"2people:@tokoh AND (@a OR -title:@b.c) tags:@a-b @a@b @",
    b'2banjir NEAR/3 demak ATLEAST/2(air) CASE(Demak) "Air Naik" =Kota',
)
_TEXT = (
    'Banjir di Demak. Air naik, kata Bupati Aminah Sari. "Air naik," kata Aminah di Kota '
    "Semarang. a b ab aab abc"
)

VALUES = ListValues("a", ["air naik", "air", "Aminah Sari", "di Demak Air", "...", "b ab aab"])


@cache
def _documents() -> tuple[Document, ...]:
    articles = (
        enriched(
            "one",
            title="Air naik di Demak",
            text=_TEXT,
            people=("Aminah Sari",),
            places=("Demak",),
            quotes=("Air naik",),
        ),
        enriched("two", title="a", text="", roles=("Bupati Demak",), tags=("cuaca",)),
    )
    return tuple(Document.from_article(article, START) for article in articles)


def check(data: bytes) -> None:
    """Parse; evaluator and engine agree on the query, and it can be explained."""
    language = LANGUAGES[data[0] % 3] if data else "lucene"
    text = text_of(data[1:])
    with in_time():
        try:
            query = bind(parse(text, language), lambda _: VALUES)
        except QueryError as error:
            require(
                0 <= error.position <= len(text),
                "errors point into the query",
                error.position,
                text,
            )
            require(bool(str(error)), "errors say what is wrong")
            return
    with in_time():
        _check_meaning(query)
    answer(
        lambda: (
            narrow(query),
            to_elastic(query, START),
            read(query, "id", START),
            estimate(query, START),
        )
    )


def _check_meaning(query: Query) -> None:
    engine = build_engine()
    engine.put("one", query)
    for document in _documents():
        expected = accepts(query, document)
        found = evaluate(query, document)
        require((found is not None) == expected, "what is accepted has a match", query)
        require(
            bool(engine.match(document)) == expected,
            "the engine says what the evaluator says",
            query,
        )
        for span in found.spans if found is not None else ():
            require(
                0 <= span.start < span.end <= len(document.joined(span.field)),
                "marks lie in the text",
                span,
            )
        if expected:
            explain_match(query, document)
