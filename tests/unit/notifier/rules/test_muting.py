"""A mute that ends when a story grows, and stories that are merged meanwhile."""

from datetime import timedelta

from pantau_schemas.events.rules import Mute, Rules
from tests.support import START
from tests.unit.notifier.rules.playing import Player, alert, watching

DAY = timedelta(days=1)


def test_a_mute_follows_a_story_that_was_merged_into_another() -> None:
    """A story of 4 sources when the mute began has 8 now, under the id of another."""
    merged: dict[str, str] = {}
    rules = Rules(mute=Mute(since=START, until_growth=True))
    player = Player(watching(rules), story_of=lambda one: merged.get(one, one))
    player.take(alert("one", story="a", sources=4), START)
    merged["a"] = "b"
    player.take(alert("two", story="b", sources=7), START + DAY)
    assert player.sent == []
    player.take(alert("three", story="a", sources=8), START + 2 * DAY)
    assert [one[1:] for one in player.sent] == [("mute-ended", ("one", "two", "three"))]


def test_merged_stories_grow_beyond_the_larger_of_them() -> None:
    merged: dict[str, str] = {}
    rules = Rules(mute=Mute(since=START, until_growth=True))
    player = Player(watching(rules), story_of=lambda one: merged.get(one, one))
    player.take(alert("one", story="a", sources=4), START)
    player.take(alert("two", story="b", sources=2), START)
    merged["a"] = "b"
    player.take(alert("three", story="b", sources=6), START + DAY)
    assert player.sent == []
