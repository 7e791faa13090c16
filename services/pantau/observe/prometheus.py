"""Metrics for Prometheus.

Every program has a registry of its own; nothing is registered globally. Names follow Prometheus'
conventions: the prefix `pantau_`, base units, `_total` for counters. Labels come from closed sets
(see `pantau.observe.signals`), so the number of series is bounded by the code.
"""

import platform
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from pantau import __version__
from pantau.common.channels.kinds import CHANNEL_NAMES
from pantau.errors import RetryError
from pantau.observe.signals import PAGE_OUTCOMES, POLL_OUTCOMES, PUSH_OUTCOMES, AgeOf, Batch
from pantau_schemas.events.alert import DeliveryStatus
from pantau_schemas.topics import TOPICS

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
"""The text format that every Prometheus version reads."""
WORK_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Buckets for short operations: a batch, a poll."""
WAY_SECONDS: Final = (
    0.05,
    0.1,
    0.25,
    0.5,
    1.0,
    2.5,
    5.0,
    10.0,
    30.0,
    60.0,
    300.0,
    1_800.0,
    7_200.0,
    86_400.0,
)
"""Buckets for durations that include waiting: an article's way through the pipeline."""


_AGES: Final[Mapping[AgeOf, tuple[str, str, str]]] = {
    "record": (
        "pantau_oldest_record_seconds",
        "Since the oldest record was written that a stage has fetched and not done.",
        "stage",
    ),
    "delivery": (
        "pantau_oldest_delivery_seconds",
        "Since the oldest delivery was planned that is to be sent; without those on hold.",
        "channel",
    ),
    "feed": (
        "pantau_feed_overdue_seconds",
        "Since the feed was due that waits longest for its poll.",
        "part",
    ),
}
"""Name, meaning and label of each gauge of an age."""


class _Read(Collector):
    """Gauges that are read at scrape time.

    A gauge that cannot be read is left out; the others are exported.
    """

    def __init__(self, name: str, meaning: str, label: str | None) -> None:
        self._name = name
        self._meaning = meaning
        self._labelnames = () if label is None else (label,)
        self.sources: dict[str, Callable[[], Mapping[str, float]]] = {}

    def collect(self) -> Iterable[Metric]:
        family = self._family()
        for read in list(self.sources.values()):
            try:
                values = dict(read())
            except Exception:  # noqa: BLE001, S112 (whatever the reader met, the other numbers are still wanted)
                continue
            for value, number in values.items():
                family.add_metric([value][: len(self._labelnames)], number)
        yield family

    def describe(self) -> Iterable[Metric]:
        return [self._family()]

    def _family(self) -> GaugeMetricFamily:
        return GaugeMetricFamily(self._name, self._meaning, labels=self._labelnames)


