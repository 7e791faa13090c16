import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pantau.adapters.channels.file import AlertFileDriver
from pantau.errors import RejectError, SettingsFaultError
from pantau_schemas.events.subscription import FileChannel, TerminalChannel
from tests.unit.notifier.support import TITLE, alert, message

pytestmark = pytest.mark.anyio


@pytest.fixture
async def driver() -> Iterator[AlertFileDriver]:  # type: ignore[misc]  # an asynchronous fixture, run by anyio
    made = AlertFileDriver()
    yield made
    await made.close()


async def test_one_line_an_alert(driver: AlertFileDriver, tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    path.write_bytes(b'{"before": 1}\n')
    for name in ("satu", "dua"):
        await driver.send(message(FileChannel(path=str(path)), alert(about=name)))
    raw = path.read_bytes()
    assert raw.isascii()
    assert b"\r" not in raw
    first, second, third = map(json.loads, raw.splitlines())
    assert first == {"before": 1}
    assert second["article"]["title"] == TITLE
    assert second["delivery_id"] != third["delivery_id"]
    assert (
        second["delivery_id"]
        == message(FileChannel(path=str(path)), alert(about="satu")).delivery.delivery_id
    )
    assert second["subscription"]["name"] == "Banjir Jawa Tengah"


async def test_goes_on_after_a_torn_line(driver: AlertFileDriver, tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    path.write_bytes(b'{"delivery_id": "half')
    await driver.send(message(FileChannel(path=str(path))))
    torn, whole = path.read_bytes().splitlines()
    assert torn == b'{"delivery_id": "half'
    assert json.loads(whole)["alert_id"] == alert().alert_id


async def test_a_missing_folder_is_not_made_but_waited_for(
    driver: AlertFileDriver, tmp_path: Path
) -> None:
    path = tmp_path / "no" / "alerts.jsonl"
    with pytest.raises(SettingsFaultError, match="does not exist; create it"):
        await driver.send(message(FileChannel(path=str(path))))
    path.parent.mkdir()
    await driver.send(message(FileChannel(path=str(path))))
    assert path.read_bytes().endswith(b"\n")


async def test_folders_pipes_and_links_wait_to_be_mended(
    driver: AlertFileDriver, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "target.jsonl").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "target.jsonl")
    (tmp_path / "loose").symlink_to(tmp_path / "nowhere")
    for path, reason in (
        (tmp_path, "is a folder"),
        (tmp_path / "pipe", "no regular file"),
        ("/dev/null", "no regular file"),
        (tmp_path / "link", "is a link, which is not followed"),
        (tmp_path / "loose", "is a link, which is not followed"),
        (tmp_path / "target.jsonl" / "x", "is no folder"),
    ):
        with pytest.raises(SettingsFaultError, match=reason):
            await driver.send(message(FileChannel(path=str(path))))
    assert (tmp_path / "target.jsonl").read_bytes() == b""
    assert not (tmp_path / "nowhere").exists()


async def test_what_is_no_file_name_is_rejected(driver: AlertFileDriver, tmp_path: Path) -> None:
    for path in ("a\0b", str(tmp_path / ("x" * 300))):
        with pytest.raises(RejectError):
            await driver.send(message(FileChannel(path=path)))
    with pytest.raises(RejectError):
        await driver.send(message(TerminalChannel()))


async def test_a_new_file_is_for_its_owner_alone_and_an_old_one_keeps_its_mode(
    driver: AlertFileDriver, tmp_path: Path
) -> None:
    (tmp_path / "old.jsonl").write_bytes(b"")
    (tmp_path / "old.jsonl").chmod(0o640)
    for name, mode in (("new.jsonl", 0o600), ("old.jsonl", 0o640)):
        await driver.send(message(FileChannel(path=str(tmp_path / name))))
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == mode
