"""Errors and warnings of queries, with a suggested repair."""

from pantau.errors import UsageError
from pantau_schemas.events.subscription import QueryLanguage

_SHOWN = 60
"""Characters of a long query shown on either side of the position."""


class QueryError(UsageError):
    """A query that cannot be read. `position` counts code points of the query from 0.

    `suggestion` is a query, in the query language `language` (None: the one it was read in); `code`
    is that of the diagnosis that says why, `unreadable` where none does.
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
    ) -> None:
        self.query = query
        self.position = min(max(position, 0), len(query))
        self.expected = expected
        self.suggestion = suggestion
        self.code = code
        self.language = language
        super().__init__(self._show())

    def _show(self) -> str:
        first = max(0, self.position - _SHOWN)
        piece = self.query[first : self.position + _SHOWN]
        line = "".join(" " if char.isspace() else char for char in piece)
        shown = [
            f"the query cannot be read at character {self.position + 1}: {self.expected}",
            f"  {line}",
        ]
        shown.append("  " + " " * (self.position - first) + "^")
        if self.suggestion is not None:
            chosen = "" if self.language is None else f" (--language {self.language})"
            shown.append(f"  try: {self.suggestion}{chosen}")
        return "\n".join(shown)
