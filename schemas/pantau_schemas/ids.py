"""Deterministic ids: the same input yields the same id, in every process and on every call.

Each id is the first 26 characters of the lower-case base 32 (RFC 4648) encoding of a SHA-256, which
is 130 bits. Parts are joined by a NUL, which no part contains.
"""

import hashlib
import struct
from typing import Final

ID_LENGTH: Final = 26
_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS: Final = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
"""Base 32 digits of 10 bits.

`base64.b32encode` takes four times as long, and every alert needs new ids.
"""
_WORDS: Final = struct.Struct(">QQB").unpack_from
"""The first 136 bits of a digest: shifts of small numbers are quicker than of one large number."""


def digest_id(*parts: str) -> str:
    """Return the id of the given parts, in order."""
    digest = hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).digest()
    high, low, last = _WORDS(digest)
    middle = (high & 15) << 56 | low >> 8
    two = _PAIRS
    return (
        f"{two[high >> 54]}{two[high >> 44 & 1023]}{two[high >> 34 & 1023]}"
        f"{two[high >> 24 & 1023]}{two[high >> 14 & 1023]}{two[high >> 4 & 1023]}"
        f"{two[middle >> 50]}{two[middle >> 40 & 1023]}{two[middle >> 30 & 1023]}"
        f"{two[middle >> 20 & 1023]}{two[middle >> 10 & 1023]}{two[middle & 1023]}"
        f"{two[(low & 255) << 2 | last >> 6]}"
    )


def article_id(
    *,
    link: str | None,
    feed_id: str = "",
    guid: str | None = None,
    title: str = "",
    published: str | None = None,
) -> str:
    """Return an article's id.

    It is derived from the normalised link, else from feed and guid, else from feed, title and date.
    `link` must already be normalised (see `pantau_schemas.links.canonical.normalise_link`).
    """
    if link:
        return digest_id(link)
    if guid:
        return digest_id(feed_id, guid)
    return digest_id(feed_id, title, published or "")


def feed_id(normalised_url: str) -> str:
    """Return the id of the feed at an address normalised by `normalise_feed_url`."""
    return digest_id("feed", normalised_url)


def held_id(feed_id: str, article_id: str) -> str:
    """Return the id of an article that waits to be published for a feed."""
    return digest_id("held", feed_id, article_id)


def alert_id(subscription_id: str, article_id: str) -> str:
    """Return the id of the one alert that an article can raise for a subscription."""
    return digest_id(subscription_id, article_id)


def query_digest(query: str, language: str, time_zone: str) -> str:
    """Return the identity of a query; a changed query has another."""
    return digest_id("query", query, language, time_zone)


def suspension_id(subscription_id: str, query_digest: str, times: int) -> str:
    """Return the id of the alert for the n-th suspension of a query.

    Every process that detects the suspension derives the same id, so it is reported once.
    """
    return digest_id("suspended", subscription_id, query_digest, str(times))


def channel_id(kind: str, target: str) -> str:
    """Return the id of a channel; subscriptions that name the same address share it."""
    return digest_id("channel", kind, target)


def delivery_id(alert_id: str, channel_id: str) -> str:
    """Return the id of a delivery, which is also the receiver's message id."""
    return digest_id("delivery", alert_id, channel_id)


def message_id(subscription_id: str, occasion: str) -> str:
    """Return the id of the one message of an occasion of a subscription's rules.

    The occasion names the rule and its moment, such as `digest 2026-03-02T00:00:00.000Z`, so that a
    repeated tick derives the same id.
    """
    return digest_id("message", subscription_id, occasion)


def redaction_id(identity: str) -> str:
    """Return the digest under which an identity of an article is redacted.

    `identity` is an article's id, or the id of one of its links. The digest of a digest: whoever
    reads the list of redactions cannot look up what it names, except by guessing an address.
    """
    return digest_id("redaction", identity)


def triage_id(subscription_id: str, story_id: str) -> str:
    """Return the id of what people did with a story of a subscription in the inbox.

    `story_id` is that of the article where it has no story.
    """
    return digest_id("triage", subscription_id, story_id)


def feed_address_id(subscription_id: str) -> str:
    """Return the id of a subscription's secret feed address, which begins it."""
    return digest_id("feed-address", subscription_id)
