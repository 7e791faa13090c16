"""The language `pantau`: NEAR/n, ONEAR/n, ATLEAST/n, exact case.

Their meaning is checked here by brute force over all pairs of positions.
"""

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from pantau.query import QueryError, ast, parse, warnings
from pantau.query.explain.explanation import explain_match, hindrances
from pantau.query.matching.matcher import Matcher
from pantau.query.meaning.budget import BudgetExceededError
from pantau.query.meaning.evaluate import MARKED_WORDS, accepts, evaluate
from pantau.query.meaning.proximity_rules import MAX_NUMBER, fields, pieces
from pantau.query.text.document import Document
from pantau.query.text.tokenizer import lower, tokenize
from pantau_schemas.fields import FIELDS, VALUE_GAP, FieldKind
from tests.growth.measure import unit
from tests.unit.query.conftest import documents, own_leaves

BOTH = ("title", "text")
TEXTS = tuple(name for name, field in FIELDS.items() if field.kind is FieldKind.TEXT)
QUICK = 10.0  # seconds; each takes below one here, the rest is for slow machines


def _term(text: str, *names: str) -> ast.Term:
    return ast.Term(names or BOTH, text)


# Reading


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a NEAR/3 b", ast.Near(_term("a"), _term("b"), 3)),
        ("a ONEAR/0 b", ast.Near(_term("a"), _term("b"), 0, ordered=True)),
        ("a NEAR/007 b", ast.Near(_term("a"), _term("b"), 7)),
        (f"a NEAR/{'9' * 5_000} b", ast.Near(_term("a"), _term("b"), MAX_NUMBER)),
        ("title:a NEAR/3 b^2", ast.Near(_term("a", "title"), _term("b"), 3)),
        ("title:(a NEAR/3 b)", ast.Near(_term("a", "title"), _term("b", "title"), 3)),
        ('a* NEAR/3 "b c"', ast.Near(ast.Prefix(BOTH, "a"), ast.Phrase(BOTH, ("b", "c")), 3)),
        ("(a OR b) NEAR/3 c", ast.Near(ast.Boolean(should=(_term("a"), _term("b"))), _term("c"),
            3)),
        ("a NEAR/3(b)", ast.Near(_term("a"), _term("b"), 3)),
        ("ATLEAST/3 a", ast.AtLeast(3, _term("a"))),
        ("title:ATLEAST/3 a", ast.AtLeast(3, _term("a", "title"))),
        ("ATLEAST/3 title:a", ast.AtLeast(3, _term("a", "title"))),
        ('="Bank Indonesia"', ast.ExactCase(BOTH, ("Bank", "Indonesia"))),
        ('quotes:="İZMİR"', ast.ExactCase(("quotes",), ("İZMİR",))),
        ('=""', ast.MatchNone()),
        ('people:="Boy Rafli"', _term("Boy Rafli", "people")),
        (r'="a \"b\""', ast.ExactCase(BOTH, ("a", "b"))),
        ('"a NEAR/3 b"', ast.Phrase(BOTH, ("a", "near", "3", "b"))),
        (r"\NEAR/3/", ast.Boolean(should=(_term("near"), ast.Regex(BOTH, "3")))),
        ('a="b c"', ast.Boolean(should=(_term("a"), ast.Phrase(BOTH, ("b", "c"))))),
    ],
)  # fmt: skip
def test_operators_are_read(text: str, query: ast.Query) -> None:
    assert parse(text, "pantau") == query


def test_operators_bind_closer_than_words_and_signs() -> None:
    near = ast.Near(_term("b"), _term("c"), 2)
    assert parse("a b NEAR/2 c d", "pantau") == ast.Boolean(should=(_term("a"), near, _term("d")))
    assert parse("a AND b NEAR/2 c", "pantau") == ast.Boolean(must=(_term("a"), near))
    assert parse("a -b NEAR/2 c", "pantau") == ast.Boolean(should=(_term("a"),), must_not=(near,))
    assert parse("NOT ATLEAST/2 a", "pantau") == ast.Boolean(
        must=(ast.MatchAll(),), must_not=(ast.AtLeast(2, _term("a")),)
    )


