"""Which functions texts from outside come to, seen as they are called."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from pantau.adapters.memory.store import MemoryStore
from pantau.bootstrap import build_workers
from pantau.runtimes.embedded.worker import run_until_idle
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau_schemas.base import Event
from pantau_schemas.events.subscription import TerminalChannel
from pantau_schemas.topics import TOPICS
from tests.extracting import pass_on
from tests.growth.given.entries import ENTRIES
from tests.growth.given.pieces import NESTS, PIECES
from tests.growth.given.shapes import ORDINARY, filled
from tests.growth.measure import forget_everything
from tests.growth.subjects import KNOWN_ERRORS, subjects
from tests.support import FixedClock, article, subscription

_SHORT = 300


def reached() -> set[CodeType]:
    """Return the code of all functions that are called by one run of all subjects."""
    seen: set[CodeType] = set()
    forget_everything()
    with _noting(seen):
        for subject in subjects():
            texts = [ORDINARY, _rich(subject.kind)] if subject.function in ENTRIES else [ORDINARY]
            for text in texts:
                _call(lambda subject=subject, text=text: subject.prepare(text)())  # type: ignore[misc]
        _through_all_stages()
    return seen


def _rich(kind: Any) -> str:
    """Return a text that has something of everything."""
    pieces = " ".join(PIECES[kind])
    return (
        ORDINARY
        + pieces
        + "".join(filled(opener, 2) + closer for opener, closer in NESTS[kind])
        + pieces[:_SHORT]
    )


def _call(call: Callable[[], object]) -> None:
    try:
        call()
    except KNOWN_ERRORS:
        return
    except Exception:  # noqa: BLE001 - the test of growth says which
        return


@contextmanager
def _noting(seen: set[CodeType]) -> Iterator[None]:
    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            seen.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)


def _through_all_stages() -> None:
    """Process articles from the log to deliveries, through every stage of the topology."""
    clock = FixedClock()
    store = MemoryStore(clock)
    with tempfile.TemporaryDirectory() as folder:
        workers = build_workers(store, clock, Settings(data=Path(folder)))
    events: list[Event] = [
        subscription("banjir", "banjir OR Demak*", channels=(TerminalChannel(),))
    ]
    events += [article(name, text=ORDINARY * 3) for name in ("one", "two", "three")]
    topics = {topic.event: topic for topic in TOPICS.values()}
    for event in events:
        store.log.append([record_for(event, topics[type(event)], source="test", time=clock.now())])
    pass_on(store, clock)
    run_until_idle(workers)
    for worker in workers:
        worker.close()
    store.close()
