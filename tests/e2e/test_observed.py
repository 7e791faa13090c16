"""The distributed runtime as operators see it.

Services that say when they are ready, and a trace through all of them.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from opentelemetry.proto.trace.v1.trace_pb2 import Span
from prometheus_client.parser import text_string_to_metric_families

from tests.e2e.program import Running, command
from tests.e2e.servers import Document, Site, rss, serve
from tests.e2e.test_distributed import FAST, FLOOD, SERVICES
from tests.services import get, own_settings, port_of, running_services
from tests.unit.observe.support import Collected, collector


def value(port: int, name: str, **labels: str) -> float | None:
    for family in text_string_to_metric_families(get(port, "/metrics")[1].decode()):
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return sample.value
    return None


def spans(collected: Collected) -> dict[str, list[tuple[str, Span]]]:
    """Return every span with its service, by trace."""
    found: dict[str, list[tuple[str, Span]]] = {}
    for request in list(collected.requests):
        for resource in request.resource_spans:
            attributes: Mapping[str, str] = {
                one.key: one.value.string_value for one in resource.resource.attributes
            }
            for scope in resource.scope_spans:
                for span in scope.spans:
                    found.setdefault(span.trace_id.hex(), []).append(
                        (attributes["service.name"], span)
                    )
    return found


def way(trace: list[tuple[str, Span]]) -> list[str]:
    """Follow a trace back from its last span, by the ids of parents."""
    by_id = {span.span_id: (service, span) for service, span in trace}
    here = next((one for one in trace if one[1].name == "dispatcher"), None)
    passed = []
    while here is not None:
        passed.append(f"{here[0].removeprefix('pantau-')} {here[1].name}")
        here = by_id.get(here[1].parent_span_id)
    return passed


def test_services_say_how_they_are_and_an_article_is_traced_through_all(
    kafka_address: str, elastic_url: str, tmp_path: Path
) -> None:
    with collector() as collected, serve(Site({"/feed.xml": Document(rss([]))})) as site:
        settings = own_settings(
            kafka_address,
            elastic_url,
            PANTAU_OBSERVE__PORT="0",
            PANTAU_OBSERVE__OTLP_ENDPOINT=collected.url,
            PANTAU_EXTRACT__GIVE_UP_SECONDS="1",  # its page is on a host that does not exist
            **FAST,
        )
        with running_services(tmp_path, settings, *SERVICES) as running:
            ports = {name: port_of(service) for name, service in running.items()}
            # They wait for the setup, and say so.
            alerter = running["alerter"]
            alerter.wait_for(lambda: b"pantau setup" in get(ports["alerter"], "/readyz")[1])
            assert get(ports["alerter"], "/readyz")[0] == 503
            assert get(ports["alerter"], "/livez")[0] == 200

            desk = tmp_path / "desk"
            command(desk, "setup", "--wait", "60", settings=settings)
            for name, service in running.items():
                service.wait_for(lambda port=ports[name]: get(port, "/readyz")[0] == 200)  # type: ignore[misc]  # a default binds the loop's value
            command(desk, "feeds", "add", "--no-check", site.url("/feed.xml"), settings=settings)
            hook = f"webhook:{site.url('/hook')}"
            command(desk, "subscribe", "banjir", "--id", "flood", "--to", hook, settings=settings)
            running["poller"].wait_for(lambda: sum(site.unchanged.values()) > 0)
            site.documents["/feed.xml"] = Document(rss([FLOOD]))
            running["notifier"].wait_for(lambda: len(site.posts) == 1)

            for name in ("extractor", "enricher", "alerter", "indexer", "notifier"):
                running[name].wait_for(
                    lambda n=name: value(ports[n], "pantau_records_processed_total", stage=n) == 1  # type: ignore[misc]  # as above
                )
                running[name].wait_for(
                    lambda n=name: value(ports[n], "pantau_consumer_lag", stage=n) == 0  # type: ignore[misc]  # as above
                )
            assert value(ports["poller"], "pantau_articles_total", kind="new") == 1
            assert value(ports["poller"], "pantau_feeds", status="ok") == 1
            delivered = {"channel": "webhook", "outcome": "delivered"}
            running["notifier"].wait_for(
                lambda: value(ports["notifier"], "pantau_deliveries_total", **delivered) == 1
            )
            assert value(ports["notifier"], "pantau_alert_latency_seconds_count") == 1

            def whole() -> list[list[tuple[str, Span]]]:
                return [trace for trace in spans(collected).values() if len(way(trace)) == 6]

            running["notifier"].wait_for(lambda: bool(whole()))
            (trace,) = whole()
            assert way(trace) == [
                "notifier dispatcher",
                "notifier notifier",
                "alerter alerter",
                "enricher enricher",
                "extractor extractor",
                "poller poller",
            ]
            running["indexer"].wait_for(
                lambda: (
                    "indexer"
                    in {span.name for _, span in spans(collected)[trace[0][1].trace_id.hex()]}
                )
            )
    # The webhook tells the receiver nothing that the service keeps to itself.
    assert "flood" in json.loads(site.posts[0][1])["data"]["subscription"]["id"]


def test_all_on_one_machine_says_how_it_is_too(tmp_path: Path) -> None:
    with serve(Site({"/feed.xml": Document(rss([FLOOD]))})) as site:
        command(tmp_path, "feeds", "add", "--no-check", site.url("/feed.xml"))
        running = Running(tmp_path, PANTAU_OBSERVE__PORT="0")
        try:
            port = port_of(running)
            running.wait_for(lambda: get(port, "/readyz")[0] == 200)
            running.wait_for(
                lambda: value(port, "pantau_records_processed_total", stage="indexer") == 1
            )
            assert value(port, "pantau_consumer_lag", stage="indexer") == 0
            # It may work in a process of its own.
            running.wait_for(
                lambda: value(port, "pantau_records_processed_total", stage="alerter") == 1
            )
            assert value(port, "pantau_consumer_lag", stage="alerter") == 0
            assert value(port, "pantau_feeds", status="ok") == 1
            assert get(port, "/livez")[0] == 200
        finally:
            assert running.stop() == 0
