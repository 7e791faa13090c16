"""The form of a watched feed: its title, source, folder, tags, interval and time zone."""

from collections.abc import Mapping

from pantau.console.asked import Asked
from pantau.console.output import Answer, Moved, PageAnswer
from pantau.console.show.links import own_item
from pantau.errors import UsageError
from pantau.usecases.feeds.editing import AskedAccess, AskedFields, asked_changes, change_feeds
from pantau.usecases.feeds.feed_list import Watched, feed_version
from pantau.usecases.rules.durations import read_duration, write_duration
from pantau.usecases.subscriptions.subscribing import read_tags
from pantau_schemas.events.feed import Feed

_RESETS = {
    "title": "title",
    "source": "source",
    "folder": "folder",
    "interval": "interval",
    "zone": "time-zone",
}
"""The fields that are as by default when they are empty, and the names of their resets."""
_LONGEST = 31_536_000
"""Longest interval, in seconds."""


def show(asked: Asked) -> Answer:
    """Return the form with what is stored. Raises UsageError where there is no such feed."""
    found = asked.feeds.find(asked.named["id"])
    return _form(found, form_values(found.feed))


def change(asked: Asked) -> Answer:
    """Save the form. One of a former version is answered with 409, and changes nothing."""
    given = asked.form
    with asked.parts.changing:
        found = asked.feeds.find(asked.named["id"])
        if given.get("version") != feed_version(found):
            return _form(found, given, asked.text("edit.feed-meanwhile"), 409)
        try:
            changed = _changed(found.feed, given)
            if changed is None:
                return Moved(own_item("/feeds", found.feed.feed_id), "edit.unchanged")
            fields, added, removed, resets = changed
            changes = asked_changes(
                fields, AskedAccess(), tags=added, untags=removed, resets=resets
            )
            change_feeds(asked.feeds, [found.feed.feed_id], changes)
        except UsageError as error:
            return _form(found, given, error.text(asked.lang), 400)
    return Moved(own_item("/feeds", found.feed.feed_id), "edit.feed-saved")


def form_values(feed: Feed) -> dict[str, str]:
    """Return the fields of a stored feed. Pure."""
    interval = feed.interval_seconds
    return {
        "title": feed.title or "",
        "source": feed.source or "",
        "folder": feed.folder or "",
        "tags": ", ".join(feed.tags),
        "interval": "" if interval is None else write_duration(interval),
        "zone": feed.time_zone or "",
    }


_Changed = tuple[AskedFields, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _changed(feed: Feed, given: Mapping[str, str]) -> _Changed | None:
    """Return fields, tags that come, tags that go, and resets; None where nothing differs.

    Raises UsageError for an interval that cannot be read.
    """
    stored = form_values(feed)
    texts = {name: given.get(name, text).strip() for name, text in stored.items()}
    # A form sends all fields; only those that differ from what is stored are changes.
    other = {name: text for name, text in texts.items() if text != stored[name].strip()}
    if not other:
        return None
    tags = read_tags((texts["tags"],)) if "tags" in other else feed.tags
    interval = other.get("interval")
    fields = AskedFields(
        title=other.get("title") or None,
        source=other.get("source") or None,
        folder=other.get("folder") or None,
        time_zone=other.get("zone") or None,
        interval_seconds=read_duration(interval, "interval", 10, _LONGEST) if interval else None,
    )
    return (
        fields,
        tuple(one for one in tags if one not in feed.tags),
        tuple(one for one in feed.tags if one not in tags),
        tuple(_RESETS[name] for name, text in other.items() if not text and name in _RESETS),
    )


def _form(found: Watched, given: Mapping[str, str], fault: str = "", status: int = 200) -> Answer:
    values = {
        "one": found,
        "back": own_item("/feeds", found.feed.feed_id),
        "version": feed_version(found),
        "given": given,
        "fault": fault,
    }
    return PageAnswer("feed-edit.html", values, status)
