"""The tail of the negative binomial distribution, against exact arithmetic."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.notifier.rules.spikes.tail import least_number, tail


def exact_tail(number: int, mean: int, size: int) -> Fraction:
    """Return P(X >= number) by the waiting time of the `size`-th failure, as a fraction.

    At least `number` successes come before it where at most `size - 1` of the first
    `number + size - 1` trials fail: a sum of `size` terms, whatever the mean.
    """
    trials, fails = number + size - 1, Fraction(size, mean + size)
    return sum(
        (
            math.comb(trials, each) * fails**each * (1 - fails) ** (trials - each)
            for each in range(size)
        ),
        Fraction(0),
    )


@pytest.mark.parametrize("size", [1, 2, 3, 10, 40])
@pytest.mark.parametrize("mean", [1, 3, 20, 1_000])
@pytest.mark.parametrize("times", [0.3, 1, 1.5, 4, 9])
def test_it_is_the_exact_sum(mean: int, size: int, times: float) -> None:
    number = max(1, round(times * mean))
    assert tail(number, mean, size) == pytest.approx(
        float(exact_tail(number, mean, size)), rel=1e-9
    )


@pytest.mark.parametrize("number", [60_000, 100_000, 250_000, 500_000])
@pytest.mark.parametrize("size", [1, 3, 8])
def test_it_is_exact_for_large_means(number: int, size: int) -> None:
    mean = 100_000
    trials, odds = number + size - 1, size / mean  # of a failure against a success
    logarithm = trials * -math.log1p(odds)
    terms = [math.comb(trials, each) * Fraction(size, mean) ** each for each in range(size)]
    expected = math.exp(logarithm) * float(sum(terms, Fraction(0)))
    assert tail(number, mean, size) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("mean", [0.05, 2.5, 60.0])
def test_a_large_size_is_the_poisson_distribution(mean: float) -> None:
    number = math.ceil(mean + 4 * math.sqrt(mean)) + 1
    expected = sum(
        math.exp(-mean + each * math.log(mean) - math.lgamma(each + 1))
        for each in range(number, number + 300)
    )
    assert tail(number, mean, 1e8) == pytest.approx(expected, rel=1e-5)


def test_the_probabilities_of_all_numbers_have_its_mean() -> None:
    mean, size = 7.3, 2.4
    tails = [tail(number, mean, size) for number in range(1, 400)]
    assert math.fsum(tails) == pytest.approx(mean, rel=1e-9)


@given(
    number=st.integers(0, 400_000),
    more=st.integers(1, 1_000),
    mean=st.floats(1e-4, 1e5),
    size=st.floats(1e-2, 1e5),
)
def test_it_falls_with_the_number_and_stays_a_probability(
    number: int, more: int, mean: float, size: float
) -> None:
    first, later = tail(number, mean, size), tail(number + more, mean, size)
    assert 0 <= later <= first * (1 + 1e-9) <= 1 + 1e-8


@given(number=st.integers(1, 2_000), mean=st.floats(1e-3, 1e3), size=st.floats(0.1, 1e3))
def test_it_rises_with_the_mean(number: int, mean: float, size: float) -> None:
    assert tail(number, mean, size) <= tail(number, 1.1 * mean, size) * (1 + 1e-9)


@given(
    probability=st.floats(1e-6, 0.999),
    mean=st.floats(1e-3, 1e5),
    size=st.floats(0.1, 1e4),
)
def test_the_least_number_is_the_least(probability: float, mean: float, size: float) -> None:
    number = least_number(probability, mean, size)
    assert tail(number, mean, size) <= probability < tail(number - 1, mean, size)


@pytest.mark.parametrize(
    ("mean", "size"),
    [(0.0, 1.0), (-1.0, 1.0), (1.0, 0.0), (math.nan, 1.0), (math.inf, 1.0), (1.0, math.inf)],
)
def test_what_is_no_distribution_is_refused(mean: float, size: float) -> None:
    with pytest.raises(ValueError, match="positive and finite"):
        tail(3, mean, size)


@pytest.mark.parametrize("probability", [0.0, 1.0, -0.1, math.nan])
def test_what_is_no_probability_is_refused(probability: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        least_number(probability, 1.0, 1.0)
