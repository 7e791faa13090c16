"""`pantau replay`."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.queries import query_options
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.options.times import moment_option
from pantau.commands.cli.say import print_text, say, text_of, warn
from pantau.problems import problem

if TYPE_CHECKING:
    from pantau.ports import Store
    from pantau.usecases.maintenance.replay import Replay
    from pantau.usecases.subscriptions.replay import ReplayPlan
    from pantau_schemas.events.subscription import QueryLanguage

MANY: Final = 20
"""Alerts of a replay that are asked about."""
EXAMPLES = """\b
Examples:
  pantau replay --since 7d                      # index anew what was seen in the last week
  pantau replay --since 2026-03-01 --enrich     # and enrich it anew
  pantau replay --since 30d --query 'banjir' --alert
  pantau replay --subscription Gempa --since 7d             # how many alerts would that be?
  pantau replay --subscription Gempa --since 7d --alert     # raise them
"""


@click.command(epilog=EXAMPLES)
@moment_option("--since", "Only articles seen since")
@moment_option("--until", "Only articles seen before")
@click.option("--query", help="Only articles that this query matches.")
@query_options
@click.option(
    "--subscription",
    help="Only for this subscription, by its id, the start of it, or its name: counts the alerts "
    "that its query would have raised, and raises them with --alert.",
)
@click.option(
    "--enrich", is_flag=True, help="Enrich anew; otherwise what was found before is used again."
)
@click.option("--alert", is_flag=True, help="Let them alert, although they are of the past.")
@click.option(
    "--yes", "--force", "yes", is_flag=True, help=f"Raise more than {MANY} alerts unasked."
)
@data_option
def replay(
    since: datetime | None,
    until: datetime | None,
    query: str | None,
    language: "QueryLanguage",
    time_zone: str,
    subscription: str | None,
    data: Path,
    *,
    enrich: bool,
    alert: bool,
    yes: bool,
) -> None:
    """Replay past articles through the pipeline of a running `pantau run`.

    Replayed articles are marked historical: they are indexed, and alert only with --alert or if a
    subscription includes historical articles. Whatever alerted before never alerts again.

    With --subscription no article is touched: only its alerts are raised.
    """
    from pantau.errors import UsageError
    from pantau.usecases.maintenance.replay import replay_of

    if subscription is not None and (enrich or query is not None):
        raise UsageError(problem("dead-letters.replay-alone"))
    wanted = replay_of(
        since=since,
        until=until,
        query=query,
        language=language,
        time_zone=time_zone,
        enrich=enrich,
        alert=alert,
    )
    with opened_store(data, changes=True) as (store, _):
        if subscription is None:
            _replay(wanted, store)
        else:
            _for_one(subscription, wanted, store, alert=alert, sure=yes)


def _replay(wanted: "Replay", store: "Store") -> None:
    from rich.progress import Progress

    from pantau.adapters.terminal.screen import open_screen
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.maintenance.replay import run_replay

    screen = open_screen(stderr=True)
    with Progress(console=screen, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(say("dead-letters.replay-reading"), total=None)
        count = run_replay(
            wanted,
            store.log,
            SystemClock(),
            lambda read, total: bar.update(task, completed=read, total=total),
        )
    if count:
        print_text("dead-letters.replay-count", count=count)
    else:
        print_text("dead-letters.replay-none")


def _for_one(named: str, wanted: "Replay", store: "Store", *, alert: bool, sure: bool) -> None:
    """Count the alerts that a subscription would have raised; raise them if that is asked for."""
    from pantau.commands.cli.confirm import require_consent
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.subscriptions.replay import plan_replay, run_plan
    from pantau.usecases.subscriptions.repository import SubscriptionRepository

    clock = SystemClock()
    found = SubscriptionRepository(store.log, clock).found(named)
    plan = plan_replay(found.subscription, store, since=wanted.since, until=wanted.until)
    _print_plan(plan)
    if not plan.article_ids or not alert:
        if plan.article_ids:
            print_text("dead-letters.replay-not-yet")
        return
    if found.status != "live":
        warn(problem("dead-letters.replay-held", name=found.subscription.name))
    if len(plan.article_ids) > MANY and not sure:
        require_consent(problem("dead-letters.replay-many", count=len(plan.article_ids)))
    print_text("dead-letters.replay-raised", count=run_plan(plan, store, clock))


def _print_plan(plan: "ReplayPlan") -> None:
    from pantau.common.text.safe_text import one_line
    from pantau.query.meaning.verify import left_out

    print_text(
        "dead-letters.replay-plan",
        name=one_line(plan.subscription.name),
        matching=plan.matching,
        count=len(plan.article_ids),
    )
    if plan.before:
        print_text("dead-letters.replay-before", count=plan.before)
    if plan.copies:
        print_text("dead-letters.replay-copies", count=plan.copies)
    if plan.skipped:
        warn(text_of(left_out(plan.skipped)))
