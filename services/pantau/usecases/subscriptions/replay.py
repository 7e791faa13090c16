"""Replay for one subscription: alerts on stored articles that it would have matched.

The articles are not touched: they are neither written again nor become historical, and are kept as
long as before. What alerted the subscription once never alerts it again, and neither does a copy.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pantau.alerter.copies import copy_keys
from pantau.alerter.decide import Composer
from pantau.alerter.matched_query import MatchedQuery
from pantau.common.portions import portions
from pantau.ports import Clock, Filters, Log, Record, Store
from pantau.query import Query
from pantau.query.matching.engines import MatchEngine, build_engine
from pantau.query.text.document import Document
from pantau.stream.envelope import record_for
from pantau.stream.handler import ALERT_HEADER, REPLAY_HEADER
from pantau.usecases.lists.values import query_of
from pantau.usecases.moments import check_order
from pantau.usecases.search.pages import all_pages
from pantau_schemas.base import Event
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.alert import Alerted
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import ALERTED, ALERTS, Topic

PAGE: Final = 500
"""Articles that are searched for at once."""
PORTION: Final = 100
"""Alerts that are written in one step."""


@dataclass(frozen=True, slots=True)
class ReplayPlan:
    """The articles that would alert, oldest first, and why others would not.

    `matching` counts all matches of the time; `before` alerted the subscription already; `copies`
    have the text of another one. `skipped` counts articles on which the query costs too much.
    """

    subscription: Subscription
    query: Query
    article_ids: tuple[str, ...]
    matching: int
    before: int
    copies: int
    skipped: int = 0


def plan_replay(
    subscription: Subscription,
    store: Store,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> ReplayPlan:
    """Find the stored articles that would alert a subscription. Nothing is written.

    Raises UsageError for a time that ends before it begins, or a query that cannot be read;
    RetryError while the store does not answer.
    """
    check_order(since, until)
    query = query_of(subscription, store.log)
    found, skipped = [], 0
    for page in all_pages(store.index, query, Filters(since=since, until=until), PAGE):
        found += [(hit.article.article_id, copy_keys(hit.article)) for hit in page.hits]
        skipped += page.too_costly
    chosen, before, copies = [], 0, 0
    seen: set[str] = set()  # keys of copies that this replay alerts itself

    def alerted(key: str) -> bool:
        return subscription.subscription_id in alerted_by(store.log, key)

    for article_id, keys in reversed(found):
        if alerted(article_id):
            before += 1
        elif any(key in seen or alerted(key) for key in keys):
            copies += 1
        else:
            chosen.append(article_id)
            seen.update(keys[:1])
    return ReplayPlan(subscription, query, tuple(chosen), len(found), before, copies, skipped)


def run_plan(plan: ReplayPlan, store: Store, clock: Clock) -> int:
    """Write the alerts of a plan, and that they alerted; return how many.

    An article that is gone meanwhile, or no longer matches, is left out. Raises RetryError.
    """
    headers = {REPLAY_HEADER: secrets.token_hex(8), ALERT_HEADER: "yes"}
    engine = build_engine()
    engine.put(plan.subscription.subscription_id, plan.query)
    written = 0
    for article_ids in portions(plan.article_ids, PORTION):
        articles = [store.index.get(one) for one in article_ids]
        made = [_alert(plan, engine, article, clock) for article in articles if article is not None]
        alerts = [pair for pair in made if pair is not None]
        # Alerts before the memory of them, so that none is lost if this ends in between.
        records = [_record(alert, ALERTS, clock, headers) for alert, _ in alerts]
        records += _memories(plan, [one for _, one in alerts], store.log, clock, headers)
        store.log.append(records)
        written += len(alerts)
    return written


def alerted_by(log: Log, key: str) -> tuple[str, ...]:
    """Return the subscriptions that an article, or a copy, alerted."""
    value = log.table(ALERTED.name).get(key)
    try:
        return () if value is None else decode(Alerted, value).subscription_ids
    except SchemaError:  # of a newer version
        return ()


def _alert(
    plan: ReplayPlan, engine: MatchEngine, article: EnrichedArticle, clock: Clock
) -> tuple[Event, EnrichedArticle] | None:
    for _, match in engine.match(Document.from_article(article, clock.now())):
        composer = Composer(article, clock.now())
        return composer.compose(MatchedQuery.of(plan.subscription), match), article
    return None


def _memories(
    plan: ReplayPlan,
    articles: Sequence[EnrichedArticle],
    log: Log,
    clock: Clock,
    headers: dict[str, str],
) -> list[Record]:
    records = []
    for article in articles:
        for key in (article.article_id, *copy_keys(article)[:1]):
            both = (*alerted_by(log, key), plan.subscription.subscription_id)
            memory = Alerted(schema_version=1, article_id=key, subscription_ids=both)
            records.append(_record(memory, ALERTED, clock, headers))
    return records


def _record(event: Event, topic: Topic, clock: Clock, headers: dict[str, str]) -> Record:
    record = record_for(event, topic, source="replay", time=clock.now())
    return Record(record.topic, record.key, record.value, {**record.headers, **headers})
