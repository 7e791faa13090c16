"""The searches of the demonstration; `tests/e2e/test_demo.py` runs the whole of it."""

from collections.abc import Callable

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.adapters.terminal.screen import Screen, open_screen
from pantau.commands.programs import demo
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
