"""Sentences of commands where a package of an extra is not installed."""

import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from pantau import cli

PROJECT = Path(__file__).parents[3] / "pyproject.toml"


def _distributed() -> set[str]:
    extras = tomllib.loads(PROJECT.read_text("utf-8"))["project"]["optional-dependencies"]
    return {re.split(r"[<>=!~\[; ]", one, maxsplit=1)[0] for one in extras["distributed"]}


def _run_without(module: str, monkeypatch: pytest.MonkeyPatch) -> int:
    def load(**_: object) -> None:
        raise ModuleNotFoundError(f"No module named {module!r}", name=module)

    monkeypatch.delenv("PANTAU_TRACEBACK", raising=False)
    monkeypatch.setattr(cli.pantau, "main", load)
    return cli.run([])


def test_the_packages_of_the_extra_are_known() -> None:
    """Neither may one be missing, nor one be named that the extra does not install."""
    owners = packages_distributions()
    known = {
        name: {one.lower().replace("_", "-") for one in owners[name]} & _distributed()
        for name in cli._DISTRIBUTED
    }
    assert all(known.values()), known
    assert set().union(*known.values()) == _distributed()


@pytest.mark.parametrize("module", ["kafka", "kafka.errors", "faust"])
def test_a_missing_package_names_its_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], module: str
) -> None:
    assert _run_without(module, monkeypatch) == 2
    shown = " ".join(capsys.readouterr().err.split())
    assert f"need the package {module.partition('.')[0]}; install it with: pip install" in shown
    assert "'pantau[distributed]'" in shown


def test_another_missing_module_is_a_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run_without("orang", monkeypatch) == 1
    assert "This should not happen" in capsys.readouterr().err
