"""Subscriptions that a command is about: named, or chosen by their tags."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.payloads import tagged_option
from pantau.commands.cli.say import print_text

if TYPE_CHECKING:
    from pantau.usecases.subscriptions.repository import SubscriptionRepository
    from pantau_schemas.events.subscription import Subscription

F = TypeVar("F", bound=Callable[..., Any])


@contextmanager
def opened_subscriptions(
    data: Path, *, reads: bool = False, changes: bool = False
) -> "Iterator[SubscriptionRepository]":
    """Open the subscriptions of a data folder, as `opened_store` opens its store."""
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.subscriptions.repository import SubscriptionRepository

    with opened_store(data, reads=reads, changes=changes) as (store, _):
        yield SubscriptionRepository(store.log, SystemClock())


def selection_options(command: F) -> F:
    """Add names, `--tag` and `--yes` to a command, passed as `named`, `chosen_tags` and `yes`."""
    for add in (
        click.option(
            "--yes", "--force", "yes", is_flag=True, help="Do it unasked to all that have the tag."
        ),
        tagged_option(
            "--tag",
            "--tagged",
            help_text="All subscriptions with this tag, after a question; repeatable.",
        ),
        click.argument(
            "named", metavar="SUBSCRIPTION...", nargs=-1, shell_complete=complete_subscription
        ),
    ):
        command = add(command)
    return command


def selected(
    repository: "SubscriptionRepository",
    named: tuple[str, ...],
    chosen_tags: tuple[str, ...],
    done: str,
    *,
    yes: bool,
) -> tuple[str, ...]:
    """Return the references that are named, or the ids of those with the tags, after a question.

    `done` is the code of what will become of them; `yes` answers the question. Raises UsageError
    as `tagged.chosen_references` does.
    """
    from pantau.commands.cli.confirm import confirm
    from pantau.usecases.subscriptions.tagged import Selection, chosen_references

    asked = (lambda _: True) if yes else confirm
    return chosen_references(Selection(named, chosen_tags), repository, done, asked)


def print_each(code: str, found: "Iterable[Subscription]") -> None:
    """Print a text of the catalogue for each subscription, with its name and id."""
    from pantau.common.text.safe_text import one_line

    for one in found:
        print_text(code, id=one.subscription_id, name=one_line(one.name))
