"""Questions that a person answers before something doubtful is done."""

import sys
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.say import say, text_of

if TYPE_CHECKING:
    from pantau.problems import Problem


def confirm(doubt: "Problem") -> bool:
    """Request confirmation; return False if there is no terminal to ask."""
    if not sys.stdin.isatty():
        return False
    click.echo(text_of(doubt), err=True)
    return click.confirm(say("cli.go-on"), err=True)
