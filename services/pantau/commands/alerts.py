"""`pantau alerts`."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.options import data_option, json_option

if TYPE_CHECKING:
    from rich.text import Text

    from pantau.notifier.history import AlertHistory
    from pantau.ports import Log
    from pantau_schemas.alert import Alert, Delivery

EXAMPLES = """\b
Examples:
  pantau alerts
  pantau alerts --subscription Gempa --since 7d --limit 50
  pantau alerts --follow
  pantau alerts --json | jq .article.title
"""
STYLES = {
    "delivered": "green",
    "failed": "bold red",
    "retrying": "yellow",
    "cancelled": "dim",
    "pending": "cyan",
}
FOLLOW_SECONDS = 5.0
"""Longest wait without a look; what this or another process writes ends it."""


@click.command(epilog=EXAMPLES)
@click.option("--subscription", help="Only of this subscription: its id, the start of it, or its name.")
@click.option("--since", help="Only fired since: 7d, 12h, or a date.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Alerts to show."
)
@click.option(
    "--follow", is_flag=True, help="Go on with new alerts as they fire, newest last; Ctrl-C ends it."
)
@json_option
@data_option
def alerts(
    subscription: str | None, since: str | None, limit: int, data: Path, *, follow: bool, as_json: bool
) -> None:
    """List the alerts that fired, newest first, and how each was delivered."""
    from pantau.bootstrap import open_store  # noqa: PLC0415 (not needed for --help)
    from pantau.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.commands.moments import parse_moment  # noqa: PLC0415 (as above)
    from pantau.notifier.history import AlertHistory  # noqa: PLC0415 (as above)
    from pantau.settings import load_settings  # noqa: PLC0415 (as above)

    start = parse_moment(since, SystemClock().now()) if since else None
    store = open_store(load_settings(data))
    try:
        history = AlertHistory(store.log)
        wanted = None if subscription is None else _resolve(store.log, history, subscription)
        found = history.latest(limit, subscription_id=wanted, since=start)
        if follow:
            found.reverse()
        _print(found, history.deliveries(found), as_json=as_json)
        if follow:
            _follow(store.log, history, wanted, start, as_json=as_json)
        elif not found and not as_json:
            click.echo("No alerts yet; see `pantau subscriptions list` and `pantau feeds list`.")
    finally:
        store.close()


def _resolve(log: "Log", history: "AlertHistory", reference: str) -> str:
    """Give the id of a subscription, also of one that was removed but has alerts."""
    from pantau.clock import SystemClock  # noqa: PLC0415 (not needed for --help)
    from pantau.errors import UsageError  # noqa: PLC0415 (as above)
    from pantau.notifier.registry import Registry  # noqa: PLC0415 (as above)

    try:
        return Registry(log, SystemClock()).find(reference).subscription_id
    except UsageError:
        if history.latest(1, subscription_id=reference):
            return reference
        raise


def _follow(
    log: "Log", history: "AlertHistory", wanted: str | None, since: datetime | None, *, as_json: bool
) -> None:
    watch = log.watch()
    try:
        while True:
            new = history.fresh(subscription_id=wanted, since=since)
            _print(new, history.deliveries(new), as_json=as_json)
            watch.wait(FOLLOW_SECONDS)
    except KeyboardInterrupt:
        return
    finally:
        watch.close()


def _print(found: "Sequence[Alert]", deliveries: "dict[str, list[Delivery]]", *, as_json: bool) -> None:
    import sys  # noqa: PLC0415 (not needed for --help)

    if as_json:
        from pantau.jsonlines import line_writer  # noqa: PLC0415 (as above)
        from pantau.notifier.history import as_fields  # noqa: PLC0415 (as above)

        write = line_writer()
        for alert in found:
            write(as_fields(alert, deliveries[alert.alert_id]))
        sys.stdout.flush()
        return
    from rich.console import Console  # noqa: PLC0415 (as above)

    console = Console(highlight=False, soft_wrap=True)
    for alert in found:
        console.print(render(alert, deliveries[alert.alert_id]))
        console.print()


def render(alert: "Alert", deliveries: "Sequence[Delivery]") -> "Text":
    """Write an alert for people: title, where and when, what matched, how it was delivered."""
    from rich.text import Text  # noqa: PLC0415 (not needed for --help)

    from pantau.commands.show import marked_text, moment_text  # noqa: PLC0415 (as above)
    from pantau.notifier.marks import one_line  # noqa: PLC0415 (as above)

    article = alert.article
    text = Text()
    whole = next((one for one in alert.snippets if one.field == "title" and one.text == article.title), None)
    text.append_text(marked_text(whole, "bold") if whole else Text(one_line(article.title), "bold"))
    facts: list[Any] = [
        article.source,
        moment_text(article.published or article.first_seen),
        f"{one_line(alert.subscription_name, 60)} fired {moment_text(alert.matched_at)}",
    ]
    text.append("\n" + " · ".join(one_line(fact) for fact in facts if fact), "dim")
    for snippet in alert.snippets:
        if snippet is not whole:
            text.append("\n")
            text.append_text(marked_text(snippet))
    if article.url:
        text.append("\n" + one_line(article.url), "dim underline")
    for delivery in deliveries:
        text.append(f"\n  {delivery.status.value} ", STYLES[delivery.status.value])
        text.append(one_line(delivery.channel))
        if delivery.problem:
            text.append(f" ({delivery.attempts} tries: {one_line(delivery.problem, 200)})", "dim")
        if delivery.next_attempt is not None:
            text.append(f" next try {moment_text(delivery.next_attempt)}", "dim")
    return text
