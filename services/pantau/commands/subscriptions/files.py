"""`pantau subscriptions export` and `import`: many at once, as JSON Lines or CSV."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.payloads import secret_file_option, tagged_option
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.printing import put_data
from pantau.commands.cli.say import print_aside, say
from pantau.commands.cli.streams import InputFile

if TYPE_CHECKING:
    from pantau.usecases.subscriptions.files import ParsedRows

IMPORT_EXAMPLES = """\b
Examples:
  pantau subscriptions import subscriptions.csv
  pantau subscriptions export | pantau subscriptions import - --data /srv/other
  pantau subscriptions import kibana.ndjson --preview

\b
JSON Lines, one subscription a line (only "query" is required):
  {"query": "gempa AND Ambon", "name": "Gempa", "to": ["email:desk@example.org", "terminal"]}
  {"id": "Gempa", "tags": ["bencana"], "paused": true}

\b
CSV, with titles in the first line (several channels or tags on lines of one quoted cell):
  query,name,to
  gempa AND Ambon,Gempa,email:desk@example.org

Members: query, id, name, tags, language, time_zone, to, payload (1 or 2), format,
include_historical, paused, template, channel_template; and for the rules: timing, when, articles,
min_sources, quiet, mute, expires, message_language, channel_timing. All are explained in
docs/reference/file-formats.md.
"""


@click.command(
    "export",
    epilog="\b\nExamples:\n  pantau subscriptions export > subscriptions.jsonl\n"
    "  pantau subscriptions export --csv > subscriptions.csv\n"
    "  pantau subscriptions export --tag bencana > bencana.jsonl",
)
@click.option("--csv", "as_csv", is_flag=True, help="As CSV; by default JSON Lines.")
@tagged_option(
    "--tag",
    "--tagged",
    help_text="Only with this tag; A+B: with both; repeatable: with one of them.",
)
@data_option
def export_subscriptions(chosen_tags: tuple[str, ...], data: Path, *, as_csv: bool) -> None:
    """Write all subscriptions, or those with a tag, for `import`, oldest first.

    Secrets are never written.
    """
    from pantau.common.files.jsonlines import line_writer
    from pantau.usecases.subscriptions import files
    from pantau.usecases.subscriptions.repository import (
        all_subscriptions,
    )
    from pantau.usecases.subscriptions.tagged import has_tag

    with opened_store(data, reads=True) as (store, _):
        found = [one for one in all_subscriptions(store.log) if has_tag(one, chosen_tags)]
    rows = [*files.rows_of(found)]
    if chosen_tags and not rows:
        print_aside("subscriptions.none-such")
    if as_csv:
        put_data(files.as_csv(rows))
        return
    write = line_writer()
    for row in rows:
        write(row)


@click.command("import", epilog=IMPORT_EXAMPLES)
@click.argument("file", type=InputFile())
@click.option("--yes", "--force", "yes", is_flag=True, help="Save what is doubtful unasked.")
@click.option("--preview", is_flag=True, help="Only show what each line becomes; save nothing.")
@secret_file_option
@data_option
def import_subscriptions(
    file: BinaryIO, data: Path, secret_file: Path | None, *, yes: bool, preview: bool
) -> None:
    """Save the subscriptions of FILE, all or, where a line is wrong, none.

    A line with the id of a subscription changes what it names of it: all else, its alerts and its
    secrets stay; null or an empty cell clears a member. Other lines are new. Every wrong line is
    named. Queries that match everything or nothing or name an unknown field, and subscriptions that
    are there already, are asked about, as `pantau subscribe` does; the first line is named.

    FILE may also be an export of Kibana (NDJSON), or a list of feeds (OPML) that has Google's
    alerts: what cannot become a subscription is named and left out.
    """
    from pantau.bootstrap import build_template_renderer
    from pantau.commands.cli.confirm import confirm
    from pantau.commands.cli.options.webhook_secret import read_secret
    from pantau.commands.cli.texts.imports import print_imported
    from pantau.commands.cli.texts.preview import catch_printer
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.search.spellings import speller
    from pantau.usecases.subscriptions import files
    from pantau.usecases.subscriptions.backtest.past_counts import save_counts
    from pantau.usecases.subscriptions.importing import import_rows
    from pantau.usecases.subscriptions.repository import (
        SubscriptionRepository,
    )

    secret = read_secret(None, secret_file)
    parsed = _parsed(file.read(files.MOST_BYTES + 1))
    with opened_store(data) as (store, settings):
        clock = SystemClock()
        repository = SubscriptionRepository(store.log, clock)
        asked = (lambda _: True) if yes else confirm
        look = catch_printer(store, clock)
        spell = speller(store)
        done = import_rows(
            parsed,
            repository,
            settings,
            asked,
            look,
            secret,
            spell,
            render=build_template_renderer(),
            save=not preview,
        )
        for _, made, _ in () if preview else done.became:
            save_counts(made, store, clock)
    print_imported(done, saved=not preview)


def _parsed(content: bytes) -> "ParsedRows":
    """Parse a file of subscriptions, or a list of feeds that has Google's alerts."""
    from pantau.usecases.subscriptions import files

    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return files.parse_file(content)
    from pantau.bootstrap import build_reader
    from pantau.usecases.feeds.opml_lists import read_list
    from pantau.usecases.subscriptions.brought.google import google_rows

    with closing(build_reader()) as reader:
        listed = read_list(reader, content, say("brought.file"))
    return files.foreign_rows(google_rows(listed.feeds))
