"""How values look to people in the terminal. Text from outside never reaches it unescaped."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final

from rich.text import Text

from pantau.notifier.marks import marked_parts
from pantau_schemas.alert import Snippet

MARK: Final = "bold black on yellow"
"""Style of matched words."""


def marked_text(snippet: Snippet, style: str = "") -> Text:
    """Give a snippet with its matched words marked, also where there is no colour."""
    text = Text(style=style)
    for part, marked in marked_parts(snippet):
        text.append(part, MARK if marked else "")
    return text


def moment_text(moment: datetime | None) -> str:
    """Give a moment in the machine's own time zone; in UTC at the ends of the calendar, where that has none."""
    if moment is None:
        return "never"
    with suppress(OverflowError):
        moment = moment.astimezone()
    return moment.isoformat(" ", "minutes")[:16]


def ago_text(moment: datetime | None, now: datetime | None = None) -> str:
    """Give how long ago, or in how long, a moment is: `3 min ago`, `in 2 h`."""
    if moment is None:
        return "never"
    away = moment - (now or datetime.now(UTC))
    past = away < timedelta(0)
    seconds = abs(away.total_seconds())
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        if seconds >= size:
            count = f"{seconds / size:.0f} {unit}"
            return f"{count} ago" if past else f"in {count}"
    return "now"
