"""Secrets from files, and a settings file outside the data folder."""

import os
from pathlib import Path

import pytest

from pantau.errors import UsageError
from pantau.settings import load_settings
from pantau.settings.sources import SECRET_BYTES

SECRETS = {
    "PANTAU_SMTP__PASSWORD": ("smtp", "password"),
    "PANTAU_KAFKA__PASSWORD": ("kafka", "password"),
    "PANTAU_ELASTICSEARCH__PASSWORD": ("elasticsearch", "password"),
    "PANTAU_ELASTICSEARCH__API_KEY": ("elasticsearch", "api_key"),
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("PANTAU_"):
            monkeypatch.delenv(name)


@pytest.mark.parametrize("variable", SECRETS)
@pytest.mark.parametrize(
    ("held", "secret"),
    [
        ("rahasia", "rahasia"),
        ("rahasia\n", "rahasia"),
        ("rahasia\r\n", "rahasia"),
        (" spasi \n\n", " spasi \n"),
        ("päss=wörd", "päss=wörd"),
        ('{"json": 1}', '{"json": 1}'),
        ("123", "123"),
        ("", None),
        ("\n", None),
    ],
)
def test_a_secret_is_read_from_its_file(
    variable: str, held: str, secret: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.write_bytes(held.encode())
    monkeypatch.setenv(f"{variable}_FILE", str(file))
    section, name = SECRETS[variable]
    found = getattr(getattr(load_settings(tmp_path), section), name)
    assert (None if found is None else found.get_secret_value()) == secret
    assert "rahasia" not in repr(load_settings(tmp_path))


@pytest.mark.parametrize("path", ["", "/dev/null"])
def test_no_file_is_no_secret(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_SMTP__PASSWORD_FILE", path)
    assert load_settings(tmp_path).smtp.password is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe", "UTF-8"),
        (b"x" * (SECRET_BYTES + 1), "longer than"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(
    content: bytes | None, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setenv("PANTAU_KAFKA__PASSWORD_FILE", str(file))
    with pytest.raises(UsageError, match=f"PANTAU_KAFKA__PASSWORD_FILE.*{reason}"):
        load_settings(tmp_path)


def test_a_secret_that_is_given_twice_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("satu")
    monkeypatch.setenv("PANTAU_SMTP__PASSWORD_FILE", str(tmp_path / "secret"))
    monkeypatch.setenv("PANTAU_SMTP__PASSWORD", "dua")
    with pytest.raises(UsageError, match="both set") as caught:
        load_settings(tmp_path)
    assert "satu" not in str(caught.value)
    assert "dua" not in str(caught.value)


def test_what_is_no_secret_has_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_SMTP__HOST_FILE", "/dev/null")
    with pytest.raises(UsageError, match="host_file"):
        load_settings(tmp_path)


def test_a_setting_whose_name_ends_so_stays_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_KAFKA__CA_FILE", str(tmp_path / "ca.pem"))
    assert load_settings(tmp_path).kafka.ca_file == tmp_path / "ca.pem"


def test_the_settings_file_can_be_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, config = tmp_path / "data", tmp_path / "config.toml"
    data.mkdir()
    (data / "pantau.toml").write_text("[poll]\nmin_interval_seconds = 77\n")
    assert load_settings(data).poll.min_interval_seconds == 77
    monkeypatch.setenv("PANTAU_CONFIG", str(config))
    config.write_text("[poll]\nmin_interval_seconds = 99\n")
    assert load_settings(data).poll.min_interval_seconds == 99
    config.write_text("[poll]\nnosuch = 1\n")
    with pytest.raises(UsageError, match=r"config\.toml"):
        load_settings(data)


@pytest.mark.parametrize("variable", ["SUSPEND_SECONDS", "STOP_AFTER_SECONDS"])
def test_a_setting_is_read_by_its_former_name(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"PANTAU_NOTIFY__{variable}", "60")
    assert load_settings(tmp_path).notify.stop_after_seconds == 60
    monkeypatch.setenv("PANTAU_NOTIFY__STOP_AFTER_SECONDS", "90")
    assert load_settings(tmp_path).notify.stop_after_seconds == 90


def test_a_settings_file_with_a_former_name_is_read(tmp_path: Path) -> None:
    (tmp_path / "pantau.toml").write_text("[notify]\nsuspend_seconds = 60\n")
    assert load_settings(tmp_path).notify.stop_after_seconds == 60
