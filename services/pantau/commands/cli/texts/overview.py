"""Text about where Pantau runs and what comes next: the folder, the disk, the process, the polls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pantau.commands.cli.data_folder import ChosenBy
from pantau.commands.cli.language import current
from pantau.commands.cli.say import say, text_of
from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import zoned_text
from pantau.problems import Problem

if TYPE_CHECKING:
    from pantau.adapters.files.disk import DiskUse
    from pantau.adapters.files.running import Running
    from pantau.usecases.feeds.outlook import NextPoll, Outlook

_UNITS: Final = ("B", "KB", "MB", "GB", "TB", "PB")
_STEP: Final = 1000.0
_CHOSEN_BY: Final[dict[ChosenBy, str]] = {
    "option": "status.chosen-by-option",
    "variable": "status.chosen-by-variable",
    "default": "status.chosen-by-default",
}


@dataclass(frozen=True, slots=True)
class Overview:
    """The data folder of a command, its disk, and the process that works on it.

    With `servers` the distributed runtime works, whose services hold no lock here.
    """

    folder: Path
    chosen_by: ChosenBy
    settings_file: Path
    disk: "DiskUse | None" = None
    running: "Running | None" = None
    servers: Sequence[str] = ()
    python: Problem | None = None  # what the running Python lacks


def overview_lines(found: Overview, outlook: "Outlook", now: datetime) -> Iterator[str]:
    """Yield lines about the folder, the process, the newest article and the next polls."""
    reason = say(_CHOSEN_BY[found.chosen_by])
    yield say("status.folder", folder=one_line(str(found.folder), 500), reason=reason)
    if found.disk is not None:
        free = size_text(found.disk.free)
        yield say("status.disk", used=size_text(found.disk.used), free=free)
        if found.disk.is_nearly_full:
            yield say("status.disk-nearly-full", free=free)
    yield from _process(found)
    if found.python is not None:
        yield say("cli.warning", text=text_of(found.python))
    last = outlook.last_article
    if last is not None:
        source = one_line(last.source or "?", 60)
        seen = zoned_text(last.first_seen)
        yield say("status.last-article", title=one_line(last.title, 120), source=source, seen=seen)
    if outlook.last_poll is not None:
        yield say("status.last-poll", when=zoned_text(outlook.last_poll))
    if outlook.next_polls:
        yield say("status.next-polls", polls=polls_text(outlook.next_polls, now))


def _process(found: Overview) -> Iterator[str]:
    running = found.running
    if found.servers:
        yield say("status.services", servers=one_line(", ".join(found.servers), 200))
    elif running is None:
        yield say("status.not-running")
    elif running.since is None or running.process is None:
        yield say("status.running")
    else:
        since = zoned_text(running.since)
        yield say("status.running-since", since=since, process=running.process)
    if running is not None and running.restart_for:
        yield say("status.restart-for", names=one_line(", ".join(running.restart_for), 500))
    if running is not None and running.fault is not None:
        yield say("status.settings-fault", fault=one_line(running.fault, 500))


def polls_text(polls: "Sequence[NextPoll]", now: datetime) -> str:
    """Return feeds with the times of their next polls, in the person's zone."""
    return "; ".join(
        say("status.poll-now", title=one_line(one.title, 60))
        if one.due <= now
        else say("status.poll-at", title=one_line(one.title, 60), when=zoned_text(one.due))
        for one in polls
    )


def size_text(size: int) -> str:
    """Return a number of bytes with the unit that suits it: `12.3 MB`, in Indonesian `12,3 MB`."""
    value = float(size)
    for unit in _UNITS[:-1]:
        if value < _STEP:
            return f"{value:.0f} B" if unit == "B" else f"{_decimal(value)} {unit}"
        value /= _STEP
    return f"{_decimal(value)} {_UNITS[-1]}"


def _decimal(value: float) -> str:
    text = f"{value:.1f}"
    return text.replace(".", ",") if current() == "id" else text
