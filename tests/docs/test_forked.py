"""`pantau` of the forking server does the same as `pantau` that is started by itself."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.forked import forking_server
from tests.docs.pages import ROOT
from tests.docs.shell import Shell, environment

ARTICLE = '{"id": "a", "title": "Banjir di Demak", "text": "Banjir melanda Demak."}'
COMMANDS = {
    "an answer": "pantau --version",
    "variables": "PANTAU_LANG=id PANTAU_DATA=made pantau search banjir; ls",
    "a place in a folder": "mkdir inner; (cd inner; pantau search banjir --data ../kept)",
    "an error of usage": "pantau nosuch",
    "an error of the program": "pantau subscribe 'a AND' --data kept",
    "streams": f"echo '{ARTICLE}' | pantau enrich --articles - >out 2>err; wc -l out err; cat out",
    "a stream that ends early": "pantau --help | head -n 1",
    "a full disk": "pantau --help >/dev/full",
    "a mask": "(umask 077; pantau subscribe banjir --data masked >told; stat -c %a told masked/*)",
}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with forking_server(tmp_path_factory.mktemp("server"), environment()) as made:
        yield made


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_it_ends_and_says_the_same(command: str, program: str, tmp_path: Path) -> None:
    ends = []
    for name, line in (("alone", None), ("forked", program)):
        folder = tmp_path / name
        folder.mkdir()
        with Shell(folder, "", line) as shell:
            ends.append(shell.run(command))
    assert ends[0] == ends[1]


def test_it_ends_with_the_tests(tmp_path: Path) -> None:
    with forking_server(tmp_path, environment()) as line:
        call = ["sh", "-c", line, "sh", "--version"]
        assert subprocess.run(call, capture_output=True, check=True, cwd=ROOT).stdout
    assert subprocess.run(call, capture_output=True, check=False, cwd=ROOT).returncode != 0
