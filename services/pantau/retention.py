"""How long things are kept, and removing what is past its time."""

import logging
from datetime import datetime, timedelta

from pantau.ports import Store
from pantau.settings import KeepSettings
from pantau_schemas.topics import ALERTED, ALERTS, ARTICLES, ARTICLES_ENRICHED, DEAD_LETTERS, DELIVERIES

log = logging.getLogger(__name__)


def days_kept(keep: KeepSettings) -> dict[str, float | None]:
    """Give the days that the records of each topic are kept, None for ever; other topics keep all.

    Alerts and deliveries stay as long as articles: an article that is still known never alerts twice.
    """
    return {
        ARTICLES.name: keep.raw_articles_days,
        DEAD_LETTERS.name: keep.dead_letters_days,
        ARTICLES_ENRICHED.name: keep.days,
        ALERTS.name: keep.days,
        ALERTED.name: keep.days,
        DELIVERIES.name: keep.days,
    }


def tidy_store(store: Store, keep: KeepSettings, now: datetime) -> int:
    """Remove what is past its time from log and index; gives how many records and articles."""
    removed = sum(
        store.log.tidy(topic, now - timedelta(days=days))
        for topic, days in days_kept(keep).items()
        if days is not None
    )
    if keep.days is not None:
        removed += store.index.forget(now - timedelta(days=keep.days))
    if removed:
        log.info("removed %d records and articles past their time", removed)
    return removed
