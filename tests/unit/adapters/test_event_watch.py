"""A watch is woken by every append, whenever it comes."""

import pytest

from pantau.adapters.event_watch import EventWatch


def test_an_append_at_the_end_of_a_wait_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = EventWatch(lambda _: None)

    def appended_late(seconds: float) -> bool:
        del seconds
        watch.wake()
        return False

    with monkeypatch.context() as patched:
        patched.setattr(watch._changed, "wait", appended_late)
        assert not watch.wait(0)
    assert watch.wait(0)
    assert not watch.wait(0)


def test_a_closed_watch_is_unregistered() -> None:
    left: list[EventWatch] = []
    watch = EventWatch(left.append)
    watch.close()
    assert left == [watch]
