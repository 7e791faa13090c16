"""Look for known vulnerabilities of everything that Pantau runs with: `python -m scripts.audit`.

pip-audit asks the package index and the advisory database; both need the network. Exit 0: there is
none. 1: there are some, named with the version that fixes them. 3: for some or all packages no data
could be had, so nobody knows.
"""

import json
import subprocess
import sys
from typing import Any, Final

from scripts.locked import SERVICE

FOUND: Final = 1
NO_DATA: Final = 3
_SERVICES: Final = ("pypi", "osv")
_SECONDS: Final = 600


def main() -> int:
    """Query one service after the other until one knows all packages; return the exit code."""
    reasons = []
    for service in _SERVICES:
        try:
            report = ask(service)
        except (OSError, ValueError, subprocess.TimeoutExpired) as error:
            reasons.append(f"{service}: {error}")
            continue
        vulnerable, unknown = read_report(report)
        if vulnerable:
            sys.stderr.write("\n".join(vulnerable) + "\n")
            return FOUND
        if not unknown:
            sys.stdout.write(
                f"{len(report['dependencies'])} packages, no known vulnerability ({service})\n"
            )
            return 0
        reasons.append(
            f"{service}: no data for {len(unknown)} of {len(report['dependencies'])} packages"
        )
    sys.stderr.write(
        "audit: could not be done; the network or its data cannot be reached from here\n"
    )
    sys.stderr.writelines(f"  {reason}\n" for reason in reasons)
    return NO_DATA


def ask(service: str) -> dict[str, Any]:
    """Return the report of pip-audit. Raises ValueError if it gives none."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        str(SERVICE),
        "--disable-pip",
        "--require-hashes",
    ]
    command += [
        "--vulnerability-service",
        service,
        "--format",
        "json",
        "--progress-spinner",
        "off",
        "--timeout",
        "20",
    ]
    done = subprocess.run(  # noqa: S603 - our own command
        command, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    try:
        report = json.loads(done.stdout)
    except ValueError as error:
        said = done.stderr.strip().splitlines()
        message = said[-1] if said else f"pip-audit ended with {done.returncode}"
        raise ValueError(message) from error
    if not isinstance(report, dict) or not report.get("dependencies"):
        message = "pip-audit listed no package"
        raise ValueError(message)
    return report


def read_report(report: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Return a line for each vulnerability, and the names of packages that nothing is known of."""
    vulnerable = [
        f"{one['name']} {one['version']}: {problem['id']}, mended in "
        f"{', '.join(problem['fix_versions']) or 'no version'}"
        for one in report["dependencies"]
        for problem in one.get("vulns", ())
    ]
    return vulnerable, [one["name"] for one in report["dependencies"] if "skip_reason" in one]


if __name__ == "__main__":
    sys.exit(main())
