"""`pantau replay`."""

import sys
from datetime import datetime
from pathlib import Path

import click

from pantau.commands.cli.options import data_option
from pantau.commands.cli.time_options import check_order, read_moment

EXAMPLES = """\b
Examples:
  pantau replay --since 7d                      # index anew what was seen in the last week
  pantau replay --since 2026-03-01 --enrich     # and enrich it anew
  pantau replay --since 30d --query 'banjir' --alert
"""


@click.command(epilog=EXAMPLES)
@click.option(
    "--since",
    callback=read_moment,
    metavar="WHEN",
    help="Only articles seen since: 7d, 12h, or a date.",
)
@click.option(
    "--until",
    callback=read_moment,
    metavar="WHEN",
    help="Only articles seen before: 7d, 12h, or a date.",
)
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
    """Run articles of the past through the pipeline again, as `pantau run` finds them.

    Replayed articles are marked historical: they are indexed, and alert only with --alert or where
    a subscription asks for historical articles. Whatever alerted before never alerts again.
    """
    import secrets  # noqa: PLC0415 (not needed for --help)

    from rich.progress import Progress  # noqa: PLC0415 (as above)

    from pantau.adapters.terminal.screen import counted, open_screen  # noqa: PLC0415 (as above)
    from pantau.bootstrap import open_store  # noqa: PLC0415 (as above)
    from pantau.common.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.query import parse  # noqa: PLC0415 (as above)
    from pantau.settings import load_settings  # noqa: PLC0415 (as above)
    from pantau.usecases.replay import Replay, run_replay  # noqa: PLC0415 (as above)

    check_order(since, until)
    clock = SystemClock()
    wanted = Replay(
        replay_id=secrets.token_hex(8),
        since=since,
        until=until,
        query=parse(query) if query else None,
        enrich=enrich,
        alert=alert,
    )
    store = open_store(load_settings(data))
    try:
        with Progress(
            console=open_screen(stderr=True), transient=True, disable=not sys.stderr.isatty()
        ) as bar:
            task = bar.add_task("reading", total=None)
            count = run_replay(
                wanted,
                store.log,
                clock,
                lambda read, total: bar.update(task, completed=read, total=total),
            )
    finally:
        store.close()
    if not count:
        click.echo("No such articles: nothing to do again.")
        return
    click.echo(
        f"{counted(count, 'article')} to go through the pipeline again, as soon as `pantau run` runs."
    )
