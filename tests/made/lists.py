"""Queries with lists of names, at random, and the lists: the same for the same seed.

The lists hold what the articles have, what they have not, and odd values; one has more phrases
than Elasticsearch takes as clauses.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pantau.query import ast
from pantau.query.elasticsearch.lists import MOST_PHRASES
from pantau.query.listed import ListValues, bind
from tests.made.pantau import PantauMaker
from tests.made.queries import KEYWORDS, WORDS

_NAMES: Final = tuple(value for values in KEYWORDS.values() for value in values)
_ODD: Final = ("...", "👍", "a" * 200, "İstanbul Ankara", "Jum’at Kliwon", "x.com", "C++ a_b", "«»")
_FIELDS: Final = (
    *("", "", "", "title:", "text:", "quotes:", "roles:", "people:", "people:", "tags:", "*:"),
)


class ListMaker(PantauMaker):
    """Generates queries in which most clauses are lists."""

    def __init__(self, seed: int, given: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(seed, given)
        found: dict[str, list[str]] = {
            "kata": [self.any_word() for _ in range(12)],
            "frasa": [" ".join(self.some_words(1, 4)) for _ in range(60)],
            "tokoh": [self.chance.choice(_NAMES) for _ in range(15)] + ["Orang Lain"],
            "ganjil": [*_ODD, *(self.any_word() for _ in range(3))],
            "banyak": [" ".join(self.some_words(2, 3)) for _ in range(MOST_PHRASES * 3)],
            "kosong": [],
        }
        found["semua"] = [value for values in found.values() for value in values] + WORDS
        self.lists = {name: ListValues(name, values) for name, values in found.items()}

    def leaf(self) -> str:
        """Generate one clause of any kind, mostly a list."""
        return self.one_of((5, self.listed), (3, super().leaf))

    def listed(self) -> str:
        """Generate a reference to a list, in a field where it may find something."""
        name = self.chance.choice(
            (
                "",
                "",
                "",
                "title:",
                "text:",
                "quotes:",
                "roles:",
                "people:",
                "people:",
                "tags:",
                "*:",
            )
        )
        written = self.chance.choice(list(self.lists))
        return f"{name}@{written.upper() if self.maybe(0.1) else written}"

    def bound(self, query: ast.Query) -> ast.Query:
        """Return a query with the values of its lists."""
        return bind(query, lambda node: self.lists[node.name])
