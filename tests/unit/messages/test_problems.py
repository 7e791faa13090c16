"""Problems cross processes and files whole, and what comes from outside can do no harm."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.problems import Problem, pack_problem, problem, unpack_problem

PARAMS = st.recursive(
    st.builds(Problem, st.text(), st.dictionaries(st.text(), st.text() | st.integers())),
    lambda inner: st.builds(Problem, st.text(), st.dictionaries(st.text(), inner, max_size=2)),
    max_leaves=3,
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)


@given(PARAMS)
def test_a_problem_crosses_unchanged(given_problem: Problem) -> None:
    assert unpack_problem(json.loads(json.dumps(pack_problem(given_problem)))) == given_problem


@given(JSON)
def test_whatever_comes_in_is_a_problem_or_none(packed: Any) -> None:
    found = unpack_problem(packed)
    assert found is None or isinstance(found.text("id"), str)


def test_no_problem_crosses_too() -> None:
    assert unpack_problem(pack_problem(None)) is None


@pytest.mark.parametrize("depth", [6, 5_000])
def test_what_is_nested_too_deep_is_no_problem(depth: int) -> None:
    packed: Any = ["feeds.other", {"text": "x"}]
    for _ in range(depth):
        packed = ["feeds.other", {"text": packed}]
    assert unpack_problem(packed) is None


def test_long_values_are_cut() -> None:
    found = unpack_problem(["feeds.other", {"text": "x" * 1_000_000}])
    assert found is not None
    assert len(found.text()) == 2_000


def test_a_problem_is_shown_in_english_where_nobody_chose() -> None:
    assert f"{problem('fetch.no-such-host', host='a.example')}" == (
        "a.example: there is no such host; check the spelling"
    )
