"""Copies of an article under other addresses: `www.`, `m.`, `/amp/`, `?page=all`. Pure.

A copy has the title and the text of another article of the same publisher, word for word. It is an
article of its own in the index, since its address is one, but a reader learns nothing new from it:
it does not alert a subscription that the other one alerted.

Copies are recognised by keys of the table `alerted`, next to those of articles. Copies come to any
member of the alerters, so each reads the keys of the last days whole. A key names the
publisher, the day and the words, so what a publisher repeats on a later day alerts again. What
says too little to be distinguished, such as a title alone, is never a copy.
"""

from datetime import datetime, timedelta
from typing import Final

from pantau.net.domains import publisher_domain
from pantau_schemas.events.article import ArticleFields
from pantau_schemas.ids import digest_id

_EDITIONS: Final = ("www.", "m.", "mobile.", "amp.")
LEAST_WORDS: Final = 5
"""A shorter text may be the same in articles on different events."""


def copy_keys(article: ArticleFields) -> tuple[str, ...]:
    """Return the keys of an article's copies, of the day it was first seen and the day before.

    So copies around midnight (UTC) find each other. Empty for a text that is too short.
    """
    words = article.text.split()
    if len(words) < LEAST_WORDS:
        return ()
    same = _publisher(article), " ".join(article.title.split()), " ".join(words)
    days = article.first_seen, article.first_seen - timedelta(days=1)
    return tuple(digest_id("copy", _day(day), *same) for day in days)


def _publisher(article: ArticleFields) -> str:
    """Return who published an article: its domain, without the names of editions for phones."""
    domain = publisher_domain(article.url or "")
    for edition in _EDITIONS:  # left where the ending of the domain is in no public list
        domain = domain.removeprefix(edition)
    return domain or article.source or article.feed_id or ""


def _day(moment: datetime) -> str:
    return moment.date().isoformat()
