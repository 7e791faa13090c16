"""Triggers of messages, and quiet hours without any, as people write them. Pure."""

import re
from typing import Final, Literal

from pydantic import ValidationError

from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.rules.durations import (
    LONGEST_TEXT,
    read_duration,
    read_time_of_day,
    write_duration,
)
from pantau.usecases.rules.timings import WEEKDAYS, read_days
from pantau_schemas.events.rules import (
    DAY,
    EveryMatch,
    QuietHours,
    Silence,
    Spike,
    Threshold,
    Trigger,
)

NONE: Final = frozenset({"none", "never", "no", "off", "tidak", "tanpa", "tidak pernah"})
_EACH: Final = frozenset(
    {"match", "every match", "every-match", "each", "setiap", "setiap berita", "tiap berita"}
)
_SENSITIVITY: Final[dict[str, Literal["low", "normal", "high"]]] = {
    "low": "low", "rendah": "low", "normal": "normal", "biasa": "normal", "sedang": "normal",
    "high": "high", "tinggi": "high",
}  # fmt: skip
_COUNT: Final = re.compile(
    r"(?P<number>[0-9]{1,6})(?: ?(?:stories|articles|alerts|berita|cerita|peristiwa))?"
    r" (?:in|within|dalam) (?P<time>.+)"
)
_SPIKE: Final = re.compile(r"(?:spike|lonjakan)(?:[: ] ?(?P<level>[a-z]+))?")
_SILENCE: Final = re.compile(r"(?:silence|sunyi|senyap)[: ] ?(?P<time>.+)")
_QUIET: Final = re.compile(
    r"(?P<begin>[0-9:.]+) ?(?:-|–|—|to|until|sampai|hingga) ?(?P<end>[0-9:.]+)"
    r"(?: (?:on|pada(?: hari)?|hari) (?P<days>.+?))?"
    r"(?: (?:except|kecuali) (?P<exceptions>.+))?"
)
_SOURCES: Final = re.compile(r"(?P<number>[0-9]{1,6}) ?(?:sources|source|sumber)")


def read_trigger(text: str, field: str) -> Trigger:
    """Return what a message waits for: `5 in 1h`, `spike:high`, `silence:2d`, `every match`.

    Raises UsageError naming the `field`, and what can stand there.
    """
    given = _folded(text)
    if given in _EACH:
        return EveryMatch()
    if found := _SPIKE.fullmatch(given):
        level = _SENSITIVITY.get(found["level"] or "normal")
        if level is None:
            raise UsageError(problem("timing.no-sensitivity", field=field, text=found["level"]))
        return Spike(sensitivity=level)
    if found := _SILENCE.fullmatch(given):
        return Silence(seconds=read_duration(found["time"], field, 3_600, 366 * DAY))
    if found := _COUNT.fullmatch(given):
        number = int(found["number"])
        # One article is what "every match" says.
        if not 2 <= number <= 10_000:
            raise UsageError(problem("timing.no-count", field=field, text=found["number"]))
        seconds = read_duration(found["time"], field, 60, 31 * DAY)
        return Threshold(number=number, seconds=seconds)
    raise UsageError(problem("timing.no-trigger", field=field, text=text[:LONGEST_TEXT]))


def write_trigger(trigger: Trigger) -> str:
    """Return a trigger as `read_trigger` reads it."""
    match trigger:
        case EveryMatch():
            return "every match"
        case Threshold():
            return f"{trigger.number} in {write_duration(trigger.seconds)}"
        case Spike():
            return f"spike:{trigger.sensitivity}"
        case Silence():
            return f"silence:{write_duration(trigger.seconds)}"


def read_quiet(text: str, field: str) -> QuietHours | None:
    """Return quiet hours such as `22:00-05:30 except spike, 5 sources`; of `none` None.

    `00:00-00:00 on sat, sun` are whole days.

    Raises UsageError naming the `field`.
    """
    given = _folded(text)
    if given in NONE:
        return None
    found = _QUIET.fullmatch(given)
    if found is None:
        raise UsageError(problem("timing.no-quiet", field=field, text=text[:LONGEST_TEXT]))
    spike, sources = _exceptions(found["exceptions"], field)
    days = None if found["days"] is None else read_days(found["days"], field)
    try:
        return QuietHours(
            begin=read_time_of_day(found["begin"], field),
            end=read_time_of_day(found["end"], field),
            days=None if days is not None and len(days) == len(WEEKDAYS) else days,
            except_spike=spike,
            except_sources=sources,
        )
    except ValidationError as error:  # begin and end are the same, or too many sources
        raise UsageError(problem("timing.no-quiet", field=field, text=text)) from error


def _exceptions(text: str | None, field: str) -> tuple[bool, int | None]:
    spike, sources = False, None
    for one in () if text is None else re.split(r" ?(?:,| and | or | dan | atau ) ?", text):
        found = _SOURCES.fullmatch(one)
        if one in {"spike", "lonjakan"}:
            spike = True
        elif found is not None:
            sources = int(found["number"])
        else:
            raise UsageError(problem("timing.no-exception", field=field, text=one))
    return spike, sources


def write_quiet(quiet: QuietHours | None) -> str:
    """Return quiet hours as `read_quiet` reads them."""
    if quiet is None:
        return "none"
    sources = "" if quiet.except_sources is None else f"{quiet.except_sources} sources"
    exceptions = [one for one in ("spike" if quiet.except_spike else "", sources) if one]
    behind = f" except {', '.join(exceptions)}" if exceptions else ""
    names = [] if quiet.days is None else [WEEKDAYS[one - 1] for one in quiet.days]
    days = f" on {', '.join(names)}" if names else ""
    return f"{quiet.begin}-{quiet.end}{days}{behind}"


def _folded(text: str) -> str:
    return " ".join(text.lower().split()) if len(text) <= LONGEST_TEXT else ""
