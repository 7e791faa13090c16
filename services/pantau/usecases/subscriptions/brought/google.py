"""Alerts of Google, which has no export: the titles of their feeds hold the queries.

A list of feeds (OPML) from a newsreader names them `Google Alert - QUERY`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pantau.feeds.formats.opml import OpmlFeed
from pantau.problems import problem
from pantau.usecases.subscriptions.brought.rows import AUTO, BroughtRow, recognised, refused

_TITLE: Final = re.compile(
    r"(?:Google Alerts?|Google Lansiran|Lansiran Google)\s*[-\u2013\u2014:]\s*(?P<query>.*\S)",
    re.IGNORECASE | re.DOTALL,
)
_PART: Final = re.compile(r'[-\w]*:?"[^"]*"|-?\([^()]*\)|\S+')
_ADDRESS: Final = re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,6}/alerts/feeds/", re.IGNORECASE)


def query_of_title(title: str | None) -> str | None:
    """Return the query of a feed's title; None if it is no alert of Google."""
    found = _TITLE.fullmatch((title or "").strip())
    return None if found is None else found["query"]


def is_alert_feed(address: str) -> bool:
    """Return whether an address is the feed of an alert of Google; its query is not in it."""
    return _ADDRESS.match(address.strip()) is not None


def as_boolean(query: str) -> str:
    """Return a query of Google with its operators written out.

    What stands side by side must all be there, `OR` and `|` bind more closely, `-` excludes.
    """
    parts = [one.strip() for one in _PART.findall(query)]
    joined: list[list[str]] = []
    chained = False
    for one in parts:
        if one in {"OR", "|"}:
            # An OR before the first word joins nothing.
            chained = bool(joined)
        elif one != "AND":
            word = f"NOT {one[1:]}" if one[:1] == "-" and len(one) > 1 else one
            if chained:
                joined[-1].append(word)
            else:
                joined.append([word])
            chained = False
    if len(joined) == 1:
        return " OR ".join(joined[0])
    return " AND ".join(f"({' OR '.join(one)})" if len(one) > 1 else one[0] for one in joined)


def google_rows(feeds: Iterable[OpmlFeed]) -> Iterator[BroughtRow]:
    """Yield what the feeds of a list become; feeds that are no alerts are named."""
    for feed in feeds:
        query = query_of_title(feed.title)
        if query is not None:
            yield recognised({"query": as_boolean(query), "language": AUTO, "name": query})
        elif is_alert_feed(feed.url):
            yield refused(feed.title or feed.url, problem("brought.no-title"))
        else:
            yield refused(feed.title or feed.url, problem("brought.no-alert"))
