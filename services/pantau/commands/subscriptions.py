"""`pantau subscribe` and `pantau subscriptions`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.options import data_option, json_option

if TYPE_CHECKING:
    from pantau.notifier.registry import Registry
    from pantau.settings import Settings
    from pantau_schemas.subscription import QueryLanguage, Subscription

SUBSCRIBE_EXAMPLES = """\b
Examples:
  pantau subscribe '"Boy Rafli Amar" AND UNOCT' --to email:desk@example.org
  pantau subscribe 'banjir AND (Demak OR Kudus)' --to webhook:https://example.org/hook --to terminal
  pantau subscribe 'title:gempa AND lang:id' --name Gempa --to file:gempa.jsonl
"""
EXAMPLES = """\b
Examples:
  pantau subscriptions list
  pantau subscriptions pause Gempa
  pantau subscriptions remove k3q5
"""


@click.command(epilog=SUBSCRIBE_EXAMPLES)
@click.argument("query")
@click.option(
    "--to",
    "targets",
    multiple=True,
    metavar="CHANNEL",
    help="Where alerts go: webhook:URL, email:ADDRESS, file:PATH or terminal; repeatable.",
)
@click.option("--name", help="Name for people.  [default: the query]")
@click.option(
    "--language", type=click.Choice(["lucene", "kql", "pantau"]), default="lucene", show_default=True
)
@click.option(
    "--time-zone",
    default="UTC",
    show_default=True,
    help="Zone of the days in the query, such as Asia/Jakarta.",
)
@click.option("--include-historical", is_flag=True, help="Alert on back-filled and replayed articles too.")
@click.option("--id", "subscription_id", help="Id of your own choice.  [default: a new one]")
@click.option("--secret", help="Secret of the webhooks, whsec_...  [default: a new one, shown once]")
@json_option
@data_option
def subscribe(
    query: str, language: "QueryLanguage", time_zone: str, data: Path, *, as_json: bool, **given: Any
) -> None:
    """Save a query and where its alerts go.

    QUERY is what Kibana's search bar accepts. A query that cannot be read is refused, with the place and a repair.
    Without --to the alerts are kept all the same: see `pantau alerts`.
    """
    from pantau.query import parse, warnings  # noqa: PLC0415 (not needed for --help)

    parse(query, language, time_zone=time_zone)
    for warning in warnings(query, language):
        tip = f"; try: {warning.suggestion}" if warning.suggestion else ""
        click.echo(f"warning: character {warning.position + 1}: {warning.message}{tip}", err=True)
    with _opened(data) as (registry, settings):
        made, new_secret = _make(registry, settings, query, language=language, time_zone=time_zone, **given)
        registry.save(made)
    if as_json:
        _write_json(made, reveal=new_secret is not None)
        return
    _show(made)
    if new_secret is not None:
        click.echo(
            "\nThe secret of its webhooks, shown this once; the receiver needs it to check signatures:"
        )
        click.echo(f"  {new_secret}")


def _make(
    registry: "Registry",
    settings: "Settings",
    query: str,
    *,
    language: "QueryLanguage",
    time_zone: str,
    targets: tuple[str, ...],
    name: str | None,
    include_historical: bool,
    subscription_id: str | None,
    secret: str | None,
) -> "tuple[Subscription, str | None]":
    """Make the subscription; and the secret, if it is a new one that must be shown."""
    import uuid  # noqa: PLC0415 (not needed for --help)

    from pydantic import ValidationError  # noqa: PLC0415 (as above)

    from pantau.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.commands.channels import inside_warning, new_secret, read_channels  # noqa: PLC0415 (as above)
    from pantau.errors import UsageError  # noqa: PLC0415 (as above)
    from pantau.notifier.marks import one_line  # noqa: PLC0415 (as above)
    from pantau_schemas.codec import explain  # noqa: PLC0415 (as above)
    from pantau_schemas.ids import digest_id  # noqa: PLC0415 (as above)
    from pantau_schemas.subscription import Subscription  # noqa: PLC0415 (as above)

    used = secret or new_secret()
    channels = read_channels(targets, used, settings)
    for warning in filter(None, (inside_warning(channel, settings) for channel in channels)):
        click.echo(f"warning: {warning}", err=True)
    if subscription_id is not None and registry.get(subscription_id) is not None:
        raise UsageError(
            f"--id {subscription_id!r}: there is one already; remove it first, "
            f"by `pantau subscriptions remove {subscription_id}`, or choose another id"
        )
    try:
        made = Subscription(
            schema_version=1,
            subscription_id=digest_id("subscription", uuid.uuid4().hex)
            if subscription_id is None
            else subscription_id,
            name=one_line(name or query, 80) or "?",
            query=query,
            language=language,
            time_zone=time_zone,
            channels=channels,
            include_historical=include_historical,
            created=SystemClock().now(),
        )
    except ValidationError as error:
        raise UsageError(explain(error)) from error
    is_new = secret is None and any(channel.kind == "webhook" for channel in channels)
    return made, used if is_new else None


@contextmanager
def _opened(data: Path) -> "Iterator[tuple[Registry, Settings]]":
    from pantau.bootstrap import open_store  # noqa: PLC0415 (not needed for --help)
    from pantau.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.notifier.registry import Registry  # noqa: PLC0415 (as above)
    from pantau.settings import load_settings  # noqa: PLC0415 (as above)

    settings = load_settings(data)
    store = open_store(settings)
    try:
        yield Registry(store.log, SystemClock()), settings
    finally:
        store.close()


@click.group(epilog=EXAMPLES)
def subscriptions() -> None:
    """List, pause and remove subscriptions. SUBSCRIPTION is an id, the start of one, or a name."""


@subscriptions.command("list", epilog="\b\nExample:\n  pantau subscriptions list --json")
@json_option
@data_option
def list_subscriptions(data: Path, *, as_json: bool) -> None:
    """List all subscriptions, oldest first. Secrets are never shown."""
    with _opened(data) as (registry, _):
        found = registry.all()
    if as_json:
        for one in found:
            _write_json(one)
        return
    from rich.console import Console  # noqa: PLC0415 (not needed for --json)
    from rich.table import Table  # noqa: PLC0415 (as above)
    from rich.text import Text  # noqa: PLC0415 (as above)

    from pantau.notifier.marks import one_line  # noqa: PLC0415 (as above)
    from pantau_schemas.subscription import describe_channel  # noqa: PLC0415 (as above)

    if not found:
        click.echo("No subscriptions yet; add one by `pantau subscribe QUERY --to CHANNEL`.")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for title in ("id", "name", "query", "to", "state"):
        table.add_column(title, overflow="fold", no_wrap=title in {"id", "state"})
    for one in found:
        channels = "\n".join(one_line(describe_channel(channel)) for channel in one.channels)
        cells = (
            short_id(one.subscription_id), one_line(one.name, 40), one_line(one.query, 80), channels,
            "paused" if one.paused else "live",
        )  # fmt: skip
        table.add_row(*(Text(cell) for cell in cells))
    Console(highlight=False).print(table)


def short_id(subscription_id: str) -> str:
    """Give the start of a made-up id, which is enough to name it; an id of one's own choice is given whole."""
    from pantau_schemas.ids import ID_LENGTH  # noqa: PLC0415 (not needed for --help)

    return subscription_id[:8] if len(subscription_id) == ID_LENGTH else subscription_id


