"""Text about subscriptions that were imported: how many, and what to know about them."""

from typing import TYPE_CHECKING, Final

from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_aside, print_text, say, warn
from pantau.commands.cli.texts.diagnoses import line

if TYPE_CHECKING:
    from pantau.usecases.subscriptions.importing import Imported, RowDoubt

SHOWN: Final = 20
"""Warnings of each kind that are printed; further ones are counted."""


def print_imported(done: "Imported") -> None:
    """Print what was imported; on standard error what is doubtful about it."""
    for each in done.doubts[:SHOWN]:
        _print_doubt(each)
    _print_more(len(done.doubts))
    for warning in done.warnings[:SHOWN]:
        warn(warning)
    _print_more(len(done.warnings))
    print_text("subscriptions.imported", made=done.made, changed=done.changed)
    if done.new_secret is not None:
        print_text("subscriptions.new-secret")
        put(f"  {done.new_secret}")


def _print_doubt(each: "RowDoubt") -> None:
    code = "cli.note" if each.doubt.severity.value == "note" else "cli.warning"
    text = say("subscriptions.row", line=each.line, fault=line(each.doubt, each.language))
    print_aside(code, text=text)


def _print_more(count: int) -> None:
    if count > SHOWN:
        print_aside("subscriptions.rows-more", count=count - SHOWN)
