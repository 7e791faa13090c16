"""Trees, refusals and warnings."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.errors import UsageError
from pantau.query import QueryError, parse, warnings
from pantau.query.ast import Boolean, MatchAll, MatchNone, Phrase, Term, walk
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from pantau_schemas.events.subscription import QueryLanguage
from tests.growth.measure import unit

BOTH = ("title", "text")


def test_and_binds_as_lucene_has_it() -> None:
    a, b, c = (Term(BOTH, word) for word in "abc")
    assert parse("a AND b OR c") == Boolean(must=(a, b), should=(c,))
    assert parse("a OR NOT b") == Boolean(should=(a,), must_not=(b,))
    assert parse("-a") == Boolean(must=(MatchAll(),), must_not=(a,))


def test_a_node_knows_its_place() -> None:
    query = parse('banjir AND title:"New York"')
    places = [(node.start, node.end) for node in walk(query) if isinstance(node, Term | Phrase)]
    assert places == [(0, 6), (17, 27)]


@pytest.mark.parametrize(
    ("text", "position", "suggestion"),
    [
        ("(banjir", 7, "(banjir)"),
        ("banjir)", 6, "banjir"),
        ('"banjir', 0, '"banjir"'),
        ("banjir AND", 10, "banjir"),
        ("OR banjir", 0, "banjir"),
        ("a:b:c", 3, "a:b\\:c"),
        ("banjir^x", 7, "banjir\\^x"),
        ("banjir~3", 6, "banjir~"),
        ("published:kemarin", 10, "published:[now-1d/d TO now-1d/d]"),
        ("/banjir", 0, '"/banjir"'),
        ("title:[a b]", 9, "title:(a b)"),
    ],
)
def test_a_wrong_query_is_refused_with_its_place_and_a_repair(
    text: str, position: int, suggestion: str | None
) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert (caught.value.position, caught.value.suggestion) == (position, suggestion)
    lines = str(caught.value).splitlines()
    assert lines[1] == f"  {text}"
    assert lines[2].index("^") == position + 2
    if suggestion is not None:
        parse(suggestion)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("(a", 2),
        ("a)", 1),
        ('"a', 0),
        ("title:", 6),
        ("a:b:c", 3),
        ("a b not c", 4),
        ("title:{ a: b }", 6),
    ],
)
def test_a_wrong_kql_query_is_refused(text: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, "kql")
    assert caught.value.position == position


def test_words_of_operators_inside_quotes_are_words() -> None:
    assert parse('"a NEAR/3 b"', "pantau") == Phrase(BOTH, ("a", "near", "3", "b"))


def test_an_unknown_language_or_time_zone_is_named() -> None:
    with pytest.raises(UsageError, match="language"):
        parse("a", "sql")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="Mars"):
        parse("a", time_zone="Mars/Base")


def test_queries_that_are_too_large_are_refused() -> None:
    with pytest.raises(QueryError, match="characters"):
        parse("a" * 20_001)
    with pytest.raises(QueryError, match="at most 512"):
        parse(" ".join(f"w{number}" for number in range(257)))
    with pytest.raises(QueryError, match="at most 50"):
        parse("(" * 51 + "a" + ")" * 51)
    assert parse("(" * 50 + "a" + ")" * 50) == Term(BOTH, "a")
    assert isinstance(
        parse("title:(" + " ".join(f"w{number}" for number in range(512)) + ")"), Boolean
    )


@pytest.mark.parametrize("language", ["lucene", "kql"])
@pytest.mark.parametrize(
    "piece", ["(", '"', "NOT ", "-", "not (", "a:", "\\", "*", "~", "a* ", "[", "/", "^", "a OR "]
)
def test_hostile_queries_end_quickly(language: QueryLanguage, piece: str) -> None:
    started = time.thread_time()
    try:
        parse((piece * 20_000)[:20_000], language)
    except QueryError as error:
        assert error.expected  # noqa: PT017 (either outcome is right; a refusal must say why)
    assert time.thread_time() - started < 20 * unit()


@given(st.text(alphabet='ab AND ORNT+-!():^[]"{}~*?\\/<>=&|.,1TOnow\n\u3000é日👍', max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    languages: tuple[QueryLanguage, ...] = ("lucene", "kql", "pantau")
    for language in languages:
        try:
            query = parse(text, language)
        except QueryError as error:
            assert 0 <= error.position <= len(text)  # noqa: PT017 (either outcome is right)
        else:
            assert all(0 <= node.start <= node.end <= len(text) for node in walk(query))
        warnings(text, language)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a*)*b",
        "(a{100}){90}",
        "a?" * 65,
        "a*+" * 32,
        "(a|aa)+" * 60,
        "(a|b)*a(a|b){12}",
        "~(.*a.{7})&(.*b.{7})",
        "<0-999>",
    ],
)
def test_no_regular_expression_stalls(pattern: str) -> None:
    document = Document.from_fields({"text": f"{'a' * 250} {'ab' * 120} {'x' * 250}"})
    started = time.thread_time()
    accepts(parse(f"/{pattern}/"), document)
    assert time.thread_time() - started < 10 * unit()


@pytest.mark.parametrize(
    "pattern",
    [
        "(a{1000}){1000}",
        "(a+)+b(.{1,100}){1,100}",
        "(a|b)*a(a|b){14}",
        ".*a.{20}.*a.{20}",
        "~(.*a.{14})",
        "a" + "+" * 20,
        "~(.*a.{9})&(.*b.{9})",
        "<1-9999999999>",
        "<1-" + "9" * 60 + ">",
        "a" * 1_001,
        "(" * 51 + "a" + ")" * 51,
        "(a",
        "[a",
        "a{2,1}",
    ],
)
def test_regular_expressions_that_are_too_much_or_wrong_are_refused(pattern: str) -> None:
    with pytest.raises(QueryError, match="regular expression"):
        parse(f"/{pattern}/")


def test_a_field_that_does_not_exist_matches_nothing() -> None:
    assert parse("titel:banjir") == MatchNone()


@pytest.mark.parametrize(
    ("text", "language", "position", "message", "suggestion"),
    [
        ("banjir demak", "lucene", 7, "any one", "banjir AND demak"),
        ("banjir and demak", "lucene", 7, "ordinary word", "banjir AND demak"),
        ("not demak", "lucene", 0, "ordinary word", "NOT demak"),
        ("titel:banjir", "lucene", 0, "no field titel", "title:banjir"),
        ("titel: banjir", "kql", 0, "no field titel", "title: banjir"),
        ("*anjir", "lucene", 0, "slow", None),
        ("published:>now-7d", "lucene", 10, "now", None),
        ("a NEAR/3 b", "kql", 2, "language pantau", "a NEAR/3 b"),
    ],
)
def test_what_is_surely_not_meant_is_warned_of(
    text: str, language: QueryLanguage, position: int, message: str, suggestion: str | None
) -> None:
    (found,) = warnings(text, language)
    assert (found.position, found.suggestion) == (position, suggestion)
    assert message in found.message


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("banjir AND demak", "lucene"),
        ("+banjir -demak", "lucene"),
        ("people:(Boy Rafli Amar)", "lucene"),
        ('"banjir and demak"', "lucene"),
        ("title:and", "lucene"),
        ("banjir and demak", "kql"),
    ],
)
def test_what_is_meant_is_not_warned_of(text: str, language: QueryLanguage) -> None:
    assert warnings(text, language) == []


def test_the_edits_of_a_fuzzy_word_are_those_of_its_one_form() -> None:
    assert parse("pe\u00adkan~") == parse("pekan~")
    assert parse("cafe\u0301s~AUTO") == parse("caf\u00e9s~AUTO")
