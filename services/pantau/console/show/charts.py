"""Charts as SVG: their geometry as numbers, which a template writes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.usecases.search.overview import Bar
from pantau.usecases.stories.reading import WholeStory
from pantau_schemas.events.article import EnrichedArticle

WIDTH: Final = 720
HEIGHT: Final = 72
LANES: Final = 12
"""Sources of a story that have a lane."""


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar in units of the picture, which is `WIDTH` by `HEIGHT`."""

    bar: Bar
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Dot:
    """An article on a lane of the width `WIDTH`."""

    article: EnrichedArticle
    x: float


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source, and its articles on an axis of time."""

    name: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """One lane a source, all of them from `first` to `last`."""

    lanes: tuple[SourceLine, ...]
    first: datetime
    last: datetime


def drawn_bars(bars: Sequence[Bar]) -> tuple[DrawnBar, ...]:
    """Return bars as high as their counts, the highest as high as the picture."""
    most = max((one.count for one in bars), default=0) or 1
    width = WIDTH / max(len(bars), 1)
    drawn = []
    for place, one in enumerate(bars):
        # A single match among thousands is still seen.
        height = max(2.0, one.count / most * HEIGHT) if one.count else 0.0
        x, y = round(place * width, 2), round(HEIGHT - height, 2)
        drawn.append(DrawnBar(one, x, y, round(max(width - 1, 1), 2), round(height, 2)))
    return tuple(drawn)


def drawn_lanes(story: WholeStory) -> Lanes | None:
    """Return the articles of a story on lanes, in the order of who had it first; None if empty."""
    if not story.articles:
        return None
    times = [one.first_seen for one in story.articles]
    first, last = min(times), max(times)
    length = (last - first).total_seconds() or 1.0
    dots: dict[str, list[Dot]] = {name: [] for name in story.sources[:LANES]}
    for one in story.articles:
        x = round((one.first_seen - first).total_seconds() / length * WIDTH, 1)
        if (one.source or "?") in dots:
            dots[one.source or "?"].append(Dot(one, x))
    return Lanes(tuple(SourceLine(name, tuple(found)) for name, found in dots.items()), first, last)
