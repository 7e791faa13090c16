"""The texts of previewed messages on the terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pantau.commands.cli.printing import put
from pantau.commands.cli.say import say
from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import known_zone, zoned_text

if TYPE_CHECKING:
    from pantau.usecases.subscriptions.backtest.contents import ReadMessage

_LINE = 2_000
_WIDEST = 40  # spaces before a line


def print_contents(messages: "Iterable[ReadMessage]", time_zone: str) -> None:
    """Print what messages say, as the text of a mail has it."""
    zone = known_zone(time_zone)
    for one in messages:
        put()
        when = zoned_text(one.moment, zone)
        put(say("backtest.contents", when=when, channel=one_line(one.channel, 200)))
        put(f"  {one_line(one.subject, _LINE)}")
        put_lines(one.text, "  ")


def put_lines(text: str, indent: str) -> None:
    """Print the lines of a message behind an indent, each with the spaces that it begins with."""
    for line in text.splitlines():
        own = line[: len(line) - len(line.lstrip(" "))][:_WIDEST]
        put(f"{indent}{own}{one_line(line, _LINE)}".rstrip())
