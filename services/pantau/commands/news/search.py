"""`pantau search`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.language import current
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.lang import answer_lang_option
from pantau.commands.cli.options.queries import query_options
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.options.times import moment_option
from pantau.commands.cli.say import print_aside, say, warn
from pantau.commands.cli.texts.csv_output import csv_option, print_csv

if TYPE_CHECKING:
    from rich.console import Console

    from pantau.ports import Hit
    from pantau.query import Query
    from pantau.usecases.search.by_story import StoryHit
    from pantau.usecases.search.searching import SearchResults
    from pantau_schemas.events.subscription import QueryLanguage

EXAMPLES = """\b
Examples:
  pantau search 'banjir AND (Demak OR Kudus)'
  pantau search '"Boy Rafli Amar"' --since 7d --article-lang id
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
    "--article-lang",
    "languages",
    multiple=True,
    help="Only articles in this language, such as id; repeatable.",
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
@moment_option("--since", "Only seen since")
@moment_option("--until", "Only seen before")
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=10,
    show_default=True,
    help="Articles, or stories, to show.",
)
@click.option("--cursor", help="Go on where a page ended; it is shown below each page.")
@answer_lang_option
@csv_option
@json_option
@data_option
def search(
    query: str,
    language: "QueryLanguage",
    time_zone: str,
    sources: tuple[str, ...],
    languages: tuple[str, ...],
    entities: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    limit: int,
    cursor: str | None,
    data: Path,
    *,
    story: str | None,
    by_story: bool,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Search all articles, newest first, matched words marked.

    QUERY is what Kibana's search bar accepts; it finds exactly what a subscription with it would
    match.
    """
    from pantau.commands.cli.texts.diagnoses import report
    from pantau.ports import Filters
    from pantau.usecases.search.searching import Search, search

    filters = Filters(
        sources=sources, languages=languages, entities=entities, since=since, until=until
    )
    wanted = Search(
        query=query,
        language=language,
        time_zone=time_zone,
        filters=filters,
        story=story,
        by_story=by_story,
        limit=limit,
        cursor=cursor,
    )
    with opened_store(data, reads=True) as (store, _):
        found = search(wanted, store)
    report(found.doubts, language)
    for warning in found.warnings:
        warn(warning)
    if as_json:
        _print_json(found)
    elif as_csv:
        _print_csv(found)
    else:
        _print_page(found)


def _print_csv(found: "SearchResults") -> None:
    from pantau.common.time.zones import zoned_text

    titles = ("article_id", "title", "source", "published", "first_seen", "lang", "url", "story_id")
    rows = (
        (
            one.article_id,
            one.title,
            one.source,
            None if one.published is None else zoned_text(one.published),
            zoned_text(one.first_seen),
            one.lang,
            one.url,
            one.story_id,
        )
        for one in (hit.article for hit, _ in found.rows())
    )
    print_csv(titles, rows)


def _print_json(found: "SearchResults") -> None:
    from pantau.common.files.jsonlines import line_writer

    line_writer()(
        {
            "total": found.page.total,
            "total_is_lower_bound": found.page.total_is_lower_bound,
            "cursor": found.page.cursor,
            "hits": [
                {
                    **hit.article.model_dump(mode="json", exclude_none=True),
                    "matches": [span.model_dump() for span in hit.matches],
                    **({} if story is None else {"story": _story_fields(story)}),
                }
                for hit, story in found.rows()
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


def _print_page(found: "SearchResults") -> None:
    from pantau.adapters.terminal.screen import open_screen

    console = open_screen()
    shown, stories = 0, False
    for hit, story in found.rows():
        print_hit(console, hit, found.query, story)
        shown, stories = shown + 1, stories or story is not None
    console.print(_summed(found, shown, stories=stories), style="bold")
    # A warning that suggests another query says better what to try.
    is_advised = found.held and any(one.suggestion for one in found.doubts)
    if not shown and not found.page.total and not is_advised:
        print_aside("search.none" if found.held else "search.none-held")
    if found.page.cursor:
        console.print(say("search.next-page", cursor=found.page.cursor), style="dim")


def _summed(found: "SearchResults", shown: int, *, stories: bool) -> str:
    """Return how many articles match, and how many rows of them are shown where that differs."""
    count, bound = found.page.total or 0, found.page.total_is_lower_bound
    total = say("search.count-at-least" if bound else "search.count", count=count, held=found.held)
    if stories:
        return say("search.shown-by-story", total=total, shown=shown)
    if count > shown:
        return say("search.shown", total=total, shown=shown)
    return say("search.all-shown", total=total)


def print_hit(
    console: "Console", hit: "Hit", query: "Query", story: "StoryHit | None" = None
) -> None:
    """Print one article for people.

    Title and snippets with marked words, where and when, who and what. With a story: what else of
    it matches.
    """
    from rich.text import Text

    from pantau.adapters.terminal.screen import (
        article_text,
        hung,
        moment_text,
    )
    from pantau.query.explain.snippets import Excerpts, entity_names
    from pantau.usecases.stories.lookup import SHORT

    article = hit.article
    name = article.story_id if story is None else story.story_id
    facts = [article.source, moment_text(article.published or article.first_seen), article.lang]
    facts += [say("search.story", id=name[:SHORT])] if name else []
    named = entity_names(article)
    pieces = Excerpts(article).of(hit.matches, query)
    text = article_text(
        console, article.title, pieces, facts, named=named, url=article.url, lang=current()
    )
    if story is not None and story.more:
        text.append("\n").append_text(hung(console, Text(_more(story), "green")))
    console.print(text, soft_wrap=True)
    console.print()


def _more(story: "StoryHit") -> str:
    """Format what else of a story matches: `… and 5 more: kompas.example 3, antara.example`."""
    from pantau.commands.news.stories import sources_text

    bound = story.more_is_lower_bound
    more = say("search.more-at-least" if bound else "search.more", count=story.more)
    return f"{more}: {sources_text(story.sources)}" if story.sources else more
