"""`pantau report`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.language import current
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_text, say, text_of, warn
from pantau.commands.cli.texts.csv_output import csv_option, print_csv
from pantau.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from pantau.usecases.reports.clipping import DayReport, ReportStory
    from pantau.usecases.reports.files import ReportForm

_QUOTE = 300
EXAMPLES = """\b
Examples:
  pantau report --subscription Banjir
  pantau report --tag bencana --date 2026-11-28
  pantau report --tag bencana --html clipping.html   # to print or to mail
  pantau report --tag bencana --pdf clipping.pdf
  pantau report --subscription Banjir --csv > clipping.csv
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--date",
    "day",
    default="yesterday",
    metavar="DATE",
    help="A day such as 2026-11-28, `today` or `yesterday`, of your time zone.  "
    "[default: yesterday]",
)
@click.option(
    "--subscription", metavar="SUBSCRIPTION", help="What this one matched: its id or name."
)
@click.option("--tag", metavar="TAG", help="What all live subscriptions with this tag matched.")
@click.option(
    "--html",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it as one HTML file, to print or to mail.",
)
@click.option(
    "--docx",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it for Word and LibreOffice; needs the extra `reports`.",
)
@click.option(
    "--pdf",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write it as PDF; needs the extra `reports`.",
)
@csv_option
@json_option
@data_option
def report(
    day: str,
    subscription: str | None,
    tag: str | None,
    file: Path | None,
    docx: Path | None,
    pdf: Path | None,
    data: Path,
    *,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Report what was in the news on a day, by story, with sources and who is quoted.

    The numbers stand beside the mean of the two weeks before. Articles count by when they were
    first seen.
    """
    forms: tuple[tuple[ReportForm, Path | None], ...] = (
        ("html", file), ("docx", docx), ("pdf", pdf)
    )  # fmt: skip
    written = [(form, path) for form, path in forms if path is not None]
    if len(written) + as_csv + as_json > 1:
        raise click.UsageError(say("reports.one-form"))
    found = _read(day, subscription, tag, data)
    if written:
        _write(found, *written[0])
    elif as_csv:
        print_csv(*_table(found))
    elif as_json:
        _print_json(found)
    else:
        for line in _lines(found):
            put(line)
    for one in found.subscriptions:
        if one.is_unreadable:
            warn(problem("reports.unread", name=one.subscription.name))


def _read(day: str, subscription: str | None, tag: str | None, data: Path) -> "DayReport":
    from pantau.common.time import zones
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.reports.asked import read_day, subject_of
    from pantau.usecases.reports.clipping import report_of
    from pantau.usecases.subscriptions.repository import SubscriptionRepository

    clock = SystemClock()
    with opened_store(data, reads=True) as (store, _):
        zone = zones.current()
        wanted = read_day(day, clock.now(), zone)
        subject = subject_of(SubscriptionRepository(store.log, clock), subscription, tag)
        return report_of(subject, store, wanted, zone)


def _write(found: "DayReport", form: "ReportForm", path: Path) -> None:
    from pantau.bootstrap.documents import REPORT_WRITERS
    from pantau.errors import UsageError
    from pantau.usecases.reports.files import file_of, has_rare_letters

    made = file_of(found, form, current(), REPORT_WRITERS)
    try:
        path.write_bytes(made.content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(problem("feeds.file-failed", file=str(path), reason=reason)) from error
    print_text("reports.written", file=str(path))
    if form == "pdf" and has_rare_letters(found):
        warn(problem("reports.boxes"))


def _table(found: "DayReport") -> "tuple[tuple[str, ...], list[list[str | None]]]":
    from pantau.usecases.reports.rows import COLUMNS, report_rows

    rows = [[_cell(row[name]) for name in COLUMNS] for row in report_rows(found)]
    return COLUMNS, rows


def _cell(value: "Any") -> str | None:
    return "; ".join(value) if isinstance(value, tuple) else value


def _print_json(found: "DayReport") -> None:
    from pantau.common.files.jsonlines import line_writer
    from pantau.usecases.reports.rows import report_rows

    write = line_writer()
    for row in report_rows(found):
        write(row)


def _lines(found: "DayReport") -> "Iterator[str]":
    """Yield the lines for a terminal."""
    from pantau.usecases.reports.document import report_title, summary_of

    yield report_title(found, current())
    yield text_of(summary_of(found))
    for one in found.subscriptions if len(found.subscriptions) > 1 else ():
        name = one.subscription.name
        yield say("reports.line", name=name, count=one.articles, usual=one.usual)
    for story in found.stories:
        yield ""
        yield from _story_lines(story)


def _story_lines(story: "ReportStory") -> "Iterator[str]":
    from pantau.common.text.safe_text import one_line
    from pantau.common.time.written import time_text
    from pantau.usecases.reports.rows import speaker_name

    yield one_line(story.title, 300) or "–"
    for one in story.articles:
        source = one_line(one.source or "?", 60)
        yield f"  {time_text(one.first_seen, current())}  {source}: {one_line(one.title, 300)}"
        if one.url:
            yield f"    {one_line(one.url, 500)}"
    for speaker in story.speakers:
        yield f"  {speaker_name(speaker)}"
        for words in speaker.said:
            text = one_line(words.text, _QUOTE)
            yield f"    “{text}”" if words.kind == "direct" else f"    {text}"
