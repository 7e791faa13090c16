"""`pantau search`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.options import data_option, json_option

if TYPE_CHECKING:
    from pantau.ports import Filters, Hit, SearchPage

EXAMPLES = """\b
Examples:
  pantau search 'banjir AND (Demak OR Kudus)'
  pantau search '"Boy Rafli Amar"' --since 7d --lang id
  pantau search 'title:banjir' --entity BNPB --source antaranews.com
  pantau search 'lang: id and not title: bola' --language kql --json
"""


@click.command(epilog=EXAMPLES)
@click.argument("query")
@click.option(
    "--language", type=click.Choice(["lucene", "kql", "pantau"]), default="lucene", show_default=True
)
@click.option("--time-zone", default="UTC", show_default=True, help="Zone of the days in the query.")
@click.option(
    "--source", "sources", multiple=True, help="Only of this source, such as antaranews.com; repeatable."
)
@click.option("--lang", "languages", multiple=True, help="Only in this language, such as id; repeatable.")
@click.option("--entity", "entities", multiple=True, help="Only naming this person, organisation or place.")
@click.option("--since", help="Only seen since: 7d, 12h, or a date.")
@click.option("--until", help="Only seen before: a time ago or a date.")
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
    from pantau.bootstrap import open_store  # noqa: PLC0415 (not needed for --help)
    from pantau.clock import SystemClock  # noqa: PLC0415 (as above)
    from pantau.ports import SearchRequest  # noqa: PLC0415 (as above)
    from pantau.query import parse, warnings  # noqa: PLC0415 (as above)
    from pantau.settings import load_settings  # noqa: PLC0415 (as above)

    parsed = parse(query, language, time_zone=time_zone)
    for warning in warnings(query, language):
        click.echo(f"warning: {warning}", err=True)
    filters = _filters(SystemClock().now(), **given)
    store = open_store(load_settings(data))
    try:
        page = store.index.search(SearchRequest(parsed, filters, limit=limit, cursor=cursor))
        held = store.index.count()
    finally:
        store.close()
    if as_json:
        _print_json(page)
    else:
        _print_page(page, held)


search.__doc__ = search.help


def _filters(
    now: datetime,
    *,
    sources: tuple[str, ...],
    languages: tuple[str, ...],
    entities: tuple[str, ...],
    since: str | None,
    until: str | None,
) -> "Filters":
    from pantau.commands.moments import parse_moment  # noqa: PLC0415 (not needed for --help)
    from pantau.ports import Filters  # noqa: PLC0415 (as above)

    return Filters(
        sources=sources,
        languages=languages,
        entities=entities,
        since=parse_moment(since, now) if since else None,
        until=parse_moment(until, now) if until else None,
    )


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


def _print_page(page: "SearchPage", held: int) -> None:
    from rich.console import Console  # noqa: PLC0415 (not needed for --help)

    console = Console(highlight=False)
    for hit in page.hits:
        print_hit(console, hit)
    total = f"{'at least ' if page.total_is_lower_bound else ''}{page.total:,}"
    console.print(f"[bold]{total}[/] of {held:,} articles match; {len(page.hits)} shown.")
    if page.cursor:
        console.print(f"[dim]next page: --cursor {page.cursor}[/]")


def print_hit(console: Any, hit: "Hit") -> None:
    """Show one article for people: title and snippets with marked words, where and when, who and what."""
    from pantau.commands.show import marked_text, moment_text  # noqa: PLC0415 (not needed for --help)
    from pantau.notifier.marks import one_line  # noqa: PLC0415 (as above)
    from pantau.query.highlight import snippets  # noqa: PLC0415 (as above)

    article = hit.article
    found = snippets({"title": article.title, "text": article.text}, hit.matches)
    titles = [one for one in found if one.field == "title"]
    title = marked_text(titles[0], "bold") if titles else one_line(article.title)
    console.print(title, style="bold", markup=False)
    facts = [article.source or "", moment_text(article.published or article.first_seen), article.lang or ""]
    console.print(" · ".join(one_line(fact) for fact in facts if fact), style="dim", markup=False)
    for snippet in found:
        if snippet.field != "title":
            console.print(marked_text(snippet))
    named = [*article.people, *article.organizations, *article.places]
    if named:
        console.print(one_line(", ".join(named), 200), style="cyan", markup=False)
    if article.url:
        console.print(one_line(article.url), style="dim underline", markup=False)
    console.print()
