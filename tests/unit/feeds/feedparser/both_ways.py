"""Reads documents with and without the plain items that feedparser's handlers never see."""

from typing import Any

import pytest

from pantau.feeds.feedparser import reader
from pantau.feeds.feedparser.held_items import HeldItems
from pantau.feeds.links import LinkBudget
from pantau.feeds.raw_feed import RawFeed


def read_both_ways(
    data: bytes, base: str | None = None, *, atom: bool = False
) -> tuple[RawFeed, RawFeed, int]:
    """Return what both ways make of a document, and the number of items read as plain."""
    plain: list[HeldItems] = []
    name = "PlainEntries" if atom else "PlainItems"
    form: type[HeldItems] = getattr(reader, name)

    class Watched(form):  # type: ignore[misc, valid-type]  # one of two classes
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            plain.append(self)

    class Never(form):  # type: ignore[misc, valid-type]  # as above
        def _may_begin(self) -> bool:
            return False

    budgets = LinkBudget(len(data)), LinkBudget(len(data))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, name, Watched)
        quick = reader.read_xml(data, base, budgets[0], atom=atom)
        patch.setattr(reader, name, Never)
        slow = reader.read_xml(data, base, budgets[1], atom=atom)
    assert _left(budgets[0]) == _left(budgets[1])
    return quick, slow, len(plain[0].read)


def _left(budget: LinkBudget) -> tuple[int, int]:
    """Return what a budget has left, and what it refused."""
    return budget._left, budget.refused