@pytest.mark.parametrize(
    ("text", "position", "expected", "suggestion"),
    [
        ("a NEAR/3", 8, "a word", "a"),
        ("NEAR/3 b", 0, "a word", "b"),
        ("a NEAR/ b", 7, "number", "a NEAR/5 b"),
        ("a NEAR/3b", 8, "number", "a NEAR/3 b"),
        ("a NEAR/-3 b", 7, "number", None),
        ("ATLEAST/x a", 8, "number", "ATLEAST/5 x a"),
        ("ATLEAST/0 a", 0, "from 1 on", "ATLEAST/1 a"),
        ("a NEAR/3 b NEAR/2 c", 11, "two sides", "a NEAR/3 b AND b NEAR/2 c"),
        ("(a NEAR/3 b) NEAR/2 c", 1, "join two by AND", None),
        ("ATLEAST/2 (a NEAR/3 b)", 11, "join two by AND", None),
        ("ATLEAST/2 ATLEAST/2 a", 10, "a word", None),
        ("a NEAR/3 -b", 9, "a word", None),
        ("(a AND b) NEAR/3 c", 1, "not AND", None),
        ("a NEAR/3 (b OR (c -d))", 16, "not AND", None),
        ("a NEAR/3 b?c", 9, "not a pattern", None),
        ("a NEAR/3 b~", 9, "not a pattern", None),
        ("a NEAR/3 /b/", 9, "not a pattern", None),
        ("a NEAR/3 *", 9, "a word", None),
        ("a NEAR/3 published:2020", 19, "not a pattern, a range or a date", None),
        ('a NEAR/3 "b c"~2', 9, "has no ~", None),
        ("people:a NEAR/3 b", 7, "cut into words: title, text, roles, quotes", None),
        ("title:a NEAR/3 text:b", 0, "one field for both sides", None),
        ("a AND quotes:b NEAR/3 c d", 6, "one field for both sides", "a AND quotes:(b NEAR/3 c) d"),
        ("... NEAR/3 b", 0, "can be searched", None),
        ('="a', 1, "closes", '="a"'),
        ('="a"~2', 6, "no ~", None),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(
    text: str, position: int, expected: str, suggestion: str | None
) -> None:
    with pytest.raises(QueryError) as refused:
        parse(text, "pantau")
    assert (refused.value.position, refused.value.suggestion) == (position, suggestion)
    assert expected in refused.value.expected


@pytest.mark.parametrize("text", ["a NEAR/3 b", "ATLEAST/2 a", '="a"'])
def test_elsewhere_they_are_ordinary_text_and_that_is_said(text: str) -> None:
    for language in ("lucene", "kql"):
        try:
            query = parse(text, language)
        except QueryError as refused:
            assert "language pantau" in refused.expected  # noqa: PT017 (either outcome is right)
        else:
            assert not any(
                isinstance(node, ast.Near | ast.AtLeast | ast.ExactCase) for node in ast.walk(query)
            )
            assert any("language pantau" in one.message for one in warnings(text, language))


@pytest.mark.parametrize(
    ("text", "message", "suggestion"),
    [
        ("a NEAR b", "NEAR is an ordinary word", "a NEAR/5 b"),
        ("=KPK AND a", "=KPK is an ordinary word", '="KPK" AND a'),
        ("a NEAR/3 covid-19", "cut into several words", 'a NEAR/3 "covid-19"'),
        ("a NEAR/3 b c", "without an operator", "a NEAR/3 b AND c"),
        ("nosuch:a NEAR/3 b", "no field nosuch", None),
    ],
)
def test_what_is_surely_not_meant_is_warned_of(
    text: str, message: str, suggestion: str | None
) -> None:
    found = warnings(text, "pantau")
    assert any(message in one.message and suggestion == one.suggestion for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "a NEAR/3 b",
        "ATLEAST/2 (a OR b)",
        '="a b" AND c',
        "(a b) NEAR/3 c",
        "ATLEAST/2 (a b)",
        "NEAR AND a",
    ],
)
def test_what_is_meant_is_not_warned_of(text: str) -> None:
    assert warnings(text, "pantau") == []


# Meaning


def _places(operand: ast.Query, document: Document, name: str) -> set[tuple[int, int]]:
    """Try every piece at every token.

    Places are pairs of positions, the second one behind the last token.
    """
    value = (
        document.joined(name).split("\n")
        if name in {"roles", "quotes"}
        else [document.joined(name)]
    )
    found, first = set(), 0
    for text in value:
        tokens = tokenize(text)
        words, written = [one.text for one in tokens], [text[one.start : one.end] for one in tokens]
        for piece in pieces(operand, name):
            for place in range(len(words)):
                size, holds = 1, False
                match piece:
                    case ast.Prefix():
                        holds = words[place].startswith(piece.text)
                    case ast.Term():
                        holds = words[place] == piece.text
                    case ast.Phrase():
                        size = len(piece.terms)
                        holds = tuple(words[place : place + size]) == piece.terms
                    case ast.ExactCase():
                        size = len(piece.terms)
                        holds = tuple(written[place : place + size]) == piece.terms
                if holds:
                    found.add((first + place, first + place + size))
        first += len(words) + VALUE_GAP
    return found


def _pairs(
    query: ast.Near, document: Document, name: str
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for one in _places(query.first, document, name):
        for other in _places(query.second, document, name):
            gaps = [other[0] - one[1]] if query.ordered else [other[0] - one[1], one[0] - other[1]]
            if any(0 <= gap <= query.distance for gap in gaps):
                yield one, other


def _words(query: ast.Query, document: Document) -> set[tuple[str, int]]:
    """Return fields and positions of the words that make the query hold."""
    found: set[tuple[str, tuple[int, int]]] = set()
    if isinstance(query, ast.Near):
        for name in fields(query):
            found |= {(name, place) for pair in _pairs(query, document, name) for place in pair}
    elif isinstance(query, ast.AtLeast):
        for name in fields(query):
            places = _places(query.operand, document, name)
            inner = [
                one
                for one in places
                if not any(
                    other != one and one[0] <= other[0] and other[1] <= one[1] for other in places
                )
            ]
            found |= {(name, place) for place in places if len(inner) >= query.count}
    else:
        assert isinstance(query, ast.ExactCase)
        found = {(name, place) for name in query.fields for place in _places(query, document, name)}
    return {(name, word) for name, (start, end) in found for word in range(start, end)}


@settings(max_examples=500, deadline=None)
@given(own_leaves, documents)
def test_it_means_what_trying_everything_finds(text: str, document: Document) -> None:
    query = parse(text, "pantau")
    expected = _words(query, document)
    found = evaluate(query, document)
    assert (found is not None) is bool(expected)
    if found is not None:
        by_place = {}
        for name in {name for name, _ in expected}:
            for word in {word for one, word in expected if one == name}:
                ((start, end),) = document.tokens(name).spans([word])
                by_place[name, start, end] = word
        assert {(one.field, one.start, one.end) for one in found.spans} == set(by_place)


def _marked(query: str, **given: str | tuple[str, ...]) -> list[str] | None:
    document = Document.from_fields(given)
    match = evaluate(parse(query, "pantau"), document)
    if match is None:
        return None
    return [document.joined(one.field)[one.start : one.end] for one in match.spans]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("a NEAR/2 b", "a x x b", ["a", "b"]),
        ("a NEAR/2 b", "b x x a", ["b", "a"]),
        ("a NEAR/2 b", "a x x x b", None),
        ("a ONEAR/2 b", "b x x a", None),
        ("a NEAR/0 b", "x b a x a", ["b", "a"]),
        ("a NEAR/5 a", "a", None),
        ("a NEAR/5 a", "a x a", ["a", "a"]),
        ("a NEAR/5 a*", "a", None),
        ('"a b" NEAR/9 "b c"', "a b c", None),
        ('"a b" NEAR/0 "b c"', "a b b c", ["a", "b", "b", "c"]),
        ("a NEAR/1 b", "a b x x x a b x x a", ["a", "b", "a", "b"]),
        ("(a OR b) ONEAR/0 c", "a b c", ["b", "c"]),
        ("ATLEAST/2 a", "a", None),
        ("ATLEAST/2 a", "a x a", ["a", "a"]),
        ('ATLEAST/2 (bank OR "bank indonesia")', "bank indonesia", None),
        ('ATLEAST/2 "a a"', "a a a", ["a", "a", "a"]),
        ('="KPK"', "kpk Kpk KPK", ["KPK"]),
        ('="Bank Indonesia"', "bank Indonesia, Bank Indonesia", ["Bank", "Indonesia"]),
        ('="KPK" NEAR/1 korup*', "kpk korupsi", None),
        ('="KPK" NEAR/1 korup*', "KPK korupsi", ["KPK", "korupsi"]),
        ('="don’t"', "Don't don't", ["don't"]),  # in the one form of text that articles have
        ('="ΣΑΣ"', "σας ΣΑΣ", ["ΣΑΣ"]),
    ],
)
def test_what_matches_and_what_is_marked(query: str, text: str, marked: list[str] | None) -> None:
    assert _marked(query, text=text) == marked


