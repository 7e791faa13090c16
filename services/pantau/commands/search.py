"""`pantau search`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.moments import check_order, read_moment
from pantau.commands.opened import opened_store
from pantau.commands.options import data_option, json_option
from pantau.commands.queries import query_options, read_query

if TYPE_CHECKING:
    from rich.console import Console

    from pantau.ports import Filters, Hit, SearchPage
    from pantau.query import Query

EXAMPLES = """\b
Examples:
  pantau search 'banjir AND (Demak OR Kudus)'
  pantau search '"Boy Rafli Amar"' --since 7d --lang id
  pantau search 'title:banjir' --entity BNPB --source antaranews.com
  pantau search 'lang: id and not title: bola' --language kql --json
"""


@click.command(epilog=EXAMPLES)
@click.argument("query")
@query_options
@click.option(
    "--source", "sources", multiple=True, help="Only of this source, such as antaranews.com; repeatable."
)
@click.option("--lang", "languages", multiple=True, help="Only in this language, such as id; repeatable.")
@click.option(
    "--entity",
    "entities",
    multiple=True,
    help="Only naming this person, organisation or place, upper or lower case; repeatable.",
)
@click.option("--since", callback=read_moment, metavar="WHEN", help="Only seen since: 7d, 12h, or a date.")
@click.option("--until", callback=read_moment, metavar="WHEN", help="Only seen before: 7d, 12h, or a date.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Articles to show."
)
@click.option("--cursor", help="Go on where a page ended; it is shown below each page.")
@json_option
@data_option
def search(
    query: str,
    language: Any,
    time_zone: str,
    limit: int,
    cursor: str | None,
    data: Path,
    *,
    as_json: bool,
    **given: Any,
) -> None:
    """Search all articles, newest first, matched words marked.

    QUERY is what Kibana's search bar accepts; it finds exactly what a subscription with it would catch.
    """
    from pantau.ports import SearchRequest  # noqa: PLC0415 (not needed for --help)

    parsed = read_query(query, language, time_zone)
    filters = _filters(**given)
    with opened_store(data) as (store, _):
        page = store.index.search(SearchRequest(parsed, filters, limit=limit, cursor=cursor))
        held = store.index.count()
    if as_json:
        _print_json(page)
    else:
        _print_page(page, held, parsed)


def _filters(
    *,
    sources: tuple[str, ...],
    languages: tuple[str, ...],
    entities: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
) -> "Filters":
    from pantau.ports import Filters  # noqa: PLC0415 (not needed for --help)

    check_order(since, until)
    return Filters(sources=sources, languages=languages, entities=entities, since=since, until=until)


def _print_json(page: "SearchPage") -> None:
    from pantau.jsonlines import line_writer  # noqa: PLC0415 (not needed for --help)

    line_writer()(
        {
            "total": page.total,
            "total_is_lower_bound": page.total_is_lower_bound,
            "cursor": page.cursor,
            "hits": [
                {
                    **hit.article.model_dump(mode="json", exclude_none=True),
                    "matches": [span.model_dump() for span in hit.matches],
                }
                for hit in page.hits
            ],
        }
    )


def _print_page(page: "SearchPage", held: int, query: "Query") -> None:
    from pantau.adapters.screen import open_screen  # noqa: PLC0415 (not needed for --help)

    console = open_screen()
    for hit in page.hits:
        print_hit(console, hit, query)
    count = page.total or 0
    total = f"{'at least ' if page.total_is_lower_bound else ''}{count:,}"
    shown = f"; {len(page.hits)} shown" if count > len(page.hits) else ""
    console.print(f"{total} of {held:,} articles match{shown}.", style="bold")
    if page.cursor:
        console.print(f"next page: --cursor {page.cursor}", style="dim")


def print_hit(console: "Console", hit: "Hit", query: "Query") -> None:
    """Show one article for people: title and snippets with marked words, where and when, who and what."""
    from pantau.adapters.screen import article_text, moment_text  # noqa: PLC0415 (not needed for --help)
    from pantau.query.excerpts import Excerpts  # noqa: PLC0415 (as above)

    article = hit.article
    facts = [article.source, moment_text(article.published or article.first_seen), article.lang]
    named = [*article.people, *article.organizations, *article.places]
    pieces = Excerpts(article).of(hit.matches, query)
    text = article_text(console, article.title, pieces, facts, named=named, url=article.url)
    console.print(text, soft_wrap=True)
    console.print()
