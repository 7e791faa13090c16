"""Tail probabilities of the negative binomial distribution.

Its mean is `mean` and its variance `mean + mean**2 / size`: a Poisson count whose rate itself
varies, as that of news does. A large `size` approaches the Poisson distribution.
"""

import math
from typing import Final

_TINY: Final = 1e-300
_PRECISION: Final = 1e-13
_MOST_STEPS: Final = 20_000
"""Steps of the continued fraction; it needs about the square root of its larger argument."""


def tail(number: int, mean: float, size: float) -> float:
    """Return the probability of at least `number` where `mean` is expected.

    The upper tail of the negative binomial distribution is a regularised incomplete beta function,
    P(X >= n) = I(n, size) at mean / (mean + size) (NIST Digital Library of Mathematical Functions,
    8.17.24). The relative error is below 1e-8 for means up to 100,000 (the tests compare with exact
    sums). Raise ValueError unless mean and size are positive and finite.
    """
    if not (0 < mean < math.inf and 0 < size < math.inf):
        raise ValueError("mean and size must be positive and finite")
    if number <= 0:
        return 1.0
    inside, outside = mean / (mean + size), size / (mean + size)
    logarithm = (
        math.lgamma(number + size)
        - math.lgamma(number + 1)
        - math.lgamma(size)
        - number * math.log1p(size / mean)
        - size * math.log1p(mean / size)
    )
    if inside < (number + 1) / (number + size + 2):
        return min(1.0, math.exp(logarithm) * _fraction(number, size, inside))
    below = math.exp(logarithm) * number / size * _fraction(size, number, outside)
    return min(1.0, max(0.0, 1.0 - below))


def _fraction(first: float, second: float, at: float) -> float:
    """Return the continued fraction of the incomplete beta function.

    By the modified Lentz algorithm (W. Press et al., "Numerical Recipes", 3rd ed., 2007, 6.4).
    """
    total = first + second
    ratio = 1.0
    inverse = 1.0 / _away_from_zero(1.0 - total * at / (first + 1.0))
    value = inverse
    for step in range(1, _MOST_STEPS):
        twice = first + 2 * step
        even = step * (second - step) * at / ((twice - 1.0) * twice)
        inverse = 1.0 / _away_from_zero(1.0 + even * inverse)
        ratio = _away_from_zero(1.0 + even / ratio)
        value *= inverse * ratio
        odd = -(first + step) * (total + step) * at / (twice * (twice + 1.0))
        inverse = 1.0 / _away_from_zero(1.0 + odd * inverse)
        ratio = _away_from_zero(1.0 + odd / ratio)
        change = inverse * ratio
        value *= change
        if abs(change - 1.0) < _PRECISION:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def least_number(probability: float, mean: float, size: float) -> int:
    """Return the smallest number whose tail is at most `probability`, by bisection.

    Raise ValueError unless `probability` is between 0 and 1, and as `tail` does.
    """
    if not 0 < probability < 1:
        raise ValueError("probability must be between 0 and 1")
    low, high = 0, max(1, math.ceil(mean))
    while tail(high, mean, size) > probability:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if tail(middle, mean, size) > probability:
            low = middle
        else:
            high = middle
    return high
