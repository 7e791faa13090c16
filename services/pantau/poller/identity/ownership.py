"""Whose an article is: which feed publishes it and its revisions. Pure.

The feed that lists an article first owns it; others that list it too neither publish nor remember
it. One feed stands above that: a feed of the article's own site. It takes the article over from a
feed of another site, as the next revision, and is never taken over from, so nobody can claim a
publisher's link before the publisher. When an owner is removed, the next feed that lists the
article owns it.

The site of a feed is that of the address which the user gave, never one that it redirects to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from pantau.net.domains import publisher_domain
from pantau.poller.identity.listing import Listed
from pantau_schemas.feed import Feed, SeenArticle


class Claim(Enum):
    """The right of a feed to an article that it lists."""

    OWN = "own"  # it is the feed's, or nobody's yet
    TAKE = "take"  # another feed's, whose site it is not
    LEAVE = "leave"  # another feed's


class Others(Protocol):
    """The other feeds, as far as a claim needs them."""

    def site(self, feed_id: str) -> str:
        """Return the publisher's domain of a feed; empty for one that is not known."""

    def seen(self, feed_id: str, article_id: str) -> SeenArticle | None:
        """Return what a feed remembers of an article."""


class NoOthers:
    """Implements `Others` where nothing is known of them."""

    def site(self, feed_id: str) -> str:
        """Return that it is not known."""
        del feed_id
        return ""

    def seen(self, feed_id: str, article_id: str) -> SeenArticle | None:
        """Return that it remembers nothing."""
        del feed_id, article_id
        return None


@dataclass(frozen=True, slots=True)
class Ownership:
    """The owners of articles, seen from one feed.

    `owners` maps an article's id to the id of its feed.
    """

    feed: Feed
    owners: Mapping[str, str] = field(default_factory=dict)
    others: Others = field(default_factory=NoOthers)

    def own_site(self, one: Listed) -> bool:
        """Return whether an item links to the feed's own site."""
        return bool(one.site) and one.site == publisher_domain(self.feed.url)

    def claim(self, one: Listed) -> Claim:
        """Decide what the feed may do with an item's article."""
        owner = self.owners.get(one.article_id, self.feed.feed_id)
        if owner == self.feed.feed_id:
            return Claim.OWN
        theirs = self.others.site(owner)
        return Claim.TAKE if theirs and theirs != one.site and self.own_site(one) else Claim.LEAVE

    def taken(self, one: Listed) -> SeenArticle | None:
        """Return what the owner that loses an article remembers of it."""
        return self.others.seen(self.owners[one.article_id], one.article_id)

    def kept(self, article_id: str) -> bool:
        """Return whether no other feed has an article that this one gave."""
        return self.owners.get(article_id, self.feed.feed_id) == self.feed.feed_id
