"""A take-down thins states out while the services that own them write them as well."""

from collections.abc import Callable
from contextlib import closing

import pytest

from pantau.bootstrap import build_eraser
from pantau.ports import Received, Record, Store
from pantau_schemas.topics import RULE_STATE


@pytest.fixture
def backend(durable: str) -> str:
    """Return the name of the backend: nothing of the store in memory is taken down."""
    return durable


@pytest.fixture(params=["sqlite", "kafka"])
def durable(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def state(text: str, key: str = "k") -> Record:
    return Record(RULE_STATE.name, key, text.encode())


def last_of(store: Store) -> Received:
    """Return the last record of the key, as a take-down reads it."""
    return [one for one in build_eraser(store).records(RULE_STATE.name) if one.record.key == "k"][
        -1
    ]


def current(store: Store) -> tuple[dict[str, bytes | None], dict[str, bytes | None]]:
    """Return what a table has, and what a reader of the topic finds."""
    store.log.catch_up()
    with closing(store.log.consumer([RULE_STATE.name], None)) as reader:
        found = {one.record.key: one.record.value for one in reader.poll(10)}
    return dict(store.log.table(RULE_STATE.name).snapshot().values), found


def test_a_state_that_was_written_meanwhile_stays(reopen: Callable[[], Store]) -> None:
    store = reopen()
    store.log.append([state("1"), state("beside", "other")])
    table = store.log.table(RULE_STATE.name)
    version = table.snapshot().version
    before = last_of(store)
    store.log.append([state("2")])
    build_eraser(store).replace([(before, state("1, thinned out"))])
    wanted = {"k": b"2", "other": b"beside"}
    assert current(store) == (wanted, wanted)
    assert table.changes(version).values == {"k": b"2"}

    second = next(
        one for one in build_eraser(store).records(RULE_STATE.name) if one.record.value == b"2"
    )
    build_eraser(store).replace([(second, state("2, thinned out"))])
    wanted["k"] = b"2, thinned out"
    assert current(store) == (wanted, wanted)

    store.log.append([state("3")])  # the owner's next state counts, whatever came before
    wanted["k"] = b"3"
    assert current(store) == (wanted, wanted)
    other = reopen()  # a reader that begins now, as after the loss of its copy
    assert current(other) == (wanted, wanted)
