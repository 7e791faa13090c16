"""`pantau feeds list`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pantau.commands.cli.language import current
from pantau.commands.cli.opened import opened_feeds
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.say import number_text, print_text, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from rich.text import Text

    from pantau.usecases.feeds.feed_list import HubStanding, Watched, WatchedStatus
    from pantau_schemas.events.site import Site

STATUSES: Final["dict[WatchedStatus, tuple[str, str]]"] = {
    "ok": ("feeds.is-ok", "green"),
    "warning": ("feeds.is-warning", "yellow"),
    "limited": ("feeds.is-limited", "yellow"),
    "error": ("feeds.is-error", "bold red"),
    "paused": ("feeds.is-paused", "dim"),
    "new": ("feeds.is-new", "cyan"),
}
"""The text of a status, and its style."""
HUBS: Final["dict[HubStanding, str]"] = {
    "active": "feeds.hub-active",
    "tried": "feeds.hub-tried",
    "missed": "feeds.hub-missed",
    "lapsed": "feeds.hub-lapsed",
    "pending": "feeds.hub-pending",
    "denied": "feeds.hub-denied",
}
"""The text of where a subscription at a hub stands."""
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
    """List all feeds with their status, problems and fixes, and next poll.

    The status is new (never polled), ok, warning (read, but malformed), limited (it published more
    articles than allowed in a day; the others wait), error (not read) or paused. Feeds that this
    version cannot read are named on standard error.
    """
    from pantau.commands.cli.texts.unreadable import warn_unreadable
    from pantau.usecases.feeds.offline import is_offline
    from pantau.usecases.feeds.site_declarations import read_declarations

    with opened_feeds(data, reads=True) as feed_list:
        found = feed_list.all()
        unreadable = feed_list.unreadable()
        declared = read_declarations(feed_list.log) if as_json else {}
    warn_unreadable("feeds.unreadable", unreadable)
    shown = [one for one in found if one.state.problem] if problems else found
    if as_json:
        from pantau.common.files.jsonlines import line_writer

        write = line_writer()
        for one in shown:
            write(_object(one, declared))
        return
    if not found:
        print_text("feeds.none")
        return
    offline = is_offline(found)
    if shown:
        _print(shown, offline=offline)
    if problems and not shown:
        print_text("feeds.no-problems")
    counts = {status: sum(one.status == status for one in found) for status in STATUSES}
    told = ", ".join(f"{n} {say(STATUSES[status][0])}" for status, n in counts.items() if n)
    print_text("feeds.counts", count=len(found), counts=told)
    if offline:
        print_text("feeds.offline")


def _print(shown: "list[Watched]", *, offline: bool) -> None:
    from rich.text import Text

    from pantau.adapters.terminal.screen import ago_text, open_screen, print_table
    from pantau.common.time.clock import SystemClock

    now, rows = SystemClock().now(), []
    for one in shown:
        code, style = STATUSES[one.status]
        rows.append(
            (
                Text(say(code), style),
                number_text(one.state.articles),
                ago_text(one.state.last_polled, now, lang=current()),
                _next(one.next_poll, now),
                _cell(one, offline=offline),
            )
        )
    titles = (
        say("feeds.column-status"),
        say("feeds.column-articles"),
        say("feeds.column-polled"),
        say("feeds.column-next"),
        say("feeds.column-feed"),
    )
    print_table(open_screen(), titles, rows, right=[titles[1]])


def _next(moment: "datetime | None", now: "datetime") -> str:
    """Write when the next poll is.

    A time that has passed is not "2 min ago" but due: nothing runs, or it is the feed's turn just
    now.
    """
    from pantau.adapters.terminal.screen import ago_text

    if moment is None:
        return ""
    return say("feeds.due") if moment < now else ago_text(moment, now, lang=current())


def _cell(one: "Watched", *, offline: bool) -> "Text":
    """Format title and id, address and problem below each other.

    Where the machine is `offline`, that is said once, and not of each host.
    """
    from rich.text import Text

    from pantau.adapters.terminal.screen import ago_text
    from pantau.common.stored_problems import stored_text
    from pantau.common.text.safe_text import one_line
    from pantau.net.guard import without_password
    from pantau.usecases.feeds.offline import has_name_fault
    from pantau_schemas.events.feed import FeedStatus

    url, status = without_password(one.feed.url), one.state.status
    text = Text(one_line(one.title, 100))
    text.append(f"  {one.feed.feed_id[:8]}", "dim")
    if one.title != url:
        text.append(f"\n{one_line(url)}", "dim")
    if one.state.moved_to:
        moved = say("feeds.moved", url=one_line(one.state.moved_to))
        text.append(f"\n{moved}", "dim")
    if one.state.moving_to:
        since = ago_text(one.state.moving_since, lang=current())
        moving = say("feeds.moving", url=one_line(one.state.moving_to), since=since)
        text.append(f"\n{moving}", "dim")
    if one.state.waiting and status is not FeedStatus.LIMITED:
        waiting = say("feeds.waiting", count=one.state.waiting)
        text.append(f"\n{waiting}", "dim")
    hub = _hub(one)
    if hub:
        text.append(f"\n{hub}", "dim")
    if one.state.problem and not (offline and has_name_fault(one)):
        told = stored_text(one.state.problem, one.state.reason, current())
        text.append(f"\n{one_line(told, 500)}", STATUSES[status.value][1])
    return text


def _hub(one: "Watched") -> str:
    """Write where the subscription at the feed's hub stands; empty without one."""
    from pantau.adapters.terminal.screen import ago_text
    from pantau.common.text.safe_text import one_line
    from pantau.common.time.clock import SystemClock
    from pantau.net.guard import without_password
    from pantau.usecases.feeds.feed_list import hub_status

    if one.hub is None:
        return ""
    now = SystemClock().now()
    last = ago_text(one.hub.last_push, now, lang=current()) if one.hub.last_push else "-"
    return say(
        HUBS[hub_status(one.hub, now)],
        hub=one_line(without_password(one.hub.hub), 200),
        count=one.hub.pushes,
        last=last,
        missed=one.hub.missed,
        problem=one_line(one.hub.problem or "", 300),
    )


