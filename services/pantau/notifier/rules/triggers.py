"""Triggers: a count within a time, and a spike. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from pantau.notifier.rules.draft import RuleDraft
from pantau.notifier.rules.stories import short_key
from pantau.notifier.rules.waiting import Arrival
from pantau.problems import Problem, problem
from pantau_schemas.events.message import ALERTS_NAMED
from pantau_schemas.events.rule_state import SHORT, WINDOW, Episode
from pantau_schemas.events.rules import Spike, Threshold
from pantau_schemas.problem import ParamValue, ProblemData

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_HOUR_SECONDS: Final = 3_600
_REPORTED: Final = "-"
"""Stands in a window for the id of an alert that a message named."""


@dataclass(frozen=True, slots=True)
class Fired:
    """The find of a trigger: alerts, the short keys of their stories, and since when they came."""

    alert_ids: tuple[str, ...]
    more_alerts: int
    stories: tuple[str, ...]
    since: datetime
    why: ProblemData


def as_data(given: Problem) -> ProblemData:
    """Return a problem as events hold it."""
    params: dict[str, ParamValue] = {
        name: as_data(value) if isinstance(value, Problem) else value
        for name, value in given.params.items()
    }
    return ProblemData(code=given.code, params=params)


def span_of(seconds: int) -> Problem:
    """Return a span of time in the largest unit that it has a whole number of."""
    for code, unit in (("time.days", 86_400), ("time.hours", 3_600), ("time.minutes", 60)):
        if seconds % unit == 0:
            return Problem(code, {"count": seconds // unit})
    return problem("time.seconds", count=seconds)


def count_in(draft: RuleDraft, arrivals: tuple[Arrival, ...], rule: Threshold) -> Fired | None:
    """Count alerts, or stories where the rules choose among a story's articles.

    The count begins again once it has fired.
    """
    by_story = draft.rules.articles != "all"
    for one in arrivals:
        _prune(draft, rule.seconds, SHORT)
        _put(draft, one.alert_id, one.story)
    number = len({key for _, key, _ in draft.window}) if by_story else len(draft.window)
    if number < rule.number:
        return None
    code = "rules.count-stories" if by_story else "rules.count-alerts"
    fired = _fired(draft, Problem(code, {"number": number, "span": span_of(rule.seconds)}))
    draft.window = []
    return fired


def spike_in(draft: RuleDraft, arrivals: tuple[Arrival, ...], rule: Spike) -> Fired | None:
    """Count a story once for each owner of sources; return the spike of the last 60 minutes.

    See `pantau.notifier.rules.spikes`. A spike is reported once, and again when it has doubled.
    """
    from pantau.notifier.rules.spikes.counts import HourlyCounts  # noqa: PLC0415 (loads numpy, which few rules need)
    from pantau.notifier.rules.spikes.detect import MINIMUM  # noqa: PLC0415 (as above)
    from pantau.notifier.rules.spikes.episode import SpikeEpisode, follow  # noqa: PLC0415 (as above)
    from pantau.notifier.rules.spikes.usual import estimate  # noqa: PLC0415 (as above)
    from pantau.notifier.rules.spikes.wording import explain_spike  # noqa: PLC0415 (as above)

    now, known = draft.now, draft.episode
    counts = HourlyCounts.from_json(draft.hours) if draft.hours else HourlyCounts.starting(now)
    for one in arrivals:
        _prune(draft, _HOUR_SECONDS, 2 * SHORT)
        key = one.story + short_key(f"owner {one.owner}")
        if all(other != key for _, other, _ in draft.window):
            counts = counts.add(now)
        _put(draft, one.alert_id, key)
    number = len({key for _, key, _ in draft.window})
    following, report = follow(
        None if known is None else SpikeEpisode(known.reported, known.seen),
        estimate(counts, now, draft.zone) if number >= MINIMUM else None,
        now,
        number,
        rule.sensitivity,
        draft.zone,
    )
    draft.hours = tuple(counts.trimmed(now).as_json())
    draft.episode = (
        None if following is None else Episode(reported=following.reported, seen=following.seen)
    )
    if report is None:
        return None
    fired = _fired(draft, explain_spike(report))
    # The same spike may be reported again, with what came since.
    draft.window = [(at, key, _REPORTED) for at, key, _ in draft.window]
    return fired


def _prune(draft: RuleDraft, seconds: int, length: int) -> None:
    """Drop what has left the window: its beginning is not part of it, the moment of now is.

    Keys of another length are of a trigger that the subscription had before.
    """
    after = _millis(draft.now) - seconds * 1_000
    draft.window = [one for one in draft.window if one[0] > after and len(one[1]) == length]


def _put(draft: RuleDraft, alert_id: str, key: str) -> None:
    """Add an alert to the window; only the latest keep their ids: a message names no others."""
    window = draft.window
    window.append((_millis(draft.now), key, alert_id))
    unnamed = len(window) - ALERTS_NAMED - 1
    if unnamed >= 0 and window[unnamed][2] != _REPORTED:
        at, its_key, _ = window[unnamed]
        window[unnamed] = (at, its_key, "")
    del window[:-WINDOW]


def _fired(draft: RuleDraft, why: Problem) -> Fired:
    """Return all alerts of the window."""
    named = tuple(name for _, _, name in draft.window if name not in {"", _REPORTED})
    unnamed = sum(not name for _, _, name in draft.window)
    stories = tuple(dict.fromkeys(key[:SHORT] for _, key, _ in draft.window))
    since = _EPOCH + draft.window[0][0] * _MILLISECOND
    return Fired(named, unnamed, stories, since, as_data(why))


def _millis(moment: datetime) -> int:
    return (moment - _EPOCH) // _MILLISECOND
