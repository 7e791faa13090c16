"""Help pages in the language of the answer: click lays them out, the catalogue translates them."""

from collections.abc import Sequence

import click

from pantau.commands.cli.language import current


class HelpContext(click.Context):
    """A context that writes help in the language of the answer."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return the formatter of the language; see click."""
        if current() == "en":
            return super().make_formatter()
        return IndonesianFormatter(width=self.terminal_width, max_width=self.max_content_width)


class IndonesianFormatter(click.HelpFormatter):
    """Translates everything that click writes into a help page."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line; see click."""
        from pantau.commands.cli.say import say
        from pantau.messages.help.texts import placeholders

        super().write_usage(prog, placeholders(args), prefix or say("cli.usage", usage=""))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section; see click."""
        from pantau.messages.help.sentences import sentence

        super().write_heading(sentence(heading) or heading)

    def write_text(self, text: str) -> None:
        """Write paragraphs; see click."""
        from pantau.messages.help.texts import page

        super().write_text(page(text))

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options or commands with their meanings; see click."""
        from pantau.messages.help.texts import option, placeholders

        shown = [(placeholders(name), option(meaning)) for name, meaning in rows]
        super().write_dl(shown, col_max, col_spacing)
