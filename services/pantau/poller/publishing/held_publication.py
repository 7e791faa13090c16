"""The publication of held articles alone, where a poll gave no document. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from pantau.poller.holding.held import Held
from pantau.poller.holding.plan import HeldFacts
from pantau.poller.identity.published import Ages
from pantau.poller.publishing.publication import Publication
from pantau.settings import PollSettings
from pantau_schemas.events.feed import Feed, FeedMemory


def begin_held(
    feed: Feed,
    held: Sequence[Held],
    memory: FeedMemory,
    *,
    settings: PollSettings,
    since: datetime | None,
    language: str | None,
    allowed: int,
    kept: Mapping[str, HeldFacts],
) -> Publication:
    """Return the publication of held articles alone, after a poll that gave no document."""
    taken = [one.listed for one in held[:allowed]]
    taken.reverse()
    return Publication(
        feed=feed,
        settings=settings,
        language=language,
        ages=Ages(since, timedelta(days=settings.historical_after_days)),
        memory={one.article_id: one for one in memory.seen},
        back_fill=frozenset(memory.back_fill),
        rest=tuple(taken),
        kept=kept,
    )


def published_by(before: Publication, after: Publication | None) -> Collection[str]:
    """Return the articles that left the rest of a publication, published or not."""
    left = {one.article_id for one in after.rest} if after is not None else set()
    return [one.article_id for one in before.rest if one.article_id not in left]
