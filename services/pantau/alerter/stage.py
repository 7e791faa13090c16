"""Stage `alerter`: enriched articles against all subscriptions.

An article alerts a subscription at most once, for good, at its first matching revision: the table `alerted` holds
which subscriptions an article alerted, and is written after the alerts, so that none is ever lost.
"""

import logging
from typing import Final

from pantau.alerter.decide import Composer, wanted
from pantau.errors import UsageError
from pantau.handler import ALERT_HEADER, NOTHING, Context, Handler, Outcome, Resources
from pantau.ports import Table
from pantau.query import parse
from pantau.query.document import Document
from pantau.query.engines import build_engine
from pantau_schemas.alert import Alert, Alerted
from pantau_schemas.article import EnrichedArticle
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.subscription import Subscription
from pantau_schemas.topics import ALERTED, SUBSCRIPTIONS

log = logging.getLogger(__name__)

ALERTS_AT_ONCE: Final = 2_000
"""Alerts of an article that are written in one go; for the others it is matched again. So memory stays bounded."""


class AlerterStage:
    """Keeps the matcher in step with the subscriptions and writes the alerts of each article."""

    def __init__(self, subscriptions: Table, alerted: Table) -> None:
        self._table = subscriptions
        self._alerted = alerted
        self._version = 0
        self._subscriptions: dict[str, Subscription] = {}
        self._matcher = build_engine()
        self._in_batch: dict[str, tuple[str, ...]] = {}

    @classmethod
    def build(cls, resources: Resources) -> Handler:
        """Build the stage."""
        return cls(resources.table(SUBSCRIPTIONS), resources.table(ALERTED))

    def refresh(self) -> None:
        """Take in what changed in the subscriptions. One that cannot be used never loses the others."""
        self._in_batch.clear()
        changes = self._table.changes(self._version)
        for subscription_id, value in changes.values.items():
            self._drop(subscription_id)
            if value is not None:
                self._take(subscription_id, value)
        self._version = changes.version

    def _drop(self, subscription_id: str) -> None:
        if self._subscriptions.pop(subscription_id, None) is not None:
            self._matcher.remove(subscription_id)

    def _take(self, subscription_id: str, value: bytes) -> None:
        try:
            subscription = decode(Subscription, value)
            if subscription.paused:
                return
            query = parse(subscription.query, subscription.language, time_zone=subscription.time_zone)
        except (SchemaError, UsageError) as error:
            log.error("subscription %s cannot be used and does not alert: %s", subscription_id, error)  # noqa: TRY400 (a reason for people; the traceback says nothing more)
            return
        self._matcher.put(subscription_id, query)
        self._subscriptions[subscription_id] = subscription

    def handle(self, event: EnrichedArticle, context: Context) -> Outcome:
        """Match one article."""
        asked = context.headers.get(ALERT_HEADER) == "yes"
        alerts: list[Alert] = []
        known: tuple[str, ...] | None = None
        alerted: frozenset[str] = frozenset()
        more = False
        composer: Composer | None = None
        for subscription_id, match in self._matcher.match(Document.from_article(event), on_error=_complain):
            subscription = self._subscriptions[subscription_id]
            if not wanted(event, subscription, asked=asked):
                continue
            if known is None:
                known = self._known(event.article_id)
                alerted = frozenset(known)
            if subscription_id in alerted:
                continue
            if len(alerts) >= ALERTS_AT_ONCE:
                more = True
                break
            try:
                composer = composer or Composer(event, context.now)
                alerts.append(composer.compose(subscription, match))
            except Exception as error:  # noqa: BLE001 (what it marks is worked out here; the others go on)
                _complain(subscription_id, error)
        if not alerts:
            return NOTHING
        all_alerted = (*(known or ()), *(one.subscription_id for one in alerts))
        self._in_batch[event.article_id] = all_alerted
        memory = Alerted(schema_version=1, article_id=event.article_id, subscription_ids=all_alerted)
        return Outcome(events=(*alerts, memory), more=more)

    def _known(self, article_id: str) -> tuple[str, ...]:
        """Give the subscriptions that the article has alerted."""
        in_batch = self._in_batch.get(article_id)
        if in_batch is not None:
            return in_batch
        value = self._alerted.get(article_id)
        return () if value is None else decode(Alerted, value).subscription_ids


def _complain(subscription_id: str, error: Exception) -> None:
    if isinstance(error, MemoryError):
        raise error  # nothing is wrong with the subscription; the runtime takes fewer articles
    log.error("subscription %s failed on an article: %s", subscription_id, error)
