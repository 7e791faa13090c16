"""The alert rules were tried by promtool as they stand, and each is complete.

Where promtool is installed it also runs here; elsewhere the digest that `make rules` noted stands
for its last run.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.rules import CASES, CHECKED, PASSED, RULES, digests
from tests.unit.deploy.composed import ROOT, read

ALERTS = {
    rule["alert"]: rule
    for group in read("deploy/prometheus/alerts.yml")["groups"]
    for rule in group["rules"]
}
PROMTOOL = shutil.which("promtool")


def cases() -> list[tuple[str, bool]]:
    """Return the rule of each case, and whether it is to fire."""
    return [
        (one["alertname"], bool(one.get("exp_alerts")))
        for test in read("deploy/prometheus/tests/alerts.test.yml")["tests"]
        for one in test["alert_rule_test"]
    ]


def promtool(*arguments: str | Path) -> tuple[int, str]:
    assert PROMTOOL is not None
    done = subprocess.run(
        [PROMTOOL, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_rules_passed_as_they_stand() -> None:
    assert PASSED.read_text(encoding="utf-8") == digests(), "run `make rules`"
    assert {"servers.json", "pantau.json", "alerts.yml"} <= {path.name for path in CHECKED}
    if PROMTOOL is not None:
        for check in (("check", "rules", RULES), ("test", "rules", CASES)):
            code, told = promtool(*check)
            assert code == 0, told


def test_a_rule_that_fires_too_late_would_fail(tmp_path: Path) -> None:
    """The cases can fail: they are run on rules that wait for longer, where there is promtool."""
    text = RULES.read_text(encoding="utf-8")
    slow = text.replace("for: 5m", "for: 45m")
    assert slow != text
    (tmp_path / "alerts.yml").write_text(slow, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    shutil.copy(CASES, tmp_path / "tests")
    if PROMTOOL is not None:
        code, told = promtool("test", "rules", tmp_path / "tests" / CASES.name)
        assert code != 0
        assert "PantauNotReady" in told


@pytest.mark.parametrize("rule", ALERTS)
def test_every_rule_has_a_case_in_which_it_fires(rule: str) -> None:
    assert (rule, True) in cases()


@pytest.mark.parametrize("rule", ALERTS)
def test_every_rule_names_who_is_to_hear_of_it(rule: str) -> None:
    assert ALERTS[rule]["labels"]["audience"] in {"operators", "subscribers"}


def test_cases_name_rules_that_exist() -> None:
    assert {name for name, _ in cases()} == ALERTS.keys()


def test_the_objective_is_the_same_wherever_it_is_said() -> None:
    """A share of late alerts of 1 %, burnt 14.4 and 6 times too fast, after a minute."""
    fast, slow = (ALERTS[f"PantauLatencyBudgetBurns{end}"]["expr"] for end in ("Fast", ""))
    assert re.findall(r"> (0\.\d+)\)", fast) == ["0.144"] * 2
    assert re.findall(r"> (0\.\d+)\)", slow) == ["0.06"] * 2
    assert re.findall(r"\[(\w+)\]", fast) == ["1h", "1h", "5m", "5m", "1h"]
    assert re.findall(r"\[(\w+)\]", slow) == ["6h", "6h", "30m", "30m", "6h"]
    runbook = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    assert "99 % of all alerts in 30 days within 60 seconds" in runbook
