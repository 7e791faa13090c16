"""Times as people of a language write them, in the zone of the settings."""

from datetime import datetime, timedelta
from typing import Final

from pantau.common.time.zones import current, local_time, zone_label
from pantau.messages.languages import Lang
from pantau.problems import Problem, problem

_MONTHS: Final[dict[Lang, tuple[str, ...]]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
}


def time_text(moment: datetime, lang: Lang) -> str:
    """Return a time with its zone: `28 Nov 2026 15:04 WIB`, in Indonesian `… 15.04 WIB`."""
    moment = local_time(moment, current())
    colon = "." if lang == "id" else ":"
    clock = f"{moment.hour:02}{colon}{moment.minute:02}"
    return f"{date_text(moment, lang)} {clock} {zone_label(moment)}"


def day_text(moment: datetime, lang: Lang) -> str:
    """Return the local day of a time: `28 Nov 2026`."""
    return date_text(local_time(moment, current()), lang)


def date_text(moment: datetime, lang: Lang) -> str:
    """Return the date that a time has in its own zone."""
    return f"{moment.day} {_MONTHS[lang][moment.month - 1]} {moment.year}"


def hour_text(moment: datetime, lang: Lang) -> str:
    """Return a local hour: `28 Nov 15:00`."""
    moment = local_time(moment, current())
    colon = "." if lang == "id" else ":"
    return f"{moment.day} {_MONTHS[lang][moment.month - 1]} {moment.hour:02}{colon}00"


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
