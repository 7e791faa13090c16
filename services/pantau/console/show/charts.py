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
LANE: Final = 24
_LEFT: Final = 160
"""Width of the names of lanes."""
LANES: Final = 12


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
    """An article on a lane."""

    article: EnrichedArticle
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Lanes:
    """One lane a source on an axis of time; `height` in units of the picture."""

    names: tuple[tuple[str, float], ...]  # with the middle of the lane
    dots: tuple[Dot, ...]
    first: datetime
    last: datetime
    left: float
    height: float


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
    names = story.sources[:LANES]
    times = [one.first_seen for one in story.articles]
    first, last = min(times), max(times)
    length = (last - first).total_seconds() or 1.0
    lane = {name: place * LANE + LANE / 2 for place, name in enumerate(names)}
    room = WIDTH - _LEFT - 16
    dots = [
        Dot(
            one,
            round(_LEFT + 8 + (one.first_seen - first).total_seconds() / length * room, 1),
            lane[one.source or "?"],
        )
        for one in story.articles
        if (one.source or "?") in lane
    ]
    placed = tuple((name, lane[name]) for name in names)
    return Lanes(placed, tuple(dots), first, last, _LEFT, len(names) * LANE)
