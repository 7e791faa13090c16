"""`pantau entities`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import number_text, print_text, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pantau.usecases.entities.listing import NamedThing
    from pantau.usecases.entities.look_up import InTheNews
    from pantau_schemas.events.article import EntityType

_TEXTS = {
    "person": "entities.person",
    "organization": "entities.organization",
    "place": "entities.place",
}
_KINDS = tuple(_TEXTS)
EXAMPLES = """\b
Examples:
  pantau entities                           # who and what is in the news
  pantau entities --type person --limit 50
  pantau entities KPK
  pantau entities Rina                      # everybody with a name that begins so
  pantau entities 'Bank Central Asia' --json
  pantau search 'entity_ids:"org:kpk"'      # the articles, by the id that is shown
"""


@click.command(epilog=EXAMPLES)
@click.argument("name", required=False)
@click.option(
    "--type", "kind", type=click.Choice(_KINDS), help="Only people, organisations or places."
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1_000),
    default=20,
    show_default=True,
    help="Names to show.",
)
@json_option
@data_option
def entities(
    name: str | None, kind: "EntityType | None", limit: int, data: Path, *, as_json: bool
) -> None:
    """Show what NAME may mean: ids, other names, and in how many articles each is named.

    NAME is compared without regard to case and without a company's legal form, or is an id; where
    no article has it, the names of which a word begins with it are shown. Most people are known from the stored
    articles alone, so their forms are those that the articles use. The numbers are of all stored
    articles, and of those first seen in the last 7 and 30 days. Articles that an older Pantau
    enriched have no ids until `pantau enrich-stored` has run.

    Without NAME, the names in the newest articles are listed.
    """
    if name is None:
        _list_names(kind, limit, data, as_json=as_json)
        return
    known, near = _known(name, data)
    found = [one for one in known if kind in {None, one.thing.type}][:limit]
    if as_json:
        _print_json(found)
    elif found:
        for one in found:
            _print_thing(one)
    elif near is not None:
        print_text("entities.unknown-near", name=name, near=near)
    else:
        print_text("entities.unknown", name=name)


def _known(name: str, data: Path) -> "tuple[list[InTheNews], str | None]":
    """Return what a name may mean, and if that is nothing, a name that is alike."""
    from pantau.adapters.files.dictionaries import (
        DictionaryFiles,
    )
    from pantau.common.time.clock import SystemClock
    from pantau.enricher.build import at_home
    from pantau.enricher.lexicon.gazetteer import load_gazetteer
    from pantau.usecases.entities.listed import name_alike
    from pantau.usecases.entities.look_up import look_up

    clock = SystemClock()
    with opened_store(data, reads=True) as (store, settings):
        own = DictionaryFiles(at_home(settings.enrich, settings.data).dictionaries, clock).load()
        known = load_gazetteer()
        found = look_up(name, known, own, store.index, clock.now())
        return found, None if found else name_alike(name, known, store.index)


def _list_names(kind: "EntityType | None", limit: int, data: Path, *, as_json: bool) -> None:
    from pantau.usecases.entities.listing import list_names

    with opened_store(data, reads=True) as (store, _):
        found = list_names(store.index, limit, kind=kind)
    if as_json:
        _print_listed(found.things)
        return
    if not found.things:
        print_text("names.none")
        return
    _print_table(found.things)
    print_text("names.read", count=found.read)


def _print_listed(found: "Iterable[NamedThing]") -> None:
    from dataclasses import asdict

    from pantau.common.files.jsonlines import line_writer
    from pantau_schemas.base import format_time

    write = line_writer()
    for one in found:
        last, role = format_time(one.last), one.role
        write({**asdict(one.thing), "articles": one.articles, "newest_seen": last, "role": role})


def _print_table(found: "Iterable[NamedThing]") -> None:
    from pantau.adapters.terminal.screen import moment_text, open_screen, print_table
    from pantau.common.text.safe_text import one_line

    titles = (
        say("entities.column-name"),
        say("entities.column-kind"),
        say("entities.column-articles"),
        say("entities.column-newest"),
        say("entities.column-role"),
    )
    rows = [
        (
            one_line(one.thing.name, 80),
            say(_TEXTS[one.thing.type]),
            number_text(one.articles),
            moment_text(one.last),
            one_line(one.role or "", 120),
        )
        for one in found
    ]
    print_table(open_screen(), titles, rows, right=titles[2:3])


def _print_json(found: "Sequence[InTheNews]") -> None:
    from dataclasses import asdict

    from pantau.common.files.jsonlines import line_writer

    write = line_writer()
    for one in found:
        fields: dict[str, Any] = asdict(one)
        write({**fields.pop("thing"), **fields})


def _print_thing(one: "InTheNews") -> None:
    thing = one.thing
    facts = [say(_TEXTS[thing.type]), *filter(None, (thing.id, thing.country))]
    put(f"{thing.name}  ({', '.join(facts)})")
    if thing.aliases:
        print_text("entities.also", names="; ".join(thing.aliases))
    print_text(
        "entities.named-at-least" if one.at_least else "entities.named",
        count=one.articles,
        week=one.last_7_days,
        month=one.last_30_days,
    )
