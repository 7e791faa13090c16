"""Which items are held, and which are given up for want of space. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pantau.poller.identity.listing import Listed

FEED_PART: Final = 200
"""A feed may use this part of the space for all feeds: 1 / 200, at 500 MB some 1,200 articles."""


@dataclass(frozen=True, slots=True)
class HeldFacts:
    """Facts about a held item that stay in memory; its text stays in the log."""

    fingerprint: str
    cost: int
    historical: bool


@dataclass(frozen=True, slots=True)
class HoldingPlan:
    """Items to write, and ids of held ones to remove. `given_up` of the latter were in no article.

    `unkept` items are in the last document of their feed alone.
    """

    write: tuple[Listed, ...] = ()
    remove: tuple[str, ...] = ()
    given_up: int = 0
    unkept: int = 0


def room(longest: int, all_held: int, own_held: int) -> int:
    """Return the cost that a feed may hold, when all feeds hold `all_held`, itself `own_held`."""
    return max(0, min(longest // FEED_PART, longest - all_held + own_held))


def plan(
    waiting: Sequence[Listed], kept: Mapping[str, HeldFacts], done: frozenset[str], space: int
) -> HoldingPlan:
    """Return what to change so that the `waiting` items are held, the most important first.

    Held items that neither wait nor are `done` (published, or found to be another's) stay, after
    all that wait. What exceeds `space` is not held, or no more.
    """
    write: list[Listed] = []
    remove = [key for key in kept if key in done]
    given_up = unkept = 0
    left = space
    for one in waiting:
        before = kept.get(one.article_id)
        # `left` is not restored: once an item does not fit, no less important one is held, however
        # small.
        left -= one.cost
        if left >= 0:
            if before is None or before.fingerprint != one.core:
                write.append(one)
        elif before is None:
            unkept += 1
        else:
            remove.append(one.article_id)
            given_up += 1
    named = {one.article_id for one in waiting} | done
    for key, other in kept.items():
        if key in named:
            continue
        left -= other.cost
        if left < 0:
            remove.append(key)
            given_up += 1
    return HoldingPlan(tuple(write), tuple(remove), given_up, unkept)
