"""One query over many articles, each within the budget of a pair.

For the candidates of searches and replays.
"""

from pantau.problems import Problem, problem
from pantau.query.ast import Query
from pantau.query.meaning.budget import BudgetExceededError
from pantau.query.meaning.evaluate import Match, accepts, evaluate
from pantau.query.text.document import Document


class Verifier:
    """Returns which articles a query accepts.

    One on which it is too expensive is not accepted, and counted.
    """

    __slots__ = ("query", "too_costly")

    def __init__(self, query: Query) -> None:
        self.query = query
        self.too_costly = 0

    def accepts(self, document: Document) -> bool:
        """Return whether the query accepts an article."""
        document.meter.reset()
        try:
            return accepts(self.query, document)
        except BudgetExceededError:
            self.too_costly += 1
            return False

    def match(self, document: Document) -> Match | None:
        """Return the match, or None."""
        return Match.of(self.query, document) if self.accepts(document) else None

    def marked(self, document: Document) -> Match | None:
        """Return the match of an article found by an index, even beyond the budget."""
        try:
            return evaluate(self.query, document)
        except BudgetExceededError:
            return Match.of(self.query, document)


def left_out(articles: int) -> Problem:
    """Return for people that articles were left out, and how many."""
    return problem("query.too-costly", count=articles)


def skipped_text(articles: int) -> str:
    """Return the same as a sentence in English, for logs."""
    return left_out(articles).text()
