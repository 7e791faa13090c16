"""`pantau subscribe`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.payloads import (
    format_option,
    payload_option,
    secret_file_option,
    tag_option,
)
from pantau.commands.cli.options.queries import saved_query_options
from pantau.commands.cli.options.rules import rule_options
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_text, warn
from pantau.common.channels.kinds import channel_forms

if TYPE_CHECKING:
    from pantau.usecases.rules.given import GivenRules
    from pantau_schemas.events.subscription import PayloadVersion, QueryLanguage, WebhookFormat

EXAMPLES = """\b
Examples:
  pantau subscribe '"Boy Rafli Amar" AND UNOCT' --to email:desk@example.org
  pantau subscribe 'banjir AND (Demak OR Kudus)' --to webhook:https://example.org/hook --to terminal
  pantau subscribe 'title:gempa AND lang:id' --name Gempa --to file:gempa.jsonl
  pantau subscribe inflasi --digest daily@07:00 --to email:desk@example.org
  pantau subscribe gempa --collect 30s --articles first --quiet 22:00-05:30 --to terminal
"""


@click.command(epilog=EXAMPLES)
@click.argument("query")
@click.option(
    "--to",
    "targets",
    multiple=True,
    metavar="CHANNEL",
    help=f"Where alerts go: {channel_forms()}; repeatable.",
)
@click.option("--name", help="Name for people.  [default: the query]")
@saved_query_options
@click.option(
    "--include-historical", is_flag=True, help="Alert on back-filled and replayed articles too."
)
@click.option("--id", "subscription_id", help="Id of your own choice.  [default: a new one]")
@secret_file_option
@click.option(
    "--secret",
    help="The secret itself, seen by all users of this machine in the list of processes; "
    "- is standard input.",
)
@payload_option
@format_option
@tag_option
@rule_options
@json_option
@data_option
def subscribe(
    query: str,
    targets: tuple[str, ...],
    name: str | None,
    language: "QueryLanguage",
    time_zone: str,
    subscription_id: str | None,
    secret_file: Path | None,
    secret: str | None,
    payload: "PayloadVersion | None",
    body_format: "WebhookFormat | None",
    tags: tuple[str, ...],
    rules: "GivenRules",
    data: Path,
    *,
    include_historical: bool,
    as_json: bool,
    yes: bool,
) -> None:
    """Save a query and where its alerts go.

    QUERY is what Kibana's search bar accepts. A query that cannot be read is refused, with the
    place and a repair. Before it is saved you see what it means, what it would have found in the
    last days, and when its feeds are asked next. A query that matches everything or nothing, that
    names an unknown field, or that is saved already is asked about; without a terminal it is
    refused, unless --yes is given.

    Without --to the alerts are kept all the same: see `pantau alerts`.
    """
    from pantau.commands.cli.confirm import confirm
    from pantau.commands.cli.options.webhook_secret import read_secret
    from pantau.commands.cli.texts.diagnoses import report
    from pantau.commands.cli.texts.preview import preview_printer
    from pantau.commands.cli.texts.subscriptions import print_json, print_one
    from pantau.common.text.safe_text import one_line
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.search.spellings import speller
    from pantau.usecases.subscriptions.backtest.past_counts import save_counts
    from pantau.usecases.subscriptions.repository import CurrentSubscription, SubscriptionRepository
    from pantau.usecases.subscriptions.subscribing import NewSubscription, subscribe, unseen
    from pantau_schemas.topics import ALERTS

    wanted = NewSubscription(
        query=query,
        language=language,
        time_zone=time_zone,
        targets=targets,
        name=name,
        include_historical=include_historical,
        subscription_id=subscription_id,
        secret=read_secret(secret, secret_file),
        tags=tags,
        payload=payload,
        format=body_format,
        rules=rules,
        is_sure=yes,
    )
    clock = SystemClock()
    with opened_store(data) as (store, settings):
        registry = SubscriptionRepository(store.log, clock)
        look = unseen if as_json else preview_printer(store, clock)
        spell = speller(store)
        done = subscribe(wanted, registry, settings, clock, confirm, look, spell)
        save_counts(done.subscription, store, clock)
        is_first = not store.log.table(ALERTS.name).count()
    report(done.doubts, language)
    for warning in done.warnings:
        warn(warning)
    made = CurrentSubscription(done.subscription)
    if as_json:
        print_json(made, reveal=done.new_secret is not None)
        return
    print_text("subscriptions.saved", name=one_line(done.subscription.name))
    print_one(made)
    if is_first and not include_historical:
        print_text("subscriptions.past", id=done.subscription.subscription_id)
    if done.new_secret is not None:
        put()
        print_text("subscriptions.new-secret")
        put(f"  {done.new_secret}")
