"""`pantau subscriptions preview`: what a subscription would have sent."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.queries import query_options
from pantau.commands.cli.options.rules import rule_options
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.options.times import moment_option
from pantau.problems import problem

if TYPE_CHECKING:
    from pantau.usecases.rules.given import GivenRules
    from pantau_schemas.events.subscription import QueryLanguage

DAYS: Final = 30
"""Days that are looked at unless others are asked for."""
MOST_CONTENTS: Final = 50
"""Maximum number of messages whose text is shown."""
EXAMPLES = """\b
Examples:
  pantau subscriptions preview Gempa
  pantau subscriptions preview Gempa --since 7d --messages
  pantau subscriptions preview Gempa --contents 1
  pantau subscriptions preview Gempa --digest daily@07:00 --articles first
  pantau subscriptions preview --query 'banjir AND Demak' --since 2026-11-01 --json
"""


@click.command("preview", epilog=EXAMPLES, short_help="Show what it would have sent.")
@click.argument("subscription", required=False, shell_complete=complete_subscription)
@click.option("--query", help="A query that is not saved, or another one for this subscription.")
@query_options
@rule_options
@moment_option("--since", "From when on", default=f"{DAYS}d", show_default=True)
@moment_option("--until", "To before when")
@click.option("--messages", "all_messages", is_flag=True, help="List all messages.")
@click.option(
    "--contents",
    metavar="N",
    type=click.IntRange(1, MOST_CONTENTS),
    help="Show what this many of the newest messages say.",
)
@json_option
@data_option
def preview_subscription(
    subscription: str | None,
    query: str | None,
    language: "QueryLanguage",
    time_zone: str,
    since: datetime,
    until: datetime | None,
    rules: "GivenRules",
    data: Path,
    *,
    all_messages: bool,
    contents: int | None,
    as_json: bool,
) -> None:
    """Show what a subscription would have sent: alerts and stories a day, and messages.

    The rules of the subscription, changed by options, run as they do live, with the clock of the
    articles' arrival. Nothing is saved or sent.
    """
    from pantau.bootstrap import build_template_renderer
    from pantau.commands.cli.say import error_text
    from pantau.commands.cli.texts.backtest import print_backtest
    from pantau.commands.cli.texts.contents import print_contents
    from pantau.commands.cli.texts.diagnoses import report
    from pantau.common.files.jsonlines import line_writer
    from pantau.common.time.clock import SystemClock
    from pantau.errors import UsageError
    from pantau.usecases.search.queries import read_query
    from pantau.usecases.search.spellings import speller
    from pantau.usecases.subscriptions.backtest.as_fields import backtest_fields
    from pantau.usecases.subscriptions.backtest.asked import AskedQuery, asked_subscription
    from pantau.usecases.subscriptions.backtest.backtest import backtest
    from pantau.usecases.subscriptions.backtest.contents import read_newest

    if subscription is None and query is None:
        raise click.UsageError(error_text(UsageError(problem("backtest.nothing"))))
    clock = SystemClock()
    with opened_store(data, reads=True) as (store, _):
        wanted = None if query is None else AskedQuery(query, language, time_zone)
        asked = asked_subscription(store.log, clock, subscription, wanted, rules)
        found = backtest(asked, store, since, until or clock.now() + timedelta(milliseconds=1))
        shown = read_newest(found, store, contents, build_template_renderer()) if contents else ()
        # As `pantau search` does: the numbers may be those of a slip.
        given = None if query is None else read_query(query, language, time_zone)
        doubts = () if given is None else speller(store)(given, query or "", language)
    report(doubts, language)
    if as_json:
        line_writer()(backtest_fields(found, shown if contents else None))
    else:
        print_backtest(found, all_messages=all_messages)
        print_contents(shown, found.report.time_zone)
