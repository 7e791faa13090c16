"""Alertmanager's example sends each alert to whoever can do something about it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.unit.deploy.composed import read

CONFIGURATION = read("deploy/alertmanager/alertmanager.yml")
RULES = [
    rule for group in read("deploy/prometheus/alerts.yml")["groups"] for rule in group["rules"]
]
MATCHER = re.compile(r'(?P<label>\w+)(?P<how>=~|!~|!=|=)"(?P<value>[^"]*)"')
Labels = Mapping[str, str]


def matches(matchers: list[str], labels: Labels) -> bool:
    """Return whether labels meet all matchers, as Alertmanager reads them."""
    for text in matchers:
        found = MATCHER.fullmatch(text)
        assert found, text
        value = labels.get(found["label"], "")
        met = (
            re.fullmatch(found["value"], value) is not None
            if found["how"].endswith("~")
            else value == found["value"]
        )
        if met == found["how"].startswith("!"):
            return False
    return True


def receivers(labels: Labels, route: Any = CONFIGURATION["route"]) -> Iterator[str]:
    """Yield the receivers of an alert: of the deepest routes that match, in order."""
    told = False
    for inner in route.get("routes", ()):
        if matches(inner["matchers"], labels):
            told = True
            yield from receivers(labels, inner)
            if not inner.get("continue"):
                break
    if not told:
        yield route["receiver"]


def labels_of(rule: Any) -> dict[str, str]:
    return {"alertname": rule["alert"], **rule["labels"]}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_each_alert_reaches_those_it_concerns(rule: Any) -> None:
    told = list(receivers(labels_of(rule)))
    if rule["labels"]["audience"] == "subscribers":
        assert told == ["subscriptions"]
    elif rule["labels"]["severity"] == "critical":
        assert told == ["on-call", "operators"]
    else:
        assert told == ["operators"]


def test_what_concerns_nobody_else_comes_to_operators() -> None:
    assert list(receivers({"alertname": "Other"})) == ["operators"]


def test_nobody_is_called_at_night_for_a_channel_of_a_subscriber() -> None:
    (route,) = [
        one for one in CONFIGURATION["route"]["routes"] if one["receiver"] == "subscriptions"
    ]
    names = {one["name"] for one in CONFIGURATION["time_intervals"]}
    assert set(route["active_time_intervals"]) <= names
    assert route["active_time_intervals"]


def test_every_receiver_exists_and_is_used() -> None:
    routes = [CONFIGURATION["route"], *CONFIGURATION["route"]["routes"]]
    assert {one["receiver"] for one in routes} == {
        one["name"] for one in CONFIGURATION["receivers"]
    }


def test_no_secret_is_written_down() -> None:
    def walk(value: Any, path: str = "") -> Iterator[str]:
        if isinstance(value, Mapping):
            for name, inner in value.items():
                yield from walk(inner, f"{path}.{name}")
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner, path)
        else:
            yield path

    secret = re.compile(r"password|secret|token|credentials|_key|\.(slack_)?(api_)?url$")
    assert [one for one in walk(CONFIGURATION) if secret.search(one)] == [
        ".global.smtp_auth_password_file",
        ".receivers.pagerduty_configs.routing_key_file",
    ]


class TestInhibition:
    NAMES = frozenset(rule["alert"] for rule in RULES)

    def inhibited(self, source: Labels) -> set[str]:
        """Return the alerts that one silences, if they are of the indexer where that counts."""
        return {
            name
            for one in CONFIGURATION["inhibit_rules"]
            if matches(one["source_matchers"], source)
            for name in self.NAMES
            if matches(one["target_matchers"], {"alertname": name, "stage": "indexer"})
        }

    def test_sources_and_targets_are_rules(self) -> None:
        for one in CONFIGURATION["inhibit_rules"]:
            (source, *_) = one["source_matchers"]
            assert source.removeprefix('alertname="').removesuffix('"') in self.NAMES
            (target, *_) = one["target_matchers"]
            found = MATCHER.fullmatch(target)
            assert found
            for name in found["value"].split("|"):
                assert any(re.fullmatch(name, rule) for rule in self.NAMES), name

    def test_kafka_down_is_one_call(self) -> None:
        silenced = self.inhibited({"alertname": "PantauNotReady", "part": "kafka"})
        assert {"PantauNoPolls", "PantauStageStuck", "PantauLatencyBudgetBurnsFast"} <= silenced
        # What lasts beyond the outage, or concerns others, is still reported.
        assert not {"PantauRecordsLost", "PantauDeliveriesLate", "PantauServiceDown"} & silenced

    def test_elasticsearch_down_silences_the_indexer_alone(self) -> None:
        silenced = self.inhibited({"alertname": "PantauNotReady", "part": "elasticsearch"})
        assert silenced == {"PantauStageStuck", "PantauStageBehind", "PantauRecordsOld"}

    def test_no_alert_silences_itself(self) -> None:
        for name in self.NAMES:
            assert name not in self.inhibited({"alertname": name, "part": "kafka"})
