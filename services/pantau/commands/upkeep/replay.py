"""`pantau replay`."""

import sys
from datetime import datetime
from pathlib import Path

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.options.times import moment_option
from pantau.commands.cli.say import print_text, say

EXAMPLES = """\b
Examples:
  pantau replay --since 7d                      # index anew what was seen in the last week
  pantau replay --since 2026-03-01 --enrich     # and enrich it anew
  pantau replay --since 30d --query 'banjir' --alert
"""


@click.command(epilog=EXAMPLES)
@moment_option("--since", "Only articles seen since")
@moment_option("--until", "Only articles seen before")
@click.option("--query", help="Only articles that this Lucene query matches.")
@click.option(
    "--enrich", is_flag=True, help="Enrich anew; otherwise what was found before is used again."
)
@click.option("--alert", is_flag=True, help="Let them alert, although they are of the past.")
@data_option
def replay(
    since: datetime | None,
    until: datetime | None,
    query: str | None,
    data: Path,
    *,
    enrich: bool,
    alert: bool,
) -> None:
    """Replay past articles through the pipeline of a running `pantau run`.

    Replayed articles are marked historical: they are indexed, and alert only with --alert or if a
    subscription includes historical articles. Whatever alerted before never alerts again.
    """
    from rich.progress import Progress  # noqa: PLC0415 (not needed for --help)

    from pantau.adapters.terminal.screen import open_screen  # noqa: PLC0415 (as above)
    from pantau.common.time.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.usecases.maintenance.replay import replay_of, run_replay  # noqa: PLC0415 (as above)

    wanted = replay_of(since=since, until=until, query=query, enrich=enrich, alert=alert)
    with (
        opened_store(data) as (store, _),
        Progress(
            console=open_screen(stderr=True), transient=True, disable=not sys.stderr.isatty()
        ) as bar,
    ):
        task = bar.add_task(say("dead-letters.replay-reading"), total=None)
        count = run_replay(
            wanted,
            store.log,
            SystemClock(),
            lambda read, total: bar.update(task, completed=read, total=total),
        )
    if count:
        print_text("dead-letters.replay-count", count=count)
    else:
        print_text("dead-letters.replay-none")
