"""`pantau status`."""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.printing import put

if TYPE_CHECKING:
    from pantau.commands.cli.texts.overview import Overview
    from pantau.usecases.channels.health import KnownChannel
    from pantau.usecases.feeds.outlook import Outlook
    from pantau.usecases.status import StoreStatus

EXAMPLES = """\b
Examples:
  pantau status
  pantau status --json | jq .articles
"""


@click.command(epilog=EXAMPLES)
@json_option
@data_option
def status(data: Path, *, as_json: bool) -> None:
    """Show whether Pantau runs, what it holds, what comes next, and what is wrong.

    Also which data folder is used and what chose it, the disk space, which channels alerts do not
    arrive at, and what to do about that.
    """
    from pantau.adapters.files.disk import disk_use
    from pantau.adapters.files.running import read_running
    from pantau.commands.cli.data_folder import chosen_by
    from pantau.commands.cli.say import text_of
    from pantau.commands.cli.startup import python_warning
    from pantau.commands.cli.texts.overview import Overview, overview_lines
    from pantau.commands.cli.texts.status import channel_lines, rejected_lines, status_text
    from pantau.common.time.clock import SystemClock
    from pantau.settings import SETTINGS_FILE
    from pantau.settings.sources import settings_file
    from pantau.usecases.channels.remedies import ill_channels
    from pantau.usecases.dead_letters.handling import DeadLetters
    from pantau.usecases.feeds.outlook import read_outlook
    from pantau.usecases.status import read_status
    from pantau.usecases.subscriptions.repository import all_subscriptions

    clock = SystemClock()
    with opened_store(data, reads=True) as (store, settings):
        found, outlook = read_status(store), read_outlook(store, clock)
        ill = ill_channels(store.log, all_subscriptions(store.log))
        rejected = DeadLetters(store.log, clock).count_by_stage()
    overview = Overview(
        folder=data,
        chosen_by=chosen_by(),
        settings_file=settings_file(data, SETTINGS_FILE),
        disk=disk_use(data),
        running=read_running(data),
        servers=settings.kafka.servers,
        python=python_warning(),
    )
    if as_json:
        from pantau.common.files.jsonlines import line_writer

        line_writer()(
            {
                **_counts(found),
                "dead_letters": dict(rejected),
                "channels": [_channel(one) for one in ill],
                **_outlook(outlook),
                **_overview(overview),
            }
        )
        return
    for line in overview_lines(overview, outlook, clock.now()):
        put(line)
    put(status_text(found))
    for trouble in (*rejected_lines(rejected), *channel_lines(ill)):
        put(text_of(trouble))


def _counts(found: "StoreStatus") -> dict[str, Any]:
    from pantau_schemas.base import format_time

    counts = {
        field.name: getattr(found, field.name)
        for field in dataclasses.fields(found)
        if field.name not in {"kinds", "deliveries", "held"}
    }
    due = found.held.next_message
    held = {"waiting_alerts": found.held.count, "next_message": due and format_time(due)}
    kinds = [{"kind": str(kind), "feeds": count} for kind, count in found.kinds]
    return {
        **held,
        **counts,
        "failed_deliveries": found.deliveries.failed + found.deliveries.stopped,
        "failed_at_stopped_channels": found.deliveries.stopped,
        "deliveries_waiting_for_settings": found.deliveries.waiting,
        "problems": kinds,
    }


def _channel(one: "KnownChannel") -> dict[str, Any]:
    """Return a channel that alerts do not arrive at, for JSON."""
    from pantau.commands.cli.texts.channels import health_fields
    from pantau.usecases.channels.remedies import command_for
    from pantau_schemas.events.subscription import describe_channel

    name = describe_channel(one.channel)
    return {"channel": name, **health_fields(one.health), "command": command_for(one)}


def _outlook(found: "Outlook") -> dict[str, Any]:
    from pantau_schemas.base import format_time

    last = found.last_article
    return {
        "last_article": None
        if last is None
        else {
            "article_id": last.article_id,
            "title": last.title,
            "source": last.source,
            "first_seen": format_time(last.first_seen),
        },
        "last_poll": None if found.last_poll is None else format_time(found.last_poll),
        "next_polls": [
            {"feed_id": one.feed_id, "title": one.title, "due": format_time(one.due)}
            for one in found.next_polls
        ],
    }


def _overview(found: "Overview") -> dict[str, Any]:
    from pantau_schemas.base import format_time

    running, disk = found.running, found.disk
    since = None if running is None or running.since is None else format_time(running.since)
    return {
        "running": None if found.servers else running is not None,
        "running_since": since,
        "process": None if running is None else running.process,
        "restart_for": [] if running is None else list(running.restart_for),
        "settings_fault": None if running is None else running.fault,
        "data": str(found.folder),
        "data_chosen_by": found.chosen_by,
        "settings_file": str(found.settings_file),
        "bytes_used": None if disk is None else disk.used,
        "bytes_free": None if disk is None else disk.free,
        "disk_nearly_full": None if disk is None else disk.is_nearly_full,
        "python_warning": None if found.python is None else str(found.python),
    }
