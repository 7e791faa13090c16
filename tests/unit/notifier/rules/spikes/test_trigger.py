"""The trigger of the rules over the statistics: what an alert counts, and what is reported."""

from datetime import datetime, timedelta

from pantau.notifier.rules.draft import RuleDraft
from pantau.notifier.rules.stories import short_key
from pantau.notifier.rules.triggers import Fired, spike_in
from pantau.notifier.rules.waiting import Arrival
from pantau_schemas.events.rules import Spike
from tests.support import subscription
from tests.unit.notifier.rules.spikes.histories import HOUR, MONDAY

SUBSCRIPTION = subscription("banjir", "banjir")


def arrival(story: str, owner: str, moment: datetime) -> Arrival:
    name = f"{story} {owner} {moment.isoformat()}"
    return Arrival(short_key(name), short_key(story), 1, owner)


def draft_of_four_weeks() -> RuleDraft:
    """Return the state after four weeks with a story every hour."""
    draft = RuleDraft.of(SUBSCRIPTION, None, MONDAY)
    for hour in range(4 * 168):
        draft.now = MONDAY + hour * HOUR
        assert spike_in(draft, (arrival(f"story {hour}", "one", draft.now),), Spike()) is None
    return draft


def play(draft: RuleDraft, stories: int, owners: int, articles: int) -> list[Fired]:
    fired = []
    begin = draft.now + HOUR
    for number in range(articles):
        draft.now = begin + timedelta(seconds=number)
        one = arrival(f"new {number % stories}", f"owner {number % owners}", draft.now)
        found = spike_in(draft, (one,), Spike())
        fired += [found] if found else []
    return fired


def test_many_stories_are_a_spike_that_is_reported_once() -> None:
    draft = draft_of_four_weeks()
    (found,) = play(draft, stories=11, owners=1, articles=11)
    assert found.why.code == "spikes.found"
    assert draft.episode is not None
    assert draft.episode.reported == found.why.params["number"]


def test_a_story_that_many_owners_have_is_a_spike() -> None:
    assert len(play(draft_of_four_weeks(), stories=1, owners=11, articles=11)) == 1


def test_many_articles_of_a_story_from_one_owner_are_none() -> None:
    assert not play(draft_of_four_weeks(), stories=1, owners=1, articles=200)
