"""Automata of regular expressions.

What they match, and their sizes, which are those of Lucene 10.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.query import parse
from pantau.query.automata.automaton import (
    ALL,
    NONE,
    TooLargeError,
    concat,
    intersection,
    inverted,
    star,
    text,
)
from pantau.query.automata.determinize import explore
from pantau.query.errors import QueryError
from pantau.query.meaning import regex
from pantau.query.meaning.regex import RegexError, compiled

LUCENE = {
    "banjir": (7, 0),
    "(abc|def|ghi)+": (15, 0),
    "a+b": (4, 0),
    "(a*b)?c": (4, 0),
    "(ab?)+": (5, 0),
    "a{2,4}": (5, 0),
    "a{2,}": (4, 0),
    "~(ab)": (4, 0),
    "(a|ab)c": (4, 1),
    "<1-12>": (7, 1),
    "<10-100>": (10, 2),
    "<0-9999>": (25, 4),
    "(a|aa)+b": (6, 1),
    "(a?){3}": (4, 1),
    "(a+)*": (3, 1),
    ".*.*": (2, 1),
    ".*ab.*cd.*ef.*": (10, 9),
    "(a|b)*a(a|b){9}": (11, 615),
    ".*a.{9}": (11, 615),
    "(a|b)*a(a|b){12}": (14, 6_145),
    "~(.*a.{7})&(.*b.{7})": (1_280, 2_406),
    "(a{100}){100}": (10_001, 0),
}
"""Figures of Lucene 10.3.

States of the automaton, and the least limit of work with which it is made deterministic.
"""


@pytest.mark.parametrize(
    ("pattern", "states", "limit"), [(one, *sizes) for one, sizes in LUCENE.items()]
)
def test_they_are_as_large_as_those_of_lucene(pattern: str, states: int, limit: int) -> None:
    nfa = compiled(pattern).nfa
    assert len(nfa.rows) == states
    assert (0 if nfa.deterministic else explore(nfa).effort // 10 + 1) == limit


@pytest.mark.parametrize(
    "pattern",
    [
        "(a|b)*a(a|b){14}",
        ".*a.{20}b.*",
        "~(.*a.{14})",
        "(a+)+b(.{1,100}){1,100}",
        "(.*a){40}b.{30}",
    ],
)
def test_what_elasticsearch_refuses_is_refused(pattern: str) -> None:
    with pytest.raises(RegexError, match="more states than Elasticsearch allows"):
        compiled(pattern)


_SIMPLE = st.recursive(
    st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "ab", "\\*"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}|{two[1]})"),
        inner.map(lambda one: f"({one})*"),
        inner.map(lambda one: f"({one})+"),
        inner.map(lambda one: f"({one})?"),
        st.tuples(inner, st.integers(0, 2), st.integers(0, 2)).map(
            lambda found: f"({found[0]}){{{found[1]},{found[1] + found[2]}}}"
        ),
    ),
    max_leaves=6,
)


@given(_SIMPLE, st.lists(st.text("ab*", max_size=6), max_size=8))
def test_they_match_what_other_engines_match(pattern: str, words: list[str]) -> None:
    runner, expression = compiled(pattern), re.compile(pattern, re.DOTALL)
    for word in words:
        assert runner(word) == (expression.fullmatch(word) is not None)


@given(_SIMPLE, _SIMPLE, st.text("ab*", max_size=6))
def test_and_and_not_are_those_of_sets(one: str, other: str, word: str) -> None:
    first, second = compiled(one)(word), compiled(other)(word)
    assert compiled(f"({one})&({other})")(word) == (first and second)
    assert compiled(f"~({one})")(word) != first
    assert compiled(f"~~({one})")(word) == first
    assert compiled(f"({one})|({other})")(word) == (first or second)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 400), st.integers(0, 2))
def test_numbers(low: int, high: int, number: int, zeros: int) -> None:
    inside = min(low, high) <= number <= max(low, high)
    written = "0" * zeros + str(number)
    if len(str(low)) == len(str(high)):
        assert compiled(f"<{low}-{high}>")(written) == (inside and len(written) == len(str(low)))
    else:
        assert compiled(f"<{low}-{high}>")(written) == inside


def test_nothing_and_everything() -> None:
    assert inverted(NONE) is ALL
    assert inverted(explore(ALL).dfa) is NONE
    assert concat([NONE, text("a")]) is NONE
    assert star(NONE) is NONE
    assert intersection(NONE, ALL) is NONE
    assert not compiled("#")("")
    assert compiled("@")("")


def test_operations_stop_before_they_take_too_much() -> None:
    many = concat([compiled("a?").nfa] * 300)
    with pytest.raises(TooLargeError):
        concat([many] * 10)


def test_a_runner_forgets_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pantau.query.automata.runner._MOST_KEPT", 3)
    regex._outcome.cache_clear()
    runner = compiled("(ab|cd)*e?")
    for word, expected in (
        ("ababcd", True),
        ("cdcdcdabe", True),
        ("abx", False),
        ("", True),
        ("abc", False),
    ):
        assert runner(word) is expected
    regex._outcome.cache_clear()


def test_a_query_with_a_fault_reads_its_expressions_once(monkeypatch: pytest.MonkeyPatch) -> None:
    regex._outcome.cache_clear()
    read: list[str] = []

    class Counting(regex._RegexParser):
        def __init__(self, text: str) -> None:
            read.append(text)
            super().__init__(text)

    monkeypatch.setattr(regex, "_RegexParser", Counting)
    too_complex = "(a" + 16 * "+" + "|b){2,3}"
    with pytest.raises(QueryError):
        parse(f"(c)+ /{too_complex}/ published:[20A6-01-01 TO now-1d/d}} roles:a,B{{p)1e")
    assert read == [too_complex]
    regex._outcome.cache_clear()
