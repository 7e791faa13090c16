"""`pantau enrich-stored`."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.options.times import moment_option
from pantau.commands.cli.say import print_aside, print_text, say, warn
from pantau.problems import problem

TOLD_EVERY: Final = 5_000
"""Articles after which a run without a terminal says how far it is."""
EXAMPLES = """\b
Examples:
  pantau enrich-stored                  # after an upgrade: all stored articles
  pantau enrich-stored --since 30d      # only those seen in the last month
"""


@click.command("enrich-stored", epilog=EXAMPLES)
@moment_option("--since", "Only articles seen since")
@moment_option("--until", "Only articles seen before")
@data_option
def enrich_stored(since: datetime | None, until: datetime | None, data: Path) -> None:
    """Enrich stored articles again, so that searches over history find the new names.

    Only articles of an older enricher are processed; nothing alerts. An interrupted run resumes
    when the command is called again with the same options. `pantau run` may run meanwhile.
    """
    from rich.progress import Progress

    from pantau.adapters.files.batch_journal import FileJournal
    from pantau.adapters.files.dictionaries import DictionaryFiles
    from pantau.adapters.terminal.screen import open_screen
    from pantau.common.time.clock import SystemClock
    from pantau.enricher import build_enricher
    from pantau.enricher.build import at_home
    from pantau.ports import Filters, SearchRequest
    from pantau.query.ast import MatchAll
    from pantau.usecases.maintenance.enrich_stored import Enriched, enrich_stored

    with opened_store(data, changes=True) as (store, settings):
        enriching = at_home(settings.enrich, settings.data)
        own = DictionaryFiles(enriching.dictionaries, SystemClock())
        enricher = build_enricher(settings=enriching, dictionary=own.load())
        note = FileJournal(settings.data, "enrich-stored")
        filters = Filters(since=since, until=until)
        total = store.index.search(SearchRequest(MatchAll(), filters, limit=1)).total
        is_watched = sys.stderr.isatty()
        try:
            with Progress(
                console=open_screen(stderr=True), transient=True, disable=not is_watched
            ) as bar:
                task = bar.add_task(say("entities.enriching"), total=total)

                def show(done: Enriched) -> None:
                    bar.update(task, completed=done.read)
                    # A log has a line now and then.
                    if not is_watched and done.read // TOLD_EVERY > done.read_before // TOLD_EVERY:
                        print_aside("entities.so-far", read=done.read)

                done = enrich_stored(store.index, enricher, note, filters, show)
        finally:
            note.close()
    code = "entities.enriched-on" if done.resumed else "entities.enriched"
    print_text(code, read=done.read, enriched=done.enriched)
    if done.refused:
        named = ", ".join(done.refused[:5])
        warn(problem("entities.refused", count=len(done.refused), named=named))
