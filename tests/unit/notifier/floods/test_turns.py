from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pantau.notifier.floods.turns import FeedTurns
from tests.cost import excess
from tests.support import START


@dataclass(eq=False)
class Thing:
    turn: str
    number: int
    attempts: int = 0
    gone: bool = False
    ticket: int = 0

    @property
    def order(self) -> tuple[datetime, int]:
        return START, self.number


def drain(turns: FeedTurns[Thing]) -> list[Thing]:
    taken = []
    while (one := turns.take()) is not None:
        taken.append(one)
    return taken


def test_each_feed_has_its_turn_and_its_own_order() -> None:
    turns: FeedTurns[Thing] = FeedTurns()
    for number in (3, 1, 2):
        turns.add(Thing("flood", number))
    for number in (5, 4):
        turns.add(Thing("good", number))
    assert [(one.turn, one.number) for one in drain(turns)] == [
        ("flood", 1),
        ("good", 4),
        ("flood", 2),
        ("good", 5),
        ("flood", 3),
    ]
    assert not turns


def test_one_that_comes_late_waits_for_one_message_of_each_other_feed() -> None:
    turns: FeedTurns[Thing] = FeedTurns()
    for number in range(1_000):
        turns.add(Thing(f"flood {number % 3}", number))
    for _ in range(10):
        turns.take()
    turns.add(Thing("good", 1_000))
    assert [one.turn for one in drain(turns)].index("good") == 3


def test_in_an_outage_the_one_with_the_fewest_tries() -> None:
    turns: FeedTurns[Thing] = FeedTurns()
    for number in range(4):
        turns.add(Thing("a", number, attempts=4 - number))
    first = turns.fewest_tries()
    assert first is not None
    assert first.number == 3
    turns.add(Thing("b", 9))
    second = turns.fewest_tries()
    assert second is not None
    assert second.turn == "b"
    turns.calm()
    assert [one.number for one in drain(turns)] == [0, 1, 2]


THINGS = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.integers(0, 3),
        st.booleans(),
        st.sampled_from(["add", "turn", "few"]),
    ),
    max_size=60,
)


@given(THINGS)
def test_each_comes_out_once_whichever_way_it_is_taken(
    steps: list[tuple[str, int, bool, str]],
) -> None:
    turns: FeedTurns[Thing] = FeedTurns()
    put: list[Thing] = []
    out: list[Thing] = []
    for number, (turn, attempts, gone, how) in enumerate(steps):
        if how == "add":
            thing = Thing(turn, number, attempts)
            turns.add(thing)
            put.append(thing)
            thing.gone = gone
        else:
            if how == "turn":
                turns.calm()
            taken = turns.fewest_tries() if how == "few" else turns.take()
            if taken is not None:
                out.append(taken)
            if how == "few":
                left = [one.attempts for one in put if not one.gone and one not in out]
                assert taken is None or all(taken.attempts <= one for one in left)
    turns.calm()
    out += drain(turns)
    assert Counter(map(id, out)) == Counter(id(one) for one in put if not one.gone)
    assert not turns


def test_the_cost_of_a_pick_hardly_grows_with_what_waits() -> None:
    def prepare(number: int) -> Callable[[], None]:
        turns: FeedTurns[Thing] = FeedTurns()
        for one in range(number):
            turns.add(Thing("a", one))

        def drain_all() -> None:
            while turns.fewest_tries() is not None:
                pass

        return drain_all

    assert excess(prepare, 800, times=20, allowed=4.0) < 4.0


def test_order_is_by_time_first() -> None:
    @dataclass(eq=False)
    class Timed(Thing):
        @property
        def order(self) -> tuple[datetime, int]:
            return START + timedelta(seconds=-self.number), self.number

    turns: FeedTurns[Thing] = FeedTurns()
    for number in range(3):
        turns.add(Timed("a", number))
    assert [one.number for one in drain(turns)] == [2, 1, 0]
