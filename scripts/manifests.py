"""Render the Helm chart, with Helm's own library, into `deploy/kubernetes`.

`make manifests` runs it in an environment of its own: the library is large, and nothing else needs
it. The tests read what was rendered, and the digest in its first line shows whether the chart has
been changed since.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parents[1]
CHART: Final = ROOT / "deploy" / "helm" / "pantau"
MANIFESTS: Final = ROOT / "deploy" / "kubernetes"
ALERTS: Final = ROOT / "deploy" / "prometheus" / "alerts.yml"
RELEASE: Final = "pantau"
NAMESPACE: Final = "news"
WARNING: Final = 2
"""Helm's number for the severity of a warning; errors are above."""


def cases() -> list[str]:
    """Return the names of the values that the chart is rendered with."""
    return sorted(path.name.removesuffix("-values.yaml") for path in CHART.glob("ci/*-values.yaml"))


def digest(case: str) -> str:
    """Return a digest of everything that determines how a case is rendered."""
    found = hashlib.sha256()
    own = CHART / "ci" / f"{case}-values.yaml"
    files = [path for path in CHART.rglob("*") if path.is_file() and path.parent.name != "ci"]
    for path in [*sorted(files), own]:
        if path.suffix != ".md":
            content = path.read_bytes()
            name = path.relative_to(CHART).as_posix()
            found.update(f"{name} {len(content)}\n".encode() + content)
    return found.hexdigest()


def head(case: str) -> str:
    """Return the lines at the top of a rendered case."""
    return (
        f"# Made by `make manifests` from deploy/helm/pantau/ci/{case}-values.yaml.\n"
        f"# {digest(case)}\n"
    )


def main() -> int:
    """Copy the alert rules into the chart, render every case, and print the files."""
    (CHART / "files" / "alerts.yml").write_bytes(ALERTS.read_bytes())
    MANIFESTS.mkdir(exist_ok=True)
    for case in cases():
        path = MANIFESTS / f"{case}.yaml"
        path.write_text(head(case) + "".join(_documents(case)), encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return 0


def _documents(case: str) -> Iterator[str]:
    for name, text in sorted(_rendered(case).items()):
        if name.endswith(".yaml") and text.strip():
            body = "\n".join(line.rstrip() for line in text.strip().splitlines())
            start = "" if body.startswith("---") else "---\n"
            yield f"# Source: {name}\n{start}{body}\n"


def _rendered(case: str) -> dict[str, str]:
    """Return what each template gives. Raises an error of Helm for values that it refuses."""
    from helm_python.chart import Chart, lint  # noqa: PLC0415 (only where it is rendered)

    given = yaml.safe_load((CHART / "ci" / f"{case}-values.yaml").read_text(encoding="utf-8"))
    told: Any = lint(CHART, values=given, namespace=NAMESPACE, strict=True)
    faults = [one for one in told["messages"] if one["severity"] >= WARNING]
    if faults:
        raise SystemExit("\n".join(f"{one['path']}: {one['error']}" for one in faults))
    with Chart.load(CHART) as chart:
        chart.validate_schema(given)
        rendered: dict[str, str] = chart.render(given, name=RELEASE, namespace=NAMESPACE)
        return rendered


if __name__ == "__main__":
    sys.exit(main())
