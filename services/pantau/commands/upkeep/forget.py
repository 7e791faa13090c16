"""`pantau forget`."""

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.say import print_aside, print_text
from pantau.commands.upkeep.progress import shown_on_terminal

if TYPE_CHECKING:
    from pantau.usecases.takedown.findings import Findings
    from pantau.usecases.takedown.proving import Proof
    from pantau.usecases.takedown.subject import Subject

EXAMPLES = """\b
Examples:
  pantau forget https://news.example.org/2026/03/02/a-name --dry-run
  pantau forget https://news.example.org/2026/03/02/a-name
  pantau forget '*.example.org'               # all articles of a source and the hosts below it
  pantau forget email:reader@example.org      # all that belongs to the owner of a channel
  pantau forget https://news.example.org/2026/03/02/a-name --verify
"""


@click.command(epilog=EXAMPLES)
@click.argument("subject", metavar="ARTICLE|URL|SOURCE|CHANNEL")
@click.option("--dry-run", is_flag=True, help="Count what would be removed; remove nothing.")
@click.option("--verify", is_flag=True, help="Look everywhere for what is left; remove nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@data_option
def forget(
    subject: str, data: Path, *, dry_run: bool, verify: bool, yes: bool, as_json: bool
) -> None:
    """Remove articles, or all that belongs to a source or to the owner of a channel.

    They go from the log, the search index, stories, alerts, deliveries, dead letters and the
    memory of feeds; their bytes are erased, and a search of everything proves it. Articles that
    were taken down do not come back. `pantau run`, or the services, may run meanwhile. Exit code 1: something is still there.
    """
    from pantau.bootstrap import build_eraser
    from pantau.commands.cli.confirm import confirm
    from pantau.common.time.clock import SystemClock
    from pantau.problems import problem
    from pantau.usecases.takedown.collecting import collect
    from pantau.usecases.takedown.forgetting import forget as run
    from pantau.usecases.takedown.proving import prove
    from pantau.usecases.takedown.subject import subject_of
    from pantau.usecases.takedown.sweeping import count

    meant = subject_of(subject)
    shown = shown_on_terminal("takedown.reading", "place")
    with opened_store(data, changes=True) as (store, _), shown as reading:
        eraser = build_eraser(store)
        found = collect(meant, eraser, store.index, reading)
        if verify:
            _report_proof(prove(store, eraser, meant, found, reading), data, as_json=as_json)
            return
        counts = count(store, eraser, found)
        if dry_run or not as_json:
            _report_plan(meant, found, counts, as_json=as_json)
        if dry_run or not (found or found.identities):
            return
        if not (yes or confirm(problem("takedown.doubt"))):
            print_aside("takedown.unconfirmed")
            raise click.exceptions.Exit(1)
        swept, proof = run(meant, found, store, eraser, SystemClock(), time.sleep, reading)
    if not as_json:
        print_text("takedown.removed", text=meant.shown, count=swept.removed.total())
        _report_rest(meant, found)
    _report_proof(proof, data, as_json=as_json)


def _report_plan(
    meant: "Subject", found: "Findings", counts: "Counter[str]", *, as_json: bool
) -> None:
    from pantau.common.files.jsonlines import line_writer

    if as_json:
        line_writer()({"articles": len(found.articles), "found": dict(counts)})
        return
    if counts:
        print_text("takedown.would-remove", text=meant.shown, count=counts.total())
        _report_places(counts)
    else:
        print_text(
            "takedown.will-block" if found.identities else "takedown.nothing", text=meant.shown
        )


def _report_places(counts: "Counter[str]") -> None:
    for place, number in sorted(counts.items()):
        print_text("takedown.place", place=place, count=number)


def _report_rest(meant: "Subject", found: "Findings") -> None:
    """Report what no take-down reaches: messages that left, and feeds that give more."""
    from pantau.common.text.safe_text import one_line

    for channel, number in sorted(found.told.items()):
        print_text("takedown.told", channel=one_line(channel), count=number)
    if meant.kind == "source" and found.feeds:
        print_text("takedown.feeds", feeds=", ".join(sorted(found.feeds)[:20]))


def _report_proof(proof: "Proof", data: Path, *, as_json: bool) -> None:
    """Print the proof, and exit with 1 if something is left."""
    from pantau.common.files.jsonlines import line_writer
    from pantau_schemas.topics import TOPICS

    if as_json:
        files = {one.file: one.count for one in proof.files}
        line_writer()({"left": dict(proof.left), "files": files, "records": proof.records})
    else:
        if proof.clean:
            print_text(
                "takedown.clean", records=proof.records, topics=len(TOPICS), folder=str(data)
            )
        else:
            print_text("takedown.left")
            _report_places(proof.left)
            _report_places(Counter({one.file: one.count for one in proof.files}))
            print_text("takedown.left-hint")
        if proof.shared:
            print_text("takedown.shared", count=proof.shared)
    if not proof.clean:
        raise click.exceptions.Exit(1)
