"""The searches of the demonstration; `tests/e2e/test_demo.py` runs the whole of it."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.adapters.terminal.screen import Screen, open_screen
from pantau.commands.programs import demo
from pantau.demo import scenario
from pantau.demo.newsroom import load_newsroom
from pantau.ports import Store
from tests.support import FixedClock, enriched

TEXTS = ("Warga naik perahu karena banjir.", "Banjir surut, perahu ditarik.")


@pytest.mark.parametrize("show", [demo._show_search, demo._show_stories])
def test_a_search_of_the_demonstration_marks_its_words(
    show: Callable[[Screen, Store], None], capsys: pytest.CaptureFixture[str]
) -> None:
    store = MemoryStore(FixedClock())
    store.index.put(enriched(one, title=one, text=one, story_id="s" * 26) for one in TEXTS)
    show(open_screen(), store)
    shown = capsys.readouterr().out
    assert "*perahu*" in shown


def test_subscriptions_are_named_in_the_language_of_the_reader() -> None:
    english, indonesian = load_newsroom(), load_newsroom("id")
    assert english == load_newsroom("en")
    named = {one.id: one.name for one in indonesian.watchers}
    assert named["port-strike"] == "Mogok di pelabuhan"
    assert named["kepala-btbn"] == "Kepala BTBN soal banjir"
    assert not any(" the " in f" {one} " or "only" in one for one in named.values())
    assert [one.query for one in english.watchers] == [one.query for one in indonesian.watchers]


@pytest.mark.anyio
async def test_a_demonstration_that_is_too_slow_tells_so_in_the_language_of_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scenario, "WAVE_SECONDS", -1.0)
    play = scenario.Scenario(load_newsroom(), tmp_path, lambda _: None)
    running = asyncio.create_task(asyncio.sleep(3_600))
    with pytest.raises(scenario.DemoFailedError) as caught:
        await play._wave(MemoryStore(FixedClock()), running, 1)
    running.cancel()
    assert "0 of 6 articles can be searched; missing alerts: " in str(caught.value)
    assert "kepala-btbn" in str(caught.value)
    assert "coba lagi nanti" in caught.value.text("id")
