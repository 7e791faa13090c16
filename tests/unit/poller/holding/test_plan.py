"""Held articles stay within their space, and none vanishes without being counted."""

from hypothesis import given
from hypothesis import strategies as st

from pantau.feeds.document import ParsedItem
from pantau.poller.holding.plan import FEED_PART, HeldFacts, plan, room
from pantau.poller.identity.keys import Home, read_keys
from pantau.poller.identity.listing import BASE_COST, Listed, listed_as

IDS = st.lists(st.integers(0, 12), unique=True, max_size=10)


def item(number: int) -> Listed:
    parsed = ParsedItem(guid=None, link=f"https://a.example/{number}", title="", text="x" * number)
    return listed_as(parsed, read_keys(parsed, "f", Home())).resolved(str(number))


@given(waits=IDS, was=IDS, done=IDS, pieces=st.integers(0, 12))
def test_every_article_is_held_or_counted(
    waits: list[int], was: list[int], done: list[int], pieces: int
) -> None:
    kept = {str(n): HeldFacts(item(n).core, item(n).cost, historical=False) for n in was}
    gone = frozenset(str(n) for n in done if n not in waits)
    space = pieces * BASE_COST
    found = plan([item(n) for n in waits], kept, gone, space)
    held = (kept.keys() - set(found.remove)) | {one.article_id for one in found.write}
    assert sum(item(int(key)).cost for key in held) <= space
    assert held.isdisjoint(gone)
    wanted = ({str(n) for n in waits} | kept.keys()) - gone
    assert len(wanted) == len(held) + found.given_up + found.unkept
    assert not kept.keys() & {one.article_id for one in found.write}  # these say the same


def test_a_changed_wording_is_written_again() -> None:
    one = item(1)
    kept = {"1": HeldFacts("other", one.cost, historical=True)}
    assert plan([one], kept, frozenset(), 10_000).write == (one,)


def test_a_feed_has_a_part_of_the_space_and_no_more_than_is_left() -> None:
    assert FEED_PART == 200
    assert room(20_000, 0, 0) == 100
    assert room(20_000, 19_950, 0) == 50
    assert room(20_000, 20_000, 30) == 30
    assert room(20_000, 21_000, 0) == 0
