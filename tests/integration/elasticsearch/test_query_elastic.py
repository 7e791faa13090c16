"""The evaluator, our translation and Elasticsearch's `query_string` find the same articles."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest

from pantau.common.text.normal_text import normalise_text
from pantau.enricher import build_enricher
from pantau.query import Query, QueryError, parse
from pantau.query.elasticsearch.translate import to_elastic
from pantau.query.meaning.evaluate import accepts
from pantau.query.text.document import Document
from pantau_schemas.events.subscription import QueryLanguage
from tests.made.kql import KqlMaker
from tests.made.lists import ListMaker
from tests.made.lucene import LuceneMaker
from tests.made.names import QUERIES, TEXTS
from tests.made.pantau import PantauMaker
from tests.made.queries import articles
from tests.reference_index import Answer, ReferenceIndex, document, query_string, reference_index

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
GIVEN = articles(seed=3, count=300)


@pytest.fixture(scope="module")
def elastic(elastic_url: str) -> Iterator[ReferenceIndex]:
    with reference_index(elastic_url, "test-query-elastic") as found:
        found.fill(GIVEN)
        yield found


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [document(one, NOW) for one in GIVEN]


def _read(text: str, language: QueryLanguage, time_zone: str) -> Query | None:
    try:
        return parse(text, language, time_zone=time_zone)
    except QueryError:
        return None


def _accepted(query: Query, documents: Sequence[Document]) -> frozenset[int]:
    return frozenset(number for number, one in enumerate(documents) if accepts(query, one))


def _translated(
    elastic: ReferenceIndex,
    documents: Sequence[Document],
    texts: Sequence[str],
    language: QueryLanguage,
    zone: str,
) -> dict[str, Answer]:
    """Query the translation of all valid queries.

    Returns the evaluator's answer to each. All must be exact: inexact queries are not generated,
    and tested separately.
    """
    queries = {text: query for text in texts if (query := _read(text, language, zone)) is not None}
    expected = {text: _accepted(query, documents) for text, query in queries.items()}
    asked = [to_elastic(query, NOW) for query in queries.values()]
    assert [text for text, one in zip(queries, asked, strict=True) if not one.exact] == []
    found = dict(zip(queries, elastic.ask([one.body for one in asked]), strict=True))
    assert _differences(found, expected) == {}
    assert sum(map(bool, expected.values())) > len(texts) / 3, "most queries must find something"
    return dict(expected)


def _differences(
    found: dict[str, Answer], expected: dict[str, frozenset[int]]
) -> dict[str, object]:
    return {
        text: answer if isinstance(answer, str) else sorted(answer ^ expected[text])
        for text, answer in found.items()
        if answer != expected[text]
    }


@pytest.mark.parametrize(("seed", "zone"), [(1, "UTC"), (2, "Asia/Jakarta")])
def test_lucene_queries_mean_the_same_three_times(
    elastic: ReferenceIndex, documents: list[Document], seed: int, zone: str
) -> None:
    maker = LuceneMaker(seed, GIVEN)
    texts = list(
        dict.fromkeys([maker.query() for _ in range(120)] + [maker.leaf() for _ in range(80)])
    )
    ours = _translated(elastic, documents, texts, "lucene", zone)
    theirs = dict(
        zip(
            texts,
            elastic.ask([query_string(normalise_text(text), zone) for text in texts]),
            strict=True,
        )
    )
    wrong = {
        text: (answer, ours.get(text))
        for text, answer in theirs.items()
        if ours.get(text) != (None if isinstance(answer, str) else answer)
    }
    assert wrong == {}


@pytest.mark.parametrize(("seed", "zone"), [(3, "UTC"), (4, "Asia/Jakarta")])
def test_kql_means_the_same_twice(
    elastic: ReferenceIndex, documents: list[Document], seed: int, zone: str
) -> None:
    maker = KqlMaker(seed, GIVEN)
    texts = list(dict.fromkeys(maker.query() for _ in range(150)))
    _translated(elastic, documents, texts, "kql", zone)


@pytest.mark.parametrize(("seed", "zone"), [(5, "UTC"), (6, "Asia/Jakarta")])
def test_the_language_pantau_means_the_same_twice(
    elastic: ReferenceIndex, documents: list[Document], seed: int, zone: str
) -> None:
    maker = PantauMaker(seed, GIVEN)
    texts = (
        [maker.query() for _ in range(50)]
        + [maker.near() for _ in range(40)]
        + [maker.at_least() for _ in range(20)]
    )
    queries = _translated(elastic, documents, list(dict.fromkeys(texts)), "pantau", zone)
    # What is sent where prefixes must not be written out finds no less.
    wider = [
        to_elastic(parse(text, "pantau", time_zone=zone), NOW, expand=False) for text in queries
    ]
    for answer, sent, expected in zip(
        elastic.ask([one.body for one in wider]), wider, queries.values(), strict=True
    ):
        assert not isinstance(answer, str), answer
        assert not isinstance(expected, str)
        assert expected == answer if sent.exact else expected <= answer


def test_lists_mean_the_same(elastic: ReferenceIndex, documents: list[Document]) -> None:
    maker = ListMaker(7, GIVEN)
    texts = dict.fromkeys([maker.query() for _ in range(60)] + [maker.listed() for _ in range(40)])
    read = {text: _read(text, "pantau", "UTC") for text in texts}
    queries = {text: maker.bound(query) for text, query in read.items() if query is not None}
    sent = [to_elastic(query, NOW) for query in queries.values()]
    assert 0 < sum(one.exact for one in sent) < len(sent)
    answers = list(elastic.ask([one.body for one in sent]))
    for text, answer, one in zip(queries, answers, sent, strict=True):
        expected = _accepted(queries[text], documents)
        assert not isinstance(answer, str), (text, answer[:300])
        assert expected == answer if one.exact else expected <= answer, text
    assert sum(map(bool, answers)) > len(answers) / 3, "most queries must find something"


PLACES = [
    "anak NEAR/3 anak",
    "anak ONEAR/0 anak",
    '"anak anak" NEAR/0 "anak anak"',
    'ATLEAST/2 "anak anak"',
    'ATLEAST/3 (anak OR "anak anak" OR an*)',
    '(banjir OR "banjir demak" OR "di banjir demak kudus") ONEAR/2 (kudus OR "kudus anak")',
    "quotes:(anak NEAR/99 banjir)",
    "quotes:(anak NEAR/100 banjir)",
    "roles:(an* ONEAR/201 b*)",
    "anak NEAR/99999999999 banjir",
    '="New York" NEAR/5 (="İstanbul" OR bank)',
    '="Bank" NEAR/4 ="bank"',
    '="New" NEAR/0 york',
    'ATLEAST/2 (="Bank" OR bank)',
    'ATLEAST/2 (="ΣΑΣ" OR "日本")',
    '="U.S." OR ="don’t" OR ="👍🏽" OR ="test@example.org"',
    "ATLEAST/1000 anak",
    "NOT (anak NEAR/3 banjir) AND NOT ATLEAST/2 anak",
    'a_b NEAR/9 "10/9/2019"',
    " OR ".join(
        f'(anak OR w{number}) NEAR/{number} (banjir OR "anak {number}")' for number in range(16)
    ),
    "("
    + " OR ".join(f"w{number}" for number in range(120))
    + " OR anak) NEAR/3 (banjir OR kudus OR di)",
    "ATLEAST/8 (" + " OR ".join(f"w{number}" for number in range(120)) + " OR anak)",
]


@pytest.mark.parametrize("text", PLACES)
def test_places_are_the_same(elastic: ReferenceIndex, documents: list[Document], text: str) -> None:
    query = parse(text, "pantau")
    translated = to_elastic(query, NOW)
    assert translated.exact
    (found,) = elastic.ask([translated.body])
    assert found == _accepted(query, documents)


DEEP = "(anak AND (banjir OR " * 24 + "Demak" + "))" * 24
DEAR = [
    DEEP,
    f"NOT {DEEP}",
    "-(anak (+banjir " * 24 + "c" + "))" * 24,
    "text:*a" + "?" * 20 + "b*",
    "banjir -text:*a" + "?" * 20 + "b*",
    "people:" + "a" * 1_200 + "*",
]


@pytest.mark.parametrize("text", DEAR)
def test_what_elasticsearch_would_refuse_is_asked_for_more_widely(
    elastic: ReferenceIndex, documents: list[Document], text: str
) -> None:
    query = parse(text)
    translated = to_elastic(query, NOW)
    assert not translated.exact
    (found,) = elastic.ask([translated.body])
    assert not isinstance(found, str), found
    assert _accepted(query, documents) <= found


EXPRESSIONS = [
    "ban(jir|gun)",
    ".*bakar.*",
    "~(.{1,5})&[^a-f]{2,9}",
    "perda<1-500>",
    ".*[0-9]{4}.*",
    "(men|mem|meng|meny|pe|pem|pen|peng|ber|ter|di|ke|se).*",
    "(a|b)*a(a|b){12}",
    "(a|b)*a(a|b){13}",
    "(a|b)*a(a|b){14}",
    ".*a.{12}",
    ".*a.{20}b.*",
    ".*a.{20}b.*|.*",
    "~(.*a.{20}b.*)|@",
    "~(.*a.{12})",
    "~(.*a.{14})",
    "~(.*a.{7})&(.*b.{7})",
    "~(.*a.{9})&(.*b.{9})",
    "(a+)+b(.{1,100}){1,100}",
    "(a{1,10}){1,10}",
    "(.*a){25}",
    "(.*a){40}b.{30}",
    ".{0,30}x.{0,30}y.{0,30}",
    ".{0,500}a.{0,400}",
    "(<0-255>.){3}<0-255>",
    "(" + "|".join("a" * size for size in range(1, 25)) + "){9}b",
]


def test_expressions_are_refused_where_elasticsearch_refuses_them(elastic: ReferenceIndex) -> None:
    """By its default limit, `max_determinized_states` of 10,000."""
    answers = elastic.ask([query_string(f"/{one}/", "UTC") for one in EXPRESSIONS])
    theirs = {
        one for one, found in zip(EXPRESSIONS, answers, strict=True) if isinstance(found, str)
    }
    ours = set()
    for one in EXPRESSIONS:
        try:
            parse(f"/{one}/")
        except QueryError:
            ours.add(one)
    assert ours == theirs
    assert 5 < len(ours) < len(EXPRESSIONS) - 5


LARGE = [
    "people:" + "a" * 9_000,
    "people:" + "a" * 8_000 + "~",
    '"' + " ".join("a" * 9_000) + '"',
    '"' + " ".join("ab" * 3_000) + '"~2147483647',
    "(" * 49 + "banjir Demak" + ")" * 49,
    " ".join(f"{word}{number}" for number in range(128) for word in ("anak", "banjir")),
    " OR ".join(f'"anak {number}"' for number in range(256)),
    " ".join(f"w{number}~" for number in range(256)),
    "title:" + "a" * 300 + "* text:" + "a" * 300 + "~",
    "text:*" + "a" * 100 + "*",
    "/[a-z]{1,20}|<1-200>|~(.{1,5})/",
]


@pytest.mark.parametrize("text", LARGE)
def test_large_queries_are_within_what_elasticsearch_takes(
    elastic: ReferenceIndex, documents: list[Document], text: str
) -> None:
    query = parse(text)
    translated = to_elastic(query, NOW)
    assert translated.exact
    (found,) = elastic.ask([translated.body])
    assert found == _accepted(query, documents)


def test_now_is_the_time_of_the_search(elastic: ReferenceIndex, documents: list[Document]) -> None:
    texts = [
        "first_seen:>now-1d",
        "first_seen:>=now/d",
        "published:<now-4y/y",
        "NOT first_seen:[now-1d TO now]",
    ]
    _translated(elastic, documents, texts, "lucene", "Asia/Jakarta")


def test_names_and_ids_are_the_same_to_query_string(elastic_url: str) -> None:
    enricher = build_enricher()
    fields = ("people", "organizations", "places", "entity_ids")
    found = [enricher.find("", text, "id") for text in TEXTS]
    given = [{name: list(one[name]) for name in fields} for one in found]
    asked = {text: list(wanted) for language, text, wanted in QUERIES if language == "lucene"}
    with reference_index(elastic_url, "test-query-elastic-names") as index:
        index.fill(given)
        answers = index.ask([query_string(text, "UTC") for text in asked])
        theirs = {text: sorted(one) for text, one in zip(asked, answers, strict=True)}
    assert theirs == asked


def test_keywords_are_as_long_as_elasticsearch_counts(elastic_url: str) -> None:
    values = [
        "a" * 8_191,
        "a" * 8_192,
        "é" * 8_191,
        "👍" * 4_095,
        "👍" * 4_096,
        "a" * 8_190 + "👍",
        "",
    ]
    given = [{"people": [value]} for value in values]
    query = parse("_exists_:people")
    with reference_index(elastic_url, "test-query-elastic-keywords") as found:
        found.fill(given)
        assert list(found.ask([to_elastic(query, NOW).body])) == [
            _accepted(query, list(map(document, given)))
        ]
