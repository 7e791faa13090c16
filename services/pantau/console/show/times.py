"""How long ago a time was, in words; `pantau.common.time.written` writes the time itself."""

from datetime import datetime, timedelta

from pantau.problems import Problem, problem


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
