"""The arithmetic of `docs/how-to/sizing.md`: from measured costs to processors, memory and disks.

    python -m scripts.sizing        prints the tables; a test compares them with the page

Pure. The costs are those of `benchmarks/RESULTS.md` ("Matching", "Pipeline, distributed") and of
`python -m benchmarks.record_sizes`; who measures again changes them here.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

PEAK: Final = 3.0
"""The busiest hour against the mean of a day."""
BUSY: Final = 0.6
"""Share of a processor that is planned for; the rest is for catching up after an outage."""
ENRICHER_MS: Final = 2.9
INDEXER_MS: Final = 0.5
ALERTER_ALERT_MS: Final = 0.25
NOTIFIER_ALERT_MS: Final = 0.32
ELASTICSEARCH_MS: Final = 2.7
KAFKA_RECORD_MS: Final = 0.14
MATCH_MS: Final[Mapping[int, float]] = {1_000: 0.28, 10_000: 0.65, 100_000: 3.05}
"""Time to match one article, by the number of subscriptions."""
SUBSCRIPTION_BYTES: Final = 1_880
SENT: Final[Mapping[str, float]] = {
    "articles": 862,
    "articles.full": 857,
    "articles.enriched": 1_693,
    "story-members": 510,
    "alerts": 228,
    "deliveries": 107,
    "alerted": 96,
}
"""Bytes of a record as Kafka keeps it: compressed, with key and headers."""
COPIED: Final[Mapping[str, float]] = {
    "alerts": 867,
    "deliveries": 228,
    "alerted": 330,
    "story-members": 922,
    "articles.full": 1_434,
}
"""Bytes of a record in a local copy: packed one by one, with its row and the index of keys."""
ALERTED: Final = 1.99
"""Records of `alerted` an article: one by its id, one by its publisher, day and text."""
RECENT_DAYS: Final = 3
"""Days of `alerted` that every alerter copies whole, for copies of articles."""
COUNTS: Final[Mapping[int, str]] = {1: "the only {}", 6: "each of six {}s"}
"""Numbers of instances that the table shows, with the words for them."""
RAW_DAYS: Final = 7
STORY_DAYS: Final = 14
WINDOW_DAYS: Final = 4
"""Days of `story-members` that every enricher copies whole: `stories.window_hours` and a day."""
INDEX_BYTES: Final = 12_000
"""Of an article in Elasticsearch: an estimate, twice its record; see `_cat/indices` for yours."""
SHARD_BYTES: Final = 50e9
"""Elastic's advice for the largest shard."""


@dataclass(frozen=True, slots=True)
class Load:
    """A load: articles a day, subscriptions, alerts an article, days kept."""

    articles: int
    subscriptions: int
    alerts: int
    days: int

    @property
    def peak(self) -> float:
        """Articles a second in the busiest hour."""
        return self.articles / 86_400 * PEAK


CASES: Final = (
    Load(100_000, 10_000, 10, 365),
    Load(1_000_000, 100_000, 10, 365),
    Load(10_000_000, 1_000_000, 10, 90),
)


def match_ms(subscriptions: int) -> float:
    """Return the time to match an article; beyond what was measured, in proportion."""
    known = max(MATCH_MS)
    if subscriptions > known:
        return MATCH_MS[known] * subscriptions / known
    return MATCH_MS[min(one for one in MATCH_MS if one >= subscriptions)]


def processors(load: Load) -> dict[str, float]:
    """Return the processors that each part needs in the busiest hour."""
    costs = {
        "enricher": ENRICHER_MS,
        "alerter": match_ms(load.subscriptions) + load.alerts * ALERTER_ALERT_MS,
        "notifier": load.alerts * NOTIFIER_ALERT_MS,
        "indexer": INDEXER_MS,
        "Kafka": (4 + 2 * load.alerts) * KAFKA_RECORD_MS,
        "Elasticsearch": ELASTICSEARCH_MS,
    }
    return {name: load.peak * cost / 1_000 / BUSY for name, cost in costs.items()}


