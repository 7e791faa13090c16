"""An alert on its way through the rules: sources, choice of articles, trigger, channels. Pure."""

from pantau.notifier.rules.choice import chosen, find_story, with_sources
from pantau.notifier.rules.distribute import AlertSet, distribute
from pantau.notifier.rules.draft import RuleDraft
from pantau.notifier.rules.muting import end_mute, mute_ends
from pantau.notifier.rules.stories import StoryOf, owner_of, short_key, sources_of
from pantau.notifier.rules.times.leaving import leave_at, own_time
from pantau.notifier.rules.triggers import Fired, count_in, spike_in
from pantau.notifier.rules.waiting import Arrival
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.message import Occasion
from pantau_schemas.events.rule_state import Quietness
from pantau_schemas.events.rules import EveryMatch, Silence, Spike, Threshold


def take(draft: RuleDraft, alert: Alert, story_of: StoryOf) -> None:
    """Pass one alert through the rules."""
    rules, article = draft.rules, alert.article
    if rules.expires is not None and draft.now >= rules.expires:
        return
    story = find_story(draft, article.story_id, story_of)
    key = short_key(story or article.article_id)
    arrival = Arrival(alert.alert_id, key, sources_of(alert), owner_of(alert))
    if isinstance(rules.trigger, Silence):
        draft.quietness = Quietness(since=draft.now)
    grows = mute_ends(draft, story, arrival.sources, story_of)
    growth = story in draft.known and rules.articles == "growth"
    enough = with_sources(draft, arrival, story)
    picked = chosen(draft, enough, story)
    if not picked and grows:
        picked = (arrival,)  # the news that its owner waits for
    alone = picked == (arrival,) and not growth
    pass_on(draft, picked, None if alone else "grown")
    if grows:
        end_mute(draft)


def pass_on(draft: RuleDraft, picked: tuple[Arrival, ...], occasion: Occasion | None) -> None:
    """Pass alerts that count to the trigger, and its result to the channels."""
    quiet = draft.rules.quiet
    if not picked:
        return
    match draft.rules.trigger:
        case EveryMatch():
            least = None if quiet is None else quiet.except_sources
            urgent = least is not None and max(one.sources for one in picked) >= least
            distribute(draft, AlertSet.of_arrivals(picked, draft.now, occasion, urgent=urgent))
            if quiet is not None and quiet.except_spike:
                _break_quiet(draft, spike_in(draft, picked, Spike()), picked[-1].alert_id)
        case Threshold() as rule:
            _fire(draft, count_in(draft, picked, rule), picked, "count", urgent=False)
        case Spike() as rule:
            urgent = quiet is not None and quiet.except_spike
            _fire(draft, spike_in(draft, picked, rule), picked, "spike", urgent=urgent)
        case Silence():
            pass


def _fire(
    draft: RuleDraft,
    fired: Fired | None,
    picked: tuple[Arrival, ...],
    occasion: Occasion,
    *,
    urgent: bool,
) -> None:
    if fired is None:
        return
    least = None if draft.rules.quiet is None else draft.rules.quiet.except_sources
    wide = least is not None and max(one.sources for one in picked) >= least
    distribute(
        draft,
        AlertSet(
            fired.alert_ids,
            fired.more_alerts,
            fired.stories,
            picked[-1].alert_id,
            fired.since,
            occasion,
            fired.why,
            urgent or wide,
        ),
    )


def _break_quiet(draft: RuleDraft, fired: Fired | None, alert_id: str) -> None:
    """Send what quiet hours hold, since the spike that an alert led to is reported at once."""
    if fired is None:
        return
    for queue in draft.queues.values():
        waiting = queue.pending
        if waiting is None:
            continue
        due = own_time(queue.timing, queue.last, waiting.since, draft.zone)
        leave = leave_at(draft.rules, draft.zone, due, mute_over=draft.mute_over)
        at_once = leave_at(draft.rules, draft.zone, due, mute_over=draft.mute_over, urgent=True)
        # A spike ends the quiet hours alone: what a mute holds, or what is not yet due by its own
        # timing, keeps waiting.
        if leave.waits != "quiet" or at_once.at is None or at_once.at > draft.now:
            continue
        draft.plan(
            "spike",
            queue.timing,
            queue.channels,
            due=draft.now,
            since=waiting.since,
            alert_ids=tuple(waiting.alert_ids),
            more_alerts=waiting.more_alerts,
            stories=waiting.story_count,
            why=fired.why,
            of=alert_id,
        )
        queue.last, queue.pending = draft.now, None
