"""Where the engine that matches many queries against one article is chosen.

An engine gets trees (`ast.Query`), not texts, and articles cut into tokens (`Document`); it gives
what `evaluate` would give, query for query. How it finds candidates and verifies them is its own
business; parsing, the meaning of a query, and where and why it matched stay outside. So another
engine, say in another language, replaces `anchors`, `compiled` and `view` and nothing else.
tests/unit/query/test_matcher.py holds every engine in `ENGINES` to this.
"""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from pantau.query import ast
from pantau.query.matching.matcher import Matcher
from pantau.query.meaning.evaluate import Match
from pantau.query.text.document import Document


class MatchEngine(Protocol):
    """Subscriptions, and which of them accept an article. One thread at a time."""

    def __len__(self) -> int:
        """Count the subscriptions."""

    def __contains__(self, subscription_id: str) -> bool:
        """Return whether a subscription is there."""

    def put(self, subscription_id: str, query: ast.Query) -> None:
        """Add a subscription, or give it another query; then it keeps its place in the order."""

    def remove(self, subscription_id: str) -> None:
        """Take a subscription out; one that is not there changes nothing."""

    def match(
        self,
        document: Document,
        on_error: Callable[[str, Exception], None] | None = None,
        on_cost: Callable[[str, int], None] | None = None,
    ) -> list[tuple[str, Match]]:
        """Return the subscriptions that accept the article, in the order they were put, and where each matched.

        An error of one is told to `on_error`; the others go on. Without it the first error is
        raised after all were tried. What one may cost is bounded (`budget`): beyond it, its error
        is BudgetExceededError. `on_cost` is told of those that cost more than a glance, and of how
        many units of work.
        """


ENGINES: Final[Mapping[str, Callable[[], MatchEngine]]] = {"python": Matcher}
"""Engines by name."""


def build_engine(name: str = "python") -> MatchEngine:
    """Return an empty engine. Raises KeyError for a name that is not in `ENGINES`."""
    return ENGINES[name]()
