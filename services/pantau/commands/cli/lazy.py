"""Groups of commands: imported on demand, so that `--help` is fast, in the order of use."""

import difflib
import importlib
from collections.abc import Mapping
from typing import Any, Final, cast

import click

from pantau.commands.cli.help.pages import HelpContext

_WHOLE: Final = 1_000
"""A length that no first sentence of a help text has, in characters."""


class HelpfulGroup(click.Group):
    """A group that suggests commands for an unknown name, and helps in the reader's language."""

    context_class = HelpContext

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, whose help is in the language of the answer, too."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            command.context_class = HelpContext
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by the whole first sentence of their help, which can be translated."""
        named = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, one.get_short_help_str(_WHOLE)) for name, one in named if one is not None]
            )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; see click."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchOption:
            raise
        except click.UsageError as error:
            from pantau.commands.cli.say import say

            message = say("cli.no-command", name=args[0])
            near = difflib.get_close_matches(args[0].lower(), self.list_commands(ctx), n=1)
            if near:
                message = say("cli.did-you-mean", text=message, near=near[0])
            raise click.UsageError(message, ctx) from error


class LazyGroup(HelpfulGroup):
    """A group whose commands are in a table: name to (`module:attribute`, help line)."""

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command."""
        if cmd_name in self._table and cmd_name not in self.commands:
            module, _, attribute = self._table[cmd_name][0].partition(":")
            found = getattr(importlib.import_module(module), attribute)
            self.commands[cmd_name] = cast("click.Command", found)
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self._table.items()])


class OrderedGroup(HelpfulGroup):
    """A group that lists its commands in the order of their definition."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names."""
        del ctx
        return list(self.commands)
