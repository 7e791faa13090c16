"""`pantau entities`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_text, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pantau.usecases.search.entities import InTheNews

_KINDS = {
    "person": "entities.person",
    "organization": "entities.organization",
    "place": "entities.place",
}
EXAMPLES = """\b
Examples:
  pantau entities KPK
  pantau entities 'Bank Central Asia' --json
  pantau search 'entity_ids:"org:kpk"'      # the articles, by the id that is shown
"""


@click.command(epilog=EXAMPLES)
@click.argument("name")
@json_option
@data_option
def entities(name: str, data: Path, *, as_json: bool) -> None:
    """Show what NAME may mean: ids, other names, and in how many articles each is named.

    NAME is compared without regard to case and without a company's legal form. Most people are
    known from the stored articles alone, so their forms are those that the articles use. The
    numbers are of all stored articles, and of those first seen in the last 7 and 30 days. Articles
    that an older Pantau enriched have no ids until `pantau enrich-stored` has run.
    """
    from pantau.adapters.files.dictionaries import (  # noqa: PLC0415 (not needed for --help)
        DictionaryFiles,
    )
    from pantau.common.time.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.enricher.build import at_home  # noqa: PLC0415 (as above)
    from pantau.enricher.lexicon.gazetteer import load_gazetteer  # noqa: PLC0415 (as above)
    from pantau.usecases.search.entities import look_up  # noqa: PLC0415 (as above)

    clock = SystemClock()
    with opened_store(data, reads=True) as (store, settings):
        own = DictionaryFiles(at_home(settings.enrich, settings.data).dictionaries, clock).load()
        found = look_up(name, load_gazetteer(), own, store.index, clock.now())
    if as_json:
        _print_json(found)
    elif found:
        for one in found:
            _print_thing(one)
    else:
        print_text("entities.unknown", name=name)


def _print_json(found: "Sequence[InTheNews]") -> None:
    from dataclasses import asdict  # noqa: PLC0415 (not needed for --help)

    from pantau.common.files.jsonlines import line_writer  # noqa: PLC0415 (as above)

    write = line_writer()
    for one in found:
        fields: dict[str, Any] = asdict(one)
        write({**fields.pop("thing"), **fields})


def _print_thing(one: "InTheNews") -> None:
    thing = one.thing
    facts = [say(_KINDS[thing.type]), *filter(None, (thing.id, thing.country))]
    put(f"{thing.name}  ({', '.join(facts)})")
    if thing.aliases:
        print_text("entities.also", names="; ".join(thing.aliases))
    print_text(
        "entities.named-at-least" if one.at_least else "entities.named",
        count=one.articles,
        week=one.last_7_days,
        month=one.last_30_days,
    )
