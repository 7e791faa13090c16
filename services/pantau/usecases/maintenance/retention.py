"""Retention: removal of expired data."""

import logging
from datetime import datetime, timedelta

from pantau.ports import Store
from pantau.settings import KeepSettings

log = logging.getLogger(__name__)


def tidy_store(store: Store, keep: KeepSettings, now: datetime) -> int:
    """Remove expired records and articles; return their numbers."""
    removed = sum(
        store.log.tidy(topic, now - timedelta(days=days))
        for topic, days in keep.by_topic().items()
        if days is not None
    )
    if keep.days is not None:
        removed += store.index.forget(now - timedelta(days=keep.days))
    if removed:
        log.info("removed %d records and articles past their time", removed)
    return removed
