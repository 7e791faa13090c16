"""START HERE: the whole pipeline as data.

    feeds ──poller──▶ articles ──extractor──▶ articles.full ──enricher──▶ articles.enriched
    articles.enriched ─┬─indexer──▶ search index
                       └─alerter──▶ alerts
    alerts ──notifier──▶ deliveries ──dispatcher──▶ channels

The alerter and the notifier also follow the table `subscriptions`, the alerter also `name-lists`,
to which the enricher writes the names of dictionaries.

The four stages in `STAGES` are pure handlers; a runtime (`pantau.runtimes`) consumes their topic,
runs them, and writes their output. `EXTRACTOR` fetches pages and is a keyed stage (`pantau.keyed`).
The two ends do I/O and are loops of their own:
`pantau.poller.service` fetches feeds, `pantau.notifier.dispatch` delivers alerts to channels.
Articles that were taken down (the table `redactions`) reach no handler: the runtimes skip them.
Records that a stage rejects go to `dead-letters`. Topics are described in `pantau_schemas.topics`.
"""

from typing import Final

from pantau.notifier.intake.head import AlertHead
from pantau.stream.handler import Handler, IoStage, Resources, Stage
from pantau_schemas import topics


def _enricher(resources: Resources) -> Handler:
    from pantau.adapters.files.dictionaries import DictionaryFiles  # noqa: PLC0415 (only where the stage runs)
    from pantau.enricher.stage import EnricherStage  # noqa: PLC0415 (loads word lists; as above)

    return EnricherStage.build(resources, DictionaryFiles)


def _alerter(resources: Resources) -> Handler:
    from pantau.alerter.stage import AlerterStage  # noqa: PLC0415 (as above)

    return AlerterStage.build(resources)


def _indexer(resources: Resources) -> Handler:
    from pantau.indexer.stage import IndexerStage  # noqa: PLC0415 (as above)

    return IndexerStage.build(resources)


def _notifier(resources: Resources) -> Handler:
    from pantau.notifier.stage import NotifierStage  # noqa: PLC0415 (as above)

    return NotifierStage.build(resources)


EXTRACTOR: Final = IoStage(
    "extractor",
    topics.ARTICLES,
    (topics.ARTICLES_FULL, topics.SITES),
    follows=(topics.FEEDS, topics.ARTICLES_FULL, topics.SITES, topics.REDACTIONS),
    holds=(topics.ARTICLES_FULL,),
)
"""Fetches the pages of articles whose feed gives a summary; see `bootstrap.build_extractor`."""

STAGES: Final = (
    Stage(
        "enricher",
        topics.ARTICLES_FULL,
        (topics.STORY_MEMBERS, topics.STORY_MERGES, topics.NAME_LISTS, topics.ARTICLES_ENRICHED),
        _enricher,
        follows=(topics.STORY_MEMBERS, topics.STORY_MERGES, topics.NAME_LISTS),
        holds=(topics.STORY_MEMBERS,),
    ),
    Stage(
        "alerter",
        topics.ARTICLES_ENRICHED,
        (topics.ALERTS, topics.ALERTED, topics.SUBSCRIPTION_STATE),
        _alerter,
        follows=(
            topics.SUBSCRIPTIONS,
            topics.NAME_LISTS,
            topics.ALERTED,
            topics.SUBSCRIPTION_STATE,
        ),
        holds=(topics.ALERTED,),
    ),
    Stage(
        "notifier",
        topics.ALERTS,
        (topics.MESSAGES, topics.DELIVERIES, topics.RULE_STATE),
        _notifier,
        follows=(
            topics.SUBSCRIPTIONS,
            topics.DELIVERIES,
            topics.RULE_STATE,
            topics.STORY_MERGES,
            topics.REPORT_SCHEDULES,
        ),
        holds=(topics.DELIVERIES, topics.RULE_STATE),
        head=AlertHead,
    ),
    Stage("indexer", topics.ARTICLES_ENRICHED, (), _indexer, indexes=True),
)
"""In processing order.

The alerter comes before the indexer because people wait for alerts.
"""
