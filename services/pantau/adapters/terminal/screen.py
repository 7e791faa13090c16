"""Rendering of articles, alerts and values on a terminal (rich).

External text cannot control the terminal: its control characters are removed before rich sees it,
and it is never parsed as rich's markup.
"""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from pantau.common.stored_problems import stored_text
from pantau.common.text.safe_text import marked_parts, one_line, starred
from pantau.common.time.zones import zoned_text
from pantau.messages.languages import DEFAULT, Lang
from pantau.problems import Problem, problem
from pantau_schemas.events.alert import Alert, Delivery, DeliveryStatus, Snippet

MARK: Final = "bold black on yellow"
"""Style of matched words."""
INDENT: Final = "  "
STATUSES: Final[Mapping[DeliveryStatus, tuple[str, str]]] = {
    DeliveryStatus.DELIVERED: ("alerts.delivered", "green"),
    DeliveryStatus.SUMMARIZED: ("alerts.summarized", "green"),
    DeliveryStatus.FAILED: ("alerts.failed", "bold red"),
    DeliveryStatus.RETRYING: ("alerts.retrying", "yellow"),
    DeliveryStatus.CANCELLED: ("alerts.cancelled", "dim"),
    DeliveryStatus.PENDING: ("alerts.pending", "cyan"),
}
"""The text of a delivery's status, and its style."""
NOT_WAITING: Final[Mapping[str, Problem]] = {}
_UNITS: Final = (
    (86_400, "time.days"),
    (3_600, "time.hours"),
    (60, "time.minutes"),
    (1, "time.seconds"),
)
_NO_WRAP: Final = 100_000
"""Width without wrapping: a file or a pipe has no width."""
_ROOMY: Final = 48
"""Minimum width of the last column of a table for wrapping within it."""
BELOW: Final = " " * 10
"""The alternative indentation: below the second column, as ids have eight characters."""
_LEAST: Final = 20
"""Minimum width for wrapping text."""


class Screen(Console):
    """A console whose reader may close the pipe, as `| head` does.

    That raises BrokenPipeError, as everywhere in Python.
    """

    def on_broken_pipe(self) -> None:
        """Propagate the error; rich would exit with 1."""
        raise  # noqa: PLE0704 (rich calls this while it handles the error)


def open_screen(*, stderr: bool = False) -> Screen:
    """Open standard output, or error, for people.

    As wide as the terminal, unlimited in a file or pipe.
    """
    stream = sys.stderr if stderr else sys.stdout
    bounded = stream is None or stream.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return Screen(stderr=stderr, highlight=False, markup=False, width=None if bounded else _NO_WRAP)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: `1 feed`, `1,200 feeds`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def moment_text(moment: datetime | None, lang: Lang = DEFAULT) -> str:
    """Format a time in the zone of the settings, which it names."""
    return problem("time.never").text(lang) if moment is None else zoned_text(moment)


def ago_text(moment: datetime | None, now: datetime | None = None, *, lang: Lang = DEFAULT) -> str:
    """Format the distance of a time from now: `3 min ago`, `in 2 h`."""
    if moment is None:
        return problem("time.never").text(lang)
    away = moment - (now or datetime.now(UTC))
    past = away < timedelta(0)
    seconds = abs(away.total_seconds())
    for size, unit in _UNITS:
        if seconds >= size:
            span = Problem(unit, {"count": f"{seconds / size:.0f}"})
            return problem("time.ago" if past else "time.in", span=span).text(lang)
    return problem("time.now").text(lang)


def marked_text(console: Console, snippet: Snippet, style: str = "") -> Text:
    """Return a snippet with its matched words marked.

    In colour, or as `*...*` without colour support.
    """
    if console.color_system is None or console.no_color:
        return Text(starred(snippet), style)
    text = Text(style=style)
    for part, marked in marked_parts(snippet):
        text.append(part, MARK if marked else "")
    return text


def hung(console: Console, text: Text, indent: str = INDENT, first: str | None = None) -> Text:
    """Wrap text between words for the console, with every line indented.

    The first line starts with `first`, if given.
    """
    room = max(_LEAST, console.width - cell_len(indent))
    lines = [text] if cell_len(text.plain) <= room else list(text.wrap(console, room))
    for line in lines:
        line.rstrip()
    return Text(indent if first is None else first) + Text(f"\n{indent}").join(lines)


def article_text(
    console: Console,
    title: str,
    snippets: Sequence[Snippet],
    facts: Iterable[str | None],
    *,
    named: Iterable[str] = (),
    url: str | None = None,
    bullet: str = "",
    lang: Lang = DEFAULT,
) -> Text:
    """Format an article: title, facts, excerpts with the matched words marked, names, address.

    The address is never broken, so that terminals can open it.
    """
    # A snippet of the whole title replaces the title, so that it is not shown twice.
    whole = next((one for one in snippets if one.field == "title" and one.text == title), None)
    heading = (
        marked_text(console, whole, "bold")
        if whole
        else Text(one_line(title) or problem("stories.no-title").text(lang), "bold")
    )
    lines = [hung(console, heading, INDENT, bullet)]
    known = " · ".join(one_line(fact, 80) for fact in facts if fact)
    if known:
        lines.append(hung(console, Text(known, "dim")))
    lines += [hung(console, marked_text(console, one)) for one in snippets if one is not whole]
    names = one_line(", ".join(named), 300)
    if names:
        lines.append(hung(console, Text(names, "cyan")))
    if url:
        lines.append(Text(INDENT) + Text(one_line(url), "blue"))
    return Text("\n").join(lines)


