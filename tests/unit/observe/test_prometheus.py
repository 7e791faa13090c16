from typing import Any, get_args

import pytest
from prometheus_client.parser import text_string_to_metric_families

from pantau.errors import RetryError
from pantau.notifier.telemetry import channel_kind
from pantau.observe.prometheus import PrometheusMetrics
from pantau.observe.signals import POLL_OUTCOMES, Batch
from pantau.poller.telemetry import _NAMES
from pantau_schemas.events.alert import Delivery
from pantau_schemas.events.subscription import Channel
from tests.support import START


def samples(metrics: PrometheusMetrics) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Read what /metrics says, by Prometheus' own parser."""
    found = {}
    for family in text_string_to_metric_families(metrics.text().decode()):
        for sample in family.samples:
            found[sample.name, tuple(sorted(sample.labels.items()))] = sample.value
    return found


def value(metrics: PrometheusMetrics, name: str, **labels: str) -> float | None:
    return samples(metrics).get((name, tuple(sorted(labels.items()))))


@pytest.fixture
def metrics() -> PrometheusMetrics:
    return PrometheusMetrics("test")


def batch(**changes: Any) -> Batch:
    fields: dict[str, Any] = {
        "stage": "alerter",
        "processed": 10,
        "rejected": 1,
        "refused": 0,
        "produced": {"alerts": 3, "dead-letters": 1},
        "seconds": 0.02,
        "ages": [0.2, 3.0, -1.0],
    }
    return Batch(**(fields | changes))


def test_a_batch_is_counted_by_stage_and_topic(metrics: PrometheusMetrics) -> None:
    metrics.batch(batch())
    metrics.batch(batch(processed=5, rejected=0, refused=2, produced={"alerts": 1}, ages=[], cut=3))
    assert value(metrics, "pantau_records_processed_total", stage="alerter") == 15
    assert value(metrics, "pantau_records_rejected_total", stage="alerter") == 1
    assert value(metrics, "pantau_index_rejections_total", stage="alerter") == 2
    assert value(metrics, "pantau_articles_cut_total") == 3
    assert value(metrics, "pantau_records_produced_total", stage="alerter", topic="alerts") == 4
    assert (
        value(metrics, "pantau_records_produced_total", stage="alerter", topic="dead-letters") == 1
    )
    assert value(metrics, "pantau_batch_duration_seconds_count", stage="alerter") == 2
    assert value(metrics, "pantau_stage_latency_seconds_count", stage="alerter") == 3
    assert value(metrics, "pantau_stage_latency_seconds_sum", stage="alerter") == pytest.approx(3.2)
    assert value(metrics, "pantau_stage_latency_seconds_bucket", stage="alerter", le="0.25") == 2


def test_a_wait_is_counted_by_the_class_of_its_cause(metrics: PrometheusMetrics) -> None:
    error = RetryError("broker 127.0.0.1:1234 does not answer")
    error.__cause__ = ConnectionRefusedError("127.0.0.1:1234")
    metrics.retried("pipeline", error)
    metrics.retried("pipeline", RetryError("another text"))
    metrics.retried("pipeline", RetryError("and another"))
    assert (
        value(metrics, "pantau_retries_total", part="pipeline", reason="ConnectionRefusedError")
        == 1
    )
    assert value(metrics, "pantau_retries_total", part="pipeline", reason="RetryError") == 2


def test_polls_articles_and_deliveries(metrics: PrometheusMetrics) -> None:
    metrics.polled("fetched", 0.2, new=3, changed=1)
    metrics.polled("not_modified", 0.1)
    metrics.tried("webhook", "delivered")
    metrics.alerted(0.4)
    assert value(metrics, "pantau_polls_total", outcome="fetched") == 1
    assert value(metrics, "pantau_articles_total", kind="new") == 3
    assert value(metrics, "pantau_articles_total", kind="changed") == 1
    assert value(metrics, "pantau_poll_duration_seconds_count") == 2
    assert value(metrics, "pantau_deliveries_total", channel="webhook", outcome="delivered") == 1
    assert value(metrics, "pantau_alert_latency_seconds_bucket", le="0.5") == 1


def test_lag_and_feeds_are_read_at_every_look(metrics: PrometheusMetrics) -> None:
    waiting = [7.0]
    metrics.lag("enricher", lambda: waiting[-1])
    metrics.feeds(lambda: {"ok": 3, "error": 1})
    assert value(metrics, "pantau_consumer_lag", stage="enricher") == 7
    waiting.append(0)
    assert value(metrics, "pantau_consumer_lag", stage="enricher") == 0
    assert value(metrics, "pantau_feeds", status="error") == 1


def test_free_space_is_one_number_without_a_label(metrics: PrometheusMetrics) -> None:
    assert "\npantau_data_free_bytes " not in metrics.text().decode()  # of no data folder
    metrics.free_space(lambda: 3_000_000_000)
    assert "\npantau_data_free_bytes 3e+09\n" in metrics.text().decode()
    assert value(metrics, "pantau_data_free_bytes") == 3_000_000_000


def test_a_number_that_cannot_be_read_is_left_out_and_the_others_stand(
    metrics: PrometheusMetrics,
) -> None:
    def broken() -> float:
        message = "no broker"
        raise RetryError(message)

    metrics.lag("enricher", broken)
    metrics.lag("indexer", lambda: 2)
    assert value(metrics, "pantau_consumer_lag", stage="enricher") is None
    assert value(metrics, "pantau_consumer_lag", stage="indexer") == 2


def test_every_program_has_a_registry_of_its_own(metrics: PrometheusMetrics) -> None:
    other = PrometheusMetrics("other")
    metrics.tried("email", "failed")
    assert value(metrics, "pantau_deliveries_total", channel="email", outcome="failed") == 1
    assert value(other, "pantau_deliveries_total", channel="email", outcome="failed") == 0
    assert [name for name, labels in samples(other) if ("service", "other") in labels] == [
        "pantau_build_info"
    ]


def test_the_first_failure_is_a_rise(metrics: PrometheusMetrics) -> None:
    """Prometheus reads a counter that appears with 1 as one that never rose."""
    for channel in get_args(Channel)[0].__args__:
        kind = channel.model_fields["kind"].default
        assert value(metrics, "pantau_deliveries_total", channel=kind, outcome="failed") == 0
        delivery = Delivery(
            delivery_id="d",
            alert_id="a",
            subscription_id="s",
            channel_id="c",
            channel=kind if kind == "terminal" else f"{kind}:x",
            created=START,
            updated=START,
        )
        assert channel_kind(delivery.channel) == kind
    assert set(_NAMES.values()) == set(POLL_OUTCOMES)
    assert value(metrics, "pantau_polls_total", outcome="failed") == 0
