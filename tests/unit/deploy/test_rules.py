"""The alert rules raise what they should, and nothing else, as promtool evaluates their cases."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.deploy.composed import ROOT, read

CASES = "deploy/prometheus/tests/alerts.test.yml"
RULES = {
    rule["alert"]: rule
    for group in read("deploy/prometheus/alerts.yml")["groups"]
    for rule in group["rules"]
}
PROMTOOL = shutil.which("promtool")


def cases() -> list[tuple[str, bool]]:
    """Return the rule of each case, and whether it is to fire."""
    return [
        (one["alertname"], bool(one.get("exp_alerts")))
        for test in read(CASES)["tests"]
        for one in test["alert_rule_test"]
    ]


def promtool(*arguments: str | Path) -> str:
    if PROMTOOL is None:
        pytest.skip("needs promtool (Debian's package prometheus)")
    done = subprocess.run(
        [PROMTOOL, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_promtool_takes_the_rules_and_the_configuration() -> None:
    promtool("check", "rules", "deploy/prometheus/alerts.yml")
    promtool("check", "config", "deploy/prometheus/prometheus.yml")


def test_each_outage_raises_its_rules_and_no_others() -> None:
    assert "SUCCESS" in promtool("test", "rules", CASES)


def test_a_case_that_does_not_hold_is_found(tmp_path: Path) -> None:
    """The cases can fail: a rule that fires too late is noticed."""
    text = (ROOT / "deploy/prometheus/alerts.yml").read_text(encoding="utf-8")
    (tmp_path / "alerts.yml").write_text(text.replace("for: 5m", "for: 45m"), encoding="utf-8")
    (tmp_path / "tests").mkdir()
    shutil.copy(ROOT / CASES, tmp_path / "tests")
    with pytest.raises(AssertionError, match="PantauNotReady"):
        promtool("test", "rules", tmp_path / "tests" / Path(CASES).name)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_case_in_which_it_fires(rule: str) -> None:
    assert (rule, True) in cases()


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_names_who_is_to_hear_of_it(rule: str) -> None:
    assert RULES[rule]["labels"]["audience"] in {"operators", "subscribers"}
