"""How long ago a time was, in words; `pantau.common.time.written` writes the time itself."""

import re
from datetime import datetime, timedelta
from typing import Final

from pantau.common.time.written import time_text
from pantau.messages.languages import Lang
from pantau.problems import Problem, problem

_STORED: Final = re.compile(
    r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?Z"
)
"""A time within a sentence that was stored, as `format_time` writes it."""


def age_of(moment: datetime, now: datetime) -> Problem:
    """Return how long ago a time was, or how far ahead, in its largest unit."""
    distance = now - moment
    seconds = round(abs(distance) / timedelta(seconds=1))
    ahead = distance < timedelta(0)
    if seconds < 60:
        return problem("console.in-seconds" if ahead else "console.seconds-ago", count=seconds)
    if seconds < 3600:
        return problem(
            "console.in-minutes" if ahead else "console.minutes-ago", count=seconds // 60
        )
    if seconds < 86_400:
        return problem("console.in-hours" if ahead else "console.hours-ago", count=seconds // 3600)
    return problem("console.in-days" if ahead else "console.days-ago", count=seconds // 86_400)


def with_local_times(text: str, lang: Lang) -> str:
    """Return a stored sentence with its times as people of a language write them.

    They are in the zone of the settings. What only looks like a time stays as it is.
    """

    def local(found: re.Match[str]) -> str:
        try:
            return time_text(datetime.fromisoformat(found[0]), lang)
        except ValueError:
            return found[0]

    return _STORED.sub(local, text)
