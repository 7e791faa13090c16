"""Prometheus scrapes the services, and dashboards and rules name existing metrics."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from prometheus_client.metrics_core import Metric

from pantau.bootstrap.distributed import CONSOLE
from pantau.observe.prometheus import PrometheusMetrics
from tests.unit.deploy.composed import OWN, ROOT, RUNNING, SERVICES, read

OF_PROMETHEUS = {"up"}
"""Metrics that Prometheus itself makes for each target."""
OF_THE_PROCESS = {"process_resident_memory_bytes", "process_cpu_seconds_total"}
"""Metrics of prometheus-client's own collectors, where the system has /proc."""
FUNCTIONS = {
    *("sum", "by", "rate", "increase", "count", "absent", "histogram_quantile", "and", "or", "le"),
    *("min", "max", "min_over_time", "unless", "offset", "on"),
}
LABELS_OF_TARGETS = {"job", "service", "instance"}
DASHBOARD = json.loads((ROOT / "deploy/grafana/dashboards/pantau.json").read_text(encoding="utf-8"))
RULES = [
    rule for group in read("deploy/prometheus/alerts.yml")["groups"] for rule in group["rules"]
]


def families() -> dict[str, Metric]:
    return {family.name: family for family in PrometheusMetrics("test").registry.collect()}


SERIES = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
"""By the type of a metric, what is added to its name where it is read."""


def shown() -> dict[str, set[str]]:
    """Return every series of ours that the program can show, with its labels."""
    metrics = PrometheusMetrics("test")
    found: dict[str, set[str]] = {}
    for collector in metrics.registry._collector_to_names:
        labels = set(getattr(collector, "_labelnames", ()) or [getattr(collector, "_label", "")])
        for family in collector.collect():
            if family.name.startswith("pantau_"):
                for ending in SERIES[family.type]:
                    found[family.name + ending] = labels | (
                        {"le"} if ending == "_bucket" else set()
                    )
    return found


def expressions() -> Iterator[tuple[str, str]]:
    for panel in DASHBOARD["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"]
    for rule in RULES:
        yield rule["alert"], rule["expr"]


EXPRESSIONS = list(expressions())


def named(expression: str) -> set[str]:
    """Return the metrics that an expression names."""
    bare = re.sub(r"\{[^}]*\}|\"[^\"]*\"|\[[^\]]*\]|(?:by|on) \([^)]*\)|offset \w+", "", expression)
    return {name for name in re.findall(r"[a-z_][a-z0-9_]*", bare) if name not in FUNCTIONS}


def test_prometheus_scrapes_exactly_the_services_that_run() -> None:
    configuration = read("deploy/prometheus/prometheus.yml")
    (job,) = configuration["scrape_configs"]
    (found,) = job["dns_sd_configs"]
    assert set(found["names"]) == RUNNING.keys()
    assert {str(found["port"])} == {
        one["environment"]["PANTAU_OBSERVE__PORT"] for one in OWN.values()
    }
    assert "metrics_path" not in job  # /metrics
    assert [
        (ROOT / "deploy/prometheus" / name).is_file() for name in configuration["rule_files"]
    ] == [True]


@pytest.mark.parametrize(
    ("where", "expression"), EXPRESSIONS, ids=[where for where, _ in EXPRESSIONS]
)
def test_every_metric_that_is_named_is_shown_by_the_program(where: str, expression: str) -> None:
    known = shown()
    metrics = named(expression)
    assert metrics, where
    for metric in metrics - OF_PROMETHEUS - OF_THE_PROCESS:
        assert metric in known, metric
    labels = {
        name
        for part in re.findall(r"(?:by|on) \(([^)]*)\)", expression)
        for name in part.split(", ")
    }
    labels |= set(re.findall(r"(\w+)=\"", expression))
    allowed = set().union(*(known.get(metric, set()) for metric in metrics)) | LABELS_OF_TARGETS
    assert labels <= allowed