@subscriptions.command("show", epilog="\b\nExample:\n  pantau subscriptions show Gempa")
@click.argument("subscription")
@json_option
@data_option
def show_subscription(subscription: str, data: Path, *, as_json: bool) -> None:
    """Show one subscription whole. Secrets are never shown."""
    with _opened(data) as (registry, _):
        found = registry.find(subscription)
    if as_json:
        _write_json(found)
    else:
        _show(found)


@subscriptions.command("remove", epilog="\b\nExample:\n  pantau subscriptions remove k3q5")
@click.argument("named", metavar="SUBSCRIPTION...", nargs=-1, required=True)
@data_option
def remove(named: tuple[str, ...], data: Path) -> None:
    """Remove subscriptions. Alerts that are not delivered yet are cancelled; those that fired stay listed."""
    with _opened(data) as (registry, _):
        found = [registry.find(one) for one in named]
        registry.remove(found)
    _tell("removed", found)


@subscriptions.command("pause", epilog="\b\nExample:\n  pantau subscriptions pause Gempa")
@click.argument("named", metavar="SUBSCRIPTION...", nargs=-1, required=True)
@data_option
def pause(named: tuple[str, ...], data: Path) -> None:
    """Pause subscriptions: no alerts are raised, and those on their way wait until `resume`."""
    _set_paused(data, named, paused=True)


@subscriptions.command("resume", epilog="\b\nExample:\n  pantau subscriptions resume Gempa")
@click.argument("named", metavar="SUBSCRIPTION...", nargs=-1, required=True)
@data_option
def resume(named: tuple[str, ...], data: Path) -> None:
    """Resume subscriptions that were paused."""
    _set_paused(data, named, paused=False)


def _set_paused(data: Path, named: tuple[str, ...], *, paused: bool) -> None:
    with _opened(data) as (registry, _):
        found = [registry.find(one) for one in named]
        for one in found:
            registry.pause(one, paused=paused)
    _tell("paused" if paused else "resumed", found)


def _tell(what: str, found: "list[Subscription]") -> None:
    from pantau.notifier.marks import one_line  # noqa: PLC0415 (not needed for --help)

    for one in found:
        click.echo(f"{what}: {one.subscription_id} {one_line(one.name)}")


def _write_json(subscription: "Subscription", *, reveal: bool = False) -> None:
    from pantau.jsonlines import line_writer  # noqa: PLC0415 (not needed for --help)
    from pantau.notifier.registry import public  # noqa: PLC0415 (as above)

    line_writer()(public(subscription, reveal=reveal))


def _show(one: "Subscription") -> None:
    from pantau.notifier.marks import one_line  # noqa: PLC0415 (not needed for --help)
    from pantau_schemas.base import format_time  # noqa: PLC0415 (as above)
    from pantau_schemas.subscription import describe_channel  # noqa: PLC0415 (as above)

    rows = [
        ("id", one.subscription_id),
        ("name", one.name),
        ("query", one.query),
        ("language", one.language),
        ("time zone", one.time_zone),
        *(("to", describe_channel(channel)) for channel in one.channels),
        ("historical", "alerts too" if one.include_historical else "no alerts"),
        ("state", "paused" if one.paused else "live"),
        ("created", format_time(one.created)),
    ]
    for label, value in rows:
        click.echo(f"{click.style(f'{label}:', bold=True)} {one_line(value)}")
    if not one.channels:
        click.echo("It has no channel: see its alerts by `pantau alerts`.")
