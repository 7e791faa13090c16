"""Every dashboard fits on the screen, and the one of the servers names what exporters offer."""

import json
import re
from typing import Any

import pytest

from scripts.rules import DASHBOARDS
from tests.unit.deploy.composed import read

BOARDS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in DASHBOARDS}
OFFERED = {
    # https://github.com/danielqsj/kafka_exporter#metrics
    "kafka_brokers",
    "kafka_consumergroup_lag",
    "kafka_topic_partition_current_offset",
    "kafka_topic_partition_under_replicated_partition",
    # https://github.com/prometheus-community/elasticsearch_exporter#metrics
    "elasticsearch_cluster_health_status",
    "elasticsearch_cluster_health_unassigned_shards",
    "elasticsearch_filesystem_data_available_bytes",
    "elasticsearch_filesystem_data_size_bytes",
    "elasticsearch_indices_indexing_index_total",
    "elasticsearch_indices_search_query_time_seconds",
    "elasticsearch_indices_search_query_total",
    "elasticsearch_jvm_memory_max_bytes",
    "elasticsearch_jvm_memory_used_bytes",
    "elasticsearch_thread_pool_rejected_count",
    # https://github.com/prometheus/node_exporter
    "node_cpu_seconds_total",
    "node_disk_io_time_seconds_total",
    "node_filesystem_avail_bytes",
    "node_filesystem_size_bytes",
    "node_memory_MemAvailable_bytes",
    "node_memory_MemTotal_bytes",
}
METRIC = re.compile(r"\b(?:kafka|elasticsearch|node)_\w+")


def expressions(board: Any) -> list[str]:
    return [target["expr"] for panel in board["panels"] for target in panel["targets"]]


@pytest.mark.parametrize("name", BOARDS)
def test_panels_lie_side_by_side(name: str) -> None:
    taken: set[tuple[int, int]] = set()
    for panel in BOARDS[name]["panels"]:
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24
        columns, rows = range(at["x"], at["x"] + at["w"]), range(at["y"], at["y"] + at["h"])
        cells = {(x, y) for x in columns for y in rows}
        assert not cells & taken, panel["title"]
        taken |= cells


@pytest.mark.parametrize("name", BOARDS)
def test_identifiers_differ_and_the_source_is_the_provisioned_one(name: str) -> None:
    panels = BOARDS[name]["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    (source,) = read("deploy/grafana/provisioning/datasources/prometheus.yml")["datasources"]
    used = {target["datasource"]["uid"] for panel in panels for target in panel["targets"]}
    assert used == {source["uid"]}
    assert len({board["uid"] for board in BOARDS.values()}) == len(BOARDS)


def test_the_servers_show_what_their_exporters_offer() -> None:
    named = {one for text in expressions(BOARDS["servers"]) for one in METRIC.findall(text)}
    assert named == OFFERED


def test_there_are_panels_for_kafka_elasticsearch_and_hosts() -> None:
    texts = expressions(BOARDS["servers"])
    for prefix in ("kafka_", "elasticsearch_", "node_"):
        assert sum(prefix in text for text in texts) >= 4, prefix


def test_the_objective_is_on_the_dashboard() -> None:
    (panel,) = [one for one in BOARDS["pantau"]["panels"] if "objective" in one["title"]]
    assert all('le="60.0"' in target["expr"] for target in panel["targets"])
    assert any("[30d]" in target["expr"] for target in panel["targets"])
