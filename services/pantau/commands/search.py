"""`pantau search`."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options import data_option, json_option
from pantau.commands.cli.query_options import query_options, read_query
from pantau.commands.cli.time_options import check_order, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from pantau.ports import Filters, Hit, SearchPage, SearchRequest, Store
    from pantau.query import Query
    from pantau.usecases.search_by_story import StoryHit, StoryPage

EXAMPLES = """\b
Examples:
  pantau search 'banjir AND (Demak OR Kudus)'
  pantau search '"Boy Rafli Amar"' --since 7d --lang id
  pantau search 'title:banjir' --entity BNPB --source antaranews.com
  pantau search 'lang: id and not title: bola' --language kql --json
  pantau search banjir --by-story --since 2d    # each story once, with how many more articles and whose
  pantau search '*' --story j7m2kq4p            # all articles of a story
"""


@click.command(epilog=EXAMPLES)
@click.argument("query")
@query_options
@click.option(
    "--source",
    "sources",
    multiple=True,
    help="Only of this source, such as antaranews.com; repeatable.",
)
@click.option(
    "--lang", "languages", multiple=True, help="Only in this language, such as id; repeatable."
)
@click.option(
    "--entity",
    "entities",
    multiple=True,
    help="Only naming this person, organisation or place, upper or lower case; repeatable.",
)
@click.option("--story", metavar="ID", help="Only of this story: its id, or the start of it.")
@click.option(
    "--by-story",
    is_flag=True,
    help="Show each story once, at its newest matching article; --limit counts them.",
)
@click.option(
    "--since", callback=read_moment, metavar="WHEN", help="Only seen since: 7d, 12h, or a date."
)
@click.option(
    "--until", callback=read_moment, metavar="WHEN", help="Only seen before: 7d, 12h, or a date."
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="Articles, or stories, to show.",
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
    story: str | None,
    by_story: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Search all articles, newest first, matched words marked.

    QUERY is what Kibana's search bar accepts; it finds exactly what a subscription with it would
    catch.
    """
    from pantau.ports import SearchRequest  # noqa: PLC0415 (not needed for --help)
    from pantau.query.meaning.verify import told  # noqa: PLC0415 (as above)

    parsed = read_query(query, language, time_zone)
    request = SearchRequest(parsed, _filters(**given), limit=limit, cursor=cursor)
    with opened_store(data) as (store, _):
        page = _find(store, request, story, by_story=by_story)
        held = store.index.count()
    if as_json:
        _print_json(page)
    else:
        _print_page(page, held, parsed)
    if page.too_costly:
        click.echo(f"warning: {told(page.too_costly)}", err=True)


def _find(
    store: "Store", request: "SearchRequest", story: str | None, *, by_story: bool
) -> "SearchPage | StoryPage":
    """Search; merges of stories are read only where stories matter."""
    if story is None and not by_story:
        return store.index.search(request)
    from pantau.usecases.search_by_story import search_by_story  # noqa: PLC0415 (not needed for --help)
    from pantau.usecases.stories import read_merges, story_ids  # noqa: PLC0415 (as above)

    merges = read_merges(store.log)
    if story is not None:
        filters = replace(request.filters, stories=story_ids(store.index, merges, story))
        request = replace(request, filters=filters)
    return (
        search_by_story(store.index, request, merges) if by_story else store.index.search(request)
    )


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
    return Filters(
        sources=sources, languages=languages, entities=entities, since=since, until=until
    )


def _hits(page: "SearchPage | StoryPage") -> "Iterator[tuple[Hit, StoryHit | None]]":
    """Yield the hits of either kind of page."""
    from pantau.ports import SearchPage  # noqa: PLC0415 (not needed for --help)

    if isinstance(page, SearchPage):
        yield from ((hit, None) for hit in page.hits)
    else:
        yield from ((story.hit, story) for story in page.stories)


def _print_json(page: "SearchPage | StoryPage") -> None:
    from pantau.common.jsonlines import line_writer  # noqa: PLC0415 (not needed for --help)

    line_writer()(
        {
            "total": page.total,
            "total_is_lower_bound": page.total_is_lower_bound,
            "cursor": page.cursor,
            "hits": [
                {
                    **hit.article.model_dump(mode="json", exclude_none=True),
                    "matches": [span.model_dump() for span in hit.matches],
                    **({} if story is None else {"story": _story_fields(story)}),
                }
                for hit, story in _hits(page)
            ],
        }
    )


def _story_fields(story: "StoryHit") -> dict[str, Any]:
    return {
        "story_id": story.story_id,
        "more": story.more,
        "more_is_lower_bound": story.more_is_lower_bound,
        "sources": dict(story.sources),
    }


def _print_page(page: "SearchPage | StoryPage", held: int, query: "Query") -> None:
    from pantau.adapters.terminal.screen import counted, open_screen  # noqa: PLC0415 (not needed for --help)

    console = open_screen()
    shown, stories = 0, False
    for hit, story in _hits(page):
        print_hit(console, hit, query, story)
        shown, stories = shown + 1, stories or story is not None
    count = page.total or 0
    total = f"{'at least ' if page.total_is_lower_bound else ''}{count:,}"
    told = f"{total} of {held:,} articles match"
    if stories:
        told += f"; {counted(shown, 'row')} shown, each story once"
    elif count > shown:
        told += f"; {shown} shown"
    console.print(f"{told}.", style="bold")
    if page.cursor:
        console.print(f"next page: --cursor {page.cursor}", style="dim")


def print_hit(
    console: "Console", hit: "Hit", query: "Query", story: "StoryHit | None" = None
) -> None:
    """Show one article for people.

    Title and snippets with marked words, where and when, who and what.
    With a story: what else of it matches.
    """
    from rich.text import Text  # noqa: PLC0415 (not needed for --help)

    from pantau.adapters.terminal.screen import article_text, hung, moment_text  # noqa: PLC0415 (as above)
    from pantau.query.explain.snippets import Excerpts, entity_names  # noqa: PLC0415 (as above)
    from pantau.usecases.stories import SHORT  # noqa: PLC0415 (as above)

    article = hit.article
    name = article.story_id if story is None else story.story_id
    facts = [article.source, moment_text(article.published or article.first_seen), article.lang]
    facts += [f"story {name[:SHORT]}"] if name else []
    named = entity_names(article)
    pieces = Excerpts(article).of(hit.matches, query)
    text = article_text(console, article.title, pieces, facts, named=named, url=article.url)
    if story is not None and story.more:
        text.append("\n").append_text(hung(console, Text(_more(story), "green")))
    console.print(text, soft_wrap=True)
    console.print()


def _more(story: "StoryHit") -> str:
    """Return what else of a story matches: `… and 5 more: kompas.example 3, antara.example`."""
    from pantau.commands.stories import sources_text  # noqa: PLC0415 (not needed for --help)

    bound = "at least " if story.more_is_lower_bound else ""
    more = f"… and {bound}{story.more:,} more"
    return f"{more}: {sources_text(story.sources)}" if story.sources else more
