"""Stage `alerter`: enriched articles against all subscriptions.

An article alerts a subscription at most once, at its first matching revision: the table `alerted`
holds which subscriptions an article alerted, and is written after the alerts, so that none is ever
lost. It also holds which subscriptions the copies of an article alerted (see `copies`).

A subscription that is too expensive is suspended (`suspend`): its owner gets an alert of that kind,
the table `subscription-state` informs all alerters, and it is not matched until its query changes
or it is resumed.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from pantau.alerter.copies import copy_keys
from pantau.alerter.decide import Composer, wanted
from pantau.alerter.list_table import ListTable
from pantau.alerter.matched_query import MatchedQuery
from pantau.alerter.suspensions import Bill, Suspensions
from pantau.errors import NewerRecordError, UsageError
from pantau.ports import Table
from pantau.query import parse
from pantau.query.matching.engines import build_engine
from pantau.query.text.document import Document
from pantau.stream.handler import (
    ALERT_HEADER,
    NOTHING,
    REPLAY_HEADER,
    Context,
    Handler,
    Outcome,
    Resources,
)
from pantau.stream.table_reading import TableReading
from pantau.stream.upgrades import is_next
from pantau_schemas.base import Event
from pantau_schemas.codec import NewerVersionError, SchemaError, decode
from pantau_schemas.events.alert import Alert, Alerted
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import ALERTED, NAME_LISTS, SUBSCRIPTION_STATE, SUBSCRIPTIONS

log = logging.getLogger(__name__)

ALERTS_AT_ONCE: Final = 2_000
"""Maximum number of an article's alerts written at once.

The article is matched again for the others.

This bounds the memory.
"""


COPY_SECONDS: Final = 3 * 24 * 3600.0
"""Age of the memories in which copies are looked up.

