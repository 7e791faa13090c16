"""Matching of records with the subject of a take-down. Pure."""

import json
import re
import zlib
from collections.abc import Container, Mapping
from typing import Any, Final

from pantau.common.stored_fields import stored_fields
from pantau.ports import Received, Record
from pantau.usecases.takedown.findings import Findings
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.polling.websub import PushedDocument
from pantau_schemas.topics import (
    ALERTED,
    ALERTS,
    ARTICLES,
    ARTICLES_ENRICHED,
    ARTICLES_FULL,
    CHANNEL_STATE,
    DEAD_LETTERS,
    DELIVERIES,
    FEED_MEMORY,
    HELD_ARTICLES,
    MESSAGES,
    PUSHED_DOCUMENTS,
    REPORT_SCHEDULES,
    RULE_STATE,
    STORY_MEMBERS,
    SUBSCRIPTION_STATE,
    SUBSCRIPTIONS,
)

OF_ARTICLES: Final = (ARTICLES.name, ARTICLES_FULL.name, ARTICLES_ENRICHED.name)
"""Topics whose events are articles."""
_BY_ARTICLE: Final = frozenset((*OF_ARTICLES, STORY_MEMBERS.name, ALERTED.name))
_STRING: Final = re.compile(rb'(?<=")[!#-\[\]-~]{1,200}(?=")')
"""A string of JSON that can be an id: without spaces and escapes.

The quotes are not consumed: an empty string, or one with spaces, must not shift the pairs. What
stands between two strings is found as well, and is no id.
"""
_LONGEST_DOCUMENT: Final = 64_000_000
"""Bytes of a pushed document that are looked through."""


def concerns(received: Received, found: Findings) -> bool:
    """Return whether a record is, or contains, something that is to go. Not for tombstones."""
    record = received.record
    value = record.value
    if value is None:
        return False
    if record.topic in _BY_ARTICLE:
        return record.key in found.articles
    if record.topic == ALERTS.name:
        return record.key in found.alerts
    if record.topic == DELIVERIES.name:
        return record.key in found.deliveries or is_of_alert(stored_fields(value), found)
    if record.topic == MESSAGES.name:
        return names_alert(stored_fields(value), found)
    if record.topic in {SUBSCRIPTIONS.name, SUBSCRIPTION_STATE.name, REPORT_SCHEDULES.name}:
        return record.key in found.subscriptions or _has_address(value, found)
    if record.topic == CHANNEL_STATE.name:
        return record.key in found.channels
    return _concerns_other(record, value, found)


def _concerns_other(record: Record, value: bytes, found: Findings) -> bool:
    if record.topic == RULE_STATE.name:
        return record.key in found.subscriptions or _names_any(value, found.alerts)
    if record.topic == DEAD_LETTERS.name:
        return _in_letter(value, found)
    if record.topic == PUSHED_DOCUMENTS.name:
        return _in_document(value, found)
    if record.topic == FEED_MEMORY.name:
        return _names_any(value, found.articles)
    if record.topic == HELD_ARTICLES.name:
        return stored_fields(value).get("article_id") in found.articles
    return False


def _names_any(value: bytes, names: Container[str]) -> bool:
    return any(one.decode() in names for one in _STRING.findall(value))


def is_of_alert(delivery: Mapping[str, Any], found: Findings) -> bool:
    """Return whether a delivery is of an alert that is to go, or was planned after that went.

    One of a message of several alerts stays unless its subscription goes: the message is sent
    without the alert.
    """
    if delivery.get("message_id") is not None:
        return delivery.get("subscription_id") in found.subscriptions
    return delivery.get("alert_id") in found.alerts


def names_alert(message: Mapping[str, Any], found: Findings) -> bool:
    """Return whether a message names an alert that is to go, or is of a subscription that does."""
    named = message.get("alert_ids")
    alerts = named if isinstance(named, list) else []
    gone = any(isinstance(one, str) and one in found.alerts for one in alerts)
    return gone or message.get("subscription_id") in found.subscriptions


def _has_address(value: bytes, found: Findings) -> bool:
    return found.address is not None and json.dumps(found.address).encode() in value


def _in_letter(value: bytes, found: Findings) -> bool:
    """Return whether a dead letter is of something that is to go."""
    try:
        letter = decode(DeadLetter, value)
    except SchemaError:
        return any(one in value for one in found.needles)
    inner = Received(Record(letter.topic, letter.key, letter.value), letter.offset)
    if letter.topic != DEAD_LETTERS.name and concerns(inner, found):
        return True
    return letter.key in found.articles or any(one in letter.value for one in found.needles)


def _in_document(value: bytes, found: Findings) -> bool:
    try:
        body = decode(PushedDocument, value).body
        text = b"" if body is None else zlib.decompressobj().decompress(body, _LONGEST_DOCUMENT)
    except (SchemaError, zlib.error):
        return False
    return any(one in text for one in found.needles)
