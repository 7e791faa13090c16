"""The accounts of a data folder, opened for a command; and how a password is asked for."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pantau.commands.cli.opened import opened_store

if TYPE_CHECKING:
    from pantau.usecases.accounts.administration import Administration


@contextmanager
def opened_accounts(
    data: Path, *, reads: bool = False, changes: bool = False
) -> "Iterator[Administration]":
    """Open the accounts of a data folder; `reads` and `changes` as in `opened_store`."""
    from getpass import getuser

    from pantau.bootstrap.faces import build_directory
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.accounts.administration import Administration
    from pantau.usecases.reports.schedules import ReportSchedules
    from pantau.usecases.subscriptions.repository import (
        SubscriptionRepository,
    )

    try:
        actor = getuser()
    except (KeyError, OSError):  # a user without a name, as in containers
        actor = "?"
    with opened_store(data, reads=reads, changes=changes) as (store, settings):
        clock = SystemClock()
        accounts = build_directory(store, settings, clock)
        yield Administration(
            accounts,
            SubscriptionRepository(store.log, clock),
            actor,
            schedules=ReportSchedules(store.log, clock),
        )


def read_password(name: str, file: Path | None) -> str:
    """Return a new password: the first line of a file, or what is typed twice.

    Raises UsageError where there is neither a file nor a terminal.
    """
    from pantau.commands.cli.asking import secret
    from pantau.commands.cli.say import say
    from pantau.errors import UsageError
    from pantau.problems import problem

    if file is not None:
        with file.open(encoding="utf-8") as lines:
            return lines.readline(1_000).rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError(problem("accounts.no-terminal"))
    return secret(say("accounts.ask-password", name=name), again=True)
