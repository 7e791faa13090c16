"""Errors and warnings of queries, with a suggested repair."""

from typing import Protocol

from pantau.errors import UsageError
from pantau.messages.languages import DEFAULT, Lang
from pantau.problems import Problem, problem
from pantau_schemas.events.subscription import QueryLanguage

_SHOWN = 60
"""Characters of a long query shown on either side of the position."""
_EXPECTATIONS = ("a ", "an ", "at most ", "four ")
"""How the parsers begin what they expected; what they found wrong begins otherwise."""


class Translated(Protocol):
    """The reason why a query cannot be read, in every language: a diagnosis or a problem."""

    def text(self, lang: Lang) -> str:
        """Return the sentence in a language."""


class QueryError(UsageError):
    """A query that cannot be read. `position` counts code points of the query from 0.

    `suggestion` is a query, in the query language `language` (None: the one it was read in); `code`
    is that of the diagnosis that says why, `unreadable` where none does. `reason` is that
    diagnosis, or another reason; in English `expected` has its sentence, too.
    """

    def __init__(
        self,
        query: str,
        position: int,
        expected: str,
        suggestion: str | None = None,
        *,
        code: str = "unreadable",
        language: QueryLanguage | None = None,
        reason: Translated | None = None,
    ) -> None:
        self.query = query
        self.position = min(max(position, 0), len(query))
        self.expected = expected
        self.suggestion = suggestion
        self.code = code
        self.language = language
        self.reason = reason
        super().__init__(self._show(DEFAULT))

    def text(self, lang: Lang = DEFAULT) -> str:
        """Return the error in a language."""
        return self._show(lang)

    def place(self, lang: Lang = DEFAULT) -> Problem:
        """Return where the query cannot be read and what was expected there, the place marked.

        What the reason says of it is in the language given.
        """
        first = max(0, self.position - _SHOWN)
        piece = self.query[first : self.position + _SHOWN]
        line = "".join(" " if char.isspace() else char for char in piece)
        translated = None if lang == DEFAULT or self.reason is None else self.reason.text(lang)
        expected = translated or self.expected
        named = self.reason is None and self.expected.startswith(_EXPECTATIONS)
        code = "query.unreadable-expected" if named else "query.unreadable-at"
        where = problem(code, place=self.position + 1, expected=expected)
        mark = " " * (self.position - first)
        return problem("query.marked", where=where, line=line, mark=f"{mark}^")

    def _show(self, lang: Lang) -> str:
        shown = [self.place(lang).text(lang)]
        if self.suggestion is not None:
            chosen = "" if self.language is None else f" (--language {self.language})"
            repair = problem("query.try-instead", suggestion=f"{self.suggestion}{chosen}")
            shown.append(f"  {repair.text(lang)}")
        return "\n".join(shown)
