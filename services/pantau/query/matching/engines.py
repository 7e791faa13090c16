"""The choice of the engine that matches many queries against one article.

An engine gets trees (`ast.Query`), not texts, and tokenized articles (`Document`); it returns what
`evaluate` would return, query for query. How it finds and verifies candidates is its own concern;
parsing, the meaning of a query, and the marks stay outside. So another engine, possibly in another
language, replaces `presearch`, `compiled` and `document_view` and nothing else.
tests/unit/query/matching/test_matcher.py tests every engine in `ENGINES`.
"""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from pantau.query import ast
from pantau.query.listed import ListValues
from pantau.query.matching.matcher import Matcher
from pantau.query.meaning.evaluate import Match
from pantau.query.text.document import Document


class MatchEngine(Protocol):
    """Subscriptions, and which of them accept an article. Not thread-safe."""

    def __len__(self) -> int:
        """Return the number of subscriptions."""

    def __contains__(self, subscription_id: str) -> bool:
        """Return whether a subscription exists."""

    def put(self, subscription_id: str, query: ast.Query) -> None:
        """Add a subscription, or replace its query; then it keeps its position in the order."""

    def remove(self, subscription_id: str) -> None:
        """Remove a subscription. Idempotent."""

    def put_list(self, values: ListValues) -> None:
        """Replace the values of a list in all queries that refer to it.

        Queries share the values of a list: those that came last, here or within a query.
        """

    def match(
        self,
        document: Document,
        on_error: Callable[[str, Exception], None] | None = None,
        on_cost: Callable[[str, int], None] | None = None,
    ) -> list[tuple[str, Match]]:
        """Return the subscriptions that accept the article, in insertion order, with their matches.

        An error of one is passed to `on_error`; the others continue. Without it the first error is
        raised after all were tried. The cost of each is bounded (`budget`): beyond it, its error is
        BudgetExceededError. `on_cost` receives those that cost more than a glance, with their units
        of work.
        """


ENGINES: Final[Mapping[str, Callable[[], MatchEngine]]] = {"python": Matcher}
"""Engines by name."""


def build_engine(name: str = "python") -> MatchEngine:
    """Create an empty engine. Raises KeyError for a name that is not in `ENGINES`."""
    return ENGINES[name]()
