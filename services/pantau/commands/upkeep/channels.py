"""`pantau channels`."""

from pathlib import Path

import click

from pantau.commands.cli.completing import complete_channel
from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.payloads import secret_file_option
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.printing import put, put_data
from pantau.commands.cli.say import print_text

EXAMPLES = """\b
Examples:
  pantau channels list
  pantau channels resume webhook:https://example.org/hook
  pantau channels payload webhook:https://example.org/hook 2
"""


@click.group(cls=OrderedGroup, epilog=EXAMPLES)
def channels() -> None:
    """List where alerts go, and how each channel fares; change how one is served.

    CHANNEL is written as for `pantau subscribe --to`, or is its address.
    """


@channels.command(
    "list",
    epilog="\b\nExamples:\n  pantau channels list\n  pantau channels list --stopped\n"
    "  pantau channels list --failing --json",
)
@click.option("--stopped", is_flag=True, help="Only channels that are stopped until `resume`.")
@click.option(
    "--failing",
    is_flag=True,
    help="Only channels that alerts do not arrive at, stopped ones included.",
)
@json_option
@data_option
def list_channels(data: Path, *, stopped: bool, failing: bool, as_json: bool) -> None:
    """List the channels of all subscriptions: which work, which do not, since when and why."""
    from pantau.commands.cli.texts.channels import print_channels, print_channels_json
    from pantau.usecases.channels.health import known_channels
    from pantau.usecases.subscriptions.repository import all_subscriptions

    with opened_store(data, reads=True) as (store, _):
        known = known_channels(store.log, all_subscriptions(store.log))
    found = [one for one in known if one.health.is_found_by(stopped=stopped, failing=failing)]
    if as_json:
        print_channels_json(found)
    elif found:
        print_channels(found)
    else:
        print_text("channels.none-such" if known else "channels.none")


@channels.command(
    "resume",
    epilog="\b\nExample:\n  pantau channels resume webhook:https://example.org/hook",
)
@click.argument(
    "named", metavar="CHANNEL...", nargs=-1, required=True, shell_complete=complete_channel
)
@data_option
def resume_channels(named: tuple[str, ...], data: Path) -> None:
    """Use channels again that were stopped: their receiver was gone, or failed for too long.

    What failed meanwhile is sent now; many messages of a subscription come as one digest.
    """
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.channels.health import find_channel, known_channels
    from pantau.usecases.channels.resuming import resume_channel
    from pantau.usecases.subscriptions.repository import all_subscriptions
    from pantau_schemas.events.subscription import describe_channel

    with opened_store(data, changes=True) as (store, settings):
        known = known_channels(store.log, all_subscriptions(store.log))
        found = [find_channel(one, known) for one in named]
        single = settings.notify.resume_messages
        sent = [
            resume_channel(store.log, SystemClock(), one.channel, one_by_one=single)
            for one in found
        ]
    for one, resumed in zip(found, sent, strict=True):
        print_text("channels.resumed", channel=describe_channel(one.channel))
        if resumed.deliveries:
            print_text("channels.sent-again", count=resumed.deliveries)
        if resumed.digests:
            print_text("channels.in-digests", count=resumed.in_digests, digests=resumed.digests)


@channels.command(
    "payload",
    epilog="\b\nExample:\n  pantau channels payload webhook:https://example.org/hook 2",
)
@click.argument("channel", shell_complete=complete_channel)
@click.argument("version", type=click.Choice(["1", "2"]))
@data_option
def change_payload_version(channel: str, version: str, data: Path) -> None:
    """Send a VERSION of the body to a webhook from now on, for all subscriptions that have it.

    Change the receiver first, so that it reads both versions.
    """
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.channels.health import find_channel, known_channels
    from pantau.usecases.channels.payloads import change_payload
    from pantau.usecases.subscriptions.repository import SubscriptionRepository
    from pantau_schemas.events.subscription import describe_channel

    with opened_store(data, changes=True) as (store, _):
        repository = SubscriptionRepository(store.log, SystemClock())
        found = find_channel(channel, known_channels(store.log, repository.all())).channel
        changed = change_payload(found, 1 if version == "1" else 2, repository)
    name = describe_channel(found)
    print_text("channels.payload-changed", channel=name, version=version, count=changed)


@channels.command("schema", epilog="\b\nExample:\n  pantau channels schema > webhook.v2.json")
def print_schema() -> None:
    """Print the JSON Schema of the body of webhooks, version 2."""
    import json

    from pantau_schemas.webhook import json_schema

    put_data(json.dumps(json_schema(), indent=2) + "\n")


@channels.command(
    "secret",
    epilog="\b\nExample:\n  pantau channels secret webhook:https://example.org/hook "
    "--secret-file secret.txt",
)
@click.argument("channel", shell_complete=complete_channel)
@secret_file_option
@data_option
def replace_secret(channel: str, secret_file: Path | None, data: Path) -> None:
    """Replace the secret of a webhook, for all subscriptions that have it."""
    from pantau.commands.cli.options.webhook_secret import read_secret
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.channels.health import find_channel, known_channels
    from pantau.usecases.channels.reading import new_secret
    from pantau.usecases.channels.secrets import change_secret
    from pantau.usecases.subscriptions.repository import (
        SubscriptionRepository,
    )
    from pantau_schemas.events.subscription import describe_channel

    given = read_secret(None, secret_file)
    secret = given or new_secret()
    with opened_store(data, changes=True) as (store, _):
        repository = SubscriptionRepository(store.log, SystemClock())
        found = find_channel(channel, known_channels(store.log, repository.all())).channel
        changed = change_secret(found, secret, repository)
    print_text("channels.secret-changed", channel=describe_channel(found), count=changed)
    if given is None:
        print_text("subscriptions.new-secret")
        put(f"  {secret}")
