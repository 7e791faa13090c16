"""Moments as people name them: `7d`, `12 hours ago`, `2026-03-01`, `kemarin`."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from pantau.common.dates.reading import FIRST_YEAR, read_time
from pantau.errors import UsageError
from pantau.problems import problem

_UNIT: Final = {
    **dict.fromkeys(("m", "mnt", "min", "minute", "minutes", "menit"), "minutes"),
    **dict.fromkeys(("h", "j", "hour", "hours", "jam"), "hours"),
    **dict.fromkeys(("d", "day", "days", "hari"), "days"),
    **dict.fromkeys(("w", "week", "weeks", "minggu", "pekan"), "weeks"),
}
_ONE: Final = re.compile(r"^(?:an? |se(?=menit|jam|hari|minggu|pekan))")
"""Words for one: `an hour ago`, `sejam lalu`."""
_AGO: Final = re.compile(rf"(\d{{1,6}}) ?({'|'.join(_UNIT)})(?: ago| yang lalu| lalu)?")
_DAYS: Final = {"today": 0, "hari ini": 0, "yesterday": 1, "kemarin": 1}
"""How many days before the present one a word names."""


def parse_moment(text: str, now: datetime, zone: tzinfo = UTC) -> datetime:
    """Return a moment: a time before `now` (`30m`, `12 jam lalu`) or a date, by day or second.

    `today` and `yesterday` are dates of `zone`, also in Indonesian.

    A date that names no zone is one of `zone`; its own zone may stand behind it (`+07:00`, `WIB`).
    Raises UsageError naming the forms that work.
    """
    named = " ".join(text.lower().split())
    if named in _DAYS:
        day = now.astimezone(zone).date() - timedelta(days=_DAYS[named])
        return parse_moment(day.isoformat(), now, zone)
    ago = _AGO.fullmatch(_ONE.sub("1 ", named))
    try:
        moment = (
            read_time(text, zone)
            if ago is None
            else now - timedelta(**{_UNIT[ago[2]]: int(ago[1])})
        )
    except OverflowError:  # before the year 1
        moment = None
    # The bound of dates holds for both forms: stores cannot compare with much earlier ones.
    if moment is None or moment.year < FIRST_YEAR:
        raise UsageError(problem("cli.no-moment", given=text))
    return moment


def check_order(since: datetime | None, until: datetime | None) -> None:
    """Raise UsageError for a stretch of time that ends before it begins."""
    if since is not None and until is not None and until <= since:
        raise UsageError(problem("cli.until-before-since"))
