"""Tables are brought up to date on a connection that no fetch holds up."""

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

import pytest
from kafka.errors import KafkaError

from pantau.adapters.kafka.client import opened
from pantau.adapters.kafka.tables.ends import TopicEnds
from pantau.adapters.kafka.tables.reader import TopicReader
from pantau.bootstrap import STORES
from pantau.ports import Record
from pantau.settings import Settings
from tests.support import FixedClock


def test_what_others_wrote_is_found_without_waiting_behind_a_fetch(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = (STORES["kafka"](settings, FixedClock()) for _ in range(2))
    with closing(reader), closing(writer):
        feeds, sites = reader.log.table("feeds"), reader.log.table("sites")
        assert (feeds.get("a"), sites.get("b")) == (None, None)

        def held_up(_: TopicReader) -> None:
            pytest.fail("asked on the connection of the fetches")

        monkeypatch.setattr(TopicReader, "ask_ends", held_up)
        writer.log.append([Record("feeds", "a", b"1"), Record("sites", "b", b"2")])
        reader.log.catch_up()
        assert (feeds.get("a"), sites.get("b")) == (b"1", b"2")


def test_a_connection_that_failed_is_made_anew(settings: Settings) -> None:
    name = f"{settings.kafka.prefix}feeds"
    with closing(TopicEnds(settings.kafka)) as ends:
        there = ends.ask(name, [0])
        assert set(there.values()) == {0}
        ends._admin.close()
        with pytest.raises(KafkaError):
            ends.ask(name, [0])
        assert ends.ask(name, [0]) == there
    with pytest.raises(KafkaError):
        ends.ask(name, [0])
    assert ends._admin is None


def test_what_is_closed_while_it_connects_stays_closed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = TopicEnds(settings.kafka)

    def closed_meanwhile(kind: Callable[..., Any], options: Mapping[str, Any]) -> Any:
        made = opened(kind, options)
        ends.close()
        return made

    monkeypatch.setattr("pantau.adapters.kafka.tables.ends.opened", closed_meanwhile)
    with pytest.raises(KafkaError):
        ends.ask(f"{settings.kafka.prefix}feeds", [0])
    assert ends._admin is None


@pytest.mark.parametrize(("timeout", "waits"), [(30.0, 1_000), (1.0, 500)])
def test_an_idle_fetch_waits_for_a_second_and_half_the_time_limit_at_most(
    settings: Settings, timeout: float, waits: int
) -> None:
    kafka = settings.kafka.model_copy(update={"timeout_seconds": timeout})
    with closing(TopicReader(f"{kafka.prefix}feeds", kafka)) as reader:
        assert reader._consumer.config["fetch_max_wait_ms"] == waits