Those of today and of yesterday are written within two days, unless a backlog is longer.
"""


class AlerterStage:
    """Updates the matcher with the subscriptions and produces the alerts of each article."""

    def __init__(
        self,
        subscriptions: Table,
        alerted: Table,
        states: Table,
        lists: Table,
        reading: TableReading | None = None,
        copies: Table | None = None,
    ) -> None:
        self._reading = reading or TableReading()
        self._table = subscriptions
        self._alerted = alerted
        # The keys of copies are of any partition, and recent: they name the day. Older ones, of
        # articles that are replayed, are found in our own partitions.
        self._copies = (alerted,) if copies is None else (copies, alerted)
        self._suspensions = Suspensions(states, self._reading)
        self._lists = ListTable(lists, self._reading)
        self._version = 0
        self._subscriptions: dict[str, MatchedQuery] = {}
        self._matcher = build_engine()
        self._in_batch: dict[str, tuple[str, ...]] = {}

    @classmethod
    def build(cls, resources: Resources) -> Handler:
        """Build the stage."""
        table = resources.table
        return cls(
            table(SUBSCRIPTIONS),
            table(ALERTED),
            table(SUBSCRIPTION_STATE),
            table(NAME_LISTS),
            resources.reading,
            resources.recently(ALERTED, COPY_SECONDS),
        )

    def refresh(self) -> None:
        """Apply changes of the lists and of the subscriptions.

        An unusable one does not affect the others. A subscription with a list that does not exist
        is left out, and matched from the moment that there is one.
        """
        self._in_batch.clear()
        changed = self._lists.refresh()
        for values in changed.values:
            self._matcher.put_list(values)
        again = {*self._suspensions.refresh(), *changed.subscriptions}
        changes = self._table.changes(self._version)
        for subscription_id in changes.values:
            self._suspensions.forget(subscription_id)
        others = {one: self._table.get(one) for one in again if one not in changes.values}
        for subscription_id, value in {**changes.values, **others}.items():
            self._drop(subscription_id)
            self._lists.forget(subscription_id)
            if value is not None:
                self._take(subscription_id, value)
        self._version = changes.version

    def _drop(self, subscription_id: str) -> None:
        if self._subscriptions.pop(subscription_id, None) is not None:
            self._matcher.remove(subscription_id)

    def _take(self, subscription_id: str, value: bytes) -> None:
        try:
            subscription = decode(Subscription, value)
        except NewerVersionError as error:
            self._wait_for_upgrade(subscription_id, error)
            return
        except SchemaError as error:
            self._reading.skip(SUBSCRIPTIONS, subscription_id, error)
            return
        try:
            held = MatchedQuery.of(subscription)
            if subscription.paused or self._suspensions.holds(held):
                return
            query = parse(
                subscription.query, subscription.language, time_zone=subscription.time_zone
            )
            query = self._lists.bind(subscription_id, query)
        except UsageError as error:
            self._reading.skip(SUBSCRIPTIONS, subscription_id, error)
            return
        self._matcher.put(subscription_id, query)
        self._subscriptions[subscription_id] = held

    def _wait_for_upgrade(self, subscription_id: str, error: NewerVersionError) -> None:
        """Raise RetryError for a subscription of the next version: its alerts must not be lost."""
        if is_next(error, Subscription):
            message = f"alerter: the subscription {subscription_id} waits: {error}"
            raise NewerRecordError(message, subscription_id=subscription_id) from error
        self._reading.skip(SUBSCRIPTIONS, subscription_id, error)

    def handle(self, event: EnrichedArticle, context: Context) -> Outcome:
        """Match one article, and suspend subscriptions that are too expensive."""
        bill = Bill()
        outcome = self._alert(event, context, bill)
        if not bill.units:
            return outcome
        return replace(outcome, events=(*outcome.events, *self._suspend(event, context, bill)))

    def _suspend(self, event: EnrichedArticle, context: Context, bill: Bill) -> Iterator[Event]:
        """Yield the events of newly suspended subscriptions."""
        for subscription_id, problem in self._suspensions.charge(event.article_id, bill).items():
            subscription = self._subscriptions[subscription_id]
            state = self._suspensions.suspend(subscription, problem, context.now)
            self._drop(subscription_id)
            log.warning("subscription %s is suspended: %s", subscription_id, problem)
            yield Composer(event, context.now).suspended(subscription, state)
            yield state

    def _alert(self, event: EnrichedArticle, context: Context, bill: Bill) -> Outcome:
        """Produce the alerts of an article; the cost of queries is added to the bill."""

        def failed(subscription_id: str, error: Exception) -> None:
            bill.failed(subscription_id, error)
            _complain(subscription_id, error)

        asked = context.headers.get(ALERT_HEADER) == "yes"
        replayed = REPLAY_HEADER in context.headers
        alerts: list[Alert] = []
        known: _Known | None = None
        more = False
        composer: Composer | None = None
        document = Document.from_article(event)
        matched = self._matcher.match(document, on_error=failed, on_cost=bill.units.__setitem__)
        for subscription_id, match in matched:
            subscription = self._subscriptions[subscription_id]
            if not wanted(event, subscription, asked=asked, replayed=replayed, now=context.now):
                continue
            # Looked up at the first match only: most articles match no subscription.
            if known is None:
                known = self._known(event)
            if subscription_id in known.alerted:
                continue
            # The article is handled again for the rest, so that one article cannot fill the memory.
            if len(alerts) >= ALERTS_AT_ONCE:
                more = True
                break
            try:
                composer = composer or Composer(event, context.now, document)
                alerts.append(composer.compose(subscription, match))
            except Exception as error:  # noqa: BLE001 (what it marks is worked out here; the others go on)
                _complain(subscription_id, error)
        if not alerts or known is None:
            return NOTHING
        new = tuple(one.subscription_id for one in alerts)
        return Outcome(events=(*alerts, *self._memories(known, new)), more=more)

    def _known(self, article: EnrichedArticle) -> "_Known":
        """Return the subscriptions that an article and its copies alerted."""
        own = self._alerted_by(article.article_id, self._alerted)
        today, *before = copy_keys(article) or ("",)
        copies = self._alerted_by(today, *self._copies) if today else ()
        others = (self._alerted_by(one, *self._copies) for one in before)
        alerted = frozenset((*own, *copies)).union(*others)
        of_key = {article.article_id: own} | ({today: copies} if today else {})
        return _Known(of_key, alerted)

    def _memories(self, known: "_Known", new: tuple[str, ...]) -> Iterator[Alerted]:
        """Yield the memory of an article, and of its copies, with newly alerted subscriptions."""
        for key, before in known.of_key.items():
            both = (*before, *new)
            # The table has it only after the batch is written; a copy in the same batch must find
            # it now.
            self._in_batch[key] = both
            yield Alerted(schema_version=1, article_id=key, subscription_ids=both)

    def _alerted_by(self, key: str, *tables: Table) -> tuple[str, ...]:
        """Return the subscriptions that stand under a key in the first table that has it."""
        in_batch = self._in_batch.get(key)
        if in_batch is not None:
            return in_batch
        found = (one.get(key) for one in tables)
        value = next((one for one in found if one is not None), None)
        # Without it alerts are written again, under the same ids: nobody is alerted twice.
        known = self._reading.read(Alerted, ALERTED, key, value)
        return () if known is None else known.subscription_ids


@dataclass(frozen=True, slots=True)
class _Known:
    """The subscriptions that an article and its copies alerted: by key to write, and all."""

    of_key: dict[str, tuple[str, ...]]
    alerted: frozenset[str]


def _complain(subscription_id: str, error: Exception) -> None:
    if isinstance(error, MemoryError):
        raise error  # the subscription is sound; the runtime retries with fewer articles
    log.error("subscription %s failed on an article: %s", subscription_id, error)
