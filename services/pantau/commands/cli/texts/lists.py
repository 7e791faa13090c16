"""Lists of names as text and JSON."""

from typing import TYPE_CHECKING, Any

from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_text

if TYPE_CHECKING:
    from pantau.usecases.lists.repository import ListChange, ListUse


def print_line(one: "ListUse") -> None:
    """Print a list as a line, and what it follows."""
    from pantau.common.time.zones import zoned_text

    found = one.found
    print_text(
        "lists.line",
        name=found.name,
        count=len(found.values()),
        users=len(one.users),
        when=zoned_text(found.updated),
    )
    if found.dictionary is not None:
        print_text("lists.of-dictionary", file=found.dictionary)


def print_whole(one: "ListUse") -> None:
    """Print a list with its values, a line each, other names after `|`."""
    from pantau.common.text.safe_text import one_line

    print_line(one)
    if one.users:
        names = ", ".join(one_line(each.name) for each in one.users)
        print_text("lists.used-by", names=names)
    for entry in one.found.entries:
        put(f"  {one_line(' | '.join((entry.value, *entry.aliases)))}")


def print_json(one: "ListUse", *, whole: bool = False) -> None:
    """Print a list as a line of JSON, `whole` with its entries."""
    from pantau.common.files.jsonlines import line_writer

    found = one.found
    fields: dict[str, Any] = found.model_dump(mode="json", exclude_none=True, exclude={"entries"})
    fields["values"] = len(found.values())
    fields["subscriptions"] = [each.subscription_id for each in one.users]
    if whole:
        fields["entries"] = [entry.model_dump(mode="json") for entry in found.entries]
    line_writer()(fields)


def print_change(done: "ListChange") -> None:
    """Print what became of a list."""
    print_text(
        "lists.saved",
        name=done.found.name,
        count=len(done.found.values()),
        added=done.added,
        removed=done.removed,
    )
