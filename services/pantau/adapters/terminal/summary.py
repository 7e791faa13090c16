"""Rendering of a summary of many alerts on a terminal (rich)."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from pantau.adapters.terminal.screen import INDENT, hung, moment_text
from pantau.common.channels.summary import Summary, SummaryPart
from pantau.common.text.safe_text import one_line
from pantau.messages.languages import DEFAULT, Lang
from pantau.problems import problem

_SHOWN = 3
"""Subscriptions and feeds named in one line."""


def summary_text(
    console: Console, summary: Summary, bullet: str = "▶ ", lang: Lang = DEFAULT
) -> Text:
    """Format a summary: the number of alerts, their topics, the first titles, how to see all."""
    since, until = moment_text(summary.since), moment_text(summary.until)
    heading = problem("alerts.more-in-one", count=summary.count, since=since, until=until)
    lines = [hung(console, Text(heading.text(lang), "bold"), INDENT, bullet)]
    lines += [
        hung(console, Text(told.text(lang), "dim"))
        for told in (
            problem(
                "alerts.summary-subscriptions",
                names=_named(summary.subscriptions, summary.more_subscriptions, lang),
            ),
            problem("alerts.summary-feeds", names=_named(summary.feeds, summary.more_feeds, lang)),
        )
    ]
    for one in summary.first:
        title = one_line(one.title) or problem("stories.no-title").text(lang)
        lines.append(hung(console, Text(title), INDENT * 2, INDENT + "· "))
        if one.url:
            lines.append(Text(INDENT * 2) + Text(one_line(one.url), "blue"))
    lines += [Text(INDENT) + Text(command, "dim") for command in _commands(summary)]
    return Text("\n").join(lines)


def _named(parts: tuple[SummaryPart, ...], more: int, lang: Lang) -> str:
    unknown = problem("alerts.summary-unknown").text(lang)
    shown = [
        f"{one_line(one.name or one.id or unknown, 60)} {one.count:,}" for one in parts[:_SHOWN]
    ]
    left = len(parts) - len(shown) + more
    rest = [problem("alerts.summary-more", count=left).text(lang)] if left else []
    return ", ".join([*shown, *rest])


def _commands(summary: Summary) -> Iterator[str]:
    for one in summary.subscriptions[:_SHOWN]:
        yield f"pantau alerts --subscription {one_line(one.id or '')}"
