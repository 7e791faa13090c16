"""Ownership of articles: which feed publishes an article and its revisions. Pure.

The feed that lists an article first owns it; others that list it too only remember that it exists.
Two things go above that. **A feed of the article's own site** takes it over from a feed of another
site and never loses it to one, so nobody can claim a publisher's link before the publisher. Between
feeds of which neither or both are of the site, **the fullest text wins**: one that contains the
owner's and is clearly longer, or one that replaces a teaser. Either way the article goes on as its
next revision. Feeds that merely word it differently change nothing, and an article goes from feed
to feed a few times at most. When an owner is removed, the next feed that lists the article owns it.

The site of a feed is that of the address which the user entered, never one that it redirects to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Protocol

from pantau.common.text.subject import speaks_of
from pantau.net.domains import publisher_domain
from pantau.poller.identity.listing import Listed
from pantau.poller.identity.resolve import Elsewhere, Nowhere
from pantau.poller.identity.wording import contained, count_words, pairs
from pantau_schemas.events.feed import Feed, SeenArticle

CONTAINS: Final = 0.7
"""The part of a text that a fuller one has of it; summaries end in words of their own."""
LONGER: Final = 1.3
LONGER_BY: Final = 5
"""A fuller text has this many times the words of the other one, and at least this many more."""
TEASER: Final = 40
"""Words up to which a text is a teaser, which a full text need not contain."""
TINY: Final = 8
"""Words up to which a text says so little that a full text may have another headline."""
LONGER_THAN_TEASER: Final = 1.5
MOST_TAKEOVERS: Final = 4
"""How often an article goes to a fuller text, so that texts that grow in turns come to an end."""


class Claim(Enum):
    """The right of a feed to an article that it lists."""

    OWN = "own"  # it is the feed's, or nobody's yet
    TAKE = "take"  # another feed's, which this one goes before
    LEAVE = "leave"  # another feed's


class Others(Protocol):
    """The other feeds, as far as a claim needs them."""

    def site(self, feed_id: str) -> str:
        """Return the publisher's domain of a feed; empty for an unknown one."""

    def seen(self, feed_id: str, article_id: str) -> SeenArticle | None:
        """Return what a feed remembers of an article."""


class NoOthers:
    """Implements `Others` without any other feed."""

    def site(self, feed_id: str) -> str:
        """Return the empty string: unknown."""
        del feed_id
        return ""

    def seen(self, feed_id: str, article_id: str) -> SeenArticle | None:
        """Return None: it remembers nothing."""
        del feed_id, article_id
        return None


@dataclass(frozen=True, slots=True)
class Ownership:
    """The owners of articles, from the perspective of one feed.

    `owners` maps an article's id to the id of its feed; `elsewhere` finds the articles of others.
    """

    feed: Feed
    owners: Mapping[str, str] = field(default_factory=dict)
    others: Others = field(default_factory=NoOthers)
    elsewhere: Elsewhere = field(default_factory=Nowhere)
    site: str = field(init=False)
    """The publisher's domain of the feed, which every item is compared with."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "site", publisher_domain(self.feed.url))

    def own_site(self, one: Listed) -> bool:
        """Return whether an item links to the feed's own site."""
        return bool(one.site) and one.site == self.site

    def claim(self, one: Listed, before: SeenArticle | None = None) -> Claim:
        """Decide what the feed may do with an item's article, of which it remembers `before`."""
        owner = self.owners.get(one.article_id, self.feed.feed_id)
        if owner == self.feed.feed_id:
            return Claim.OWN
        theirs = self.others.site(owner)
        if not theirs:
            return Claim.LEAVE
        own = self._publishes(one)
        if own and theirs != one.site:
            return Claim.TAKE
        # This feed's text is the one that was left to the owner before: it is compared once, not at
        # every poll.
        if before is not None and not before.mine and one.says(before.fingerprint):
            return Claim.LEAVE
        seen = self.owners_memory(one)
        # What the publisher's own feed published is not taken by a stranger's text, however long.
        protected = seen is not None and seen.own_site and not own
        return Claim.TAKE if not protected and is_fuller(one, seen) else Claim.LEAVE

    def _publishes(self, one: Listed) -> bool:
        """Return whether an item's link is of the feed's own site and gave its article the id.

        A stranger that lists a publisher's article under a link of its own does not publish it.
        """
        return self.own_site(one) and one.article_id in {one.keys.link, one.keys.former}

    def goes_by_length(self, one: Listed) -> bool:
        """Return whether an article that is taken over is so for its text, not for its site."""
        owner = self.others.site(self.owners.get(one.article_id, ""))
        return owner == one.site or not self._publishes(one)

    def owners_memory(self, one: Listed) -> SeenArticle | None:
        """Return what the owner of an item's article remembers of it."""
        return self.others.seen(self.owners[one.article_id], one.article_id)

    def kept(self, article_id: str) -> bool:
        """Return whether no other feed owns an article that this one published."""
        return self.owners.get(article_id, self.feed.feed_id) == self.feed.feed_id


def is_fuller(one: Listed, theirs: SeenArticle | None) -> bool:
    """Return whether an item's text contains what an owner remembers, and is clearly longer.

    A teaser ("Read more on our site") need not be contained in a longer text under the same
    headline, if that text speaks of what the headline says; nor need the headline of one of a few
    words be the same, as aggregators add the publisher's name to it.
    """
    if theirs is None or theirs.sample is None or theirs.takeovers >= MOST_TAKEOVERS:
        return False
    text = one.item.text
    words = count_words(text)
    if words < theirs.words * LONGER + LONGER_BY:
        return False
    teaser = theirs.words <= TEASER and words >= theirs.words * LONGER_THAN_TEASER + LONGER_BY
    alike = one.title == theirs.title or theirs.words <= TINY
    if teaser and alike and speaks_of(one.item.title, text):
        return True
    return contained(theirs.sample, pairs(text)) >= CONTAINS
