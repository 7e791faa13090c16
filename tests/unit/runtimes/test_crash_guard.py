"""The note of the batch under way survives the process."""

import logging
import os
from pathlib import Path

import pytest

from pantau.adapters.files.batch_journal import FILES, FOLDER, FileJournal
from pantau.errors import RetryError
from pantau.ports import Received, Record
from pantau.runtimes.batch_limiter import ENDS
from pantau.runtimes.crash_guard import CrashGuard


def received(*offsets: int) -> list[Received]:
    return [Received(Record("articles", str(offset), b"x"), offset) for offset in offsets]


def care(folder: Path, batch: int = 8) -> CrashGuard:
    return CrashGuard("enricher", FileJournal(folder, "enricher"), batch)


def dies(folder: Path, offsets: list[Received]) -> None:
    """Start a portion in another process, which dies in the middle of it."""
    if (child := os.fork()) == 0:
        with care(folder).over(offsets):
            os._exit(9)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_the_next_process_takes_half_of_what_was_under_way(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    dies(tmp_path, received(*range(8)))
    found = care(tmp_path)
    assert found.portion(received(*range(8))) == received(*range(4))
    assert "in the middle of 8 records from articles 0 on" in caplog.text


def test_what_was_not_tried_of_a_portion_stays_under_suspicion(tmp_path: Path) -> None:
    dies(tmp_path, received(*range(8)))
    found = care(tmp_path)
    with found.over(received(*range(4))) as only:
        only(1)
    assert found.portion(received(3, 4, 5, 6, 7)) == received(3, 4, 5)
    with found.over(received(1, 2, 3)) as only:
        only(0)
    assert found.portion(received(3, 4, 5, 6, 7)) == received(3, 4, 5)


def test_a_record_that_ends_three_processes_alone_is_given_up(tmp_path: Path) -> None:
    for _ in range(ENDS):
        first = care(tmp_path)
        assert first.verdict(received(5, 6)) is None
        first.close()
        dies(tmp_path, received(5))
    found = care(tmp_path)
    assert found.portion(received(5, 6)) == received(5)
    assert f"{ENDS} times" in str(found.verdict(received(5)))
    with found.over(received(5)):
        pass
    found.close()
    assert care(tmp_path).verdict(received(5)) is None


def test_what_was_done_or_failed_by_an_error_is_not_under_way(tmp_path: Path) -> None:
    first = care(tmp_path)
    with first.over(received(1, 2)):
        pass
    with pytest.raises(RetryError), first.over(received(3, 4)):
        raise RetryError("away")
    first.close()
    assert care(tmp_path).portion(received(*range(8))) == received(*range(8))


def test_memory_that_runs_out_counts_as_an_end(tmp_path: Path) -> None:
    first = care(tmp_path)
    with pytest.raises(MemoryError), first.over(received(*range(8))):
        raise MemoryError
    assert first.portion(received(*range(8))) == received(*range(4))
    for _ in range(ENDS):
        assert first.verdict(received(0)) is None
        with pytest.raises(MemoryError), first.over(received(0)):
            raise MemoryError
    assert first.verdict(received(0)) is not None


def test_each_process_of_a_folder_has_a_note_of_its_own(tmp_path: Path) -> None:
    first, second = FileJournal(tmp_path, "enricher"), FileJournal(tmp_path, "enricher")
    first.write(b"one")
    second.write(b"two")
    assert (first.read(), second.read()) == (b"one", b"two")
    first.close()
    assert FileJournal(tmp_path, "enricher").read() == b"one"


def test_a_shorter_note_replaces_a_longer_one(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path, "a")
    journal.write(b"x" * 5_000)
    journal.write(b"short")
    assert journal.read() == b"short"
    journal.write(b"")
    assert journal.read() == b""


@pytest.mark.parametrize(
    "content", [b"", b"0000", b"00000099{}", b"abcdefgh{}", b"00000002[]", b"00000004null"]
)
def test_a_note_that_cannot_be_read_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "enricher.0").write_bytes(content)
    assert care(tmp_path).portion(received(*range(8))) == received(*range(8))


def test_without_a_file_everything_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FOLDER).write_text("no folder")
    with care(tmp_path).over(received(1)):
        pass
    assert "cannot be noted" in caplog.text


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir()
    other = tmp_path / "other"
    other.write_text("mine")
    (tmp_path / FOLDER / "enricher.0").symlink_to(other)
    FileJournal(tmp_path, "enricher").write(b"note")
    assert other.read_text() == "mine"


def test_more_processes_than_files_go_without(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    held = [FileJournal(tmp_path, "a") for _ in range(FILES + 1)]
    held[-1].write(b"x")
    assert held[-1].read() == b""
    assert [one.levelno for one in caplog.records] == [logging.WARNING]


def test_a_portion_that_begins_while_the_process_ends_is_not_blamed(tmp_path: Path) -> None:
    """As in a second process whose parent is gone: it ends at once, whatever its stages do."""

    class Late(FileJournal):
        """A journal that is closed when the next portion begins."""

        def close(self) -> None:
            begun.__enter__()
            super().close()

    guard = CrashGuard("enricher", Late(tmp_path, "enricher"), 8)
    begun = guard.over(received(1, 2))
    guard.close()
    assert FileJournal(tmp_path, "enricher").read() == b""
