"""Which alerts count: enough sources, and the first of a story or one that grew. Pure."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from pantau.notifier.rules.draft import RuleDraft
from pantau.notifier.rules.stories import StoryOf, has_grown, same_story, short_key
from pantau.notifier.rules.waiting import Arrival
from pantau_schemas.events.rule_state import HELD, HELD_ALERTS, STORIES, HeldStory

HELD_DAYS: Final = timedelta(days=7)
"""How long a story may take to get enough sources."""


def find_story(draft: RuleDraft, story: str | None, story_of: StoryOf) -> str | None:
    """Return the current id of a story; what is remembered of merged ones is moved to it."""
    if story is None:
        return None
    current = story_of(story)
    if story_of is same_story:
        return current
    # A look at all of them only where the story is not found at once: it is new, or was merged.
    merged = () if current in draft.known else tuple(draft.known)
    for former in [one for one in merged if story_of(one) == current]:
        _, reported, unsent, seen = draft.known.pop(former)
        _, *other = draft.known.get(current, (current, reported, 0, seen))
        draft.known[current] = (
            current, max(reported, other[0]), unsent + other[1], max(seen, other[2])
        )  # fmt: skip
        draft.changed = True
    for former in [one for one in draft.held if story_of(one) == current != one]:
        _hold(draft, current, draft.held.pop(former))
        draft.changed = True
    return current


def _hold(draft: RuleDraft, story: str, more: HeldStory) -> None:
    """Add alerts to what is held of a story."""
    before = draft.held.pop(story, None)
    parts = [more] if before is None else sorted((before, more), key=lambda one: one.since)
    ids = tuple(dict.fromkeys(one for part in parts for one in part.alert_ids))
    draft.held[story] = HeldStory(
        story_id=story,
        since=parts[0].since,
        alert_ids=ids[:HELD_ALERTS],
        more_alerts=sum(one.more_alerts for one in parts) + max(0, len(ids) - HELD_ALERTS),
        sources=max(one.sources for one in parts),
    )
    if len(draft.held) > HELD:
        draft.held.popitem(last=False)


def with_sources(draft: RuleDraft, arrival: Arrival, story: str | None) -> tuple[Arrival, ...]:
    """Return the alerts that have enough sources now: one, it and those that waited, or none."""
    least = draft.rules.sources
    _forget_held(draft)
    if arrival.sources < least and (story is None or story not in draft.known):
        if story is not None:
            held = HeldStory(
                story_id=story,
                since=draft.now,
                alert_ids=(arrival.alert_id,),
                sources=arrival.sources,
            )
            _hold(draft, story, held)
        return ()
    waited = None if story is None else draft.held.pop(story, None)
    if waited is None:
        return (arrival,)
    return (*_released(waited, arrival.story, arrival.sources), arrival)


def released_by_edit(draft: RuleDraft) -> list[tuple[str, tuple[Arrival, ...]]]:
    """Return, by story, held alerts that have enough sources since the rule was changed."""
    found = []
    for story, held in list(draft.held.items()):
        if held.sources >= draft.rules.sources:
            del draft.held[story]
            draft.changed = True
            found.append((story, _released(held, short_key(story), held.sources)))
    return found


def may_be_released(draft: RuleDraft) -> bool:
    """Return whether `released_by_edit` would return any."""
    return any(one.sources >= draft.rules.sources for one in draft.held.values())


def _released(held: HeldStory, key: str, sources: int) -> tuple[Arrival, ...]:
    """Return held alerts; each counts as of an owner of its own, since their sources differed."""
    *others, last = held.alert_ids
    return (
        *(Arrival(one, key, sources, owner=one) for one in others),
        Arrival(last, key, sources, owner=last, more=held.more_alerts),
    )


def _forget_held(draft: RuleDraft) -> None:
    for story, held in list(draft.held.items()):
        if draft.now - held.since >= HELD_DAYS:
            del draft.held[story]


def chosen(
    draft: RuleDraft, arrivals: tuple[Arrival, ...], story: str | None
) -> tuple[Arrival, ...]:
    """Return those of a story's new alerts that a message may report, by the rule for stories.

    Remembers the story where that matters.
    """
    rules = draft.rules
    if story is None or (rules.articles == "all" and rules.sources == 1) or not arrivals:
        return arrivals
    before = draft.known.pop(story, None)
    seen, sources = int(draft.now.timestamp()), arrivals[-1].sources
    reported, unsent = (sources, 0) if before is None else (before[1], before[2])
    picked = arrivals
    # Once a story was reported, its alerts are only counted until it has grown; the message then
    # has the newest, and says how many came meanwhile.
    if rules.articles != "all":
        grown = before is not None and rules.articles == "growth" and has_grown(sources, reported)
        if before is None:
            picked = arrivals[:1]
            unsent = sum(1 + one.more for one in arrivals) - 1
        elif grown:
            last = arrivals[-1]
            others = sum(1 + one.more for one in arrivals[:-1])
            picked = (replace(last, more=unsent + others + last.more),)
            reported, unsent = sources, 0
        else:
            picked = ()
            unsent += sum(1 + one.more for one in arrivals)
    _remember(draft, (story, reported, unsent, seen))
    return picked


def _remember(draft: RuleDraft, known: tuple[str, int, int, int]) -> None:
    draft.known[known[0]] = known
    if len(draft.known) > STORIES:
        draft.known.popitem(last=False)
