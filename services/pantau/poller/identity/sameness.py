"""Decides whether an item's content and a remembered article are the same article. Pure.

The rules for an item whose id in the feed is new, by what is known of its link:

- Known, ids of this feed are not believed: title, date, or nearly the text are the same; but not
  the title alone, where date and text are others (`other_news`).
- Known, ids are believed: title and text are the same; or title and date; or date and nearly the
  text; or, without dates, title and nearly the text.
- None: date and title, or date and nearly the text, or title and text are the same.
- New: date and title are the same, and nearly the text; or all is the same within a day, on the
  same site.
- New, as all links of the document are: title and text are the same, and the date, if that is not
  the time of the request. A headline without text and date is the same within `SAME_HEADLINE`.

A date counts only where both have one. "Nearly the text": `wording.nearly_same`, or both have none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pantau.poller.identity.listing import Listed
from pantau.poller.identity.wording import contained, count_words, nearly_same, pairs
from pantau_schemas.base import to_millis
from pantau_schemas.events.feed import SeenArticle

COPY_WORDS: Final = 10
"""Words of title and text from which equal ones are copies, not two uses of one phrase."""
COPY_TIME: Final = timedelta(hours=24)
"""How far the dates of copies may be apart: a daily column may say the same every day."""
SAME_HEADLINE: Final = timedelta(hours=20)
"""Time in which a headline that is all an item says is the same news under another link."""
DISJOINT: Final = 0.2
"""The part of a former text below which a text says something else."""
REQUEST_TIME: Final = timedelta(minutes=15)
"""How near a date must be to the poll that found it to count as the time of the request."""


def date_of(one: Listed) -> datetime | None:
    """Return the date of an item as a memory keeps it."""
    return to_millis(one.item.published) if one.item.published is not None else None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How an item and an article compare; the text is compared only when asked for."""

    one: Listed
    seen: SeenArticle

    @property
    def same_all(self) -> bool:
        """Return whether title and text are the same, but for what churns."""
        return self.one.says(self.seen.fingerprint)

    @property
    def same_title(self) -> bool:
        """Return whether both have the same title."""
        return self.one.title is not None and self.one.title == self.seen.title

    @property
    def same_date(self) -> bool:
        """Return whether both have the same date."""
        return self.seen.dated is not None and self.seen.dated == date_of(self.one)

    @property
    def undated(self) -> bool:
        """Return whether neither has a date."""
        return self.seen.dated is None and self.one.item.published is None

    def near_text(self) -> bool:
        """Return whether both say nearly the same, or nothing, below their titles."""
        if not self.seen.words and not self.one.item.text.strip():
            return True
        return nearly_same(self.seen.sample or "", self.seen.words, self.one.item.text)

    def whole_text(self) -> bool:
        """Return whether both say nearly the same, and enough of it to mean something."""
        return self.seen.words >= COPY_WORDS and self.near_text()


def same_on_page(one: Listed, seen: SeenArticle, *, believed: bool) -> bool:
    """Return whether an item with a new id is the article that its link meant before.

    `believed` is False for a feed that gives its items new ids all at once.
    """
    like = Likeness(one, seen)
    if like.same_all:
        return True
    if not believed:
        return not other_news(one, seen) and (like.same_title or like.same_date or like.near_text())
    if like.same_date:
        return like.same_title or like.whole_text()
    return like.same_title and like.undated and like.whole_text()


def same_without_link(one: Listed, seen: SeenArticle, now: datetime) -> bool:
    """Return whether an item that has neither id nor link is an article that was seen before."""
    like = Likeness(one, seen)
    if like.same_all:
        return like.whole_text() or like.same_date or like.undated or _at_request(like, now)
    if like.same_date:
        return like.same_title or like.whole_text()
    return like.same_title and (like.undated or _at_request(like, now)) and like.near_text()


def nothing_in_common(one: Listed, seen: SeenArticle) -> bool:
    """Return whether title, date and text of an item are all others than those of an article.

    A date that one of them lacks tells nothing, so then they are not.
    """
    like = Likeness(one, seen)
    if like.same_title or like.same_date or seen.dated is None or date_of(one) is None:
        return False
    return contained(seen.sample or "", pairs(one.item.text)) < DISJOINT


def other_news(one: Listed, seen: SeenArticle) -> bool:
    """Return whether an item says other things than an article, though its title may be the same.

    For items whose links differ, if only in what mostly means nothing. Without texts on both sides
    title and date decide, without dates title and text.
    """
    like = Likeness(one, seen)
    dated = seen.dated is not None and date_of(one) is not None
    if like.same_date or (like.same_title and not dated):
        return False
    if not seen.words or not one.words:
        return dated and not like.same_title
    return contained(seen.sample or "", pairs(one.item.text)) < DISJOINT


def same_elsewhere(one: Listed, seen: SeenArticle) -> bool:
    """Return whether an item under a new link, with no known id, is an article that moved."""
    like = Likeness(one, seen)
    return like.same_title and like.same_date and (like.same_all or like.near_text())


def same_headline_edited(one: Listed, seen: SeenArticle) -> bool:
    """Return whether an item without an id is an article whose headline and link were edited.

    For the only such article of a date; the text must say enough.
    """
    like = Likeness(one, seen)
    return one.keys.guid is None and like.same_date and like.whole_text()


def same_again(one: Listed, seen: SeenArticle, now: datetime) -> bool:
    """Return whether an item is an article of its title, in a feed whose links all changed."""
    like = Likeness(one, seen)
    if not like.same_all:
        return False
    if like.same_date or _at_request(like, now):
        return True
    # Lists of every day have the same headlines with other links: the weather, the price of gold.
    return like.undated and (one.words > 0 or now - seen.first_seen < SAME_HEADLINE)


def is_copy(one: Listed, seen: SeenArticle, site: str) -> bool:
    """Return whether an item says under another link what an article of the same site says.

    `site` is the article's.
    """
    if not one.says(seen.fingerprint) or one.site != site or not long_enough(one):
        return False
    return _near_in_time(date_of(one), seen.dated)


def are_copies(one: Listed, other: Listed) -> bool:
    """Return whether two items of a document say the same under two links of a site."""
    same = one.core == other.core and one.site == other.site and long_enough(one)
    return same and _near_in_time(date_of(one), date_of(other))


def same_in_document(one: Listed, other: Listed) -> bool:
    """Return whether two items of a document with the same link are one article.

    Two ids of the feed's own mean two articles, unless these say the same.
    """
    if one.core == other.core:
        return True
    mine, theirs = one.keys.guid, other.keys.guid
    if mine is not None and theirs is not None and mine != theirs:
        return False
    same_title = one.title == other.title
    same_date = date_of(one) == date_of(other)
    same_text = one.item.text == other.item.text
    return same_title + same_date + same_text > 1


def long_enough(one: Listed) -> bool:
    """Return whether a title and a text are too long to be said twice by chance."""
    words = one.words
    return words >= COPY_WORDS // 2 and words + count_words(one.item.title) >= COPY_WORDS


def _at_request(like: Likeness, now: datetime) -> bool:
    """Return whether the dates of both are the times at which they were asked for."""
    date, before = date_of(like.one), like.seen.dated
    if date is None or before is None:
        return False
    return abs(date - now) < REQUEST_TIME and abs(before - like.seen.first_seen) < REQUEST_TIME


def _near_in_time(one: datetime | None, other: datetime | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= COPY_TIME
