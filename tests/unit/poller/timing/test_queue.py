from hypothesis import given
from hypothesis import strategies as st

from pantau.poller.timing.queue import PollQueue


def test_the_longest_due_comes_first_and_only_when_due() -> None:
    queue = PollQueue(1)
    queue.put("b", "b.example", 2.0)
    queue.put("a", "a.example", 1.0)
    queue.put("c", "c.example", 9.0)
    assert [queue.take(5.0) for _ in range(3)] == ["a", "b", None]
    assert queue.next_due() == 9.0
    assert queue.take(9.0) == "c"
    assert queue.next_due() is None


def test_a_domain_gets_no_more_than_its_share_and_blocks_no_other() -> None:
    queue = PollQueue(2)
    for number in range(4):
        queue.put(f"a{number}", "a.example", float(number))
    queue.put("b", "b.example", 99.0)
    assert [queue.take(100.0) for _ in range(4)] == ["a0", "b", "a1", None]
    queue.done("a1")
    assert queue.take(100.0) == "a2"
    assert queue.take(100.0) is None


def test_a_feed_put_again_waits_for_its_last_time_only() -> None:
    queue = PollQueue(1)
    queue.put("a", "a.example", 1.0)
    queue.put("a", "b.example", 5.0)
    assert queue.take(4.0) is None
    assert queue.next_due() == 5.0
    assert queue.take(5.0) == "a"
    assert queue.take(99.0) is None


def test_a_removed_feed_is_not_given() -> None:
    queue = PollQueue(1)
    queue.put("a", "a.example", 1.0)
    queue.put("b", "a.example", 1.0)
    assert queue.take(1.0) == "a"
    queue.remove("b")
    queue.done("a")
    assert queue.take(2.0) is None
    assert len(queue) == 0


def test_a_running_feed_is_not_given_again() -> None:
    queue = PollQueue(2)
    queue.put("a", "a.example", 1.0)
    assert queue.take(1.0) == "a"
    queue.put("a", "a.example", 1.0)
    assert queue.take(1.0) is None
    queue.done("a")
    assert "a" not in queue


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "take", "done", "remove"]),
            st.integers(0, 9),
            st.integers(0, 20),
        ),
        max_size=80,
    ),
    st.integers(1, 3),
)
def test_limits_hold_and_nothing_is_lost(steps: list[tuple[str, int, int]], share: int) -> None:
    queue = PollQueue(share)
    running: list[str] = []
    waiting: dict[str, float] = {}
    for step, number, when in steps:
        feed = f"f{number}"
        if step == "put" and feed not in running:
            queue.put(feed, f"d{number % 3}", float(when))
            waiting[feed] = float(when)
        elif step == "remove":
            queue.remove(feed)
            waiting.pop(feed, None)
        elif step == "done" and running:
            queue.done(running.pop())
        elif step == "take" and (taken := queue.take(float(when))) is not None:
            del waiting[taken]
            running.append(taken)
        for domain in range(3):
            assert sum(int(one[1:]) % 3 == domain for one in running) <= share
    for one in running:
        queue.done(one)
    rest = []
    while (taken := queue.take(1e9)) is not None:
        rest.append(taken)
        queue.done(taken)
    assert sorted(rest) == sorted(waiting)
