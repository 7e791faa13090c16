"""The interface of engines that find name spans; the part of enrichment that a model replaces.

Everything after it (abbreviations, short names, roles, canonical forms, the headline, overlaps) is
done by `pantau.enricher.linking.link` for the spans of any engine.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from pantau.enricher.budget import UNLIMITED, Budget
from pantau.enricher.lexicon.char_mask import CharMask
from pantau_schemas.events.article import EntityType

Ranges = Sequence[tuple[int, int]]
"""Half-open ranges of code points, in order, without overlaps."""


class Mention(NamedTuple):
    """A name in a passage: `start <= i < end` in code points.

    A tuple, because an article has dozens and they are sorted.
    """

    start: int
    end: int
    type: EntityType


class Passage(NamedTuple):
    """A text in which names are searched.

    `skip` are ranges of boilerplate: no mention may overlap them. In a `headline` capitals carry no
    information (Title Case): only names that are certain for other reasons are wanted there, unless
    it stands `alone`, with no text that would name the same. When the `budget` ends an engine
    stops, and returns a partial result.
    """

    text: str
    lang: str
    skip: Ranges = ()
    headline: bool = False
    alone: bool = False
    budget: Budget = UNLIMITED


def outside_skipped(passage: Passage, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions that touch nothing of what a passage skips."""
    if not passage.skip:
        return mentions
    skipped = CharMask(len(passage.text), passage.skip)
    return [one for one in mentions if not skipped.touches(one.start, one.end)]


class Engine(Protocol):
    """Finds names. Pure and deterministic.

    The same passage gives the same mentions on every machine.
    """

    @property
    def version(self) -> str:
        """Name and version, such as `rules-1`.

        Incremented whenever the result of a passage can change.
        """

    def find(self, passage: Passage) -> list[Mention]:
        """Return the names, in order, without overlaps, titles and degrees."""


@runtime_checkable
class PreparingEngine(Engine, Protocol):
    """An engine that reads several texts at once in less time than one after the other."""

    def prepare(self, passages: Sequence[Passage]) -> None:
        """Read texts that `find` is called with next. It returns the same for them as otherwise.

        What was prepared before, and not asked for, is dropped.
        """
