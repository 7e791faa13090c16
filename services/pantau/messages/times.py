"""Times in sentences, as people of a language write them. Pure."""

import re
from collections.abc import Mapping
from typing import Final

from pantau.messages.languages import Lang

MONTHS: Final[Mapping[Lang, tuple[str, ...]]] = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
}
_ZONED: Final = re.compile(
    r"([0-9]{4})-(0[1-9]|1[0-2])-([0-9]{2}) ([0-9]{2}):([0-9]{2}) (\S{1,10})"
)
"""A time as `pantau.common.time.zones.zoned_text` writes it."""


def clock_text(clock: str, lang: Lang) -> str:
    """Return a time of day such as `15:04` with the sign of a language: `15.04` in Indonesian."""
    return clock.replace(":", ".") if lang == "id" else clock


def as_people_write(text: str, lang: Lang) -> str:
    """Return a time that `zoned_text` wrote as `28 Nov 2026 15:04 WIB`; other texts unchanged.

    Sentences are made before their reader's language is known, with times that sort.
    """
    found = _ZONED.fullmatch(text)
    if found is None:
        return text
    year, month, day, hour, minute, zone = found.groups()
    clock = clock_text(f"{hour}:{minute}", lang)
    return f"{int(day)} {MONTHS[lang][int(month) - 1]} {year} {clock} {zone}"
