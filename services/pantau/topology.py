"""START HERE: the whole pipeline as data.

    feeds ──poller──▶ articles ──enricher──▶ articles.enriched ─┬─alerter──▶ alerts ──notifier──▶ deliveries ──dispatcher──▶ channels
                                                                └─indexer──▶ search index
    subscriptions ──────────────────────────────────────────────────▲───────────────▲

The four stages in `STAGES` are pure handlers; a runtime (`pantau.runtimes`) reads their topic, runs
them, and writes what they give. The two ends speak to the outside and are loops of their own:
`pantau.poller.service` fetches feeds, `pantau.notifier.dispatch` brings deliveries to channels.
What a stage rejects goes to `dead-letters`. Topics are described in `pantau_schemas.topics`.
"""

from typing import Final

from pantau.stream.handler import Handler, Resources, Stage
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


STAGES: Final = (
    Stage(
        "enricher",
        topics.ARTICLES,
        (topics.STORY_MEMBERS, topics.STORY_MERGES, topics.ARTICLES_ENRICHED),
        _enricher,
        follows=(topics.STORY_MEMBERS, topics.STORY_MERGES),
    ),
    Stage(
        "alerter",
        topics.ARTICLES_ENRICHED,
        (topics.ALERTS, topics.ALERTED, topics.SUBSCRIPTION_STATE),
        _alerter,
        follows=(topics.SUBSCRIPTIONS, topics.ALERTED, topics.SUBSCRIPTION_STATE),
    ),
    Stage(
        "notifier",
        topics.ALERTS,
        (topics.DELIVERIES,),
        _notifier,
        follows=(topics.SUBSCRIPTIONS, topics.DELIVERIES),
    ),
    Stage("indexer", topics.ARTICLES_ENRICHED, (), _indexer, indexes=True),
)
"""In processing order.

The alerter comes before the indexer because people wait for alerts.
"""
