"""Messages as entries of a feed that newsreaders read: Atom (RFC 4287) or JSON Feed 1.1. Pure.

The feed is its own memory: a new entry is put among those of the former document by its time, so
that their order does not depend on which of several notifiers wrote first. For that, each entry of
an Atom document stands in a line of its own, and nothing but lines is ever read back.
"""

import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any, Final, Literal

from pantau.common.text.syndication import without_controls
from pantau.notifier.composing.any_view import view_of
from pantau.notifier.mails.layout import body
from pantau.ports import AnyMessage, Message, ReportMessage, RuleMessage
from pantau_schemas.base import format_time
from pantau_schemas.ids import channel_id

FeedFormat = Literal["atom", "json"]
ENTRIES: Final = 100
"""Number of entries that a feed keeps, the newest first."""
MOST_BYTES: Final = 2_000_000
"""Maximum size of a document; older entries make room."""
_ENDINGS: Final[dict[str, FeedFormat]] = {".atom": "atom", ".feed.json": "json"}
_ENTRY: Final = re.compile(r"<entry><id>(urn:pantau:[0-9a-z:-]+)</id>")
_UPDATED: Final = re.compile(r"<updated>([0-9TZ:.+-]+)</updated>")
_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
_JSON_VERSION: Final = "https://jsonfeed.org/version/1.1"


class ForeignFeedError(ValueError):
    """A document that Pantau did not write, and must not replace."""


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """A message in a feed. `feed` is the name of the subscription."""

    entry_id: str
    feed_id: str
    feed: str
    title: str
    link: str
    content: str
    lang: str
    updated: datetime


def feed_format(path: str) -> FeedFormat | None:
    """Return the format of a feed by the end of its file's name; None for a file of lines."""
    name = PurePath(path).name.lower()
    return next((one for end, one in _ENDINGS.items() if name.endswith(end)), None)


def entry_of(message: AnyMessage) -> MessageEntry:
    """Return a message as an entry; the same message is the same entry on every attempt."""
    view = view_of(message)
    link = next((one.article.link for one in view.stories if one.article.link), "")
    return MessageEntry(
        f"urn:pantau:{message.message_id}",
        f"urn:pantau:{channel_id(message.channel.kind, message.channel.target)}",
        without_controls(view.name),
        without_controls(view.subject),
        link,
        without_controls(body(view)),
        view.lang,
        _moment(message),
    )


def _moment(message: AnyMessage) -> datetime:
    if isinstance(message, Message):
        return message.alert.matched_at
    if isinstance(message, ReportMessage):
        return message.content.until
    return (
        message.content.message.due if isinstance(message, RuleMessage) else message.summary.until
    )


def with_entry(form: FeedFormat, before: bytes, entry: MessageEntry) -> bytes:
    """Return the document with an entry, the newest first; one that has its id is replaced.

    Raises ForeignFeedError for a former document that is not one of ours.
    """
    return _atom(before, entry) if form == "atom" else _json_feed(before, entry)


def _atom(before: bytes, entry: MessageEntry) -> bytes:
    others = [one for one in _atom_entries(before) if one[1] != entry.entry_id]
    new = (format_time(entry.updated), entry.entry_id, _atom_entry(entry))
    lines = sorted([new, *others], key=lambda one: one[0], reverse=True)
    head = [
        _HEAD,
        f"<id>{entry.feed_id}</id>",
        f"<title>{html.escape(entry.feed)}</title>",
        f"<updated>{lines[0][0]}</updated>",
        "<author><name>Pantau</name></author>",
        "<generator>Pantau</generator>",
    ]
    entries = _fitting([one for _, _, one in lines])
    return "\n".join([*head, *entries, "</feed>", ""]).encode()


def _atom_entries(before: bytes) -> list[tuple[str, str, str]]:
    """Return the time, the id and the line of each entry."""
    if not before.strip():
        return []
    text = before.decode("utf-8", "replace")
    if len(before) > 2 * MOST_BYTES or not text.startswith(_HEAD):
        raise ForeignFeedError("not an Atom feed of Pantau")
    return [found for line in text.split("\n") if (found := _atom_line(line)) is not None]


def _atom_line(line: str) -> tuple[str, str, str] | None:
    key, updated = _ENTRY.match(line), _UPDATED.search(line)
    if key is None or updated is None or not line.endswith("</entry>"):
        return None
    return updated[1], key[1], line


def _atom_entry(entry: MessageEntry) -> str:
    link = f'<link href="{html.escape(entry.link)}"/>' if entry.link else ""
    # A line break within the text is written as a character reference: an entry is one line.
    content = html.escape(entry.content).replace("\r", "").replace("\n", "&#10;")
    return (
        f"<entry><id>{entry.entry_id}</id><title>{html.escape(entry.title)}</title>{link}"
        f"<updated>{format_time(entry.updated)}</updated>"
        f'<content type="html" xml:lang="{entry.lang}">{content}</content></entry>'
    )


def _json_feed(before: bytes, entry: MessageEntry) -> bytes:
    items = [one for one in _json_items(before) if one.get("id") != entry.entry_id]
    made: dict[str, Any] = {"id": entry.entry_id, "title": entry.title}
    if entry.link:
        made["url"] = entry.link
    made |= {
        "content_html": entry.content,
        "date_published": format_time(entry.updated),
        "language": entry.lang,
    }
    lines = [json.dumps(one) for one in sorted([made, *items], key=_when, reverse=True)]
    feed = {"version": _JSON_VERSION, "title": entry.feed, "authors": [{"name": "Pantau"}]}
    head = json.dumps(feed).removesuffix("}")
    return f'{head}, "items": [\n{",".join(_fitting(lines))}\n]}}\n'.encode()


def _when(item: dict[str, Any]) -> str:
    return str(item.get("date_published", ""))


def _json_items(before: bytes) -> list[dict[str, Any]]:
    if not before.strip():
        return []
    try:
        found = json.loads(before) if len(before) <= 2 * MOST_BYTES else None
    except (ValueError, RecursionError):
        found = None
    items = found.get("items") if isinstance(found, dict) else None
    ours = isinstance(found, dict) and found.get("authors") == [{"name": "Pantau"}]
    if not ours or not isinstance(items, list):
        raise ForeignFeedError("not a JSON Feed of Pantau")
    return [one for one in items if isinstance(one, dict)]


def _fitting(entries: Sequence[str]) -> list[str]:
    """Return the first entries, at least one, that stay within the bounds."""
    total = 0
    kept: list[str] = []
    for one in entries[:ENTRIES]:
        total += len(one.encode())
        if kept and total > MOST_BYTES:
            break
        kept.append(one)
    return kept
