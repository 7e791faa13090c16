"""The command line starts quickly because it loads only what a command needs.

Opening nothing at import.
"""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "pydantic", "rich", "feedparser", "asyncio", "sqlite3", "py3langid", "h11", "publicsuffixlist",
)  # fmt: skip

FOR_FACES = ("feedparser", "starlette", "pantau.bootstrap.faces", "pantau.operations.base.parts")


def loaded(*arguments: str) -> set[str]:
    """Return the modules that a call of the program has loaded at its end."""
    code = (
        "import sys; from pantau.cli import run; sys.stdout = sys.stderr; run(sys.argv[1:]); "
        "sys.__stdout__.write('\\n'.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return set(done.stdout.splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["feeds", "--help"],
        ["search", "--help"],
        ["stories", "--help"],
        ["subscribe", "--help"],
        ["run", "--help"],
        ["match", "--help"],
        ["dead-letters", "list", "--help"],
    ],
    ids=" ".join,
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert not loaded(*arguments) & set(HEAVY)


@pytest.mark.parametrize(
    "arguments",
    [["subscribe", "banjir", "--to", "terminal"], ["search", "banjir"], ["subscriptions", "list"]],
    ids=lambda arguments: arguments[0],
)
def test_a_command_with_a_store_loads_neither_readers_of_feeds_nor_pages(
    tmp_path: Path, arguments: list[str]
) -> None:
    assert not loaded(*arguments, "--data", str(tmp_path)) & set(FOR_FACES)


def test_importing_everything_opens_nothing(tmp_path: Path) -> None:
    code = (
        "import pkgutil, importlib, sys, socket, sqlite3, pantau, pantau_schemas\n"
        "def no(*a, **k): raise AssertionError('opened at import')\n"
        "socket.socket.connect = no\n"
        "sqlite3.connect = no\n"
        "for package in (pantau, pantau_schemas):\n"
        "    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        importlib.import_module(module.name)\n"
        "import threading; assert threading.active_count() == 1, threading.enumerate()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []
