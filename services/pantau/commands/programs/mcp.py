"""`pantau mcp`: tools for language models."""

from importlib.util import find_spec
from pathlib import Path

import click

from pantau.commands.cli.opened import network_option, opened_store, read_settings, require_store
from pantau.commands.cli.options.shared import data_option
from pantau.errors import UsageError
from pantau.problems import problem

EXAMPLES = """\b
Example:
  pantau mcp --data /srv/pantau --read-only
"""


@click.command(epilog=EXAMPLES)
@click.option("--read-only", is_flag=True, help="No tool that changes or sends anything.")
@network_option
@data_option
def mcp(networks: tuple[str, ...], data: Path, *, read_only: bool) -> None:
    """Serve search, alerts, subscriptions and feeds to a language model, over MCP.

    The client starts it, and speaks the Model Context Protocol on standard input and output. A
    person confirms each change: in the client, if it can ask. Requires pantau[mcp].
    """
    if find_spec("mcp") is None:
        raise UsageError(problem("settings.mcp-missing"))
    import asyncio

    from pantau.bootstrap.faces import build_parts
    from pantau.common.time.clock import SystemClock
    from pantau.mcp_server.server import build_server, serve_stdio

    settings = read_settings(data, allow_networks=networks)
    if not read_only:
        require_store(data, settings)
    with opened_store(data, reads=read_only) as (store, _):
        parts = build_parts(store, settings, SystemClock())
        asyncio.run(serve_stdio(build_server(parts, read_only=read_only)))