def test_they_hold_within_one_field() -> None:
    assert _marked("a NEAR/9 b", title="a", text="b") is None
    assert _marked("ATLEAST/2 a", title="a", text="a") is None
    assert _marked("ATLEAST/2 a", title="a", text="a a") == ["a", "a"]
    assert _marked('="A B"', title="A", text="B") is None


def test_values_of_a_field_are_as_far_apart_as_for_phrases() -> None:
    assert _marked("roles:(a NEAR/99 b)", roles=("a", "b")) is None
    assert _marked("roles:(a NEAR/100 b)", roles=("a", "b")) == ["a", "b"]
    assert _marked("ATLEAST/2 roles:a", roles=("a", "a")) == ["a", "a"]


def test_why_it_matches_and_why_not() -> None:
    query = parse("a NEAR/1 b AND ATLEAST/2 c", "pantau")
    assert [
        len(one.spans) for one in explain_match(query, Document.from_fields({"text": "a b c c"}))
    ] == [2, 2]
    (found,) = hindrances(query, Document.from_fields({"text": "a b c"}))
    assert isinstance(found.clause, ast.AtLeast)


# Hostile


@pytest.mark.parametrize(
    "text",
    [
        "ATLEAST/1001 a",
        "ATLEAST/99999999999 a",
        'ATLEAST/1000 "a b"',
        "ATLEAST/4 (" + " OR ".join(f"w{number}" for number in range(1_000)) + ")",
        "ATLEAST/20 (" + " OR ".join(f"w{number}" for number in range(100)) + ")",
        " ".join("ATLEAST/300 a" for _ in range(10)),
        'a NEAR/3 "' + "b " * 1_000 + '"',
        " ".join('"a b c d" NEAR/3 "e f g h"' for _ in range(100)),
        "a NEAR/3 (" * 60 + "b" + ")" * 60,
        "ATLEAST/2 " * 2_000 + "a",
        "(a NEAR/3 " * 1_000,
    ],
)
def test_what_would_be_too_much_is_refused_when_saved(text: str) -> None:
    started = time.thread_time()
    with pytest.raises(QueryError) as refused:
        parse(text, "pantau")
    assert refused.value.expected
    assert time.thread_time() - started < QUICK * unit()


