"""The runbook has a section for every alert rule, and none for others."""

import re

import yaml

from tests.docs.pages import DOCS, ROOT


def test_every_alert_rule_has_a_section() -> None:
    groups = yaml.safe_load(
        (ROOT / "deploy" / "prometheus" / "alerts.yml").read_text(encoding="utf-8")
    )["groups"]
    rules = [rule["alert"] for group in groups for rule in group["rules"]]
    text = (DOCS / "runbook.md").read_text(encoding="utf-8")
    assert re.findall(r"^### (Pantau\w+)$", text, re.MULTILINE) == rules
