"""Notes in the list of feeds about a document's articles: strange dates, changing texts.

Pure. Every sentence names the fault and, where there is one, the fix.
"""

from datetime import datetime, timedelta
from typing import Final

from pantau.net.domains import publisher_domain
from pantau.net.guard import without_password
from pantau.poller.identity.damping import LONGEST, keeps_changing
from pantau.poller.identity.listing import Listed
from pantau.poller.identity.published import AHEAD, is_strange
from pantau.poller.publishing.publication import Begun
from pantau_schemas.base import format_time
from pantau_schemas.events.feed import Feed

_MOST_OF_ZONES: Final = timedelta(hours=15)
"""How far ahead of UTC local times can lie, and a little more."""
_INDONESIAN: Final = frozenset({"id", "in", "ind", "jv", "su"})


def article_notes(
    begun: Begun, feed: Feed, *, now: datetime, language: str | None
) -> tuple[str, ...]:
    """Return a sentence for each thing that is odd about a document's articles."""
    notes = (
        _strange_dates(begun, now),
        _future_dates(begun, feed, now, language),
        _churn(begun, now),
    )
    return tuple(one for one in notes if one is not None)


def _strange_dates(begun: Begun, now: datetime) -> str | None:
    strange = [date for one in begun.items if (date := _strange(begun, one, now)) is not None]
    if not strange:
        return None
    which = (
        f"{len(strange):,} new articles have dates"
        if len(strange) > 1
        else "a new article has a date"
    )
    return (
        f"{which} long before the feed listed it, such as {format_time(strange[0])[:10]}; "
        "such dates are left out"
    )


def _strange(begun: Begun, one: Listed, now: datetime) -> datetime | None:
    """Return the date of an item that cannot be right."""
    date = one.item.published
    if date is None:
        return None
    publication = begun.publication
    seen = publication.memory.get(one.article_id)
    if seen is not None:
        strange = is_strange(
            date, first_seen=seen.first_seen, historical=seen.historical or not seen.mine
        )
    else:
        old = one.article_id in publication.back_fill or publication.ages.historical(one, now)
        strange = is_strange(date, first_seen=now, historical=old)
    return date if strange else None


def _future_dates(begun: Begun, feed: Feed, now: datetime, language: str | None) -> str | None:
    dates = [one.item.published for one in begun.items if one.item.published is not None]
    ahead = [date - now for date in dates if date > now + AHEAD]
    if not ahead:
        return None
    hours = max(ahead) / timedelta(hours=1)
    far = f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:,.0f} days"
    said = (
        f"{len(ahead):,} dates lie in the future, by up to {far}; the time of the poll counts "
        "instead"
    )
    # No time zone explains a larger difference, so none is suggested.
    if max(ahead) > _MOST_OF_ZONES or feed.time_zone is not None:
        return said
    spoken = (language or "").lower().replace("_", "-").partition("-")[0]
    indonesian = spoken in _INDONESIAN or publisher_domain(feed.url).endswith(".id")
    zone = "Asia/Jakarta" if indonesian else "ZONE"
    return (
        f"{said}. If they are local times, set `pantau feeds edit {without_password(feed.url)} "
        f"--time-zone {zone}`"
    )


def _churn(begun: Begun, now: datetime) -> str | None:
    memory = begun.publication.memory
    changing = sum(
        (seen := memory.get(one.article_id)) is not None and seen.mine and keeps_changing(seen, now)
        for one in begun.items
    )
    if not changing:
        return None
    whose = (
        f"the texts of {changing:,} articles change"
        if changing > 1
        else "the text of an article changes"
    )
    hours = LONGEST / timedelta(hours=1)
    return (
        f"{whose} at nearly every poll by a few words, such as counters; small changes are "
        "published "
        f"after up to {hours:.0f} hours and do not count for how often the feed is polled"
    )
