"""Hours and days without polls: `skipHours` and `skipDays` (RSS 2.0)."""

import re
from typing import Final

_LONGEST: Final = 4_000
"""Characters of the element; all hours of a day fit in a tenth of them."""
_HOUR: Final = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY: Final = re.compile(r"<day>\s*([A-Za-z]{6,9})\s*</day>", re.IGNORECASE)
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_skips(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the hours of the day (GMT) and the days of the week (0 is Monday) of a document.

    Hours are 0 to 23; 24 is midnight, as older versions of RSS count. What is neither is left out.
    """
    hours = {int(one) % 24 for one in _HOUR.findall(_inside(text, "skipHours")) if int(one) <= 24}
    names = (one.lower() for one in _DAY.findall(_inside(text, "skipDays")))
    days = {_DAYS.index(one) for one in names if one in _DAYS}
    return tuple(sorted(hours)), tuple(sorted(days))


def _inside(text: str, name: str) -> str:
    """Return what stands in the first element of this name."""
    start = text.find(f"<{name}>")
    if start < 0:
        return ""
    end = text.find(f"</{name}>", start)
    return text[start : min(end if end >= 0 else start, start + _LONGEST)]
