"""The expected messages, worked out minute by minute over a table of what clocks show.

Written apart from the rules, without their arithmetic of zones: a day's time is found by looking
for the minute at which the clocks reach it.
"""

import calendar
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from pantau_schemas.events.rules import Collected, Digest, Rules, Throttled

MINUTE = timedelta(minutes=1)
Sent = tuple[datetime, str, tuple[str, ...]]


@lru_cache(maxsize=16)
def clocks(zone: str, start: datetime, minutes: int) -> list[datetime]:
    """Return what the clocks of a zone show at each minute."""
    there = ZoneInfo(zone)
    return [
        (start + number * MINUTE).astimezone(there).replace(tzinfo=None)
        for number in range(minutes)
    ]


def days_of(shown: list[datetime]) -> list[date]:
    return sorted({one.date() for one in shown})


def first_reaching(shown: list[datetime], wanted: datetime) -> int:
    """Return the first minute at which the clocks are not before a time."""
    guess = max(0, bisect_left(shown, wanted) - 200)
    while guess > 0 and shown[guess] >= wanted:
        guess = max(0, guess - 200)
    return next((at for at in range(guess, len(shown)) if shown[at] >= wanted), len(shown))


def last_before(shown: list[datetime], wanted: datetime) -> int:
    """Return the last minute at which the clocks are before a time."""
    guess = min(len(shown) - 1, bisect_left(shown, wanted) + 200)
    return next((at for at in range(guess, -1, -1) if shown[at] < wanted), -1)


def _at(day: date, text: str) -> datetime:
    return datetime.combine(day, datetime.min.time()) + timedelta(
        hours=int(text[:2]), minutes=int(text[3:])
    )


def quiet_minutes(rules: Rules, shown: list[datetime]) -> set[int]:
    quiet = rules.quiet
    if quiet is None:
        return set()
    found: set[int] = set()
    first, last = shown[0].date() - timedelta(days=1), shown[-1].date()
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)  # even one that a zone skips: its night goes on
        if quiet.days is not None and day.isoweekday() not in quiet.days:
            continue
        ends = day if quiet.begin < quiet.end else day + timedelta(days=1)
        begin = first_reaching(shown, _at(day, quiet.begin))
        found.update(range(begin, last_before(shown, _at(ends, quiet.end)) + 1))
    return found


def digest_minutes(digest: Digest, shown: list[datetime]) -> set[int]:
    if digest.every == "hour":
        return {at for at, one in enumerate(shown) if one.minute == int(digest.at[3:])}
    found = set()
    for day in days_of(shown):
        last = calendar.monthrange(day.year, day.month)[1]
        wanted = {
            "day": True,
            "week": day.isoweekday() == digest.weekday,
            "month": day.day == min(digest.day, last),
        }[digest.every]
        if wanted:
            found.add(first_reaching(shown, _at(day, digest.at)))
    return found


@dataclass
class Oracle:
    """One channel whose trigger is every match."""

    rules: Rules
    zone: str
    start: datetime
    minutes: int
    pending: list[str] = field(default_factory=list)
    since: int = 0
    last: int | None = None
    ripe: bool = False
    held: str = ""

    def run(self, arrivals: dict[int, list[str]]) -> list[Sent]:
        shown = clocks(self.zone, self.start, self.minutes)
        quiet = quiet_minutes(self.rules, shown)
        timing = self.rules.timing
        digests = digest_minutes(timing, shown) if isinstance(timing, Digest) else set()
        sent: list[Sent] = []
        for at in range(self.minutes):
            hold = "mute" if self._muted(at) else "quiet" if at in quiet else ""
            if self.pending:
                self.ripe = self.ripe or self._ripens(at, digests)
                if self.ripe and hold:
                    self.held = hold
                elif self.ripe:
                    sent.append((self.start + at * MINUTE, self._why(), tuple(self.pending)))
                    self.pending, self.last, self.ripe, self.held = [], at, False, ""
            for name in arrivals.get(at, ()):
                if timing.kind == "immediate" and not hold:
                    sent.append((self.start + at * MINUTE, "direct", (name,)))
                    continue
                if not self.pending:
                    self.since = at
                self.pending.append(name)
        return sent

    def _muted(self, at: int) -> bool:
        mute, moment = self.rules.mute, self.start + at * MINUTE
        return (
            mute is not None
            and mute.since <= moment
            and (mute.until is None or moment < mute.until)
        )

    def _ripens(self, at: int, digests: set[int]) -> bool:
        timing, waited = self.rules.timing, 60 * (at - self.since)
        if isinstance(timing, Collected):
            return waited >= timing.seconds
        if isinstance(timing, Throttled):
            apart = self.last is None or 60 * (at - self.last) >= timing.every_seconds
            return waited >= timing.collect_seconds and apart
        return at in digests and at > self.since if isinstance(timing, Digest) else True

    def _why(self) -> str:
        if self.held:
            return f"{self.held}-ended"
        return "digest" if isinstance(self.rules.timing, Digest) else "collected"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]
