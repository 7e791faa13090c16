"""`pantau subscriptions edit` and `copy`: subscriptions changed, with their id and history."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.payloads import format_option, payload_option, tagged_option
from pantau.commands.cli.options.rules import rule_options
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_text, text_of, warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pantau.usecases.rules.given import GivenRules
    from pantau.usecases.subscriptions.editing import Edited
    from pantau.usecases.subscriptions.repository import CurrentSubscription
    from pantau_schemas.events.subscription import PayloadVersion, QueryLanguage, WebhookFormat

EDIT_EXAMPLES = """\b
Examples:
  pantau subscriptions edit Gempa --query 'gempa AND NOT simulasi'
  pantau subscriptions edit Gempa --to email:desk@example.org
  pantau subscriptions edit Gempa --tag bencana --payload 2
  pantau subscriptions edit Gempa --digest weekly:mon@07:00 --message-language id
  pantau subscriptions edit Gempa --at-once --quiet none --expires never
  pantau subscriptions edit Gempa --add-to terminal --remove-from file:gempa.jsonl
  pantau subscriptions edit --tagged bencana --add-tag darurat --yes
"""


@click.command("edit", epilog=EDIT_EXAMPLES)
@click.argument("subscription", required=False, shell_complete=complete_subscription)
@tagged_option(
    "--tagged", help_text="All subscriptions with this tag, after a question; repeatable."
)
@click.option("--query", help="The new query.")
@click.option(
    "--language", type=click.Choice(["lucene", "kql", "pantau"]), help="Language of the query."
)
@click.option(
    "--time-zone", metavar="ZONE", help="Zone of the days in the query and of the times in mails."
)
@click.option("--name", help="The new name.")
@click.option(
    "--to",
    "targets",
    multiple=True,
    metavar="CHANNEL",
    help="In place of all channels; repeatable.",
)
@click.option("--add-to", "added", multiple=True, metavar="CHANNEL", help="Another channel too.")
@click.option(
    "--remove-from", "removed", multiple=True, metavar="CHANNEL", help="No longer this channel."
)
@click.option(
    "--include-historical/--no-include-historical",
    default=None,
    help="Alert on back-filled and replayed articles too, or no longer.",
)
@payload_option
@click.option(
    "--tag", "tags", multiple=True, metavar="WORD", help="In place of all tags; repeatable."
)
@click.option("--add-tag", "added_tags", multiple=True, metavar="WORD", help="Another tag too.")
@click.option(
    "--remove-tag", "removed_tags", multiple=True, metavar="WORD", help="No longer this tag."
)
@format_option
@rule_options
@click.option("--no-tags", is_flag=True, help="No tags any more.")
@click.option("--yes", "--force", "yes", is_flag=True, help="Save what is doubtful unasked.")
@data_option
def edit_subscription(
    subscription: str | None,
    chosen_tags: tuple[str, ...],
    query: str | None,
    language: "QueryLanguage | None",
    time_zone: str | None,
    name: str | None,
    targets: tuple[str, ...],
    added: tuple[str, ...],
    removed: tuple[str, ...],
    payload: "PayloadVersion | None",
    body_format: "WebhookFormat | None",
    tags: tuple[str, ...],
    added_tags: tuple[str, ...],
    removed_tags: tuple[str, ...],
    rules: "GivenRules",
    data: Path,
    *,
    no_tags: bool,
    include_historical: bool | None,
    yes: bool,
) -> None:
    """Change a subscription. Its id and its alerts stay; what is not named stays as it is.

    With --tagged WORD in place of SUBSCRIPTION all that have the tag are changed, or none. Where
    one channel takes the place of another, alerts that were not delivered yet go to the new one. A
    webhook that stays keeps its secret.
    """
    from pantau.commands.cli.confirm import confirm
    from pantau.commands.cli.texts.preview import change_printer
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.search.spellings import speller
    from pantau.usecases.subscriptions.backtest.past_counts import save_counts
    from pantau.usecases.subscriptions.editing import SubscriptionChanges, edit
    from pantau.usecases.subscriptions.repository import SubscriptionRepository
    from pantau.usecases.subscriptions.tagged import Selection, chosen_references, edit_tagged

    changes = SubscriptionChanges(
        query=query,
        language=language,
        time_zone=time_zone,
        name=name,
        include_historical=include_historical,
        targets=targets or None,
        added=added,
        removed=removed,
        payload=payload,
        format=body_format,
        tags=() if no_tags else tags or None,
        added_tags=added_tags,
        removed_tags=removed_tags,
        rules=rules,
    )
    wanted = Selection((subscription,) if subscription else (), chosen_tags)
    with opened_store(data, changes=True) as (store, settings):
        clock = SystemClock()
        repository = SubscriptionRepository(store.log, clock)
        asked = (lambda _: True) if yes else confirm
        references = chosen_references(wanted, repository, "subscriptions.will-change", asked)
        if chosen_tags:
            many = edit_tagged(references, changes, repository, settings, store.log, asked)
            now = None
        else:
            (named,) = references
            look = change_printer(store, clock, repository.find(named))
            spell = speller(store)
            many = (edit(named, changes, repository, settings, store.log, asked, look, spell),)
            now = repository.found(many[0].subscription.subscription_id)
        for one in many:
            save_counts(one.subscription, store, clock)
    _print_edited(many, now)


def _print_edited(done: "Sequence[Edited]", now: "CurrentSubscription | None") -> None:
    """Print which subscriptions were changed; one alone whole, as it is `now`."""
    from pantau.commands.cli.texts.diagnoses import report
    from pantau.commands.cli.texts.subscriptions import print_one
    from pantau.common.text.safe_text import one_line

    for one in done if now is not None else ():  # of many, their queries are as they were
        report(one.doubts, one.subscription.language)
    for warning in dict.fromkeys(map(text_of, (each for one in done for each in one.warnings))):
        warn(warning)
    for one in done:
        print_text("subscriptions.edited", name=one_line(one.subscription.name))
    if now is not None:
        print_one(now)
    moved = sum(one.moved for one in done)
    if moved:
        print_text("subscriptions.moved", count=moved)
    secret = next((one.new_secret for one in done if one.new_secret is not None), None)
    if secret is not None:
        print_text("subscriptions.new-secret")
        put(f"  {secret}")


@click.command("copy", epilog="\b\nExample:\n  pantau subscriptions copy Gempa 'Gempa Jawa'")
@click.argument("subscription", shell_complete=complete_subscription)
@click.argument("name")
@rule_options
@data_option
def copy_subscription(subscription: str, name: str, rules: "GivenRules", data: Path) -> None:
    """Save a subscription again under another NAME, with the same query, channels and rules.

    The new one has no history; options replace its rules. Change it by `pantau subscriptions edit`.
    """
    from pantau.commands.cli.confirm import confirm
    from pantau.commands.cli.texts.subscriptions import print_one
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.subscriptions.backtest.past_counts import save_counts
    from pantau.usecases.subscriptions.editing import copy
    from pantau.usecases.subscriptions.repository import CurrentSubscription, SubscriptionRepository

    with opened_store(data, changes=True) as (store, _):
        clock = SystemClock()
        repository = SubscriptionRepository(store.log, clock)
        made = copy(subscription, name, repository, confirm, rules)
        save_counts(made, store, clock)
    print_text("subscriptions.saved", name=made.name)
    print_one(CurrentSubscription(made))
