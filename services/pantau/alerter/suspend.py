"""When a subscription is too expensive to continue: pure.

Whether a query that exceeds its budget on an article (`pantau.query.meaning.budget`) matches is
unknown. Once may be the article's fault; several times within the last articles, or much work on
many of them, is the query's.
"""

from dataclasses import dataclass
from typing import Final

from pantau.query.meaning.budget import PAIR

WINDOW: Final = 100
"""Number of articles in the window."""
MOST_EXCEEDED: Final = 3
"""Maximum number of articles in the window on which a query may exceed its budget."""
MOST_WORK: Final = 5 * PAIR
"""Maximum work units in the window: 1 s of CPU time, or 10 ms per article.

Typical queries need a hundredth of that.
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a query on one article, the `number`-th that this process handled."""

    number: int
    article_id: str
    units: int
    exceeded: bool


def noted(history: tuple[Cost, ...], cost: Cost) -> tuple[Cost, ...]:
    """Return the costs within the window, including a new one.

    An article that is handled again counts once.
    """
    kept = [
        one
        for one in history
        if one.number > cost.number - WINDOW and one.article_id != cost.article_id
    ]
    return (*kept, cost)


def problem_of(history: tuple[Cost, ...]) -> str | None:
    """Return why a query with these costs is suspended and what its owner can do.

    None if it may continue.
    """
    exceeded = sum(one.exceeded for one in history)
    units = sum(one.units for one in history)
    if exceeded < MOST_EXCEEDED and units <= MOST_WORK:
        return None
    if exceeded >= MOST_EXCEEDED:
        reason = f"it cost more than is allowed on {exceeded} of the last {WINDOW} articles"
    else:
        reason = f"it cost more on the last {WINDOW} articles than is allowed on them together"
    advice = "use fewer patterns that begin with * or .*, and shorter phrases with ~"
    return f"{reason}; change the query ({advice}), or resume it by `pantau subscriptions resume`"
