from pantau.query import ast, parse
from pantau.query.explain.explanation import MOST_SPANS, explain_match
from pantau.query.text.document import Document


def article(text: str) -> Document:
    return Document.from_fields({"title": "a", "text": text})


def test_a_clause_that_stands_twice_is_looked_for_once() -> None:
    found = explain_match(parse("banjir OR (banjir AND air)"), article("banjir air banjir"))
    assert [len(one.spans) for one in found] == [2, 2, 1]
    assert found[0].spans is found[1].spans


def test_the_words_of_all_clauses_are_bounded() -> None:
    query = ast.Boolean(
        should=tuple(ast.Prefix(("text",), "a" * length) for length in range(1, 101))
    )
    found = explain_match(query, article("a" * 100 + (" " + "a" * 100) * 999))
    assert len(found) == 100
    assert len(found[0].spans) == 1_000
    assert sum(len(one.spans) for one in found) < MOST_SPANS + 2_000
