"""`pantau query why`: why a stored article did or did not alert a subscription."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.language import current
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.say import say, text_of

if TYPE_CHECKING:
    from pantau.query.explain.explanation import ClauseMatch
    from pantau.query.explain.plain_leaves import ClauseDescriber
    from pantau.usecases.alerts.reasons import Reasons

EXAMPLES = """\b
Examples:
  pantau query why https://example.org/banjir Gempa
  pantau query why k3q5abcd Banjir --json
"""


@click.command(epilog=EXAMPLES)
@click.argument("article")
@click.argument("subscription", shell_complete=complete_subscription)
@json_option
@data_option
def why(article: str, subscription: str, data: Path, *, as_json: bool) -> None:
    """Show why a stored article did or did not alert a subscription.

    ARTICLE is an id, the start of one, or an address. Shown are the clauses of the query that
    match, or those that do not; then what came of it: an article of the past, a pause, a copy of an
    article that alerted before, or when and where the alert was delivered.
    """
    from pantau.common.time.clock import SystemClock
    from pantau.query.explain import plain
    from pantau.usecases.alerts.reasons import reasons
    from pantau.usecases.search.articles import find_article
    from pantau.usecases.subscriptions.repository import SubscriptionRepository

    clock = SystemClock()
    with opened_store(data, reads=True) as (store, _):
        found = SubscriptionRepository(store.log, clock).found(subscription)
        given = find_article(store, article)
        told = reasons(given, found, store.log, clock)
    teller = plain.describer(current(), clock.now(), found.subscription.time_zone)
    if as_json:
        _print_json(told, teller)
    else:
        _print(told, teller, given.title)


def _print(told: "Reasons", teller: "ClauseDescriber", title: str) -> None:
    from rich.text import Text

    from pantau.adapters.terminal.screen import delivery_text, hung, open_screen
    from pantau.common.text.safe_text import one_line

    console = open_screen()
    console.print(hung(console, Text(one_line(title), "bold"), "", ""), soft_wrap=True)
    console.print(say("query.why-matches" if told.matches else "query.why-not"))
    for clause in told.clauses:
        console.print(hung(console, Text(_clause_text(clause, teller)), "    ", "  - "))
    for one in told.missing:
        kind = "test_unwanted" if one.unwanted else "test_missing"
        text = teller.words.say(kind, what=teller.leaf(one.clause))
        console.print(hung(console, Text(text), "    ", "  - "), soft_wrap=True)
    for step in told.steps:
        console.print(hung(console, Text(one_line(text_of(step), 500)), "  ", ""), soft_wrap=True)
    for delivery in told.deliveries:
        line = hung(console, delivery_text(delivery, current()), "    ", "  ")
        console.print(line, soft_wrap=True)


def _clause_text(one: "ClauseMatch", teller: "ClauseDescriber") -> str:
    """Describe a clause that matches; of a list, with the values that the article has."""
    from pantau.common.text.safe_text import one_line

    values = ", ".join(map(one_line, one.values))
    return f"{teller.leaf(one.clause)}: {values}" if values else teller.leaf(one.clause)


def _print_json(told: "Reasons", teller: "ClauseDescriber") -> None:
    from pantau.common.files.jsonlines import line_writer

    line_writer()(
        {
            "matches": told.matches,
            "clauses": [_clause_text(one, teller) for one in told.clauses],
            "missing": [
                {"clause": teller.leaf(one.clause), "unwanted": one.unwanted}
                for one in told.missing
            ],
            "steps": [{"code": one.code, "text": text_of(one)} for one in told.steps],
            "alert_id": None if told.alert is None else told.alert.alert_id,
            "deliveries": [
                one.model_dump(mode="json", exclude_none=True) for one in told.deliveries
            ],
        }
    )
