"""Check and test the alert rules with the tools of Prometheus: `make rules`.

promtool evaluates the rules against the recorded outages of `deploy/prometheus/tests`; amtool reads
the example for Alertmanager. What passed is noted by its digest in a file, which a test compares
with the rules as they stand: so no rule is committed that was not tried, and the tests need neither
tool.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PROMETHEUS: Final = ROOT / "deploy" / "prometheus"
RULES: Final = PROMETHEUS / "alerts.yml"
CASES: Final = PROMETHEUS / "tests" / "alerts.test.yml"
CONFIGURATION: Final = PROMETHEUS / "prometheus.yml"
ROUTES: Final = ROOT / "deploy" / "alertmanager" / "alertmanager.yml"
PASSED: Final = PROMETHEUS / "tests" / "passed.sha256"
DASHBOARDS: Final = tuple(sorted((ROOT / "deploy" / "grafana" / "dashboards").glob("*.json")))
EXPRESSIONS: Final = ROOT / "build" / "dashboards.yml"
"""The expressions of the dashboards as rules, for promtool reads no dashboards."""
CHECKED: Final = (RULES, CASES, CONFIGURATION, ROUTES, *DASHBOARDS)
COMMANDS: Final[Sequence[tuple[Sequence[str], Sequence[Path]]]] = (
    (("promtool", "check", "rules", str(RULES)), (RULES,)),
    (("promtool", "check", "config", str(CONFIGURATION)), (CONFIGURATION, RULES)),
    (("promtool", "test", "rules", str(CASES)), (CASES, RULES)),
    (("promtool", "check", "rules", str(EXPRESSIONS)), DASHBOARDS),
    (("amtool", "check-config", str(ROUTES)), (ROUTES,)),
)
"""Each check with the files that it reads."""


def digests(paths: Sequence[Path] = CHECKED) -> str:
    """Return a line for each file: its digest and its path, as sha256sum writes them."""
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(ROOT).as_posix()}\n"
        for path in paths
    )
    return "".join(lines)


def write_expressions() -> None:
    """Write a rule for each expression of a dashboard."""
    found = [
        target["expr"]
        for path in DASHBOARDS
        for panel in json.loads(path.read_text(encoding="utf-8"))["panels"]
        for target in panel["targets"]
    ]
    rules = [{"record": f"panel:{number}", "expr": one} for number, one in enumerate(found)]
    EXPRESSIONS.parent.mkdir(exist_ok=True)
    groups = {"groups": [{"name": "dashboards", "rules": rules}]}
    EXPRESSIONS.write_text(json.dumps(groups), encoding="utf-8")  # JSON is YAML, too


def main() -> int:
    """Run every check whose files have changed, and note what passed.

    Return 1 when one fails or a tool is missing.
    """
    write_expressions()
    passed = PASSED.read_text(encoding="utf-8") if PASSED.exists() else ""
    for command, paths in COMMANDS:
        if all(digests([path]) in passed for path in paths):
            continue
        if shutil.which(command[0]) is None:
            sys.stderr.write(
                f"{command[0]} is missing: install Debian's packages prometheus and "
                "prometheus-alertmanager\n"
            )
            return 1
        done = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 (the commands above)
        if done.returncode != 0:
            return 1
    PASSED.write_text(digests(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
