"""Groups of commands: imported on demand, so that `--help` is fast, in the order of use."""

import difflib
import importlib
from collections.abc import Mapping
from typing import Any, cast

import click


class HelpfulGroup(click.Group):
    """A group that suggests commands for an unknown name."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; see click."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchOption:
            raise
        except click.UsageError as error:
            from pantau.commands.cli.say import say  # noqa: PLC0415 (only when something is wrong)

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
        del ctx
        if cmd_name not in self._table:
            return None
        module, _, attribute = self._table[cmd_name][0].partition(":")
        return cast("click.Command", getattr(importlib.import_module(module), attribute))

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
