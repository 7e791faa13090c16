"""The units of systemd start what exists, and confine it."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pantau.cli import pantau
from pantau.commands.programs.service import NAMES
from pantau.observe.health import SILENCE_SECONDS
from pantau.settings import Settings, refuse_unknown
from tests.unit.deploy.composed import ROOT

FOLDER = ROOT / "deploy" / "systemd"
UNITS = ("pantau.service", "pantau@.service")
SECTIONS = {"Unit", "Service", "Install"}
ON = (
    *("LockPersonality", "MemoryDenyWriteExecute", "NoNewPrivileges", "PrivateDevices"),
    *("PrivateTmp", "PrivateUsers", "ProtectClock", "ProtectControlGroups", "ProtectHome"),
    *("ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules", "ProtectKernelTunables"),
    *("RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID", "DynamicUser"),
)
"""Options that confine a program that reads documents of strangers."""
ANALYZE = shutil.which("systemd-analyze")


def parsed(name: str) -> dict[str, list[tuple[str, str]]]:
    """Read a unit into its sections: assignments in order, since some may come more than once."""
    sections: dict[str, list[tuple[str, str]]] = {}
    current: list[tuple[str, str]] = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(("#", ";")):
            continue
        if line.startswith("["):
            section = line.strip("[]")
            assert section in SECTIONS - sections.keys(), line
            current = sections[section] = []
            continue
        key, separator, value = line.partition("=")
        assert separator, line
        assert key == key.strip(), line
        current.append((key, value))
    return sections


def of_service(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in parsed(name)["Service"]:
        found.setdefault(key, []).append(value)
    return found


def only(name: str, key: str) -> str:
    (value,) = of_service(name)[key]
    return value


@pytest.mark.parametrize("name", UNITS)
def test_it_starts_a_command_of_pantau(name: str) -> None:
    program, *arguments = shlex.split(only(name, "ExecStart"))
    assert program == "/opt/pantau/bin/pantau"
    for instance in sorted(NAMES) if "@" in name else [""]:
        given = [one.replace("%i", instance) for one in arguments]
        context = pantau.make_context("pantau", [*given], resilient_parsing=True)
        found, command, rest = pantau.resolve_command(context, given)
        assert command is not None
        command.make_context(found, rest, parent=context).close()


@pytest.mark.parametrize("name", UNITS)
def test_every_variable_is_known(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    variables = dict(one.split("=", 1) for one in shlex.split(only(name, "Environment")))
    state = "/var/lib/" + only(name, "StateDirectory")
    assert variables.pop("PANTAU_DATA") == state == only(name, "WorkingDirectory")
    if variables.pop("PANTAU_CONFIG", None) is not None:
        assert "@" in name
    assert variables == {}
    text = (FOLDER / name).read_text(encoding="utf-8")
    (example,) = [line for line in text.splitlines() if "_FILE=%d/" in line]
    variable = example.partition("Environment=")[2].partition("=")[0]
    refuse_unknown({variable.removesuffix("_FILE"): "x"})
    monkeypatch.setenv(variable, "/dev/null")
    assert Settings(data=ROOT / "nowhere").smtp.password is None


@pytest.mark.parametrize("name", UNITS)
def test_it_is_confined(name: str) -> None:
    for key in ON:
        assert only(name, key) == "yes", key
    assert only(name, "ProtectSystem") == "strict"
    assert only(name, "CapabilityBoundingSet") == only(name, "AmbientCapabilities") == ""
    assert set(only(name, "RestrictAddressFamilies").split()) == {"AF_INET", "AF_INET6", "AF_UNIX"}
    allowed, denied = of_service(name)["SystemCallFilter"]
    assert allowed == "@system-service"
    assert denied == "~@privileged"  # `adapters/processes/child.py` limits its own memory
    assert only(name, "UMask") == "0077"
    assert only(name, "MemoryMax")
    assert only(name, "TasksMax")


@pytest.mark.parametrize("name", UNITS)
def test_it_is_restarted_whatever_ends_it_and_ends_in_time(name: str) -> None:
    assert only(name, "Restart") == "always"
    assert dict(parsed(name)["Unit"])["StartLimitIntervalSec"] == "0"
    assert int(only(name, "TimeoutStopSec")) > 15  # what a service may take
    assert only(name, "Type") == "notify"
    # A loop may be silent for so long; only then signs of life stop.
    assert 0 < int(only(name, "WatchdogSec")) <= SILENCE_SECONDS


def test_both_units_confine_alike() -> None:
    one, other = (of_service(name) for name in UNITS)
    assert one.keys() == other.keys()
    differing = {key for key in one if one[key] != other[key]}
    assert differing == {"ExecStart", "Environment", "StateDirectory", "WorkingDirectory", "User"}


@pytest.mark.parametrize("name", UNITS)
def test_systemd_itself_understands_it(name: str, tmp_path: Path) -> None:
    """By `systemd-analyze verify` where there is one; elsewhere what is above must do.

    The program is replaced by one that exists here.
    """
    text = (FOLDER / name).read_text(encoding="utf-8")
    there = text.replace("/opt/pantau/bin/pantau", sys.executable)
    unit = tmp_path / name.replace("@.", "@poller.")
    unit.write_text(there, encoding="utf-8")
    assert text.count("/opt/pantau/bin/pantau") == 1
    if ANALYZE is None:
        return
    environment = {**os.environ, "SYSTEMD_LOG_LEVEL": "warning"}
    done = subprocess.run(
        [ANALYZE, "verify", "--man=no", str(unit)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if "pantau" in line]
    assert (done.returncode, told) == (0, []), done.stderr