@pytest.mark.parametrize(
    "text",
    [
        "a NEAR/2147483647 b",
        "a NEAR/3 a",
        "ATLEAST/1000 a",
        'ATLEAST/2 title:"%s"' % ("a " * 900),
        'text:"%s" NEAR/3 a' % ("a " * 300),
        'text:="%s" NEAR/3 c' % ("a " * 300),
        "(" + " OR ".join("a" * size + "*" for size in range(1, 60)) + ") NEAR/5 (c OR b)",
        "ATLEAST/8 text:(" + " OR ".join(f'"{"a " * size}"' for size in range(1, 20)) + ")",
    ],
)
@pytest.mark.parametrize("article", ["a ", "a b ", "A "])
def test_an_article_that_repeats_a_word_is_looked_at_in_time(text: str, article: str) -> None:
    document = Document.from_fields({"text": article * 30_000})
    query = parse(text, "pantau")
    document.tokens("text").positions("a")
    started = time.thread_time()
    matcher = Matcher()
    matcher.put("one", query)
    errors: list[Exception] = []
    found = matcher.match(document, on_error=lambda _, error: errors.append(error))
    if errors:
        assert isinstance(errors[0], BudgetExceededError)
        assert not found
        with pytest.raises(BudgetExceededError):
            accepts(query, document)
    else:
        assert bool(found) is accepts(query, document)
    assert all(len(match.spans) <= MARKED_WORDS for _, match in found)
    assert time.thread_time() - started < QUICK * unit()


def test_lower_case_keeps_lengths() -> None:
    assert len(lower("İSTANBUL Σ")) == len("İSTANBUL Σ")
