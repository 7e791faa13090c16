"""A click on a facet narrows a query to exactly what it says, whatever the query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.console.show.clauses import (
    FIELDS,
    FacetClause,
    joined,
    split,
    with_clause,
    without_clause,
)
from pantau.query import parse
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from pantau_schemas.events.subscription import QueryLanguage

LANGUAGES: tuple[QueryLanguage, ...] = ("lucene", "kql", "pantau")
QUERIES = {
    "lucene": ["banjir", "banjir OR gempa", "a b", "-banjir", '"banjir demak"', "title:banjir", "*",
               "banjir AND NOT gempa", "ban*", "/ban.+/", "(banjir) OR (gempa)",
               "(banjir OR gempa)", r"(/a\)b/ OR gempa)"],
    "kql": ["banjir", "banjir or gempa", "not banjir", '"banjir demak"', "title: banjir", "*",
            "(banjir) or (gempa)", "ban*"],
    "pantau": ["banjir", "banjir OR gempa", "banjir NEAR gempa", '"banjir demak"', "*", "a b"],
}  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(["kabar.example", 'a "b" c', "x\\", "a AND b", "*", "(", "id", "@list", '\\"']),
    st.text("abAZ09éжα漢🙂.:/\\\"'()[]{}<>*?~^+-!&|@#%,;=_$", min_size=1, max_size=12),
)
DOCUMENTS = [
    Document.from_fields({"title": title, "source": source})
    for title in ("banjir demak", "gempa", "a", "b", "lain", "banjir gempa")
    for source in ("kabar.example", "lain.example")
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("barred", [False, True])
def test_a_clause_means_and(language: QueryLanguage, *, barred: bool) -> None:
    for query in QUERIES[language]:
        clause = FacetClause("source", "kabar.example", barred=barred)
        before = parse(query, language)
        after = parse(with_clause(query, clause, language), language)
        for one in DOCUMENTS:
            has = one.keywords("source") == ("kabar.example",)
            assert accepts(after, one) == (accepts(before, one) and has is not barred), query


@pytest.mark.parametrize("language", LANGUAGES)
def test_clauses_are_added_and_taken_out_in_any_order(language: QueryLanguage) -> None:
    first, second = FacetClause("source", "kabar.example"), FacetClause("lang", "id", barred=True)
    for query in QUERIES[language]:
        both = with_clause(with_clause(query, first, language), second, language)
        assert split(both, language)[1][-2:] == (first, second)
        left = without_clause(without_clause(both, first, language), second, language)
        before, after = parse(query, language), parse(left, language)
        assert [accepts(before, one) for one in DOCUMENTS] == [
            accepts(after, one) for one in DOCUMENTS
        ]


@given(
    value=VALUES,
    field=st.sampled_from(FIELDS),
    language=st.sampled_from(LANGUAGES),
    barred=st.booleans(),
)
def test_any_value_can_be_read_back(
    value: str, field: str, language: QueryLanguage, *, barred: bool
) -> None:
    clause = FacetClause(field, value, barred=barred)
    made = with_clause("banjir", clause, language)
    assert split(made, language) == ("banjir", (clause,))
    held = value if field in {"source", "lang"} else (value,)
    document = Document.from_fields({"title": "banjir", field: held})
    assert accepts(parse(made, language), document) is not barred


@given(
    query=st.text(alphabet='ab "()\\/:-+*ANDORT', max_size=30), language=st.sampled_from(LANGUAGES)
)
def test_splitting_takes_any_text(query: str, language: QueryLanguage) -> None:
    core, clauses = split(query, language)
    assert core
    assert isinstance(joined(core, clauses, language), str)


def test_a_clause_that_a_person_wrote_is_left_alone_where_taking_it_out_would_change_the_rest() -> (
    None
):
    query = 'banjir OR gempa AND source:"kabar.example"'
    assert split(query, "lucene") == (query, ())


def test_a_value_stands_once() -> None:
    only, barred = FacetClause("lang", "id"), FacetClause("lang", "id", barred=True)
    assert (
        with_clause(with_clause("banjir", only, "lucene"), barred, "lucene")
        == 'banjir AND NOT lang:"id"'
    )
