"""How broad queries are, by estimate."""

from datetime import UTC, datetime

import pytest
from hypothesis import given

from pantau.query import ast, parse
from pantau.query.explain.selectivity import Level, Reason, Selectivity, estimate
from tests.unit.query.conftest import own_queries, queries

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)

CLASSES = [
    ("yang", Level.BROAD, Reason.COMMON),
    ("presiden", Level.BROAD, Reason.COMMON),
    ("lang:id", Level.BROAD, Reason.COMMON),
    ("banjir", Level.USUAL, Reason.RAREST),
    ("banjir AND yang", Level.USUAL, Reason.RAREST),
    ('"Boy Rafli Amar" AND UNOCT', Level.NARROW, Reason.RAREST),
    ('people:"Boy Rafli Amar" AND title:UNOCT', Level.NARROW, Reason.RAREST),
    ("url:x", Level.NARROW, Reason.RAREST),
    ('"' + "a " * 5_000 + '"', Level.NARROW, Reason.RAREST),
    ("presiden menteri banjir", Level.BROAD, Reason.MANY),
    ("a*", Level.EVERYTHING, Reason.ALL),
    ("*:*", Level.EVERYTHING, Reason.ALL),
    ("_exists_:title", Level.EVERYTHING, Reason.ALL),
    ("NOT sepakbola", Level.EVERYTHING, Reason.ALL_BUT),
    ("NOT yang", Level.BROAD, Reason.ALL_BUT),
    ("banjir OR *:*", Level.EVERYTHING, Reason.ALL),
    ("first_seen:>now-7d", Level.EVERYTHING, Reason.ALL),
    ("first_seen:<2020", Level.NONE, Reason.PAST),
    ("banjir AND first_seen:<2020", Level.NONE, Reason.PAST),
    ("first_seen:[now+1d TO now+2d]", Level.NONE, Reason.PAST),
    ("nosuch:x", Level.NONE, Reason.NOTHING),
    ("banjir AND nosuch:x", Level.NONE, Reason.NOTHING),
]


@pytest.mark.parametrize(("query", "level", "reason"), CLASSES)
def test_classes(query: str, level: Level, reason: Reason) -> None:
    found = estimate(parse(query), NOW)
    assert (found.level, found.reason) == (level, reason)


@pytest.mark.parametrize(
    ("narrower", "broader"),
    [
        ("banjir AND demak", "banjir"),
        ('"banjir demak"', "banjir AND demak"),
        ("banjir", "banjir OR demak"),
        ("title:banjir", "banjir"),
        ("banjir", "banjir~"),
        ("banjir", "ban*"),
        ("banjir AND NOT presiden", "banjir"),
        ('"banjir demak"', '"banjir demak"~2'),
    ],
)
def test_order(narrower: str, broader: str) -> None:
    assert estimate(parse(narrower), NOW).share < estimate(parse(broader), NOW).share


@pytest.mark.parametrize(
    ("narrower", "broader"),
    [
        ("banjir NEAR/3 demak", "banjir AND demak"),
        ("banjir NEAR/3 demak", "banjir NEAR/30 demak"),
        ("banjir NEAR/3 demak", "banjir NEAR/3 (demak OR kudus)"),
        ("ATLEAST/2 banjir", "banjir"),
        ('="Banjir"', "banjir"),
        ('="Banjir Demak"', '"banjir demak"'),
    ],
)
def test_order_in_the_language_pantau(narrower: str, broader: str) -> None:
    one, other = (estimate(parse(text, "pantau"), NOW).share for text in (narrower, broader))
    assert 0 < one < other


def test_the_clause_that_decides_is_named() -> None:
    found = estimate(parse("banjir OR presiden OR demak"), NOW)
    assert (found.by, found.count) == (ast.Term(("title", "text"), "presiden"), 3)
    assert estimate(parse("presiden AND demak"), NOW).by == ast.Term(("title", "text"), "demak")


def test_what_is_known_better_is_used() -> None:
    assert estimate(parse("banjir AND demak"), NOW, rate=lambda _: 0.5).level is Level.BROAD


def test_a_count_is_better_than_an_estimate() -> None:
    guess = Selectivity(0.5, Reason.COMMON)
    assert guess.counted(0, 1_000).level is Level.NONE
    assert guess.counted(1_000, 1_000).level is Level.EVERYTHING
    assert guess.counted(0, 0) == guess


@given(queries)
def test_a_share_is_a_share(text: str) -> None:
    assert 0 <= estimate(parse(text), NOW).share <= 1


@given(own_queries)
def test_a_share_is_a_share_in_the_language_pantau(text: str) -> None:
    assert 0 <= estimate(parse(text, "pantau"), NOW).share <= 1
