"""The time zone of a person: in which times are read and shown, and by what name.

The setting `time_zone` names one; by default it is the machine's.
"""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

_LINK: Final = Path("/etc/localtime")
_NAME_FILE: Final = Path("/etc/timezone")  # Debian and its relatives
_FOLDER: Final = "zoneinfo/"
_UTC: Final = frozenset({"Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Zulu"})
_INDONESIAN: Final = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
"""The names by which Indonesians call their zones."""
_chosen: Final[ContextVar[str | None]] = ContextVar("zone", default=None)
_HOUR: Final = 3600
_LONGEST: Final = 100
"""Longest name of a zone in characters; the IANA database has none of more than 32."""


class MachineZone(tzinfo):
    """The zone of this machine, daylight saving time included, by the C library.

    It differs from a fixed offset: a time of last winter has the offset of that day.
    """

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """Return how far local time is ahead of UTC."""
        return timedelta(seconds=self._local(moment).tm_gmtoff)

    def dst(self, moment: datetime | None) -> timedelta:
        """Return the part of the offset that is daylight saving time."""
        return timedelta(hours=1) if self._local(moment).tm_isdst > 0 else timedelta(0)

    def tzname(self, moment: datetime | None) -> str:
        """Return the abbreviation, such as WIB."""
        return self._local(moment).tm_zone

    def fromutc(self, moment: datetime) -> datetime:
        """Return the local time of a moment in UTC."""
        local = moment.replace(tzinfo=UTC).astimezone()
        return local.replace(tzinfo=self, fold=local.fold)

    def _local(self, moment: datetime | None) -> time.struct_time:
        try:
            if moment is None:
                return time.localtime()
            return time.localtime(moment.replace(tzinfo=None).timestamp())
        except (OverflowError, ValueError, OSError):  # at the ends of the calendar
            return time.gmtime(0)


MACHINE: Final = MachineZone()


def machine_name() -> str:
    """Return the IANA name of the machine's zone; without one, that of its offset as of today.

    The variable TZ decides, then the link and the file that name the zone of the system.
    """
    for name in _candidates():
        if _exists(name):
            return "UTC" if name in _UTC else name
    hours, rest = divmod(-time.localtime().tm_gmtoff, _HOUR)
    # The signs of these names are POSIX's: Etc/GMT-7 is seven hours ahead.
    return "UTC" if rest or not hours else f"Etc/GMT{hours:+d}"


def _candidates() -> Iterator[str]:
    variable = os.environ.get("TZ")
    if variable:
        yield variable.removeprefix(":")
        return
    with suppress(OSError):
        yield str(_LINK.resolve()).partition(_FOLDER)[2]
    with suppress(OSError, UnicodeDecodeError):
        yield _NAME_FILE.read_text("utf-8").strip()


def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
        return False
    except KeyError:
        return False
    return bool(name)


def zone_name(text: str) -> str:
    """Return the IANA name of a zone that a person named, the one way in which names are read.

    WIB, WITA and WIT are the zones of Indonesia; letters may be small or capital. Raises ValueError
    for what is no zone.
    """
    name = text.strip()
    if len(name) > _LONGEST:  # zoneinfo recurses for each slash
        raise ValueError(f"no time zone: a name of {len(name)} characters")
    found = _INDONESIAN.get(name.lower(), name)
    if not _exists(found):
        found = _by_folded_name().get(name.lower(), "")
    if not found:
        raise ValueError(f"no time zone: {text!r}")
    return found


@cache
def _by_folded_name() -> Mapping[str, str]:
    """Return the names of all zones by their names in small letters; read from disk once."""
    return {one.lower(): one for one in available_timezones()}


def configure(name: str | None) -> None:
    """Set the zone that the settings name; None is the machine's."""
    _chosen.set(name)


def current() -> tzinfo:
    """Return the zone in which times are read and shown."""
    name = _chosen.get()
    return MACHINE if name is None else ZoneInfo(name)


def current_name() -> str:
    """Return the IANA name of that zone, as queries and subscriptions keep it."""
    return _chosen.get() or machine_name()


def zoned_text(moment: datetime, zone: tzinfo | None = None) -> str:
    """Return a time by the minute with its zone: `2026-11-29 03:39 WIB`.

    `zone` is the current one by default. In UTC at the ends of the calendar, where local time
    overflows.
    """
    moment = local_time(moment, current() if zone is None else zone)
    return f"{moment.isoformat(' ', 'minutes')[:16]} {zone_label(moment)}"


def zone_label(moment: datetime) -> str:
    """Return the short name of a moment's zone, such as WIB; `UTC-03` for one without a name."""
    name = moment.tzname() or "UTC"
    return f"UTC{name}" if name.startswith(("+", "-")) else name


@lru_cache(maxsize=1_024)
def known_zone(name: str) -> ZoneInfo:
    """Return a zone by its IANA name; UTC if this machine does not know it.

    A subscription is refused with an unknown zone; one that another program wrote must still work.
    """
    return ZoneInfo(name if _exists(name) else "UTC")


def local_time(moment: datetime, zone: tzinfo) -> datetime:
    """Return a moment in a zone; unchanged at the ends of the calendar, where that overflows."""
    with suppress(OverflowError, ValueError):
        return moment.astimezone(zone)
    return moment


@contextmanager
def one_call() -> Iterator[None]:
    """Reset the zone at the end of a call of the command line."""
    chosen = _chosen.set(None)
    try:
        yield
    finally:
        _chosen.reset(chosen)
