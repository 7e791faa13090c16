"""Debian's chromium, driven by Playwright.

`make test` installs it where apt can; elsewhere these tests are skipped, and say so. With
`PANTAU_BROWSER=required` a missing one fails them.
"""

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.consoles import filled, serving_console
from tests.support import SOON

NAMES = ("chromium", "chromium-browser", "google-chrome")


@cache
def find_chromium() -> str | None:
    """Return the program, installing it first where this user can.

    One process at a time: another one would find the package manager locked, or a program whose
    libraries are not there yet.
    """
    with Path(__file__).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _found_or_installed()


def _found_or_installed() -> str | None:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    apt = shutil.which("apt-get")
    if found is not None or apt is None or os.geteuid() != 0:
        return found
    wanted = ["chromium", "fonts-dejavu-core"]
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "capture_output": True}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *wanted]):
        with suppress(subprocess.TimeoutExpired):  # a package server that hangs
            subprocess.run([apt, "--quiet", *command], check=False, timeout=300, **quiet)  # type: ignore[call-overload]
    return shutil.which("chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser for a module; Playwright's event loop runs in this thread until its end.

    No wider: in a test of another folder `asyncio.run` would fail meanwhile.
    """
    program = find_chromium()
    if program is None:
        message = "no chromium here, and no right to install it: apt-get install chromium"
        if os.environ.get("PANTAU_BROWSER") == "required":
            pytest.fail(message)
        pytest.skip(f"THE CONSOLE IS NOT TESTED IN A BROWSER: {message}")
    patience = SOON * 1_000  # of everything that waits; on its own Playwright gives up after 5 s
    expect.set_options(timeout=patience)
    with sync_playwright() as playwright:
        # Its sandbox cannot be had as root, as in containers; the pages are our own.
        made = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"], timeout=patience
        )
        made.on("context", lambda context: context.set_default_timeout(patience))
        yield made
        made.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the console of a newsroom without accounts, and yield its address."""
    store, settings, clock = filled(tmp_path_factory.mktemp("newsroom"))
    with serving_console(store, settings, clock) as made:
        yield made
    store.close()
