"""Which topics belong to owners, which to everybody, and which to no account. Pure.

A topic that is not named here belongs to the owners of subscriptions where its records name one.
Else it is closed: a test fails for it, and no account reaches it meanwhile.
"""

import re
from collections.abc import Mapping
from typing import Final, Literal

from pantau_schemas import topics

Belonging = Literal[
    "subscription", "channel", "articles", "letters", "shared", "operators", "closed"
]
"""Whose the records of a topic are.

`subscription`: of the owner of the subscription that each names. `channel`: of all whose
subscriptions have the channel. `articles`: shared, but their values list subscriptions of several
owners. `letters`: of the owner of the record that could not be processed. `shared`: everybody reads
them, and those who may write change them. `operators`: everybody reads, administrators change them.
`closed`: faces do not reach them.
"""
BELONGING: Final[Mapping[str, Belonging]] = {
    topics.SUBSCRIPTIONS.name: "subscription",
    topics.SUBSCRIPTION_STATE.name: "subscription",
    topics.RULE_STATE.name: "subscription",
    topics.REPORT_SCHEDULES.name: "subscription",  # each names itself
    topics.ALERTS.name: "subscription",
    topics.MESSAGES.name: "subscription",
    topics.DELIVERIES.name: "subscription",
    topics.CHANNEL_STATE.name: "channel",
    topics.ALERTED.name: "articles",
    topics.DEAD_LETTERS.name: "letters",
    topics.FEEDS.name: "shared",
    topics.FEED_STATE.name: "shared",
    topics.FEED_MEMORY.name: "shared",
    topics.HUB_SUBSCRIPTIONS.name: "shared",
    topics.NAME_LISTS.name: "shared",
    topics.ARTICLES.name: "operators",
    topics.ARTICLES_FULL.name: "operators",
    topics.ARTICLES_ENRICHED.name: "operators",
    topics.PUSHED_DOCUMENTS.name: "operators",
    topics.HELD_ARTICLES.name: "operators",
    topics.REDACTIONS.name: "operators",
    topics.SITES.name: "operators",
    topics.STORY_MEMBERS.name: "operators",
    topics.STORY_MERGES.name: "operators",
    topics.ACCOUNTS.name: "closed",
    topics.API_TOKENS.name: "closed",
    topics.AUDIT.name: "closed",
    topics.SESSIONS.name: "closed",
    topics.SIGN_INS.name: "closed",
}
AUDITED: Final = frozenset(
    {
        topics.SUBSCRIPTIONS.name,
        topics.SUBSCRIPTION_STATE.name,
        topics.REPORT_SCHEDULES.name,
        topics.CHANNEL_STATE.name,
        topics.FEEDS.name,
        topics.NAME_LISTS.name,
        topics.DEAD_LETTERS.name,
    }
)
"""Topics whose changes the audit log has."""
# Whole events need not be decoded: quotes inside of texts are escaped in JSON, so no text of an
# article or a query can pose as a member.
_SUBSCRIPTION: Final = re.compile(rb'"subscription_id":\s*"([^"\\]+)"')
_CHANNEL: Final = re.compile(rb'"channel_id":\s*"([^"\\]+)"')


def belonging(topic: str) -> Belonging:
    """Return whose the records of a topic are."""
    known = BELONGING.get(topic)
    if known is not None:
        return known
    row = topics.TOPICS.get(topic)
    names_one = row is not None and "subscription_id" in row.event.model_fields
    return "subscription" if names_one else "closed"


def subscription_in(value: bytes) -> str | None:
    """Return the subscription that a record names first, which is that of the record itself."""
    found = _SUBSCRIPTION.search(value)
    return None if found is None else found[1].decode("utf-8", "replace")


def channel_in(value: bytes) -> str | None:
    """Return the channel that a record names first, which is that of the record itself."""
    found = _CHANNEL.search(value)
    return None if found is None else found[1].decode("utf-8", "replace")
