"""A stage reads the tables that its row declares: no other, and each of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.errors import StopError
from pantau.keyed.desk import FollowedTables
from pantau.notifier import dispatch
from pantau.ports import Table
from pantau.settings import Settings
from pantau.stream.handler import Resources, Stage
from pantau.topology import STAGES
from pantau_schemas.topics import ALERTS, ARTICLES, SUBSCRIPTIONS, Topic
from tests.support import FixedClock


class Asked:
    """Resources that note which tables a handler asks for."""

    def __init__(self, tmp_path: Path) -> None:
        store = MemoryStore(FixedClock())
        self.names: set[str] = set()

        def table(topic: Topic) -> Table:
            self.names.add(topic.name)
            return store.log.table(topic.name)

        self.resources = Resources(Settings(data=tmp_path), table, FixedClock())


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
def test_a_stage_reads_each_table_that_it_follows(stage: Stage, tmp_path: Path) -> None:
    asked = Asked(tmp_path)
    stage.build(asked.resources)
    assert asked.names == {topic.name for topic in stage.follows}


def without_one() -> Iterator[tuple[Stage, str]]:
    for stage in STAGES:
        for topic in stage.follows:
            left = tuple(one for one in stage.follows if one is not topic)
            yield replace(stage, follows=left), topic.name


@pytest.mark.parametrize(
    ("stage", "missing"),
    [pytest.param(*one, id=f"{one[0].name}-{one[1]}") for one in without_one()],
)
def test_a_table_that_is_not_declared_stops_the_wiring(
    stage: Stage, missing: str, tmp_path: Path
) -> None:
    with pytest.raises(StopError, match=f"{stage.name} may not read the table {missing}:"):
        stage.build(Asked(tmp_path).resources)


def test_a_table_that_is_asked_for_later_is_refused_as_well(tmp_path: Path) -> None:
    kept: list[Resources] = []

    def make(resources: Resources) -> None:
        kept.append(resources)

    replace(STAGES[1], make=make).build(Asked(tmp_path).resources)  # type: ignore[arg-type]
    assert kept[0].table(SUBSCRIPTIONS).count() == 0
    with pytest.raises(StopError, match="may not read the table alerts"):
        kept[0].table(ALERTS)


def test_what_is_no_table_cannot_be_followed() -> None:
    with pytest.raises(StopError, match="follows articles, which is no table"):
        replace(STAGES[1], follows=(ARTICLES,))


def test_the_dispatcher_reads_the_tables_that_it_follows_alone() -> None:
    tables = FollowedTables(dispatch.GROUP, MemoryStore(FixedClock()).log, dispatch.FOLLOWS)
    assert tables.table(ALERTS.name).count() == 0
    with pytest.raises(StopError, match="dispatcher may not read the table rule-state"):
        tables.table("rule-state")
