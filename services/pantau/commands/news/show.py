"""`pantau show`: one article."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.say import say

if TYPE_CHECKING:
    from pantau_schemas.events.article import EnrichedArticle

EXAMPLES = """\b
Examples:
  pantau show k3q5abcd
  pantau show https://example.org/banjir --json
"""


@click.command(epilog=EXAMPLES)
@click.argument("article")
@json_option
@data_option
def show(article: str, data: Path, *, as_json: bool) -> None:
    """Show one stored article whole, with what was found in it.

    ARTICLE is an id, the start of one, or an address.
    """
    from pantau.common.files.jsonlines import line_writer
    from pantau.usecases.search.articles import find_article

    with opened_store(data, reads=True) as (store, _):
        found = find_article(store, article)
    if as_json:
        line_writer()(found.model_dump(mode="json", exclude_none=True))
    else:
        _print(found)


def _print(found: "EnrichedArticle") -> None:
    from rich.text import Text

    from pantau.adapters.terminal.screen import hung, moment_text, open_screen, print_pairs
    from pantau.common.text.safe_text import harmless, one_line
    from pantau.query.explain.snippets import entity_names
    from pantau.usecases.search.articles import SERVICES

    console = open_screen()
    console.print(hung(console, Text(one_line(found.title), "bold"), "", ""), soft_wrap=True)
    pairs = (
        (say("search.label-id"), found.article_id),
        (say("search.label-source"), found.source),
        (say("search.label-url"), found.url),
        (say("search.label-published"), found.published and moment_text(found.published)),
        (say("search.label-seen"), moment_text(found.first_seen)),
        (say("search.label-language"), found.lang),
        (say("search.label-kind"), found.service and say(SERVICES[found.service])),
        (say("search.label-names"), ", ".join(entity_names(found))),
        (say("search.label-story"), found.story_id),
        (say("search.label-past"), say("search.yes") if found.historical else None),
    )
    print_pairs(console, [(label, value) for label, value in pairs if value])
    console.print()
    for paragraph in found.text.splitlines():
        console.print(hung(console, Text(harmless(paragraph)), "", ""), soft_wrap=True)
