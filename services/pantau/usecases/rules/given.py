"""Rules as a person gives them, option by option, and the rules that result. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from pydantic import ValidationError

from pantau.common.dates.reading import read_time
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.rules.durations import LONGEST_TEXT, read_duration
from pantau.usecases.rules.timings import (
    read_collected,
    read_digest,
    read_throttled,
    read_timing,
)
from pantau.usecases.rules.triggers import NONE, read_quiet, read_trigger
from pantau_schemas.base import members_of
from pantau_schemas.codec import explain
from pantau_schemas.events.rules import DAY, Immediate, Rules, Timing
from pantau_schemas.events.subscription import Channel, describe_channel

AS_RULES: Final = frozenset({"rules", "as rules", "aturan"})
"""Words that take a channel's own timing off."""


@dataclass(frozen=True, slots=True)
class GivenRules:
    """Changes of rules; None leaves a field unchanged."""

    at_once: bool = False
    collect: str | None = None
    every: str | None = None
    digest: str | None = None
    timing: str | None = None  # any of the four above in one text, as files have it
    quiet: str | None = None
    articles: str | None = None
    sources: int | None = None
    when: str | None = None
    expires: str | None = None
    language: str | None = None
    channel_timings: tuple[str, ...] = ()  # such as `email:desk@example.org=daily@07:00`

    def __bool__(self) -> bool:
        """Return whether there is any change."""
        return self != GivenRules()


NO_CHANGE: Final = GivenRules()


def apply_rules(given: GivenRules, rules: Rules, zone: tzinfo, now: datetime) -> Rules:
    """Return changed rules. Raises UsageError naming the option and what can stand there."""
    fields = members_of(rules)
    timing = _timing(given)
    fields |= {} if timing is None else {"timing": timing}
    if given.quiet is not None:
        fields["quiet"] = read_quiet(given.quiet, "quiet")
    if given.when is not None:
        fields["trigger"] = read_trigger(given.when, "when")
    if given.expires is not None:
        fields["expires"] = read_later(given.expires, "expires", zone, now)
    chosen = {"articles": given.articles, "sources": given.sources, "language": given.language}
    fields |= {name: value for name, value in chosen.items() if value is not None}
    if given.language in {*NONE, "article"}:
        fields["language"] = None
    try:
        return Rules.model_validate(fields)
    except ValidationError as error:
        raise UsageError(problem("timing.invalid", text=explain(error))) from error


def _timing(given: GivenRules) -> Timing | None:
    """Return the timing that options give; at most one of them, or `every` with `collect`."""
    # `--collect` is part of `--every` where both are given.
    named = {
        "at-once": given.at_once,
        "every": given.every is not None,
        "digest": given.digest is not None,
        "timing": given.timing is not None,
        "collect": given.collect is not None and given.every is None,
    }
    chosen = [f"--{name}" for name, is_given in named.items() if is_given]
    if len(chosen) > 1:
        raise UsageError(problem("timing.too-many", first=chosen[0], second=chosen[1]))
    if given.at_once:
        return Immediate()
    if given.every is not None:
        return read_throttled(given.every, given.collect, "every")
    if given.collect is not None:
        return read_collected(given.collect, "collect")
    if given.digest is not None:
        return read_digest(given.digest, "digest")
    return None if given.timing is None else read_timing(given.timing, "timing")


def read_later(text: str, field: str, zone: tzinfo, now: datetime) -> datetime | None:
    """Return a time to come: a date of `zone`, whose day begins it, or a duration from now.

    None for `never`. Raises UsageError naming the `field`.
    """
    given = " ".join(text.lower().split())
    if given in NONE:
        return None
    if len(text) > LONGEST_TEXT:
        raise UsageError(problem("timing.no-date", field=field, text=text[:LONGEST_TEXT]))
    moment = read_time(text, zone)
    if moment is None:
        try:
            moment = now + timedelta(seconds=read_duration(text, field, 60, 3_660 * DAY))
        except (UsageError, OverflowError) as error:
            raise UsageError(problem("timing.no-date", field=field, text=text)) from error
    if moment <= now:
        raise UsageError(problem("timing.past", field=field, text=text))
    return moment


def with_timings(channels: Iterable[Channel], texts: Sequence[str]) -> tuple[Channel, ...]:
    """Return channels with their own timings, from texts such as `terminal=at once`.

    Raises UsageError naming the text.
    """
    chosen = {describe_channel(one): one for one in channels}
    for text in texts:
        target, equals, timing = text.rpartition("=")
        if not equals:
            raise UsageError(problem("timing.no-channel-timing", text=text[:LONGEST_TEXT]))
        name = named_channel(target.strip(), chosen.values())
        own = None if timing.strip().lower() in AS_RULES else read_timing(timing, "to-timing")
        chosen[name] = chosen[name].model_copy(update={"timing": own})
    return tuple(chosen.values())


def named_channel(target: str, channels: Iterable[Channel]) -> str:
    """Return the name of the one channel that is meant: by its name, its address, or its kind.

    Raises UsageError naming the channels that there are.
    """
    known = {describe_channel(one): one for one in channels}
    for name, one in known.items():
        if target in {name, one.target}:
            return name
    of_kind = [name for name, one in known.items() if one.kind == target.lower()]
    if len(of_kind) != 1:
        names = ", ".join(known) or "-"
        raise UsageError(problem("timing.no-such-channel", channel=target, channels=names))
    return of_kind[0]
