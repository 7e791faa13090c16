"""`pantau inbox`: the stories that alerted, and what a person did about them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.say import print_text, say

if TYPE_CHECKING:
    from rich.text import Text

    from pantau.usecases.alerts.inbox import InboxView, TriageAction
    from pantau.usecases.alerts.triage import InboxRow

EXAMPLES = """\b
Examples:
  pantau inbox list
  pantau inbox done k3q5x7banjirdemak2o6ruvwyz
"""
_TITLE = 200
_STATES = {
    "new": "alerts.is-new",
    "seen": "alerts.is-seen",
    "starred": "alerts.is-starred",
    "done": "alerts.is-done",
    "muted": "alerts.is-muted",
}


@click.group(cls=OrderedGroup, epilog=EXAMPLES)
def inbox() -> None:
    """List the stories that alerted, and mark them as seen, starred, done or muted.

    ALERT is the id of an alert; its whole story is meant. A story without a new alert for 7 days
    is done, unless it is starred. One that is seen or done is new again when it grows.
    """


@inbox.command(
    "list", epilog="\b\nExamples:\n  pantau inbox list\n  pantau inbox list --state done --json"
)
@click.option(
    "--state",
    type=click.Choice(["open", "new", "seen", "starred", "done", "muted", "all"]),
    default="open",
    show_default=True,
    help="Only in this state; open: new, seen or starred.",
)
@click.option(
    "--subscription",
    shell_complete=complete_subscription,
    help="Only of this subscription: its id, the start of it, or its name.",
)
@click.option(
    "--limit", type=click.IntRange(1, 2_000), default=20, show_default=True, help="Stories to show."
)
@json_option
@data_option
def list_inbox(
    state: "InboxView", subscription: str | None, limit: int, data: Path, *, as_json: bool
) -> None:
    """List the stories that alerted, the latest first, each with its newest alert."""
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.alerts.history import AlertHistory
    from pantau.usecases.alerts.inbox import Inbox

    with opened_store(data, reads=True) as (store, _):
        chosen = None
        if subscription is not None:
            chosen = AlertHistory(store.log).subscription_id(subscription)
        page = Inbox(store.log, SystemClock()).page(state, limit=limit, subscription_id=chosen)
    if as_json:
        _print_json(page.rows)
        return
    if page.rows:
        _print_table(page.rows)
    else:
        print_text("alerts.none-open" if state == "open" else "alerts.none-such")


def _print_json(rows: "Sequence[InboxRow]") -> None:
    from pantau.common.files.jsonlines import line_writer

    write = line_writer()
    for one in rows:
        write(
            {
                "story_id": one.story_id,
                "state": one.state,
                "fresh": one.fresh,
                "sources": one.sources,
                "alert_ids": [each.alert_id for each in one.alerts],
                "newest": one.newest.model_dump(mode="json", exclude_none=True),
            }
        )


def _print_table(rows: "Sequence[InboxRow]") -> None:
    from pantau.adapters.terminal.screen import moment_text, open_screen, print_table

    titles = (
        say("alerts.column-alert"),
        say("alerts.column-state"),
        say("alerts.column-fired"),
        say("alerts.column-story"),
    )
    cells = [
        (
            one.newest.alert_id,
            say(_STATES[one.state]),
            moment_text(one.newest.matched_at),
            _story_text(one),
        )
        for one in rows
    ]
    print_table(open_screen(), titles, cells)


def _story_text(row: "InboxRow") -> "Text":
    from rich.text import Text

    from pantau.common.text.safe_text import one_line

    facts = [one_line(row.newest.subscription_name, 60), one_line(row.newest.article.source or "")]
    if len(row.alerts) > 1:
        facts.append(say("alerts.and-more", count=len(row.alerts) - 1))
    title = Text(one_line(row.newest.article.title, _TITLE) or "(…)", "bold")
    return Text("\n").join([title, Text(", ".join(filter(None, facts)), "dim")])


def _command(name: "TriageAction", text: str) -> Callable[..., None]:
    """Add a command that marks stories."""

    @inbox.command(
        name, help=text, epilog=f"\b\nExample:\n  pantau inbox {name} k3q5x7banjirdemak2o6ruvwyz"
    )
    @click.argument("alerts", metavar="ALERT...", nargs=-1, required=True)
    @json_option
    @data_option
    def mark(alerts: tuple[str, ...], data: Path, *, as_json: bool) -> None:
        _mark(name, alerts, data, as_json=as_json)

    return mark


def _mark(name: "TriageAction", alerts: tuple[str, ...], data: Path, *, as_json: bool) -> None:
    from pantau.common.text.safe_text import one_line
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.alerts.inbox import Inbox

    with opened_store(data, changes=True) as (store, _):
        rows = Inbox(store.log, SystemClock()).triage(alerts, name)
    if as_json:
        _print_json(rows)
        return
    for one in rows:
        title = one_line(one.newest.article.title, _TITLE) or "(…)"
        print_text("alerts.marked", title=title, state=say(_STATES[one.state]))


see_stories = _command("see", "Mark stories as seen, until they grow.")
star_stories = _command("star", "Star stories: they stay in the inbox until you are done.")
finish_stories = _command("done", "Mark stories as done, until they grow.")
mute_stories = _command("mute", "Mute stories in the inbox: they never come back by themselves.")
reopen_stories = _command("reopen", "Make stories new again.")
