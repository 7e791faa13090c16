"""`pantau feeds list`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pantau.commands.cli.opened import opened_book
from pantau.commands.cli.options import data_option, json_option

if TYPE_CHECKING:
    from rich.text import Text

    from pantau.usecases.feeds import Watched

COLOURS: Final = {
    "ok": "green",
    "warning": "yellow",
    "limited": "yellow",
    "error": "bold red",
    "paused": "dim",
    "new": "cyan",
}
EXAMPLES: Final = """\b
Examples:
  pantau feeds list
  pantau feeds list --problems
  pantau feeds list --json | jq 'select(.status == "error") | .url'
"""


@click.command("list", epilog=EXAMPLES)
@click.option("--problems", is_flag=True, help="Only feeds that something is wrong with.")
@json_option
@data_option
def list_feeds(data: Path, *, problems: bool, as_json: bool) -> None:
    """Show all feeds: how they do, what is wrong and what to do, and when they are polled.

    The status is new (never polled), ok, warning (read, but malformed), limited (it gave more
    articles than it may in a day; the others wait), error (not read) or paused.
    """
    with opened_book(data) as book:
        found = book.all()
    shown = [one for one in found if one.state.problem] if problems else found
    if as_json:
        from pantau.common.jsonlines import line_writer  # noqa: PLC0415 (only with --json)

        write = line_writer()
        for one in shown:
            write(_object(one))
        return
    if not found:
        click.echo("No feeds yet; add one by `pantau feeds add URL`.")
        return
    if shown:
        _print(shown)
    counts = {status: sum(_status(one) == status for one in found) for status in COLOURS}
    from pantau.adapters.terminal.screen import counted  # noqa: PLC0415 (not needed for --json)

    if problems and not shown:
        click.echo("No feed has a problem.")
    click.echo(
        f"{counted(len(found), 'feed')}: "
        + ", ".join(f"{n} {status}" for status, n in counts.items() if n)
    )


def _status(one: "Watched") -> str:
    return "paused" if one.feed.paused else one.state.status.value


def _print(shown: "list[Watched]") -> None:
    from rich.text import Text  # noqa: PLC0415 (not needed for --json)

    from pantau.adapters.terminal.screen import ago_text, open_screen, print_table  # noqa: PLC0415 (as above)

    rows = []
    for one in shown:
        status, state = _status(one), one.state
        # A time that has passed is not "2 min ago" but due: nothing runs, or it is the feed's turn
        # just now.
        waits = status != "paused" and state.next_poll is not None
        due = ago_text(state.next_poll) if waits else ""
        rows.append(
            (
                Text(one.feed.feed_id[:8], "dim"),
                Text(status, COLOURS[status]),
                f"{state.articles:,}",
                ago_text(state.last_polled),
                "due" if due.endswith(" ago") else due,
                _cell(one),
            )
        )
    titles = ("id", "status", "articles", "polled", "next", "feed")
    print_table(open_screen(), titles, rows, right=["articles"])


def _cell(one: "Watched") -> "Text":
    """Put title, address and problem below each other."""
    from rich.text import Text  # noqa: PLC0415 (not needed for --json)

    from pantau.adapters.terminal.screen import ago_text  # noqa: PLC0415 (as above)
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (as above)
    from pantau.net.guard import without_password  # noqa: PLC0415 (as above)

    url, status = without_password(one.feed.url), one.state.status.value
    text = Text()
    if one.title != url:
        text.append(f"{one_line(one.title, 100)}\n")
    text.append(one_line(url), "dim" if text else "")
    if one.state.moved_to:
        text.append(f"\nmoved to {one_line(one.state.moved_to)}", "dim")
    if one.state.moving_to:
        since = ago_text(one.state.moving_since)
        text.append(
            f"\nmoved to {one_line(one.state.moving_to)}, as its server says since {since}; "
            "the old address is asked until that has held for days",
            "dim",
        )
    if one.state.waiting and status != "limited":
        text.append(f"\n{one.state.waiting:,} more articles wait for their turn", "dim")
    if one.state.problem:
        text.append(f"\n{one_line(one.state.problem, 500)}", COLOURS.get(status, ""))
    return text


def _object(one: "Watched") -> dict[str, Any]:
    """Return the feed as JSON, all fields always there; times are RFC 3339."""
    from pantau.net.guard import without_password  # noqa: PLC0415 (only with --json)
    from pantau_schemas.base import format_time  # noqa: PLC0415 (as above)

    feed, state = one.feed, one.state
    times = {
        name: getattr(state, name) for name in ("last_polled", "last_ok", "last_new", "next_poll")
    }
    return {
        "id": feed.feed_id,
        "url": without_password(feed.url),
        "title": one.title,
        "status": _status(one),
        "problem": state.problem,
        "http_status": state.http_status,
        "format": state.format,
        "articles": state.articles,
        "day": state.day,
        "day_articles": state.day_articles,
        "waiting": state.waiting,
        "polls": state.polls,
        "failures": state.failures,
        "moved_to": state.moved_to,
        "moving_to": state.moving_to,
        "source": feed.source,
        "folder": feed.folder,
        "tags": list(feed.tags),
        "time_zone": feed.time_zone,
        "page": feed.page.model_dump(exclude_none=True) if feed.page is not None else None,
        "interval_seconds": feed.interval_seconds,
        **{
            name: format_time(moment) if moment is not None else None
            for name, moment in times.items()
        },
        "added": format_time(feed.added),
    }
