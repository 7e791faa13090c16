"""Times in the zone of the settings, variables that nothing reads, folders that do not exist."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pantau.common.dates.reading import read_time
from pantau.common.time import zones
from pantau.errors import UsageError
from pantau.settings import load_settings, refuse_unknown
from tests.unit.commands.conftest import Run

ROOT = Path(__file__).parents[3]
MOMENT = datetime(2026, 7, 1, 3, 39, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("variable", "name", "shown", "typed"),
    [
        ("Asia/Jakarta", "Asia/Jakarta", "2026-07-01 10:39 WIB", "2026-07-01T10:39"),
        ("WIB-7", "Etc/GMT-7", "2026-07-01 10:39 WIB", "2026-07-01 10:39"),
        ("Europe/Berlin", "Europe/Berlin", "2026-07-01 05:39 CEST", "2026-07-01 05:39"),
        ("America/New_York", "America/New_York", "2026-06-30 23:39 EDT", "2026-06-30 23:39"),
        ("Etc/UTC", "UTC", "2026-07-01 03:39 UTC", "2026-07-01 03:39"),
    ],
)
def test_what_is_shown_can_be_typed_back(
    machine: pytest.MonkeyPatch, variable: str, name: str, shown: str, typed: str
) -> None:
    machine.setenv("TZ", variable)
    time.tzset()
    assert zones.machine_name() == name
    assert zones.zoned_text(MOMENT) == shown
    assert read_time(typed, zones.MACHINE) == MOMENT


def test_daylight_saving_time_is_that_of_the_day(machine: pytest.MonkeyPatch) -> None:
    machine.setenv("TZ", "Europe/Berlin")
    time.tzset()
    winter, summer = read_time("2026-01-15", zones.MACHINE), read_time("2026-07-15", zones.MACHINE)
    assert (winter, summer) == (
        datetime(2026, 1, 14, 23, tzinfo=UTC),
        datetime(2026, 7, 14, 22, tzinfo=UTC),
    )


def test_the_setting_wins_over_the_machine(tmp_path: Path) -> None:
    (tmp_path / "pantau.toml").write_text('time_zone = "Asia/Makassar"\n', encoding="utf-8")
    assert load_settings(tmp_path).time_zone == "Asia/Makassar"
    with zones.one_call():
        zones.configure("Asia/Makassar")
        assert zones.zoned_text(MOMENT) == "2026-07-01 11:39 WITA"
        assert zones.current_name() == "Asia/Makassar"
    (tmp_path / "pantau.toml").write_text('time_zone = "Makassar"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="time_zone: no time zone; expected"):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("PANTAU_FETCH__TIMOUT_SECONDS", "did you mean PANTAU_FETCH__TIMEOUT_SECONDS"),
        ("PANTAU_TIMEZONE", "did you mean PANTAU_TIME_ZONE"),
        ("PANTAU_POLL__GAP", "did you mean PANTAU_POLL__DOMAIN_GAP_SECONDS"),
        ("PANTAU_SMTP_HOST", "did you mean PANTAU_SMTP__HOST"),
        ("PANTAU_SMTP__HOST_FILE", "did you mean PANTAU_SMTP__HOST"),
        ("PANTAU_CONFIGS", "did you mean PANTAU_CONFIG"),
        ("PANTAU_LNG", "did you mean PANTAU_LANG"),
        ("PANTAU_DTA", "did you mean PANTAU_DATA"),
        ("PANTAU_", "there is no such setting; unset the variable"),
        ("PANTAU_XYZZY", "there is no such setting; unset the variable"),
    ],
)
def test_a_variable_that_nothing_reads_is_refused(name: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        refuse_unknown({name: "1"})


@pytest.mark.parametrize(
    "name",
    [
        "PANTAU_DATA",
        "PANTAU_LANG",
        "PANTAU_CONFIG",
        "PANTAU_SMTP",
        "PANTAU_SMTP__PASSWORD_FILE",
        "PANTAU_KAFKA__PASSWORD_FILE",
        "PANTAU_ELASTICSEARCH__API_KEY_FILE",
        "PANTAU_TRACEBACK",
        "PANTAU_WEBHOOK_SECRET",
        "pantau_smtp__host",
        "PANTAU_ENRICH__SPACY__MODELS__ID",
        "PANTAURUS",
        "HOME",
    ],
)
def test_others_are_not(name: str) -> None:
    refuse_unknown({name: "1", "PANTAU_EMPTY": ""})


@pytest.mark.parametrize(
    "command",
    [
        "status",
        "alerts",
        "search *",
        "stories",
        "subscriptions list",
        "channels list",
        "feeds list",
    ],
)
def test_looking_creates_no_store(pantau: Run, tmp_path: Path, command: str) -> None:
    missing = tmp_path / "misspelt"
    code, _, err = pantau(*command.split(), "--data", str(missing))
    assert code == 0
    assert str(missing) in err
    assert not missing.exists()


def test_every_variable_that_the_project_names_is_known() -> None:
    """Documents, the compose file and the image name only variables that are read."""
    files = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "deploy").rglob("*"), ROOT / "README.md"]
    files += [ROOT / "docker-compose.yml", ROOT / "Makefile"]
    named = {
        name
        for path in files
        if path.is_file()
        for name in re.findall(r"\bPANTAU_[A-Z][A-Z_]*[A-Z]\b", path.read_text(errors="replace"))
    }
    # The compose file lets the operator name files by these, and gives them under the real names.
    named -= set(re.findall(r"\$\{(PANTAU_\w+)", (ROOT / "docker-compose.yml").read_text()))
    assert len(named) > 10
    refuse_unknown(dict.fromkeys(named, "1"))