class PrometheusMetrics:
    """Counts what the program reports, in a registry of its own."""

    def __init__(self, service: str) -> None:
        self.registry = CollectorRegistry(auto_describe=True)
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._stages()
        self._ends()
        info = Gauge(
            "pantau_build_info",
            "What runs here; always 1.",
            ["service", "version", "python"],
            registry=self.registry,
        )
        info.labels(service, __version__, platform.python_version()).set(1)

    def _stages(self) -> None:
        self._processed = self._counter(
            "pantau_records_processed", "Records that a stage is done with.", "stage"
        )
        self._rejected = self._counter(
            "pantau_records_rejected", "Records that a stage made dead letters of.", "stage"
        )
        self._produced = self._counter(
            "pantau_records_produced", "Records that a stage wrote.", "stage", "topic"
        )
        self._refused = self._counter(
            "pantau_index_rejections", "Articles that the search index refused.", "stage"
        )
        self._cut = self._counter(
            "pantau_articles_cut", "Articles whose enrichment took too long and was cut off."
        )
        self._batches = self._histogram(
            "pantau_batch_duration_seconds",
            "From taking up a batch to written.",
            WORK_SECONDS,
            "stage",
        )
        self._ages = self._histogram(
            "pantau_stage_latency_seconds",
            "From an event's own time to done by the stage.",
            WAY_SECONDS,
            "stage",
        )
        self._ticks = self._counter(
            "pantau_ticks", "Ticks of stages that have work at certain times.", "stage", "outcome"
        )
        self._tick_seconds = self._histogram(
            "pantau_tick_duration_seconds",
            "From the begin of a tick to written.",
            WORK_SECONDS,
            "stage",
        )
        self._retries = self._counter(
            "pantau_retries", "Waits for a dependency, by the class of the error.", "part", "reason"
        )
        self._lost = self._counter(
            "pantau_records_lost",
            "Records that were removed from their topic before a stage read them.",
            "stage",
        )
        self._skipped = self._counter(
            "pantau_records_skipped",
            "Records of tables that cannot be used and are left out.",
            "topic",
        )
        self._lag = _Read("pantau_consumer_lag", "Records that wait for a stage.", "stage")
        self.registry.register(self._lag)

    def _ends(self) -> None:
        self._polls = self._counter("pantau_polls", "Polls of feeds.", "outcome")
        self._poll_seconds = self._histogram(
            "pantau_poll_duration_seconds",
            "From asking for a feed to its articles written.",
            WORK_SECONDS,
        )
        self._pages = self._counter(
            "pantau_pages", "Pages of articles, by what they came to.", "outcome"
        )
        self._articles = self._counter("pantau_articles", "Articles that feeds gave.", "kind")
        self._pushes = self._counter(
            "pantau_websub_deliveries", "Documents that hubs delivered.", "outcome"
        )
        self._feeds = _Read("pantau_feeds", "Feeds of this poller by their last poll.", "status")
        self.registry.register(self._feeds)
        self._ready = _Read("pantau_ready", "1 for a part that is ready, else 0.", "part")
        self.registry.register(self._ready)
        self._free = _Read("pantau_data_free_bytes", "Free on the disk of the data folder.", None)
        self.registry.register(self._free)
        self._ages_of = {what: _Read(*texts) for what, texts in _AGES.items()}
        for one in self._ages_of.values():
            self.registry.register(one)
        self._deliveries = self._counter(
            "pantau_deliveries", "What became of deliveries in a try.", "channel", "outcome"
        )
        self._alerts = self._histogram(
            "pantau_alert_latency_seconds",
            "From an article's first sight to its alert delivered.",
            WAY_SECONDS,
        )

        self._begin_at_zero()

    def _begin_at_zero(self) -> None:
        """Initialise counters to zero.

        Prometheus does not see the first increment of a series that did not exist.
        """
        for outcome in POLL_OUTCOMES:
            self._polls.labels(outcome)
        for outcome in PAGE_OUTCOMES:
            self._pages.labels(outcome)
        for outcome in PUSH_OUTCOMES:
            self._pushes.labels(outcome)
        for kind in ("new", "changed"):
            self._articles.labels(kind)
        for topic in TOPICS.values():
            if topic.compacted:
                self._skipped.labels(topic.name)
        for channel in CHANNEL_NAMES:
            for status in DeliveryStatus:
                if status is not DeliveryStatus.PENDING:  # no attempt ends with this status
                    self._deliveries.labels(channel, status.value)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(name, meaning, labels, registry=self.registry)

    def _histogram(
        self, name: str, meaning: str, buckets: tuple[float, ...], *labels: str
    ) -> Histogram:
        return Histogram(name, meaning, labels, buckets=buckets, registry=self.registry)

    def batch(self, batch: Batch) -> None:
        """Count a batch; see `pantau.observe.signals.Metrics`, as for the other methods."""
        self._processed.labels(batch.stage).inc(batch.processed)
        self._rejected.labels(batch.stage).inc(batch.rejected)
        self._refused.labels(batch.stage).inc(batch.refused)
        self._cut.inc(batch.cut)
        for topic, number in batch.produced.items():
            self._produced.labels(batch.stage, topic).inc(number)
        self._batches.labels(batch.stage).observe(batch.seconds)
        ages = self._ages.labels(batch.stage)
        for seconds in batch.ages:
            ages.observe(max(0.0, seconds))

    def ticked(self, stage: str, outcome: str, produced: Mapping[str, int], seconds: float) -> None:
        """Count a tick."""
        self._ticks.labels(stage, outcome).inc()
        if outcome == "done":
            self._tick_seconds.labels(stage).observe(max(0.0, seconds))
        for topic, number in produced.items():
            self._produced.labels(stage, topic).inc(number)

    def retried(self, part: str, error: RetryError) -> None:
        """Count a wait; the reason is the class of the error's cause, if it has one."""
        self._retries.labels(part, type(error.__cause__ or error).__name__).inc()

    def polled(self, outcome: str, seconds: float, *, new: int = 0, changed: int = 0) -> None:
        """Count a poll."""
        self._polls.labels(outcome).inc()
        self._poll_seconds.observe(max(0.0, seconds))
        self.gave(new=new, changed=changed)

    def page(self, outcome: str) -> None:
        """Count the page of an article."""
        self._pages.labels(outcome).inc()

    def gave(self, *, new: int, changed: int) -> None:
        """Count articles."""
        self._articles.labels("new").inc(new)
        self._articles.labels("changed").inc(changed)

    def pushed(self, outcome: str) -> None:
        """Count a delivery of a hub."""
        self._pushes.labels(outcome).inc()

    def tried(self, channel: str, outcome: str, number: int = 1) -> None:
        """Count the result of a delivery attempt."""
        self._deliveries.labels(channel, outcome).inc(number)

    def alerted(self, seconds: float) -> None:
        """Record the latency of an alert."""
        self._alerts.observe(max(0.0, seconds))

    def skipped(self, topic: str) -> None:
        """Count a skipped record of a table."""
        self._skipped.labels(topic).inc()

    def lost(self, stage: str, number: int) -> None:
        """Count records that a stage never got."""
        self._lost.labels(stage).inc(number)

    def lag(self, stage: str, read: Callable[[], float]) -> None:
        """Read a stage's lag at every scrape.

        A second reader of the same stage replaces the first.
        """
        self._lag.sources[stage] = lambda: {stage: read()}
        for counter in (self._processed, self._rejected, self._refused, self._lost):
            counter.labels(stage)  # begins at zero, as in `_begin_at_zero`

    def ages(self, what: AgeOf, read: Callable[[], Mapping[str, float]]) -> None:
        """Read ages at every scrape."""
        self._ages_of[what].sources[what] = read

    def readiness(self, read: Callable[[], Mapping[str, float]]) -> None:
        """Read at every scrape which parts are ready: 1, or 0."""
        self._ready.sources["ready"] = read

    def feeds(self, read: Callable[[], Mapping[str, int]]) -> None:
        """Read the health of the feeds at every scrape."""
        self._feeds.sources["feeds"] = read

    def free_space(self, read: Callable[[], float]) -> None:
        """Read the free bytes of the data folder's disk at every scrape."""
        self._free.sources["folder"] = lambda: {"": read()}

    def text(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        return generate_latest(self.registry)
