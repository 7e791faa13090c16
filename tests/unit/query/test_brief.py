"""The clauses of an alert equal those of the evaluator and of the long explanation."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pantau.query import parse
from pantau.query.explain.brief import brief_match, fields_of
from pantau.query.explain.explanation import explain_match
from pantau.query.meaning.evaluate import evaluate
from pantau.query.text.document import Document
from tests.support import enriched

WORDS = ("banjir", "demak", "air", "hujan", "kota")
LEAVES = st.sampled_from(
    (
        *WORDS, "title:banjir", '"banjir demak"', '"air banjir"~3', "ba*", "hujam~1", "/ko.a/",
        "lang:id", "lang:en", "people:Siti", "[a TO c]",
        "published:[2026 TO *]", "_exists_:text", "*:*",
    )
)  # fmt: skip
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda some: f"({' OR '.join(some)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: f"({' AND '.join(some)})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} AND NOT {two[1]})"),
    ),
    max_leaves=6,
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@settings(deadline=None, max_examples=200, derandomize=True)
@given(QUERIES, TEXTS, TEXTS)
def test_one_pass_finds_what_two_find(text: str, title: str, body: str) -> None:
    query = parse(text)
    article = enriched(title=title, text=body, people=("Siti",))
    match = evaluate(query, Document.from_article(article))
    if match is None:
        return
    document = Document.from_article(article)
    found = brief_match(query, document)
    assert found.marks == match.marks
    explained = {one.clause: one.spans for one in explain_match(query, document)}
    assert list(found.clauses) == list(explained)
    for clause, places in found.clauses.items():
        assert bool(places) == bool(explained[clause])
        assert fields_of(clause, places)
