"""Times as people of a language write them, in the zone of the settings."""

from datetime import datetime, tzinfo

from pantau.common.time.zones import current, local_time, zone_label
from pantau.messages.languages import Lang
from pantau.messages.times import MONTHS, clock_text


def time_text(moment: datetime, lang: Lang, zone: tzinfo | None = None) -> str:
    """Return a time with its zone: `28 Nov 2026 15:04 WIB`, in Indonesian `… 15.04 WIB`.

    `zone` is the current one by default.
    """
    moment = local_time(moment, current() if zone is None else zone)
    clock = clock_text(f"{moment.hour:02}:{moment.minute:02}", lang)
    return f"{date_text(moment, lang)} {clock} {zone_label(moment)}"


def day_text(moment: datetime, lang: Lang) -> str:
    """Return the local day of a time: `28 Nov 2026`."""
    return date_text(local_time(moment, current()), lang)


def date_text(moment: datetime, lang: Lang) -> str:
    """Return the date that a time has in its own zone."""
    return f"{moment.day} {MONTHS[lang][moment.month - 1]} {moment.year}"


def hour_text(moment: datetime, lang: Lang) -> str:
    """Return a local hour with its zone: `28 Nov 15:00 WIB`."""
    moment = local_time(moment, current())
    hour = f"{clock_text(f'{moment.hour:02}:00', lang)} {zone_label(moment)}"
    return f"{moment.day} {MONTHS[lang][moment.month - 1]} {hour}"
