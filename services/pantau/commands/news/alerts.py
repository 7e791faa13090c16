"""`pantau alerts`."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.language import current
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.options.times import moment_option
from pantau.commands.cli.say import print_text
from pantau.commands.cli.texts.csv_output import csv_option, print_csv

if TYPE_CHECKING:
    from pantau.ports import Log
    from pantau.usecases.alerts.history import AlertHistory
    from pantau_schemas.events.alert import Alert

EXAMPLES = """\b
Examples:
  pantau alerts
  pantau alerts --subscription Gempa --since 7d --limit 50
  pantau alerts --follow
  pantau alerts --json | jq .article.title
"""
FOLLOW_SECONDS = 5.0
"""Longest wait in seconds between checks; writes of this process end it."""


@click.command(epilog=EXAMPLES)
@click.option(
    "--subscription",
    shell_complete=complete_subscription,
    help="Only of this subscription: its id, the start of it, or its name.",
)
@moment_option("--since", "Only fired since")
@click.option(
    "--limit",
    type=click.IntRange(1, 100_000),
    default=20,
    show_default=True,
    help="Alerts to show.",
)
@click.option(
    "--follow",
    is_flag=True,
    help="Go on with new alerts as they fire, newest last; Ctrl-C ends it.",
)
@csv_option
@json_option
@data_option
def alerts(
    subscription: str | None,
    since: datetime | None,
    limit: int,
    data: Path,
    *,
    follow: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    """List the alerts that fired, newest first, and how each was delivered."""
    from pantau.usecases.alerts.history import AlertHistory

    with opened_store(data, reads=True) as (store, _):
        history = AlertHistory(store.log)
        wanted = None if subscription is None else history.subscription_id(subscription)
        found = history.latest(limit, subscription_id=wanted, since=since)
        if as_csv:
            _print_csv(found, history)
            return
        if follow:
            found.reverse()
        _print(found, history, as_json=as_json)
        if follow:
            _follow(store.log, history, wanted, since, as_json=as_json)
        elif not found and not as_json:
            print_text("alerts.none-such" if subscription or since else "alerts.none")


def _follow(
    log: "Log",
    history: "AlertHistory",
    wanted: str | None,
    since: datetime | None,
    *,
    as_json: bool,
) -> None:
    watch = log.watch()
    try:
        while True:
            new = history.fresh(subscription_id=wanted, since=since)
            _print(new, history, as_json=as_json)
            watch.wait(FOLLOW_SECONDS)
    except KeyboardInterrupt:
        return
    finally:
        watch.close()


def _print_csv(found: "Sequence[Alert]", history: "AlertHistory") -> None:
    from pantau.common.time.zones import zoned_text

    deliveries = history.deliveries(found)
    titles = ("fired", "subscription", "title", "source", "url", "deliveries", "alert_id")
    rows = (
        (
            zoned_text(one.matched_at),
            one.subscription_name,
            one.article.title,
            one.article.source,
            one.article.url,
            "; ".join(f"{each.status} {each.channel}" for each in deliveries[one.alert_id]),
            one.alert_id,
        )
        for one in found
    )
    print_csv(titles, rows)


def _print(found: "Sequence[Alert]", history: "AlertHistory", *, as_json: bool) -> None:
    import sys

    deliveries = history.deliveries(found)
    waiting = history.waiting(one for those in deliveries.values() for one in those)
    hold_reason = history.undelivered(found, deliveries)
    if as_json:
        from pantau.common.files.jsonlines import line_writer
        from pantau.usecases.alerts.history import as_fields

        write = line_writer()
        for alert in found:
            stands = hold_reason.get(alert.alert_id)
            write(as_fields(alert, deliveries[alert.alert_id], waiting, current(), stands))
        sys.stdout.flush()
        return
    from pantau.adapters.terminal.screen import alert_text, open_screen

    console = open_screen()
    for alert in found:
        console.print(
            alert_text(
                console,
                alert,
                deliveries[alert.alert_id],
                bullet="",
                lang=current(),
                waiting=waiting,
                hold_reason=hold_reason.get(alert.alert_id),
            ),
            soft_wrap=True,
        )
        console.print()
