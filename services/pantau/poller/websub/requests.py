"""Requests of a subscriber to a hub, and of a hub to the callback, as values. Pure."""

import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from pantau.feeds.discovery.hubs import HubLinks
from pantau_schemas.events.feed import Feed
from pantau_schemas.events.polling.websub import HubSubscription

FORM: Final = "application/x-www-form-urlencoded"
LONGEST_CHALLENGE: Final = 4_096
_MOST_PARAMETERS: Final = 50
_MOST_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Question:
    """A hub's GET request to the callback (WebSub, 5.3 and 5.2): verification, or a denial."""

    mode: str
    topic: str
    challenge: str | None = None
    lease_seconds: int | None = None
    reason: str | None = None


def new_callback_id() -> str:
    """Return a random last part of a callback's path: 192 bits, in characters of URLs."""
    return secrets.token_urlsafe(24)


def new_secret() -> str:
    """Return a random secret of 256 bits; the recommendation allows less than 200 bytes."""
    return secrets.token_hex(32)


def form_of(sub: HubSubscription, callback: str, lease_seconds: int, *, leave: bool) -> bytes:
    """Return the body of a subscription request (WebSub, 5.1), or with `leave` of its end."""
    fields = {
        "hub.callback": callback,
        "hub.mode": "unsubscribe" if leave else "subscribe",
        "hub.topic": sub.topic,
    }
    if not leave:
        fields["hub.lease_seconds"] = str(lease_seconds)
        fields["hub.secret"] = sub.secret.get_secret_value()
    return urlencode(fields).encode()


def read_question(query: str) -> Question | None:
    """Return what a hub asks, or None for a query that asks nothing the recommendation knows."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS)
    except ValueError:
        return None
    given: dict[str, str] = {}
    for name, value in pairs:
        if name in given and name.startswith("hub."):
            return None  # two values of one parameter: it is not clear which one is meant
        given[name] = value
    mode, topic = given.get("hub.mode"), given.get("hub.topic")
    if mode is None or topic is None:
        return None
    challenge = given.get("hub.challenge")
    if challenge is not None and not 0 < len(challenge) <= LONGEST_CHALLENGE:
        challenge = None
    lease = given.get("hub.lease_seconds", "")
    whole = lease.isascii() and lease.isdigit() and len(lease) <= _MOST_DIGITS
    return Question(mode, topic, challenge, int(lease) if whole else None, given.get("hub.reason"))


def usable_hub(feed: Feed, links: HubLinks, current: str | None = None) -> str | None:
    """Return the hub to subscribe at, or None: the first, or the current one if still named.

    The secret goes to the hub, so a feed fetched by https is not entrusted to a hub by http. A feed
    with a login is always polled, since a hub learns its address.
    """
    access = feed.access
    private = access is not None and bool(access.secret_parts or access.username)
    if private or feed.page is not None or "@" in (urlsplit(feed.url).netloc):
        return None
    secure = feed.url.lower().startswith("https:")
    named = [one for one in links.hubs if not secure or one.lower().startswith("https:")]
    return current if current in named else next(iter(named), None)