def _hub_object(one: "Watched") -> dict[str, Any] | None:
    """Return the subscription at the feed's hub as JSON, without its secret and its callback."""
    if one.hub is None:
        return None
    from pantau.net.guard import without_password

    kept = one.hub.model_dump(mode="json", exclude={"secret", "callback_id", "schema_version"})
    hidden = {name: without_password(kept[name]) for name in ("hub", "topic")}
    return {**kept, **hidden, "found": len(one.hub.found)}


def _object(one: "Watched", declared: "Mapping[str, list[Site]]") -> dict[str, Any]:
    """Return the feed as JSON with all fields; times are RFC 3339."""
    from pantau.net.domains import registrable_domain
    from pantau.net.guard import without_password
    from pantau_schemas.base import format_time

    feed, state = one.feed, one.state
    times = {
        name: getattr(state, name) for name in ("last_polled", "last_ok", "last_new", "next_poll")
    }
    return {
        "id": feed.feed_id,  # the name of older versions
        "feed_id": feed.feed_id,
        "url": without_password(feed.url),
        "title": one.title,
        "status": one.status,
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
        "full_text": feed.full_text,
        "declarations": [
            site.model_dump(mode="json", exclude={"schema_version"})
            for site in declared.get(registrable_domain(feed.url), ())
        ],
        "page": feed.page.model_dump(exclude_none=True) if feed.page is not None else None,
        "hub": _hub_object(one),
        "interval_seconds": feed.interval_seconds,
        **{
            name: format_time(moment) if moment is not None else None
            for name, moment in times.items()
        },
        "added": format_time(feed.added),
    }
