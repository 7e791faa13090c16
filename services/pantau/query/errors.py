"""What is wrong with a query, told so that its writer can repair it."""

from dataclasses import dataclass

from pantau.errors import UsageError

_SHOWN = 60
"""How many characters of a long query are shown on either side of the place."""


class QueryError(UsageError):
    """A query that cannot be read. `position` counts code points of the query from 0."""

    def __init__(
        self, query: str, position: int, expected: str, suggestion: str | None = None
    ) -> None:
        self.query = query
        self.position = min(max(position, 0), len(query))
        self.expected = expected
        self.suggestion = suggestion
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
            shown.append(f"  try: {self.suggestion}")
        return "\n".join(shown)


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """Something that is allowed but surely not meant.

    `position` counts code points of the query from 0.
    """

    position: int
    message: str
    suggestion: str | None = None
