"""The chart refuses values that cannot work, and its README explains those it takes."""

import copy
from collections.abc import Mapping
from typing import Any

import pytest
from jsonschema.validators import validator_for

from pantau.settings import ElasticSettings, KafkaSettings, SmtpSettings
from scripts.manifests import CHART
from tests.unit.deploy.charts import CASES, values, values_schema

SCHEMA = values_schema()
VALIDATOR = validator_for(SCHEMA)(SCHEMA)
GOOD = values("strimzi-eck")


def merged(base: Any, over: Any) -> Any:
    """Merge values as Helm does: tables by key, everything else replaced."""
    if not isinstance(base, Mapping) or not isinstance(over, Mapping):
        return copy.deepcopy(over)
    return {**base, **{name: merged(base.get(name), one) for name, one in over.items()}}


def faults(given: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(merged(values(), given))]


def test_the_schema_is_a_schema() -> None:
    validator_for(SCHEMA).check_schema(SCHEMA)


@pytest.mark.parametrize("case", CASES)
def test_the_cases_are_valid(case: str) -> None:
    assert faults(values(case)) == []


def test_servers_must_be_named() -> None:
    """The chart's own values name none, so an installation without any fails at once."""
    assert len(faults({})) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"kafka": {"server": ["a:1"]}},
        {"kafka": {"servers": []}},
        {"kafka": {"servers": ["kafka"]}},
        {"kafka": {"servers": "kafka:9092"}},
        {"kafka": {"security": "ssl"}},
        {"kafka": {"saslMechanism": "GSSAPI"}},
        {"kafka": {"prefix": "a b"}},
        {"kafka": {"replication": 0}},
        {"kafka": {"password": "rahasia"}},
        {"kafka": {"passwordSecret": {"key": "password", "value": "rahasia"}}},
        {"kafka": {"certSecret": {"name": "Upper"}}},
        {"kafka": {"tokenUrl": "login.example"}},
        {"kafka": {"serviceAccountToken": {"enabled": True, "expirationSeconds": 60}}},
        {"elasticsearch": {"urls": ["elasticsearch:9200"]}},
        {"elasticsearch": {"urls": ["http://elasticsearch"]}},
        {"elasticsearch": {"urls": ["http://u:rahasia@elasticsearch:9200"]}},
        {"elasticsearch": {"apiKey": "rahasia"}},
        {"elasticsearch": {"replicas": -1}},
        {"smtp": {"password": "rahasia"}},
        {"smtp": {"security": "ssl"}},
        {"smtp": {"port": 0}},
        {"services": {"enrichment": {}}},
        {"services": {"poller": {"replicas": "two"}}},
        {"services": {"poller": {"autoscaling": {"kind": "vpa"}}}},
        {"services": {"poller": {"storage": {"size": "ten"}}}},
        {"defaults": {"autoscaling": {"lagThreshold": 0}}},
        {"defaults": {"image": "other"}},
        {"dictionaries": {"names.txt": "a"}},
        {"dictionaries": {"../names.yaml": "a"}},
        {"logLevel": "info"},
        {"networkPolicy": {"kafka": {"ports": []}}},
        {"networkPolicies": {"enabled": False}},
        {"monitoring": {"serviceMonitor": {"interval": "soon"}}},
        {"setup": {"kibanaUrl": "kibana:5601"}},
    ],
    ids=str,
)
def test_values_that_cannot_work_are_refused(wrong: Any) -> None:
    assert faults(merged(GOOD, wrong))


def test_the_choices_are_those_of_the_settings() -> None:
    def choices(section: Any, name: str) -> set[str]:
        (pattern,) = [one.pattern for one in section.model_fields[name].metadata if one.pattern]
        return set(pattern.strip("^()$").split("|"))

    kafka = SCHEMA["properties"]["kafka"]["properties"]
    assert set(kafka["security"]["enum"]) == choices(KafkaSettings, "security")
    assert set(kafka["saslMechanism"]["enum"]) == choices(KafkaSettings, "sasl_mechanism")
    smtp = SCHEMA["properties"]["smtp"]["properties"]
    assert set(smtp["security"]["enum"]) == choices(SmtpSettings, "security")
    for section, model in (("kafka", KafkaSettings), ("elasticsearch", ElasticSettings)):
        (pattern,) = [one.pattern for one in model.model_fields["prefix"].metadata]
        assert SCHEMA["properties"][section]["properties"]["prefix"]["pattern"] == pattern


def test_every_value_is_in_the_schema_and_every_section_in_the_readme() -> None:
    readme = (CHART / "README.md").read_text(encoding="utf-8")
    for name in values():
        assert name in SCHEMA["properties"]
        assert f"`{name}" in readme, name