def kafka_bytes(load: Load) -> dict[str, float]:
    """Return the bytes of one copy of what Kafka keeps."""
    raw = load.articles * RAW_DAYS * (SENT["articles"] + SENT["articles.full"])
    stories = load.articles * STORY_DAYS * SENT["story-members"]
    kept = load.articles * load.days
    of_alert = SENT["alerts"] + SENT["deliveries"] + SENT["alerted"]
    return {
        "raw articles": raw + stories,
        "enriched articles": kept * SENT["articles.enriched"],
        "alerts and deliveries": kept * load.alerts * of_alert,
    }


def notifier_bytes(load: Load, count: int) -> float:
    """Return the size of the copies in each of so many notifiers: of their partitions.

    Alerts are those of the dispatcher's partitions; deliveries also those of the notifier's, which
    another group assigns.
    """
    part = 1 / count
    of_alert = part * COPIED["alerts"] + (1 - (1 - part) ** 2) * COPIED["deliveries"]
    return load.articles * load.days * load.alerts * of_alert


def alerter_bytes(load: Load, count: int) -> float:
    """Return the size of the copies in each of so many alerters: its partitions, recent records."""
    days = load.days / count + RECENT_DAYS
    return load.articles * days * ALERTED * COPIED["alerted"]


def extractor_bytes(load: Load, count: int) -> float:
    """Return the size of the copies in each of so many extractors: of their partitions."""
    return load.articles * RAW_DAYS / count * COPIED["articles.full"]


def enricher_bytes(load: Load, count: int) -> float:
    """Return the size of the copies in each of so many enrichers: its partitions, the window."""
    days = STORY_DAYS / count + WINDOW_DAYS
    return load.articles * days * COPIED["story-members"]


def tables() -> Iterator[str]:
    """Yield the lines of both tables."""
    heads = [
        f"{one.articles:,} articles a day, {one.subscriptions:,} subscriptions" for one in CASES
    ]
    yield f"| processors in the busiest hour | {' | '.join(heads)} |"
    yield "| --- | --- | --- | --- |"
    yield _row("articles a second then", [f"{one.peak:.1f}" for one in CASES])
    needed = [processors(one) for one in CASES]
    for name in needed[0]:
        yield _row(name, [f"{one[name]:.2f}" for one in needed])
    yield _row("all", [f"{sum(one.values()):.1f}" for one in needed])
    yield ""
    yield f"| memory and disk | {' | '.join(f'the same, kept {one.days} days' for one in CASES)} |"
    yield "| --- | --- | --- | --- |"
    memory = [one.subscriptions * SUBSCRIPTION_BYTES for one in CASES]
    yield _row("subscriptions in the memory of each alerter", [_size(one) for one in memory])
    stored = [kafka_bytes(one) for one in CASES]
    for name in stored[0]:
        yield _row(f"Kafka, one copy: {name}", [_size(one[name]) for one in stored])
    yield _row("Kafka, three copies of all", [_size(3 * sum(one.values())) for one in stored])
    for count, words in COUNTS.items():
        copies = [notifier_bytes(one, count) for one in CASES]
        yield _row(
            f"alerts and deliveries in {words.format('notifier')}", [_size(one) for one in copies]
        )
    for count, words in COUNTS.items():
        copies = [alerter_bytes(one, count) for one in CASES]
        yield _row(f"`alerted` in {words.format('alerter')}", [_size(one) for one in copies])
    for count, words in COUNTS.items():
        copies = [extractor_bytes(one, count) for one in CASES]
        yield _row(
            f"`articles.full` in {words.format('extractor')}", [_size(one) for one in copies]
        )
    for count, words in COUNTS.items():
        copies = [enricher_bytes(one, count) for one in CASES]
        yield _row(f"`story-members` in {words.format('enricher')}", [_size(one) for one in copies])
    index = [one.articles * one.days * INDEX_BYTES for one in CASES]
    yield _row("Elasticsearch, one copy (estimate)", [_size(one) for one in index])
    shards = [ceil(one.articles * 31 * INDEX_BYTES / SHARD_BYTES) for one in CASES]
    yield _row("shards of a month", [str(one) for one in shards])


def _row(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _size(count: float) -> str:
    """Return bytes with two digits, in a unit that people read."""
    for unit, size in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if count >= size:
            value = count / size
            return f"{value:.0f} {unit}" if value >= 10 else f"{value:.1f} {unit}"
    return f"{count:.0f} B"


if __name__ == "__main__":
    sys.stdout.write("\n".join(tables()) + "\n")
