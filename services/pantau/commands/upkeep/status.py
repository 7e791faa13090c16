"""`pantau status`."""

import dataclasses
from pathlib import Path

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option

EXAMPLES = """\b
Examples:
  pantau status
  pantau status --json | jq .articles
"""


@click.command(epilog=EXAMPLES)
@json_option
@data_option
def status(data: Path, *, as_json: bool) -> None:
    """Show how many feeds, articles, subscriptions and alerts there are, and what is wrong."""
    from pantau.commands.cli.texts.status import status_text  # noqa: PLC0415 (not needed for --help)
    from pantau.usecases.status import read_status  # noqa: PLC0415 (as above)

    with opened_store(data, reads=True) as (store, _):
        found = read_status(store)
    if not as_json:
        click.echo(status_text(found))
        return
    from pantau.common.files.jsonlines import line_writer  # noqa: PLC0415 (only with --json)

    counts = {
        field.name: getattr(found, field.name)
        for field in dataclasses.fields(found)
        if field.name not in {"kinds", "deliveries"}
    }
    kinds = [{"kind": str(kind), "feeds": count} for kind, count in found.kinds]
    undelivered = {
        "failed_deliveries": found.deliveries.failed,
        "deliveries_waiting_for_settings": found.deliveries.waiting,
    }
    line_writer()({**counts, **undelivered, "problems": kinds})
