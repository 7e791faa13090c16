"""Rendering of a summary of many alerts on a terminal (rich)."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from pantau.adapters.terminal.screen import INDENT, counted, hung, moment_text
from pantau.common.messages import Summary, SummaryPart
from pantau.common.safe_text import one_line

_SHOWN = 3
"""Subscriptions and feeds named in one line."""


def summary_text(console: Console, summary: Summary, bullet: str = "▶ ") -> Text:
    """Format a summary: the number of alerts, their topics, the first titles, how to see all."""
    since, until = moment_text(summary.since), moment_text(summary.until)
    heading = f"{counted(summary.count, 'more alert')} in one message ({since} to {until})"
    lines = [hung(console, Text(heading, "bold"), INDENT, bullet)]
    lines += [
        hung(console, Text(f"{label}: {names}", "dim"))
        for label, names in (
            ("Subscriptions", _named(summary.subscriptions, summary.more_subscriptions)),
            ("Feeds", _named(summary.feeds, summary.more_feeds)),
        )
    ]
    for one in summary.first:
        lines.append(
            hung(console, Text(one_line(one.title) or "(no title)"), INDENT * 2, INDENT + "· ")
        )
        if one.url:
            lines.append(Text(INDENT * 2) + Text(one_line(one.url), "blue"))
    lines += [Text(INDENT) + Text(command, "dim") for command in _commands(summary)]
    return Text("\n").join(lines)


def _named(parts: tuple[SummaryPart, ...], more: int) -> str:
    shown = [
        f"{one_line(one.name or one.id or 'unknown', 60)} {one.count:,}" for one in parts[:_SHOWN]
    ]
    left = len(parts) - len(shown) + more
    return ", ".join([*shown, f"and {left:,} more"] if left else shown)


def _commands(summary: Summary) -> Iterator[str]:
    for one in summary.subscriptions[:_SHOWN]:
        yield f"pantau alerts --subscription {one_line(one.id or '')}"
