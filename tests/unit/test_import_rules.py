"""The import rules work: each planted violation is reported."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint(folder: Path, plants: Mapping[str, str]) -> str:
    """Return what the linter says of the program with some modules more."""
    for name in ("services", "schemas"):
        ignored = shutil.ignore_patterns("data", "examples", "json", "__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for path, source in plants.items():
        (folder / "services" / "pantau" / path).write_text(source, encoding="utf-8")
    paths = os.pathsep.join(str(folder / name) for name in ("services", "schemas"))
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ran = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=folder,
        env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 1, ran.stdout + ran.stderr
    return ran.stdout


def test_a_module_without_a_layer_is_seen(tmp_path: Path) -> None:
    assert "pantau.kiosk" in lint(tmp_path, {"kiosk.py": '"""A face that nobody listed."""\n'})


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    return lint(
        tmp_path_factory.mktemp("planted"),
        {
            "alerter/planted.py": "import kafka\n",
            "local/planted.py": "import h11\nimport sqlite3\n",
            "poller/planted.py": "import click\nfrom pantau.commands.programs import run\n",
            "query/planted.py": "from pantau.ports import Clock\n",
            "usecases/planted.py": "from pantau.adapters.sqlite.store import SqliteStore\n",
            "console/planted.py": "from pantau.adapters.sqlite.store import SqliteStore\n",
            "commands/planted.py": "import starlette\nfrom pantau.console import app\n",
            "adapters/http/planted.py": "import elasticsearch\n",
        },
    )


@pytest.mark.parametrize(
    "line",
    [
        "pantau.alerter.planted -> kafka",
        "pantau.local.planted -> h11",
        "pantau.local.planted -> sqlite3",
        "pantau.poller.planted -> click",
        "pantau.poller.planted -> pantau.commands.programs.run",
        "pantau.query.planted -> pantau.ports",
        "pantau.usecases.planted -> pantau.adapters.sqlite.store",
        "pantau.console.planted -> pantau.adapters.sqlite.store",
        "pantau.commands.planted -> starlette",
        "pantau.commands.planted -> pantau.console.app",
        "pantau.adapters.http.planted -> elasticsearch",
    ],
)
def test_a_planted_import_is_seen(report: str, line: str) -> None:
    assert line in report
