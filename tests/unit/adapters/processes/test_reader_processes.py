"""Documents that hang, eat memory or end their process.

That document's error, and nobody else's.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pantau.adapters.processes.reader import ProcessReader, ReadLimits
from pantau.errors import RejectError, RetryError
from pantau.poller.reading import feed_documents
from pantau.poller.reading.listed_reading import LISTED
from pantau.ports import Reading
from pantau_schemas.events.feed import FeedStatus
from tests.unit.adapters.http.loopback import loopback, reply
from tests.unit.adapters.processes import hostile_readings as hostile
from tests.unit.poller.polling import desk, rss

ROOT = Path(__file__).parents[4]
SMALL, MEDIUM, LARGE = b"x" * 10, b"x" * 100, b"x" * 1_000
LIMITS = ReadLimits(
    small=10,
    large=500,
    seconds=0.3,
    seconds_each_megabyte=0.0,
    memory=100_000_000,
    memory_each_byte=0,
    wait_seconds=300.0,
)


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the readings of the tests on the import path of children."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))


@pytest.fixture
def reader() -> Iterator[ProcessReader]:
    made = ProcessReader(limits=LIMITS)
    yield made
    made.close()


def _refused(reader: ProcessReader, reading: Reading[Any]) -> str:
    with pytest.raises(RejectError) as refusal:
        reader.read_now(reading, MEDIUM, {})
    return str(refusal.value)


def test_children_start_with_the_first_document_that_needs_one_and_stay(
    reader: ProcessReader,
) -> None:
    assert reader.read_now(hostile.SIZE, SMALL, {"word": "a"}) == [10, "a", os.getpid()]
    assert reader.pids() == ()
    first = reader.read_now(hostile.SIZE, MEDIUM, {"word": "b"})
    assert first == [100, "b", *reader.pids()]
    assert reader.read_now(hostile.SIZE, LARGE, {}) == [1_000, None, first[2]]


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (hostile.SPIN, "reading the document took more than 0.3 seconds of processor time"),
        (hostile.SPIN_IN_C, "reading the document took more than 0.3 seconds of processor time"),
        (hostile.EAT, "reading the document took more than 100 MB of memory"),
        (hostile.EXIT, "reading the document ended the process that read it (exit code 3)"),
        (hostile.CRASH, "reading the document ended the process that read it (signal 11)"),
        (hostile.FAIL, "internal error, please report it: KeyError: 'nobody foresaw this'"),
        (hostile.NONSENSE, "said what makes no sense: unlike: [100, None, "),
    ],
    ids=["spin", "spin-in-c", "eat", "exit", "crash", "fail", "nonsense"],
)
def test_what_a_document_does_to_its_process_is_its_own_error(
    reader: ProcessReader, reading: Reading[Any], reason: str
) -> None:
    if "processor time" not in reason:  # a slow machine needs some for each of the others
        reader._limits = replace(LIMITS, seconds=60.0)
    assert reason in _refused(reader, reading)
    assert reader.read_now(hostile.SIZE, MEDIUM, {})[0] == 100


def test_a_process_that_somebody_kills_is_not_the_documents_error(reader: ProcessReader) -> None:
    with pytest.raises(RetryError, match="is the machine short of memory"):
        reader.read_now(hostile.KILLED, MEDIUM, {})


def test_a_document_that_neither_works_nor_ends_is_given_up() -> None:
    reader = ProcessReader(limits=ReadLimits(small=10, wait_seconds=0.5))
    with pytest.raises(RetryError, match=r"did not end within 0\.5 seconds"):
        reader.read_now(hostile.HANG, MEDIUM, {})
    reader._limits = LIMITS  # patient again: the next child may need more than half a second
    assert reader.read_now(hostile.SIZE, MEDIUM, {})[0] == 100
    reader.close()


def test_an_unforeseen_error_in_a_small_document_is_its_own_too(reader: ProcessReader) -> None:
    with pytest.raises(RejectError, match="please report it: KeyError"):
        reader.read_now(hostile.FAIL, SMALL, {})


def test_a_child_that_a_document_made_grow_gives_way_to_a_new_one() -> None:
    roomy = ProcessReader(limits=ReadLimits(small=10))
    grown = roomy.read_now(hostile.GROW, MEDIUM, {})[2]
    assert roomy.pids() == ()
    assert roomy.read_now(hostile.SIZE, MEDIUM, {})[2] != grown
    roomy.close()


def test_a_child_that_cannot_start_is_worth_another_try(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = ProcessReader(preload=["pantau.nowhere:AT_ALL"])
    with pytest.raises(RetryError, match="ended at its start"):
        reader.read_now(hostile.SIZE, b"x" * 100_000, {})
    monkeypatch.setattr("pantau.adapters.processes.reader._PROGRAM", ("/nowhere/python",))
    with pytest.raises(RetryError, match="could be started: No such file"):
        ProcessReader().read_now(hostile.SIZE, b"x" * 100_000, {})
    reader.close()


def test_four_documents_that_hang_hold_up_no_other_one_and_not_the_end(
    reader: ProcessReader,
) -> None:
    async def run() -> None:
        hanging = [asyncio.create_task(reader.read(hostile.HANG, LARGE, {})) for _ in range(4)]
        many = [reader.read(hostile.SIZE, document, {}) for document in (SMALL, MEDIUM) * 20]
        assert [one[0] for one in await asyncio.gather(*many)] == [10, 100] * 20
        assert not any(one.done() for one in hanging)
        reader.close()
        ends = await asyncio.gather(*hanging, return_exceptions=True)
        assert {type(one) for one in ends} <= {RetryError, asyncio.CancelledError}
        assert reader.pids() == ()

    asyncio.run(run())


def test_more_documents_than_children_that_never_end_are_all_given_up(
    reader: ProcessReader,
) -> None:
    async def run() -> None:
        spinning = [reader.read(hostile.SPIN, document, {}) for document in (MEDIUM, LARGE) * 3]
        ends = await asyncio.gather(*spinning, return_exceptions=True)
        assert {str(one) for one in ends} == {
            "reading the document took more than 0.3 seconds of processor time"
        }
        assert (await reader.read(hostile.SIZE, MEDIUM, {}))[0] == 100

    asyncio.run(run())


def test_a_closed_reader_reads_nothing_more(reader: ProcessReader) -> None:
    reader.read_now(hostile.SIZE, MEDIUM, {})
    reader.close()
    with pytest.raises(RetryError, match="the program is ending"):
        reader.read_now(hostile.SIZE, MEDIUM, {})
    with pytest.raises(RetryError, match="the program is ending"):
        asyncio.run(reader.read(hostile.SIZE, MEDIUM, {}))


def test_the_poller_shows_it_as_the_feeds_error_and_does_not_try_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed_documents, "LISTED", hostile.EXIT)
    large = rss(*(f"Judul {n}" for n in range(2_000)))

    async def run() -> None:
        async with loopback({"/rss": reply(large)}) as site, desk(tmp_path) as at:
            feed = at.add(site.url("/rss"))
            for _ in range(2):
                await at.poller.poll_once(all_feeds=True)
                state = at.state(feed)
                assert state is not None
                assert state.status is FeedStatus.ERROR
                assert (
                    state.problem
                    == "reading the document ended the process that read it (exit code 3)"
                )
                monkeypatch.setattr(
                    feed_documents, "LISTED", hostile.FAIL
                )  # would show if it were read again

    asyncio.run(run())


def test_the_poller_tries_again_what_was_not_the_documents_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = LISTED
    monkeypatch.setattr(feed_documents, "LISTED", hostile.KILLED)
    large = rss(*(f"Judul {n}" for n in range(2_000)))

    async def run() -> None:
        async with loopback({"/rss": reply(large)}) as site, desk(tmp_path) as at:
            feed = at.add(site.url("/rss"))
            await at.poller.poll_once(all_feeds=True)
            state = at.state(feed)
            assert state is not None
            assert "was killed" in (state.problem or "")
            monkeypatch.setattr(feed_documents, "LISTED", usual)
            assert (await at.poller.poll_once(all_feeds=True)).new == 2_000

    asyncio.run(run())


PARENT = """
import signal, sys, threading
# SIGINT is ignored in background processes.
signal.signal(signal.SIGINT, signal.default_int_handler)
from pantau.adapters.processes.reader import ProcessReader, ReadLimits
from tests.unit.adapters.processes import hostile_readings as hostile
reader = ProcessReader(limits=ReadLimits(small=10))
try:
    reader.read_now(hostile.SIZE, b"x" * 100, {})
    args = (hostile.HANG, b"x" * 100, {})
    daemon = sys.argv[1] == "daemon"
    threading.Thread(target=reader.read_now, args=args, daemon=daemon).start()
    print(*reader.pids(), flush=True)
    sys.stdin.read()
finally:
    reader.close()
"""


@pytest.mark.parametrize("name", ["SIGKILL", "SIGINT"])
def test_children_end_with_their_parent_whatever_they_do(name: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, "daemon" if name == "SIGKILL" else "joined"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        watch = os.pidfd_open(child)
        parent.send_signal(getattr(signal, name))
        parent.wait(timeout=240)
    assert _ended(watch)


def _ended(watch: int) -> bool:
    """Wait for the end of a process; the descriptor of one that has ended can be read."""
    import select  # noqa: PLC0415 (here alone)

    found, _, _ = select.select([watch], [], [], 60)
    os.close(watch)
    return bool(found)
