"""Completions of names of subscriptions, feeds and channels for a shell.

Called at each press of a key, so the store is only glanced at: a missing or busy one offers
nothing, and neither does one that is not on this machine. Completion never fails: a shell would
show the traceback between the lines that a person types.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class

from pantau.commands.cli.options.shared import default_data

DATABASE: Final = "pantau.db"
SHORT: Final = 8
"""Characters of an id that are offered: commands accept the start of one."""
HELP_LENGTH: Final = 60
MOST: Final = 200
Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


class Offer(NamedTuple):
    """A thing with an id and what people call it."""

    id: str
    name: str


def complete_subscription(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the ids and names of subscriptions that begin with what was typed."""
    return _offered(ctx, param, incomplete, "subscriptions", ("subscription_id", "name"))


def complete_feed(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the ids and titles of feeds that begin with what was typed."""
    return _offered(ctx, param, incomplete, "feeds", ("feed_id", "title"))


def complete_channel(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the ids of channels, and their addresses, that begin with what was typed."""
    from pantau_schemas.ids import channel_id

    found: dict[str, Offer] = {}
    for fields in _records(ctx, "subscriptions"):
        for one in fields.get("channels") or ():
            kind = str(one.get("kind"))
            target = str(one.get("url") or one.get("to") or one.get("path") or kind)
            name = kind if target == kind else f"{kind}:{target}"
            found[name] = Offer(channel_id(kind, target), name)
    return _items(param, incomplete, iter(found.values()))


def _offered(
    ctx: click.Context, param: click.Parameter, incomplete: str, topic: str, names: tuple[str, str]
) -> list[CompletionItem]:
    key, name = names
    things = (
        Offer(fields[key], str(fields.get(name) or ""))
        for fields in _records(ctx, topic)
        if isinstance(fields.get(key), str)
    )
    return _items(param, incomplete, things)


def _items(
    param: click.Parameter, incomplete: str, things: Iterator[Offer]
) -> list[CompletionItem]:
    """Return an id with its name as help, or the name if that is what is being typed."""
    del param
    start = incomplete.casefold()
    found: list[CompletionItem] = []
    for one in things:
        name = " ".join("".join(c if c.isprintable() else " " for c in one.name).split())
        if start and name.casefold().startswith(start):
            found.append(CompletionItem(name, help=one.id[:SHORT]))
        elif one.id.startswith(incomplete):
            # An id of the operator's own choice stays whole.
            short = one.id[: max(SHORT, len(incomplete))] if len(one.id) == 26 else one.id
            found.append(CompletionItem(short, help=name[:HELP_LENGTH]))
        if len(found) >= MOST:
            break
    return found


def _records(ctx: click.Context, topic: str) -> Iterator[dict[str, Any]]:
    """Yield records of the store that the command line names, if that is a file here."""
    from pantau.adapters.sqlite.glance import glance

    if os.environ.get("PANTAU_KAFKA__SERVERS"):
        return
    given = ctx.params.get("data")
    yield from glance((given if isinstance(given, Path) else default_data()) / DATABASE, topic)


class EscapingBash(BashComplete):
    """Completion in bash that escapes spaces and other special characters of names."""

    def format_completion(self, item: CompletionItem) -> str:
        """Format an item for the script, which reads it with backslashes interpreted once."""
        value = "".join(
            c if c.isalnum() or c in "-_./:@%+=," or not c.isascii() else f"\\\\{c}"
            for c in str(item.value)
        )
        return f"{item.type},{value}"


def register() -> None:
    """Register our completion of bash with click."""
    add_completion_class(EscapingBash)
