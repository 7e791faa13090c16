"""When a report is sent, in words. Pure."""

from pantau.problems import Problem, problem
from pantau.usecases.rules.timings import WEEKDAYS
from pantau_schemas.events.rules import Digest

LAST_DAY = 31
"""The day of a month that stands for its last one."""


def times_in_words(timing: Digest) -> Problem:
    """Return when a report is sent, as people say it."""
    if timing.every == "week":
        day = Problem(f"timing.{WEEKDAYS[timing.weekday - 1]}")
        return problem("reports.weekly-at", day=day, at=timing.at)
    if timing.every == "month" and timing.day == LAST_DAY:
        return problem("reports.month-end-at", at=timing.at)
    if timing.every == "month":
        return problem("reports.monthly-at", day=timing.day, at=timing.at)
    return problem("reports.daily-at", at=timing.at)
