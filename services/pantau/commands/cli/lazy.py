"""Groups of commands: imported on demand, so that `--help` is fast, in the order of use."""

import importlib
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any, Final, cast

import click

from pantau.commands.cli.help.pages import HelpContext

_ALIKE: Final = 0.6
"""How alike a word must be to a command for that to be suggested; a group has few."""
OTHER_NAMES: Final[Mapping[str, Sequence[str]]] = {
    "backtest": ("preview",),
    "batal": ("unmute",),
    "berlangganan": ("subscribe",),
    "bisukan": ("mute",),
    "buat": ("add", "subscribe"),
    "cadangkan": ("backup",),
    "cari": ("search",),
    "cerita": ("stories",),
    "coba": ("test", "demo"),
    "create": ("add", "subscribe"),
    "daftar": ("list", "lists"),
    "delete": ("remove", "discard"),
    "del": ("remove", "discard"),
    "disable": ("pause",),
    "doctor": ("status",),
    "enable": ("resume",),
    "find": ("search",),
    "hapus": ("remove", "discard"),
    "jalankan": ("run",),
    "jeda": ("pause",),
    "jelaskan": ("explain",),
    "kotak": ("inbox",),
    "langganan": ("subscriptions",),
    "lanjutkan": ("resume",),
    "laporan": ("report",),
    "lihat": ("show", "list", "status"),
    "ls": ("list",),
    "lupakan": ("forget",),
    "mengapa": ("why",),
    "mulai": ("run",),
    "nama": ("entities",),
    "new": ("add", "subscribe"),
    "pemberitahuan": ("alerts",),
    "periksa": ("check", "poll", "status"),
    "pulihkan": ("restore",),
    "rm": ("remove", "discard"),
    "saluran": ("channels",),
    "start": ("run",),
    "tambah": ("add",),
    "tampilkan": ("show", "list"),
    "ubah": ("edit",),
    "uji": ("test",),
    "umpan": ("feeds",),
    "update": ("edit",),
}
"""Words that people type for commands, in English and Indonesian; the first that a group has."""
_BELOW: Final = 3
"""How many commands of groups below are suggested for a word that several of them have."""
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
            near = self._nearest(args[0], ctx)
            if near is not None:
                message = say("cli.did-you-mean", text=message, near=near)
            raise click.UsageError(message, ctx) from error

    def _nearest(self, word: str, ctx: click.Context) -> str | None:
        """Return the command that is meant by a word.

        That of its other name, else that of a group below (`explain` is `query explain`), else the
        one that is written most alike.
        """
        from pantau.common.text.nearest import nearest

        commands = self.list_commands(ctx)
        others = OTHER_NAMES.get(word.casefold(), ())
        meant = next((one for one in others if one in commands), None)
        return meant or self._below({word, *others}, ctx) or nearest(word, commands, _ALIKE)

    def _below(self, words: Collection[str], ctx: click.Context) -> str | None:
        groups = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        found = (
            f"{name} {one}"
            for name, group in groups
            if isinstance(group, click.Group)
            for one in group.list_commands(ctx)
            if one in words
        )
        return ", ".join(islice(found, _BELOW)) or None


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