def alert_text(
    console: Console,
    alert: Alert,
    deliveries: Sequence[Delivery] = (),
    bullet: str = "▶ ",
    lang: Lang = DEFAULT,
    waiting: Mapping[str, Problem] = NOT_WAITING,
    hold_reason: Problem | None = None,
) -> Text:
    """Format an alert: its article, its subscription and time, and its deliveries.

    `waiting` says of channels, by id, why a delivery that was not tried waits; `hold_reason` is
    what an alert without deliveries waits for.
    """
    article = alert.article
    published = moment_text(article.published or article.first_seen)
    facts = [one_line(alert.subscription_name, 60), article.source, published]
    if alert.more_matches:
        facts.append(problem("alerts.more-matches", count=alert.more_matches).text(lang))
    first = INDENT if alert.kind == "suspended" else bullet
    text = article_text(
        console, article.title, alert.snippets, facts, url=article.url, bullet=first, lang=lang
    )
    if alert.kind == "suspended":
        text = _suspension_text(console, alert, bullet, lang).append("\n").append_text(text)
    for delivery in deliveries:
        line = delivery_text(delivery, lang, waiting.get(delivery.channel_id))
        text.append("\n").append_text(hung(console, line, INDENT * 2, INDENT))
    if hold_reason is not None:
        line = Text(one_line(hold_reason.text(lang), 300), "cyan")
        text.append("\n").append_text(hung(console, line, INDENT * 2, INDENT))
    return text


def delivery_text(delivery: Delivery, lang: Lang = DEFAULT, waiting: Problem | None = None) -> Text:
    """Format the state of a delivery: status, channel, last error, time of the next attempt.

    `waiting` is what keeps its channel from being used.
    """
    code, style = STATUSES[delivery.status]
    line = Text(Problem(code).text(lang), style)
    line.append(f" {one_line(delivery.channel)}", "")
    if delivery.status is DeliveryStatus.SUMMARIZED and delivery.summary_id is not None:
        where = problem("alerts.in-summary", id=one_line(delivery.summary_id))
        line.append(f" {where.text(lang)}", "dim")
    if delivery.problem:
        stored = stored_text(delivery.problem, delivery.reason, lang)
        why, tries = one_line(stored, 200), delivery.attempts
        told = (
            problem("alerts.problem-after", tries=tries, problem=why)
            if tries
            else problem("alerts.problem", problem=why)
        )
        line.append(f" {told.text(lang)}", "dim")
    if waiting is not None and delivery.status is DeliveryStatus.PENDING:
        told = problem("alerts.problem", problem=waiting)
        line.append(f" {one_line(told.text(lang), 300)}", "dim")
    if delivery.next_attempt is not None:
        when = problem("alerts.next-try", when=ago_text(delivery.next_attempt, lang=lang))
        line.append(f", {when.text(lang)}", "dim")
    return line


def _suspension_text(console: Console, alert: Alert, bullet: str, lang: Lang) -> Text:
    """Format the suspension of a subscription and its reason, with the article that caused it."""
    name, why = one_line(alert.subscription_name, 60), one_line(alert.problem or "", 500)
    told = problem("alerts.suspended", name=name).text(lang)
    heading = hung(console, Text(told, "bold red"), INDENT, bullet)
    lines = [heading, *([hung(console, Text(why))] if why else [])]
    lines.append(hung(console, Text(problem("alerts.suspended-at").text(lang), "dim")))
    return Text("\n").join(lines)


def print_table(
    console: Console,
    titles: Sequence[str],
    rows: Iterable[Sequence[Text | str]],
    *,
    right: Iterable[str] = (),
) -> None:
    """Print aligned columns.

    Only the last one spans several lines: it is wrapped below itself, so nothing is truncated.
    """
    head = [Text(title, "bold") for title in titles]
    table = [
        head,
        *([cell if isinstance(cell, Text) else Text(cell) for cell in row] for row in rows),
    ]
    last = len(titles) - 1
    widths = [max(cell_len(row[column].plain) for row in table) for column in range(last)]
    indent = " " * sum(width + 2 for width in widths)
    numbers = {titles.index(title) for title in right}
    for row in table:
        line = Text()
        for column, cell in enumerate(row[:last]):
            space = " " * (widths[column] - cell_len(cell.plain))
            line.append_text(
                Text(space) + cell if column in numbers else cell + Text(space)
            ).append("  ")
        # If little width is left for the last column, its further lines begin further left.
        below = indent if console.width - len(indent) >= _ROOMY else BELOW
        parts = row[last].split("\n", allow_blank=True) if row[last].plain else [Text()]
        for number, part in enumerate(parts):
            if number or cell_len(part.plain) > console.width - len(indent):
                line.rstrip()
                line.append("\n").append_text(hung(console, part, below))
            else:
                line.append_text(part)
        line.rstrip()
        console.print(line, soft_wrap=True)


def print_pairs(console: Console, pairs: Iterable[tuple[str, str]]) -> None:
    """Print labels and values, aligned."""
    rows = [(Text(f"{label}:", "bold"), one_line(value)) for label, value in pairs]
    width = max(cell_len(label.plain) for label, _ in rows) + 2
    for label, value in rows:
        label.append(" " * (width - cell_len(label.plain)))
        console.print(label + hung(console, Text(value), " " * width, ""), soft_wrap=True)
