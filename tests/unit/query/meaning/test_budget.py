"""The budget of a query on an article.

Counted, the same every time, far above what everyday queries need.
"""

from collections.abc import Callable

import pytest

from pantau.query import parse
from pantau.query.explain.explanation import explain_match, hindrances
from pantau.query.matching.matcher import Matcher
from pantau.query.meaning import regex
from pantau.query.meaning.budget import (
    ARTICLE,
    GLANCE,
    LEAST,
    PAIR,
    BudgetExceededError,
    Meter,
    share,
)
from pantau.query.meaning.evaluate import accepts, evaluate
from pantau.query.meaning.verify import Verifier, skipped_text
from pantau.query.text.document import Document
from pantau_schemas.events.subscription import QueryLanguage
from tests import newsroom

HOSTILE = Document.from_fields(
    {
        "title": "banjir",
        "text": "a b " * 60_000 + "c " + " ".join("ab" * 60 + str(one) for one in range(2_000)),
    }
)
COSTLY: dict[str, tuple[str, QueryLanguage]] = {
    "sloppy phrase": ('"a a b b a c a"~2', "lucene"),
    "sloppy phrase of one word": ('"' + "a " * 300 + 'c"~3', "lucene"),
    "sloppy phrases": (" AND ".join(['"c a a b b"~2'] * 50), "lucene"),
    "phrases": (" AND ".join('"' + "a b " * size + 'a"' for size in range(2, 30)), "lucene"),
    "near": ('("a b" OR "b a b" OR b) NEAR/0 ("a b a" OR "b a b a" OR a)', "pantau"),
    "regular expressions": ("a" + "".join(f" AND NOT /a.*x{one}*/" for one in range(12)), "lucene"),
}
EVERYDAY: list[tuple[str, QueryLanguage]] = [
    ("banjir AND (Demak OR Kudus)", "lucene"),
    ('"Kepala Badan" AND NOT title:bola', "lucene"),
    ("*bakar* OR ke*an OR b?njir", "lucene"),
    ("banjri~ OR gempaa~2", "lucene"),
    ("/ko?rup(si|tor)/ OR /.*(jir|ak|us)/", "lucene"),
    ('"bantuan warga banjir"~10', "lucene"),
    ("published:[now-7d/d TO now]", "lucene"),
    ("title: banjir and people: *Wirasena", "kql"),
    ("banjir NEAR/5 demak", "pantau"),
    ("ATLEAST/3 (banjir OR gempa*)", "pantau"),
    ('="Badan Tanggap Bencana"', "pantau"),
]


def spent(text: str, language: QueryLanguage, document: Document) -> int:
    document.meter.reset(PAIR)
    accepts(parse(text, language), document)
    return document.meter.spent


def test_a_meter_stops_work_beyond_what_is_allowed() -> None:
    meter = Meter(10)
    meter.spend(10)
    with pytest.raises(BudgetExceededError, match="more than 10 units"):
        meter.spend(1)
    assert meter.spent == 10
    meter.reset()
    assert (meter.left, meter.spent) == (PAIR, 0)


@pytest.mark.parametrize(("text", "language"), EVERYDAY)
def test_everyday_queries_never_come_near_it(text: str, language: QueryLanguage) -> None:
    """On an article ten times as long as the longest usual ones."""
    pieces = [f"{title}. {body}" for _, title, body in newsroom.articles(300)]
    document = Document.from_fields({"title": "Banjir di Demak", "text": " ".join(pieces)})
    assert len(document.tokens("text").sequence) > 5_000
    assert spent(text, language, document) < PAIR / 10


@pytest.mark.parametrize(("text", "language"), COSTLY.values(), ids=COSTLY.keys())
def test_a_costly_query_fails_alone(text: str, language: QueryLanguage) -> None:
    matcher = Matcher()
    matcher.put("before", parse("banjir"))
    matcher.put("costly", parse(text, language))
    matcher.put("after", parse("title:ban*"))
    errors: dict[str, Exception] = {}
    costs: dict[str, int] = {}
    found = matcher.match(HOSTILE, on_error=errors.__setitem__, on_cost=costs.__setitem__)
    assert [one for one, _ in found] == ["before", "after"]
    assert list(errors) == ["costly"]
    assert isinstance(errors["costly"], BudgetExceededError)
    assert costs == {"costly": PAIR}
    with pytest.raises(BudgetExceededError):
        evaluate(parse(text, language), HOSTILE)


def test_many_costly_queries_share_what_an_article_may_cost() -> None:
    assert share(1) == share(ARTICLE // PAIR) == PAIR
    assert share(100) == ARTICLE // 100
    assert share(1_000_000) == LEAST > GLANCE
    matcher = Matcher()
    text, language = COSTLY["sloppy phrase"]
    for number in range(50):
        matcher.put(str(number), parse(text, language))
    costs: dict[str, int] = {}
    failed: list[str] = []
    assert matcher.match(HOSTILE, lambda one, _: failed.append(one), costs.__setitem__) == []
    assert sum(costs.values()) <= ARTICLE
    assert failed == list(costs) == [str(number) for number in range(50)]


def test_what_needs_more_than_a_glance_is_found_in_the_second_round() -> None:
    matcher = Matcher()
    matcher.put("one", parse("/(a|b)+c/ OR (c AND /c+/)"))
    document = Document.from_fields(
        {"text": " ".join(f"w{number}" for number in range(2_000)) + " c"}
    )
    costs: dict[str, int] = {}
    found = matcher.match(document, on_cost=costs.__setitem__)
    assert [one for one, _ in found] == ["one"]
    assert GLANCE < costs["one"] < PAIR
    assert document.meter.left == PAIR


def test_the_cost_does_not_depend_on_what_was_asked_before() -> None:
    document = Document.from_fields(
        {"text": " ".join(f"a{'b' * (number % 50)}{number}" for number in range(500))}
    )
    regex._outcome.cache_clear()
    cold = spent("/(a|b)*[0-4]+x/", "lucene", document)
    assert cold == spent("/(a|b)*[0-4]+x/", "lucene", document) > 0
    fresh = Document.from_fields({"text": document.joined("text")})
    assert spent("/(a|b)*[0-4]+x/", "lucene", fresh) == cold


def test_looking_words_up_is_free() -> None:
    text = " AND ".join(
        f"NOT {word}" for word in ("x", "y", "title:z", '"p q"', "lang:id", "_exists_:tags")
    )
    assert spent(f"a AND {text}", "lucene", HOSTILE) <= 10


def test_what_matched_is_told_although_its_marks_cost_too_much() -> None:
    sloppy = COSTLY["sloppy phrase"][0]
    match = evaluate(parse(f"banjir OR {sloppy}"), HOSTILE)
    assert match is not None
    assert [span.field for span in match.spans] == ["title"]


def test_searches_leave_out_what_costs_too_much_and_count_it() -> None:
    verifier = Verifier(parse(COSTLY["sloppy phrase"][0]))
    assert verifier.match(HOSTILE) is None
    assert not verifier.accepts(HOSTILE)
    assert verifier.too_costly == 2
    assert verifier.marked(HOSTILE) is not None
    assert skipped_text(1) == "the query costs too much on 1 article, which is left out"
    assert skipped_text(2) == "the query costs too much on 2 articles, which are left out"


@pytest.mark.parametrize("explain", [explain_match, hindrances])
def test_reasons_are_given_as_far_as_the_budget_goes(explain: Callable[..., object]) -> None:
    assert explain(parse(COSTLY["sloppy phrase"][0]), HOSTILE) == ()
