"""`pantau subscribe` and `pantau subscriptions`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options import data_option, json_option
from pantau.commands.cli.query_options import read_query, saved_query_options
from pantau.common.channel_kinds import channel_forms

if TYPE_CHECKING:
    from rich.text import Text

    from pantau.settings import Settings
    from pantau.usecases.subscriptions import Registry
    from pantau_schemas.subscription import QueryLanguage, Subscription, SubscriptionState

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
    help=f"Where alerts go: {channel_forms()}; repeatable.",
)
@click.option("--name", help="Name for people.  [default: the query]")
@saved_query_options
@click.option(
    "--include-historical", is_flag=True, help="Alert on back-filled and replayed articles too."
)
@click.option("--id", "subscription_id", help="Id of your own choice.  [default: a new one]")
@click.option(
    "--secret-file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help="File with the secret of the webhooks, whsec_..., - for standard input; or set PANTAU_WEBHOOK_SECRET."
    "  [default: a new secret, shown once]",
)
@click.option(
    "--secret",
    help="The secret itself, seen by all users of this machine in the list of processes; - is standard input.",
)
@json_option
@data_option
def subscribe(
    query: str,
    language: "QueryLanguage",
    time_zone: str,
    data: Path,
    *,
    as_json: bool,
    **given: Any,
) -> None:
    """Save a query and where its alerts go.

    QUERY is what Kibana's search bar accepts. A query that cannot be read is refused, with the
    place and a repair. Without --to the alerts are kept all the same: see `pantau alerts`.
    """
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (not needed for --help)

    read_query(query, language, time_zone)
    with _opened(data) as (registry, settings):
        made, new_secret = _make(
            registry, settings, query, language=language, time_zone=time_zone, **given
        )
        registry.save(made)
    if as_json:
        _write_json(made, reveal=new_secret is not None)
        return
    click.echo(f"Subscribed: {one_line(made.name)}")
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
    secret_file: Path | None,
) -> "tuple[Subscription, str | None]":
    """Make the subscription; and the secret, if it is a new one that must be shown."""
    import uuid  # noqa: PLC0415 (not needed for --help)

    from pydantic import ValidationError  # noqa: PLC0415 (as above)

    from pantau.commands.cli.webhook_secret import read_secret  # noqa: PLC0415 (as above)
    from pantau.common.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (as above)
    from pantau.errors import UsageError  # noqa: PLC0415 (as above)
    from pantau.usecases.channels import channel_warnings, new_secret, read_channels  # noqa: PLC0415 (as above)
    from pantau_schemas.codec import explain  # noqa: PLC0415 (as above)
    from pantau_schemas.ids import digest_id  # noqa: PLC0415 (as above)
    from pantau_schemas.subscription import Subscription  # noqa: PLC0415 (as above)

    chosen = read_secret(secret, secret_file)
    used = chosen or new_secret()
    channels = read_channels(targets, used, settings)
    for warning in channel_warnings(channels, settings):
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
    is_new = chosen is None and any(channel.kind == "webhook" for channel in channels)
    return made, used if is_new else None


@contextmanager
def _opened(data: Path) -> "Iterator[tuple[Registry, Settings]]":
    from pantau.common.clock import SystemClock  # noqa: PLC0415 (not needed for --help)
    from pantau.usecases.subscriptions import Registry  # noqa: PLC0415 (as above)

    with opened_store(data) as (store, settings):
        yield Registry(store.log, SystemClock()), settings


@click.group(cls=OrderedGroup, epilog=EXAMPLES)
def subscriptions() -> None:
    """List, show, pause and remove subscriptions.

    SUBSCRIPTION is an id, the start of one, or a name. A running Pantau notices changes at once.
    """


@subscriptions.command(
    "list", epilog="\b\nExamples:\n  pantau subscriptions list\n  pantau subscriptions list --json"
)
@json_option
@data_option
def list_subscriptions(data: Path, *, as_json: bool) -> None:
    """List all subscriptions, oldest first. Secrets are never shown."""
    with _opened(data) as (registry, _):
        found = registry.all()
        states = {one.subscription_id: registry.suspension(one) for one in found}
    if as_json:
        for one in found:
            _write_json(one, state=states[one.subscription_id])
        return
    from rich.text import Text  # noqa: PLC0415 (not needed for --json)

    from pantau.adapters.terminal.screen import counted, open_screen, print_table  # noqa: PLC0415 (as above)

    if not found:
        click.echo("No subscriptions yet; add one by `pantau subscribe QUERY --to CHANNEL`.")
        return
    rows = [
        (
            Text(short_id(one.subscription_id), "dim"),
            _state_text(one, states[one.subscription_id]),
            _cell(one, states[one.subscription_id]),
        )
        for one in found
    ]
    print_table(open_screen(), ("id", "state", "subscription"), rows)
    paused = sum(one.paused for one in found)
    suspended = sum(state is not None for state in states.values())
    click.echo(
        counted(len(found), "subscription")
        + (f", {paused} paused" if paused else "")
        + (f", {suspended} suspended" if suspended else "")
    )


def _state_text(one: "Subscription", state: "SubscriptionState | None") -> "Text":
    from rich.text import Text  # noqa: PLC0415 (not needed for --json)

    if one.paused:
        return Text("paused", "yellow")
    return Text("live", "green") if state is None else Text("suspended", "red")


def _cell(one: "Subscription", state: "SubscriptionState | None") -> "Text":
    """Put name, query, channels and what is wrong below each other."""
    from rich.text import Text  # noqa: PLC0415 (not needed for --json)

    from pantau.common.safe_text import one_line  # noqa: PLC0415 (as above)
    from pantau_schemas.subscription import describe_channel  # noqa: PLC0415 (as above)

    name, query = one_line(one.name, 80), one_line(one.query, 300)
    text = Text() if name == one_line(one.query, 80) else Text(f"{name}\n", "bold")
    text.append(query, "cyan")
    if one.language != "lucene":
        text.append(f" ({one.language})", "dim")
    for channel in one.channels:
        text.append(f"\nto {one_line(describe_channel(channel))}", "dim")
    if state is not None:
        text.append(f"\nsuspended: {one_line(state.problem or '', 300)}", "red")
    return text


def short_id(subscription_id: str) -> str:
    """Return the start of a made-up id, which is enough to name it.

    An id of one's own choice is given whole.
    """
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
        state = registry.suspension(found)
    if as_json:
        _write_json(found, state=state)
    else:
        _show(found, state)


@subscriptions.command(
    "pause",
    short_help="Hold alerts back.",
    epilog="\b\nExample:\n  pantau subscriptions pause Gempa",
)
@click.argument("named", metavar="SUBSCRIPTION...", nargs=-1, required=True)
@data_option
def pause(named: tuple[str, ...], data: Path) -> None:
    """Pause subscriptions: no alerts are raised, and those on their way wait until `resume`."""
    _set_paused(data, named, paused=True)


@subscriptions.command("resume", epilog="\b\nExample:\n  pantau subscriptions resume Gempa")
@click.argument("named", metavar="SUBSCRIPTION...", nargs=-1, required=True)
@data_option
def resume(named: tuple[str, ...], data: Path) -> None:
    """Resume subscriptions that were paused, or suspended because they cost too much."""
    _set_paused(data, named, paused=False)


@subscriptions.command("remove", epilog="\b\nExample:\n  pantau subscriptions remove k3q5")
@click.argument("named", metavar="SUBSCRIPTION...", nargs=-1, required=True)
@data_option
def remove(named: tuple[str, ...], data: Path) -> None:
    """Remove subscriptions. Alerts that are not delivered yet are cancelled.

    Those that fired stay listed.
    """
    with _opened(data) as (registry, _):
        found = [registry.find(one) for one in named]
        registry.remove(found)
    _tell("removed", found)


def _set_paused(data: Path, named: tuple[str, ...], *, paused: bool) -> None:
    with _opened(data) as (registry, _):
        found = [registry.find(one) for one in named]
        for one in found:
            registry.pause(one, paused=paused)
    _tell("paused" if paused else "resumed", found)


def _tell(what: str, found: "list[Subscription]") -> None:
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (not needed for --help)

    for one in found:
        click.echo(f"{what}: {one.subscription_id} {one_line(one.name)}")


def _write_json(
    subscription: "Subscription", *, reveal: bool = False, state: "SubscriptionState | None" = None
) -> None:
    from pantau.common.jsonlines import line_writer  # noqa: PLC0415 (not needed for --help)
    from pantau.usecases.subscriptions import public  # noqa: PLC0415 (as above)

    line_writer()(public(subscription, reveal=reveal, state=state))


def _show(one: "Subscription", state: "SubscriptionState | None" = None) -> None:
    from pantau.adapters.terminal.screen import open_screen, print_pairs  # noqa: PLC0415 (not needed for --json)
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
        ("state", "paused" if one.paused else "live" if state is None else "suspended"),
        *(() if state is None else (("problem", state.problem or ""),)),
        ("created", format_time(one.created)),
    ]
    print_pairs(open_screen(), rows)
    if not one.channels:
        click.echo("It has no channel: see its alerts by `pantau alerts`.")
