"""The feed of a subscription at a secret address, for newsreaders that cannot sign in."""

from typing import Final

from pantau.common.text.safe_text import harmless
from pantau.common.text.syndication import (
    ATOM_TYPE,
    JSON_TYPE,
    FeedHead,
    atom_document,
    json_feed_document,
)
from pantau.console.asked import Asked
from pantau.console.output import Answer, FeedDocument, Moved, PageAnswer
from pantau.console.show.feed_items import alert_item
from pantau.console.show.links import own_item
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.alerts.newest import newest_of
from pantau.usecases.subscriptions.feed_addresses import (
    find_by_secret,
    make_feed_address,
    revoke_feed_address,
)

ITEMS: Final = 50
"""Alerts of a feed, the newest."""
_WRITERS: Final = {".atom": (atom_document, ATOM_TYPE), ".json": (json_feed_document, JSON_TYPE)}


def show(asked: Asked) -> Answer:
    """Return the feed of an address. Raises UsageError for an address that is none of ours."""
    name = asked.named["name"]
    ending = next((one for one in _WRITERS if name.endswith(one)), None)
    found = None
    if ending is not None:
        found = find_by_secret(asked.repository, asked.store.log, name.removesuffix(ending))
    if ending is None or found is None:
        raise UsageError(problem("console.no-page"))
    head = FeedHead(
        feed_id=f"urn:pantau:subscription:{found.subscription_id}",
        title=f"{harmless(found.name)} - Pantau",
        self_link=asked.base + asked.path,
        home_link=asked.base + own_item("/subscriptions", found.subscription_id),
        lang=asked.lang,
    )
    write, media_type = _WRITERS[ending]
    # Its readers may have no account, so nothing in it leads to the console but the address above.
    alerts = newest_of(asked.store.log, found.subscription_id, ITEMS)
    return FeedDocument(write(head, [alert_item(one, None) for one in alerts]), media_type)


def make(asked: Asked) -> Answer:
    """Create an address, and show it this once."""
    made = make_feed_address(asked.store.log, asked.parts.clock, asked.named["id"])
    values = {"made": made.subscription, "address": asked.base + made.path}
    return PageAnswer("feed-address.html", values, is_secret=True)


def end(asked: Asked) -> Answer:
    """Remove the address of a subscription."""
    found, _ = revoke_feed_address(asked.store.log, asked.named["id"])
    return Moved(own_item("/subscriptions", found.subscription_id), "console.address-ended")
