"""The alerts that a subscription would have had, from the stored articles, in their order.

An alert is made of the article as it is stored now. The alerter saw each revision as it came; where
a later one changed the text, it may have matched earlier or later than the stored one does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.alerter.copies import copy_keys
from pantau.alerter.decide import Composer
from pantau.alerter.matched_query import MatchedQuery
from pantau.ports import Filters, Store
from pantau.query import Query
from pantau.usecases.moments import check_order
from pantau.usecases.search.pages import all_pages
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.subscription import Subscription

PAGE: Final = 500
"""Articles that are searched for at once."""
MOST: Final = 20_000
"""Maximum number of alerts of a backtest: the newest ones."""

HELD: Final = 5_000_000
"""Characters of texts that are held until another article has the same title."""


@dataclass(frozen=True, slots=True)
class StoredAlerts:
    """The alerts, oldest first, and the matches that would not have alerted.

    `historical` were there at a feed's first poll or came by a replay; `copies` have the text of
    another article; `skipped` counts articles on which the query costs too much. `is_cut`: there
    are older ones, which were not looked at.
    """

    alerts: tuple[Alert, ...]
    historical: int = 0
    copies: int = 0
    skipped: int = 0
    is_cut: bool = False


def stored_alerts(
    subscription: Subscription,
    query: Query,
    store: Store,
    since: datetime,
    until: datetime,
    most: int = MOST,
) -> StoredAlerts:
    """Return what would have alerted from `since` to before `until`.

    Raises UsageError for a time that ends before it begins; RetryError while the index does not
    answer.
    """
    check_order(since, until)
    found = _Matches(subscription, most)
    for page in all_pages(store.index, query, Filters(since=since, until=until), _size(most)):
        found.skipped += page.too_costly
        if not found.takes(hit.article for hit in page.hits):
            break
    return found.alerts()


def _size(most: int) -> int:
    """Return the length of pages, at most `PAGE`, that end soon after one match more than `most`.

    Matches are read whole, and those of the last page beyond `most` would be read for nothing.
    """
    pages = -(-(most + 1) // PAGE)
    return -(-(most + 1) // pages)


class _CopyKeys:
    """The keys by which copies find each other, of articles that may have one.

    Copies have one title, and most articles are alone with theirs: reading all words of a text for
    its keys is left out for them, which would cost more than anything else of a backtest.
    """

    def __init__(self) -> None:
        self._keys: dict[int, tuple[str, ...]] = {}
        self._alone: dict[str, tuple[int, EnrichedArticle] | None] = {}
        self._held = 0

    def add(self, number: int, article: EnrichedArticle) -> None:
        """Add an article under its number."""
        title = " ".join(article.title.split())
        is_first = title not in self._alone
        if is_first and self._held + len(article.text) <= HELD:
            self._alone[title] = (number, article)
            self._held += len(article.text)
            return
        other = self._alone.get(title)
        if other is not None:
            self._keys[other[0]] = copy_keys(other[1])
        self._alone[title] = None
        self._keys[number] = copy_keys(article)

    def of(self, number: int) -> tuple[str, ...]:
        """Return the keys of an article; none where no other one has its title."""
        return self._keys.get(number, ())


class _Matches:
    """The matching articles, newest first, of those that may alert."""

    def __init__(self, subscription: Subscription, most: int) -> None:
        self._query = MatchedQuery.of(subscription)
        self._most = most
        self._kept: list[Alert] = []
        self._copies = _CopyKeys()
        self._historical = 0
        self._is_cut = False
        self.skipped = 0

    def takes(self, articles: Iterator[EnrichedArticle]) -> bool:
        """Add articles; return False once there are enough."""
        for article in articles:
            if article.historical and not self._query.include_historical:
                self._historical += 1
                continue
            if len(self._kept) >= self._most:
                self._is_cut = True
                return False
            composer = Composer(article, article.first_seen)
            self._copies.add(len(self._kept), article)
            self._kept.append(composer.outline(self._query))
        return True

    def alerts(self) -> StoredAlerts:
        """Return the alerts, oldest first, without copies, as the alerter recognises them."""
        seen: set[str] = set()
        alerts, copies = [], 0
        for number, alert in reversed([*enumerate(self._kept)]):
            keys = self._copies.of(number)
            if any(key in seen for key in keys):
                copies += 1
            else:
                alerts.append(alert)
                seen.update(keys[:1])
        return StoredAlerts(tuple(alerts), self._historical, copies, self.skipped, self._is_cut)
