"""A mute that ends when a story grows. Pure."""

from pantau.notifier.rules.draft import RuleDraft
from pantau.notifier.rules.stories import StoryOf, has_grown
from pantau_schemas.events.rule_state import HELD, Muting


def mute_ends(draft: RuleDraft, story: str | None, sources: int, story_of: StoryOf) -> bool:
    """Return whether a story's growth ends the mute of now; remember its sources if not.

    What is remembered of stories that were merged meanwhile counts for the one they are now.
    """
    mute = draft.rules.mute
    if mute is None or not mute.until_growth or draft.mute_over or draft.now < mute.since:
        return False
    if story is None or (mute.until is not None and draft.now >= mute.until):
        return False
    muting = draft.muting
    known = {} if muting is None or muting.since != mute.since else dict(muting.stories)
    stories = _merged(known, story_of)
    if story in stories:
        return has_grown(sources, stories[story])
    stories[story] = sources
    draft.muting = Muting(since=mute.since, stories=tuple(stories.items())[-HELD:])
    return False


def _merged(stories: dict[str, int], story_of: StoryOf) -> dict[str, int]:
    found: dict[str, int] = {}
    for former, sources in stories.items():
        current = story_of(former)
        found[current] = max(sources, found.get(current, 0))
    return found


def end_mute(draft: RuleDraft) -> None:
    """Mark the mute of now as over, until its owner sets another."""
    mute = draft.rules.mute
    if mute is not None:
        draft.muting = Muting(since=mute.since, grown=True)
