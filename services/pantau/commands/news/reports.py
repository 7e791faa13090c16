"""`pantau reports`: reports that are sent on a schedule."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.language import current
from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_text, say, warn

if TYPE_CHECKING:
    from pantau.usecases.reports.schedules import ListedSchedule

EXAMPLES = """\b
Examples:
  pantau reports schedule --subscription Banjir --when daily@07:00 --to desk@example.org
  pantau reports schedule --tag bencana --when monthly:last@18:00 --to desk@example.org
  pantau reports list
  pantau reports remove 5hq2kq3x
"""
SCHEDULE_EXAMPLES = """\b
Examples:
  pantau reports schedule --subscription Banjir --when daily@07:00 --to desk@example.org
  pantau reports schedule --tag bencana --when weekly:fri@16:00 --time-zone WIB --to desk@example.org
  pantau reports schedule --tag bencana --when monthly:last@18:00 --to webhook:https://example.org/in
  pantau --lang id reports schedule --tag bencana --when daily@06:30 --to desk@example.org

It is in the language of --lang. What it shows is what `pantau report` shows.
"""


@click.group(cls=OrderedGroup, epilog=EXAMPLES)
def reports() -> None:
    """Send reports by mail or webhook, each day, week or month."""


@reports.command("schedule", epilog=SCHEDULE_EXAMPLES)
@click.option(
    "--subscription", metavar="SUBSCRIPTION", help="What this one matches: its id or name."
)
@click.option("--tag", metavar="TAG", help="What all live subscriptions with this tag match.")
@click.option(
    "--when",
    default="daily@07:00",
    metavar="WHEN",
    show_default=True,
    help="Such as daily@07:00, weekly:mon@07:00 or monthly:last@18:00.",
)
@click.option("--time-zone", metavar="ZONE", help="Time zone of the time; by default yours.")
@click.option("--zone", "former_zone", hidden=True, help="Former name of --time-zone.")
@click.option(
    "--to", required=True, metavar="CHANNEL", help="An e-mail address, or webhook:https://..."
)
@data_option
def schedule(
    subscription: str | None,
    tag: str | None,
    when: str,
    time_zone: str | None,
    former_zone: str | None,
    to: str,
    data: Path,
) -> None:
    """Send a report at fixed times, each about the time since the one before."""
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.reports.schedules import ReportSchedules, WantedSchedule

    zone = time_zone or former_zone
    wanted = WantedSchedule(when, to, subscription, tag, zone, current())
    with opened_store(data, changes=True) as (store, settings):
        done = ReportSchedules(store.log, SystemClock()).add(wanted, settings)
    put(_line(done.listed))
    if done.new_secret is not None:
        print_text("reports.secret", secret=done.new_secret)
    for one in done.warnings:
        warn(one)


@reports.command(
    "list",
    epilog="\b\nExamples:\n  pantau reports list\n  pantau reports list --json | jq -r .about",
)
@json_option
@data_option
def list_schedules(data: Path, *, as_json: bool) -> None:
    """List what is reported, when, to whom, and how the latest one was delivered."""
    from pantau.common.files.jsonlines import line_writer
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.reports.schedules import ReportSchedules

    with opened_store(data, reads=True) as (store, _):
        found = ReportSchedules(store.log, SystemClock()).all()
    if as_json:
        write = line_writer()
        for one in found:
            write(one.public())
        return
    for one in found:
        put(_line(one))
    if not found:
        print_text("reports.none-scheduled")


@reports.command("remove", epilog="\b\nExample:\n  pantau reports remove 5hq2kq3x")
@click.argument("schedule")
@data_option
def remove(schedule: str, data: Path) -> None:
    """Stop a report, named by its id or the start of it."""
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.reports.schedules import ReportSchedules

    with opened_store(data, changes=True) as (store, _):
        gone = ReportSchedules(store.log, SystemClock()).remove(schedule)
    print_text("reports.removed", name=gone.about, channel=gone.channel)


def _line(one: "ListedSchedule") -> str:
    from pantau.adapters.terminal.screen import STATUSES
    from pantau.common.time.zones import known_zone, zoned_text
    from pantau.usecases.reports.words import times_in_words
    from pantau.usecases.subscriptions.repository import short_id

    return say(
        "reports.scheduled",
        id=short_id(one.schedule.subscription_id),
        name=one.about,
        when=times_in_words(one.schedule.timing).text(current()),
        zone=one.schedule.time_zone,
        channel=one.channel,
        next=zoned_text(one.next_due, known_zone(one.schedule.time_zone)),
        latest=say("reports.latest", status=say(STATUSES[one.latest.status][0]))
        if one.latest
        else "",
    )
