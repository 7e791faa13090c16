"""Text about subscriptions that were imported: how many, and what to know about them."""

from typing import TYPE_CHECKING, Final

from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_aside, print_text, say, warn
from pantau.commands.cli.texts.diagnoses import line
from pantau.common.text.safe_text import one_line
from pantau_schemas.events.subscription import describe_channel

if TYPE_CHECKING:
    from pantau.usecases.subscriptions.importing import Imported, RowDoubt

QUERY_LIMIT: Final = 300
"""Longest query that a preview prints, in characters."""
SHOWN: Final = 20
"""Warnings of each kind that are printed; further ones are counted."""


def print_imported(done: "Imported", *, saved: bool) -> None:
    """Print what was imported, or would be; on standard error what is doubtful about it."""
    for note in done.notes[:SHOWN]:
        print_aside("cli.note", text=say("subscriptions.row", line=note.line, fault=note.fault))
    _print_more(len(done.notes))
    for each in done.doubts[:SHOWN]:
        _print_doubt(each)
    _print_more(len(done.doubts))
    for warning in done.warnings[:SHOWN]:
        warn(warning)
    _print_more(len(done.warnings))
    if not saved:
        _print_became(done)
        print_text("brought.previewed", made=done.made, changed=done.changed)
        return
    print_text("subscriptions.imported", made=done.made, changed=done.changed)
    if done.new_secret is not None:
        print_text("subscriptions.new-secret")
        put(f"  {done.new_secret}")


def _print_became(done: "Imported") -> None:
    for number, one, new in done.became:
        channels = ", ".join(describe_channel(each) for each in one.channels)
        print_text(
            "brought.becomes" if new else "brought.changes",
            line=number,
            name=one.name,
            language=one.language,
            query=one_line(one.query, QUERY_LIMIT),
            channels=channels or say("brought.no-channel"),
        )


def _print_doubt(each: "RowDoubt") -> None:
    code = "cli.note" if each.doubt.severity.value == "note" else "cli.warning"
    text = say("subscriptions.row", line=each.line, fault=line(each.doubt, each.language))
    print_aside(code, text=text)


def _print_more(count: int) -> None:
    if count > SHOWN:
        print_aside("subscriptions.rows-more", count=count - SHOWN)