@pytest.mark.parametrize(
    ("where", "expression"), EXPRESSIONS, ids=[where for where, _ in EXPRESSIONS]
)
def test_brackets_are_closed_and_counters_are_read_as_rates(where: str, expression: str) -> None:
    assert all(expression.count(a) == expression.count(b) for a, b in ("()", "[]", "{}")), where
    # A series that is new since a while has its whole value as its increase.
    fresh = re.compile(r"(\w+_total)(\{[^}]*\})? unless \1(\{[^}]*\})? offset \d+[mh]")
    expression = fresh.sub("", expression).replace(
        "sum by (topic) (pantau_records_skipped_total)", ""
    )
    for counter in re.findall(r"\w+_(?:total|bucket)\b", expression):
        assert re.search(rf"(rate|increase)\({counter}(\{{[^}}]*\}})?\[\d+[mhd]\]\)", expression), (
            counter
        )


def test_every_metric_of_ours_is_on_the_dashboard() -> None:
    on_it = set().union(*(named(expression) for _, expression in EXPRESSIONS))
    ours = {name for name in families() if name.startswith("pantau_")}
    assert ours == {
        re.sub(r"_(total|bucket)$", "", name) for name in on_it if name.startswith("pantau_")
    }


def test_names_follow_the_conventions() -> None:
    for name, family in families().items():
        if name.startswith("pantau_"):
            assert family.documentation.endswith("."), name
            assert family.type != "histogram" or name.endswith("_seconds"), name
            assert not name.endswith("_total"), name  # added by the library, once


def test_rules_say_what_to_do() -> None:
    for rule in RULES:
        assert re.fullmatch(r"Pantau[A-Za-z]+", rule["alert"])
        assert rule["labels"]["severity"] in {"warning", "critical"}
        assert rule["annotations"]["summary"]
        used = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
        assert all(
            re.search(rf"\b{label}\b", rule["expr"]) or label in LABELS_OF_TARGETS for label in used
        )


def test_a_service_without_instances_is_noticed() -> None:
    (rule,) = [rule for rule in RULES if rule["alert"] == "PantauServiceMissing"]
    stages = RUNNING.keys() - {CONSOLE}  # no article waits for it
    assert f'service!="{CONSOLE}"' in rule["expr"]
    assert f"< {len(stages)} or absent" in rule["expr"]


class TestGrafana:
    def test_the_panels_do_not_overlap(self) -> None:
        taken: set[tuple[int, int]] = set()
        for panel in DASHBOARD["panels"]:
            at = panel["gridPos"]
            cells = {
                (x, y)
                for x in range(at["x"], at["x"] + at["w"])
                for y in range(at["y"], at["y"] + at["h"])
            }
            assert max(x for x, _ in cells) < 24  # the width of Grafana's grid
            assert not cells & taken, panel["title"]
            taken |= cells
        identifiers = [panel["id"] for panel in DASHBOARD["panels"]]
        assert len(set(identifiers)) == len(identifiers)

    def test_the_data_source_is_the_prometheus_of_the_compose_file(self) -> None:
        (source,) = read("deploy/grafana/provisioning/datasources/prometheus.yml")["datasources"]
        assert source["url"] == "http://prometheus:9090"
        uids = {panel["datasource"]["uid"] for panel in DASHBOARD["panels"]}
        uids |= {
            target["datasource"]["uid"]
            for panel in DASHBOARD["panels"]
            for target in panel["targets"]
        }
        assert uids == {source["uid"]}

    def test_the_files_are_where_grafana_is_told(self) -> None:
        (provider,) = read("deploy/grafana/provisioning/dashboards/pantau.yml")["providers"]
        mounts = dict(one.split(":")[:2][::-1] for one in SERVICES["grafana"]["volumes"])
        folder = mounts[provider["options"]["path"]]
        home = SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
        name = home.removeprefix(provider["options"]["path"] + "/")
        assert (ROOT / folder / name).is_file()

    def test_nobody_can_change_anything_and_there_is_no_password(self) -> None:
        environment: dict[str, Any] = SERVICES["grafana"]["environment"]
        assert environment["GF_AUTH_ANONYMOUS_ORG_ROLE"] == "Viewer"
        assert environment["GF_AUTH_DISABLE_LOGIN_FORM"] == "true"
        assert environment["GF_AUTH_BASIC_ENABLED"] == "false"
        assert environment["GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION"] == "true"
