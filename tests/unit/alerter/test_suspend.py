"""When a subscription is suspended: values in, values out."""

from hypothesis import given
from hypothesis import strategies as st

from pantau.alerter.suspend import MOST_EXCEEDED, MOST_WORK, WINDOW, Cost, noted, problem_of
from pantau.query.meaning.budget import PAIR


def costs(*numbers: int, units: int = PAIR, exceeded: bool = True) -> tuple[Cost, ...]:
    history: tuple[Cost, ...] = ()
    for number in numbers:
        history = noted(history, Cost(number, f"article-{number}", units, exceeded))
    return history


def test_once_or_twice_is_no_reason() -> None:
    assert problem_of(()) is None
    assert problem_of(costs(1, 2)) is None


def test_three_times_within_the_window_is_one() -> None:
    problem = problem_of(costs(1, 50, WINDOW))
    assert problem is not None
    assert "on 3 of the last 100 articles" in problem
    assert "pantau subscriptions resume" in problem


def test_what_is_long_ago_does_not_count() -> None:
    assert problem_of(costs(1, 50, WINDOW + 1)) is None
    assert len(costs(*range(1, 1_000), units=1, exceeded=False)) == WINDOW


def test_an_article_that_is_handled_again_counts_once() -> None:
    history: tuple[Cost, ...] = ()
    for number in range(1, 10):
        history = noted(history, Cost(number, "the same", PAIR, exceeded=True))
    assert len(history) == 1
    assert problem_of(history) is None


def test_much_work_on_many_articles_is_a_reason_without_any_that_exceeds() -> None:
    units = MOST_WORK // WINDOW
    assert problem_of(costs(*range(1, WINDOW + 1), units=units, exceeded=False)) is None
    problem = problem_of(costs(*range(1, WINDOW + 1), units=units + 1, exceeded=False))
    assert problem is not None
    assert "together" in problem


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, PAIR), st.booleans()), max_size=60))
def test_it_is_a_function_of_the_window(steps: list[tuple[int, int, bool]]) -> None:
    history: tuple[Cost, ...] = ()
    every: list[Cost] = []
    number = 0
    for step, units, exceeded in steps:
        number += step
        every.append(Cost(number, str(number), units, exceeded))
        history = noted(history, every[-1])
    window = [one for one in every if one.number > number - WINDOW]
    over = (
        sum(one.exceeded for one in window) >= MOST_EXCEEDED
        or sum(one.units for one in window) > MOST_WORK
    )
    assert list(history) == window
    assert (problem_of(history) is not None) is over
