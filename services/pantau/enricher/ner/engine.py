"""What finds the spans of names in a text; the one part of enrichment that a model replaces.

Everything that comes after (joining abbreviations, folding short names, roles, normal forms, the
headline, overlaps) is done by `pantau.enricher.linking.link` for the spans of any engine.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from pantau.enricher.budget import UNLIMITED, Budget
from pantau_schemas.article import EntityType

Ranges = Sequence[tuple[int, int]]
"""Half-open ranges of code points, in order, not overlapping."""


class Mention(NamedTuple):
    """A name in a passage: `start <= i < end` in code points.

    A tuple, for an article has dozens and they are sorted.
    """

    start: int
    end: int
    type: EntityType


class Passage(NamedTuple):
    """A text to be searched for names.

    `skip` are ranges that hold boilerplate: no mention may touch them. In a `headline` capitals
    mean nothing (Most Words Have Them): only names that are certain for other reasons are wanted
    there. Where the `budget` ends an engine stops, and gives what it has.
    """

    text: str
    lang: str
    skip: Ranges = ()
    headline: bool = False
    budget: Budget = UNLIMITED


class Engine(Protocol):
    """Finds names. Pure and deterministic.

    The same passage gives the same mentions on every machine.
    """

    @property
    def version(self) -> str:
        """Name and version, such as `rules-1`.

        Raised whenever the same passage can give other mentions.
        """

    def find(self, passage: Passage) -> list[Mention]:
        """Return the names, in order, not overlapping, without the titles and degrees around them."""
