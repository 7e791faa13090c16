"""The rules of a subscription in plain words. Pure."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Final

from pantau.common.time.zones import known_zone, zoned_text
from pantau.problems import Problem, problem
from pantau.usecases.rules.durations import duration_in_words
from pantau_schemas.events.rules import (
    NO_RULES,
    Collected,
    Digest,
    Immediate,
    Mute,
    QuietHours,
    Rules,
    Silence,
    Spike,
    Threshold,
    Throttled,
    Timing,
    Trigger,
)
from pantau_schemas.events.subscription import Subscription

_DAYS: Final = (
    "timing.mon", "timing.tue", "timing.wed", "timing.thu", "timing.fri", "timing.sat",
    "timing.sun",
)  # fmt: skip


def rules_in_words(one: Subscription, now: datetime) -> Iterator[Problem]:
    """Yield the rules of a subscription in words; nothing where all are as by default."""
    if one.rules != NO_RULES:
        yield from words_of_rules(one.rules, known_zone(one.time_zone), now)


def words_of_rules(rules: Rules, zone: tzinfo, now: datetime) -> Iterator[Problem]:
    """Yield rules in words, each a sentence without a full stop: when, what, and unless."""
    yield words_of_timing(rules.timing)
    yield from _words_of_trigger(rules.trigger)
    if rules.articles != "all":
        yield problem("timing.first" if rules.articles == "first" else "timing.growth")
    if rules.sources > 1:
        yield problem("timing.sources", count=rules.sources)
    if rules.quiet is not None:
        yield from _words_of_quiet(rules.quiet)
    if rules.mute is not None and not is_over(rules.mute, now):
        yield words_of_mute(rules.mute, zone)
    if rules.expires is not None:
        over = "timing.expired" if rules.expires <= now else "timing.expires"
        yield Problem(over, {"until": zoned_text(rules.expires, zone)})
    if rules.language is not None:
        yield problem("timing.written-id" if rules.language == "id" else "timing.written-en")


def is_over(mute: Mute, now: datetime) -> bool:
    """Return whether a mute has ended by itself."""
    return mute.until is not None and mute.until <= now


def is_muted(rules: Rules, now: datetime) -> bool:
    """Return whether there are no messages for a while."""
    return rules.mute is not None and not is_over(rules.mute, now)


def words_of_timing(timing: Timing) -> Problem:
    """Return when messages come."""
    match timing:
        case Immediate():
            return problem("timing.at-once")
        case Collected():
            return problem("timing.collected", time=duration_in_words(timing.seconds))
        case Throttled():
            return problem("timing.throttled", time=duration_in_words(timing.every_seconds))
        case Digest():
            return _words_of_digest(timing)


def _words_of_digest(digest: Digest) -> Problem:
    match digest.every:
        case "hour":
            return problem("timing.hourly", at=digest.at[3:])
        case "day":
            return problem("timing.daily", at=digest.at)
        case "week":
            day = Problem(_DAYS[digest.weekday - 1])
            return problem("timing.weekly", day=day, at=digest.at)
        case "month":
            return problem("timing.monthly", day=digest.day, at=digest.at)


def _words_of_trigger(trigger: Trigger) -> Iterator[Problem]:
    match trigger:
        case Threshold():
            time = duration_in_words(trigger.seconds)
            yield problem("timing.count", count=trigger.number, time=time)
        case Spike(sensitivity="low"):
            yield problem("timing.spike-low")
        case Spike(sensitivity="high"):
            yield problem("timing.spike-high")
        case Spike():
            yield problem("timing.spike-normal")
        case Silence():
            yield problem("timing.silence", time=duration_in_words(trigger.seconds))
        case _:
            return


def _words_of_quiet(quiet: QuietHours) -> Iterator[Problem]:
    yield problem("timing.quiet", begin=quiet.begin, end=quiet.end)
    if quiet.days is not None:
        first, *others = (Problem(_DAYS[one - 1]) for one in quiet.days)
        for one in others:
            first = problem("timing.and-day", days=first, day=one)
        yield problem("timing.quiet-days", days=first)
    if quiet.except_spike:
        yield problem("timing.quiet-spike")
    if quiet.except_sources is not None:
        yield problem("timing.quiet-sources", count=quiet.except_sources)


def words_of_mute(mute: Mute, zone: tzinfo) -> Problem:
    """Return until when a mute lasts."""
    if mute.until is not None:
        return problem("timing.muted-until", until=zoned_text(mute.until, zone))
    return problem("timing.muted-growth" if mute.until_growth else "timing.muted-open")
