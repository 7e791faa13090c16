"""How soon a text that keeps changing is published again. Pure.

Some texts differ at every request in ways that no table knows. The first revisions come at once;
from the third in a row on, a small change waits, twice as long each time, up to `LONGEST`. A larger
change, or another headline, never waits. Nothing is lost: as long as a change waits, the document
is read again at every poll.
"""

from datetime import datetime, timedelta
from typing import Final

from pantau.poller.identity.listing import Listed
from pantau.poller.identity.wording import contained, pairs
from pantau_schemas.events.feed import SeenArticle

UNDAMPED: Final = 2
"""Revisions in a row that come at once."""
FIRST: Final = timedelta(minutes=15)
LONGEST: Final = timedelta(hours=2)
CALM: Final = timedelta(hours=6)
"""Time without a revision after which an article counts as calm again."""
SMALL: Final = 0.5
"""The part of the former text that stays where a change is small."""


def is_small(before: SeenArticle, one: Listed) -> bool:
    """Return whether a revision says mostly what the one before said."""
    if before.title != one.title or not before.sample:
        return False
    return contained(before.sample, pairs(one.item.text)) >= SMALL


def changes_after(before: SeenArticle, one: Listed, now: datetime) -> int:
    """Count the revisions in a row, each small and soon after the one before, with this one."""
    soon = now - (before.revised or before.first_seen) < CALM
    return before.changes + 1 if soon and is_small(before, one) else 0


def waits(before: SeenArticle, one: Listed, now: datetime) -> bool:
    """Return whether a change has to wait for its time."""
    if before.changes < UNDAMPED or before.revised is None:
        return False
    pause = min(FIRST * 2 ** min(before.changes - UNDAMPED, 10), LONGEST)
    return now < before.revised + pause and is_small(before, one)


def keeps_changing(seen: SeenArticle, now: datetime) -> bool:
    """Return whether an article's text has changed so often that its changes wait."""
    return seen.changes >= UNDAMPED and seen.revised is not None and now - seen.revised < CALM
