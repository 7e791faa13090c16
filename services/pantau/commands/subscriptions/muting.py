"""`pantau subscriptions mute` and `unmute`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.payloads import tagged_option
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.say import print_text

if TYPE_CHECKING:
    from pantau.usecases.subscriptions.repository import SubscriptionRepository
    from pantau_schemas.events.subscription import Subscription

_named_argument = click.argument(
    "named", metavar="SUBSCRIPTION...", nargs=-1, shell_complete=complete_subscription
)
_tagged_option = tagged_option(
    "--tag", "--tagged", help_text="All subscriptions with this tag, after a question; repeatable."
)
_unasked_option = click.option(
    "--yes", "--force", "yes", is_flag=True, help="Do it unasked to all that have the tag."
)


@click.command(
    "mute",
    short_help="Send no messages for a while.",
    epilog="\b\nExamples:\n  pantau subscriptions mute Gempa --until 2d\n"
    "  pantau subscriptions mute --tag bencana --until-growth --yes",
)
@_named_argument
@click.option("--until", metavar="DATE", help="Until a date, or for a time such as 2d.")
@click.option("--until-growth", is_flag=True, help="Until a story grows.")
@_tagged_option
@_unasked_option
@data_option
def mute_subscriptions(
    named: tuple[str, ...],
    until: str | None,
    chosen_tags: tuple[str, ...],
    data: Path,
    *,
    until_growth: bool,
    yes: bool,
) -> None:
    """Send no messages of subscriptions until a date or until a story grows, else until `unmute`.

    Alerts are recorded meanwhile: see `pantau alerts`. A story has grown when its sources doubled,
    or five more have it.
    """
    from pantau.usecases.rules.muting import mute  # noqa: PLC0415 (not needed for --help)

    with _chosen(data, named, chosen_tags, "timing.will-mute", yes=yes) as (repository, references):
        done = mute(repository, references, until=until, until_growth=until_growth)
    _confirm("timing.muted", done)


@click.command(
    "unmute",
    short_help="Send messages again.",
    epilog="\b\nExample:\n  pantau subscriptions unmute Gempa",
)
@_named_argument
@_tagged_option
@_unasked_option
@data_option
def unmute_subscriptions(
    named: tuple[str, ...], chosen_tags: tuple[str, ...], data: Path, *, yes: bool
) -> None:
    """Send messages of muted subscriptions again; what waited comes as one."""
    from pantau.usecases.rules.muting import unmute  # noqa: PLC0415 (not needed for --help)

    with _chosen(data, named, chosen_tags, "timing.will-unmute", yes=yes) as (one, references):
        done = unmute(one, references)
    _confirm("timing.unmuted", done)


@contextmanager
def _chosen(
    data: Path, named: tuple[str, ...], chosen_tags: tuple[str, ...], done: str, *, yes: bool
) -> "Iterator[tuple[SubscriptionRepository, tuple[str, ...]]]":
    """Open the subscriptions; yield the references of those that are named or have the tags."""
    from pantau.commands.cli.confirm import confirm  # noqa: PLC0415 (not needed for --help)
    from pantau.common.time.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.usecases.subscriptions.repository import SubscriptionRepository  # noqa: PLC0415 (as above)
    from pantau.usecases.subscriptions.tagged import Selection, chosen_references  # noqa: PLC0415 (as above)

    asked = (lambda _: True) if yes else confirm
    with opened_store(data, changes=True) as (store, _):
        repository = SubscriptionRepository(store.log, SystemClock())
        wanted = Selection(named, chosen_tags)
        yield repository, chosen_references(wanted, repository, done, asked)


def _confirm(code: str, found: "tuple[Subscription, ...]") -> None:
    from pantau.common.text.safe_text import one_line  # noqa: PLC0415 (not needed for --help)

    for one in found:
        print_text(code, id=one.subscription_id, name=one_line(one.name))
