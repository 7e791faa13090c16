"""`pantau subscriptions`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.options.payloads import tagged_option
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.say import print_text
from pantau.commands.subscriptions.changes import copy_subscription, edit_subscription
from pantau.commands.subscriptions.feed import feed_address
from pantau.commands.subscriptions.files import export_subscriptions, import_subscriptions
from pantau.commands.subscriptions.muting import mute_subscriptions, unmute_subscriptions
from pantau.commands.subscriptions.own_form import template_of_subscription
from pantau.commands.subscriptions.preview import preview_subscription
from pantau.commands.subscriptions.selecting import (
    opened_subscriptions,
    print_each,
    selected,
    selection_options,
)
from pantau.commands.subscriptions.trial import test_subscription

if TYPE_CHECKING:
    from pantau.usecases.subscriptions.lists import ListState, SortKey

EXAMPLES = """\b
Examples:
  pantau subscriptions list
  pantau subscriptions pause Gempa
  pantau subscriptions remove k3q5
"""


@click.group(cls=OrderedGroup, epilog=EXAMPLES)
def subscriptions() -> None:
    """List, show, change, pause and remove subscriptions.

    SUBSCRIPTION is an id, the start of one, or a name. A running Pantau notices changes at once.
    """


@subscriptions.command(
    "list", epilog="\b\nExamples:\n  pantau subscriptions list\n  pantau subscriptions list --json"
)
@click.option("--match", metavar="TEXT", help="Only with this in name, query, tags or channels.")
@click.option(
    "--state",
    type=click.Choice(["live", "paused", "suspended", "ill"]),
    help="Only in this state; ill: alerts do not arrive.",
)
@click.option(
    "--sort",
    type=click.Choice(["created", "name", "alerts", "last"]),
    default="created",
    show_default=True,
    help="By creation, name, alerts of the last 7 days, or last alert.",
)
@tagged_option(
    "--tag",
    "--tagged",
    help_text="Only with this tag; A+B: with both; repeatable: with one of them.",
)
@json_option
@data_option
def list_subscriptions(
    match: str | None,
    state: "ListState | None",
    sort: "SortKey",
    chosen_tags: tuple[str, ...],
    data: Path,
    *,
    as_json: bool,
) -> None:
    """List subscriptions: how each fares, its last alert and those of the last 7 days.

    Secrets are never shown. Those that this version cannot read are named on standard error.
    """
    from pantau.commands.cli.texts.subscriptions import print_all, print_json
    from pantau.commands.cli.texts.unreadable import warn_unreadable
    from pantau.usecases.subscriptions.lists import chosen

    with opened_subscriptions(data, reads=True) as registry:
        found = chosen(registry.listed(), match=match, state=state, sort=sort, tags=chosen_tags)
        unreadable = registry.unreadable()
    warn_unreadable("subscriptions.unreadable", unreadable)
    if as_json:
        for one in found:
            print_json(one)
    elif found:
        print_all(found)
    else:
        print_text(
            "subscriptions.none-such" if match or state or chosen_tags else "subscriptions.none"
        )


@subscriptions.command("show", epilog="\b\nExample:\n  pantau subscriptions show Gempa")
@click.argument("subscription", shell_complete=complete_subscription)
@json_option
@data_option
def show_subscription(subscription: str, data: Path, *, as_json: bool) -> None:
    """Show one subscription whole. Secrets are never shown."""
    from pantau.commands.cli.texts.subscriptions import print_json, print_one

    with opened_subscriptions(data, reads=True) as registry:
        found = registry.found(subscription)
    if as_json:
        print_json(found)
    else:
        print_one(found)


@subscriptions.command(
    "pause",
    short_help="Hold alerts back.",
    epilog="\b\nExamples:\n  pantau subscriptions pause Gempa\n"
    "  pantau subscriptions pause --tag bencana --yes",
)
@selection_options
@data_option
def pause(named: tuple[str, ...], chosen_tags: tuple[str, ...], data: Path, *, yes: bool) -> None:
    """Pause subscriptions: no alerts are raised, and those on their way wait until `resume`."""
    _set_paused(named, chosen_tags, data, paused=True, yes=yes)


@subscriptions.command("resume", epilog="\b\nExample:\n  pantau subscriptions resume Gempa")
@selection_options
@data_option
def resume(named: tuple[str, ...], chosen_tags: tuple[str, ...], data: Path, *, yes: bool) -> None:
    """Resume subscriptions that were paused, or suspended because they cost too much."""
    _set_paused(named, chosen_tags, data, paused=False, yes=yes)


def _set_paused(
    named: tuple[str, ...], chosen_tags: tuple[str, ...], data: Path, *, paused: bool, yes: bool
) -> None:
    from pantau.usecases.subscriptions.repository import set_paused

    done = "subscriptions.will-pause" if paused else "subscriptions.will-resume"
    with opened_subscriptions(data, changes=True) as registry:
        references = selected(registry, named, chosen_tags, done, yes=yes)
        found = set_paused(registry, references, paused=paused)
    print_each("subscriptions.paused" if paused else "subscriptions.resumed", found)


@subscriptions.command("remove", epilog="\b\nExample:\n  pantau subscriptions remove k3q5")
@selection_options
@data_option
def remove_subscriptions(
    named: tuple[str, ...], chosen_tags: tuple[str, ...], data: Path, *, yes: bool
) -> None:
    """Remove subscriptions. Alerts that are not delivered yet are cancelled.

    Past alerts stay listed. Also removes one that this version cannot read, by its whole id.
    """
    from pantau.common.text.safe_text import one_line
    from pantau.usecases.subscriptions.repository import remove

    with opened_subscriptions(data, changes=True) as registry:
        references = selected(registry, named, chosen_tags, "subscriptions.will-remove", yes=yes)
        found, unreadable = remove(registry, references)
    print_each("subscriptions.removed", found)
    for one in unreadable:
        print_text("subscriptions.removed-unreadable", id=one_line(one.key))


subscriptions.add_command(edit_subscription)
subscriptions.add_command(copy_subscription)
subscriptions.add_command(feed_address)
subscriptions.add_command(mute_subscriptions)
subscriptions.add_command(unmute_subscriptions)
subscriptions.add_command(export_subscriptions)
subscriptions.add_command(import_subscriptions)
subscriptions.add_command(preview_subscription)
subscriptions.add_command(template_of_subscription)
subscriptions.add_command(test_subscription)
