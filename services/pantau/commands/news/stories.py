"""`pantau stories`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option, json_option
from pantau.commands.cli.options.times import moment_option, read_moment
from pantau.commands.cli.say import number_text, print_text, say, warn
from pantau.problems import problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.text import Text

    from pantau.ports import Outline
    from pantau.usecases.stories.ranking import StorySummary

EXAMPLES = """\b
Examples:
  pantau stories
  pantau stories --since 7d --sources 3
  pantau stories --json | jq -r '[.articles, .newest.title] | @tsv'
  pantau search '*' --story j7m2kq4p    # all articles of one
"""


@click.command(epilog=EXAMPLES)
@moment_option("--since", "Only articles seen since", default="3d", show_default=True)
@click.option("--until", callback=read_moment, metavar="WHEN", help="Only articles seen before.")
@click.option(
    "--sources",
    type=click.IntRange(min=1),
    default=1,
    help="Only stories that at least this many sources carried.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    help="Stories to show.",
)
@json_option
@data_option
def stories(
    since: datetime, until: datetime | None, sources: int, limit: int, data: Path, *, as_json: bool
) -> None:
    """List what several articles are about, the stories of most articles first.

    Articles seen in the requested period are counted. Merged stories count as one.
    """
    from pantau.usecases.stories.ranking import top_stories

    with opened_store(data, reads=True) as (store, _):
        found = top_stories(store, since=since, until=until, limit=limit, least_sources=sources)
    if found.is_cut:
        warn(problem("stories.cut", count=found.looked_at))
    if as_json:
        _print_json(found.stories)
    elif found.stories:
        _print_table(found.stories)
    else:
        print_text("stories.none", count=found.looked_at)


def _print_json(found: "Sequence[StorySummary]") -> None:
    from pantau.common.files.jsonlines import line_writer

    write = line_writer()
    for one in found:
        write(
            {
                "story_id": one.story_id,
                "ids": one.ids,
                "articles": one.articles,
                "sources": dict(one.sources),
                "first": _fields(one.first),
                "newest": _fields(one.newest),
            }
        )


def _fields(outline: "Outline") -> dict[str, Any]:
    from pantau_schemas.base import format_time

    fields = {
        "article_id": outline.article_id,
        "title": outline.title,
        "source": outline.source,
        "first_seen": format_time(outline.first_seen),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _print_table(found: "Sequence[StorySummary]") -> None:
    from pantau.adapters.terminal.screen import moment_text, open_screen, print_table
    from pantau.common.text.safe_text import one_line
    from pantau.usecases.stories.lookup import SHORT

    rows = [
        (
            one_line(one.story_id[:SHORT]),
            number_text(one.articles),
            number_text(len(one.sources)),
            moment_text(one.newest.first_seen),
            _format_story(one),
        )
        for one in found
    ]
    titles = (
        say("stories.column-story"),
        say("stories.column-articles"),
        say("stories.column-sources"),
        say("stories.column-newest"),
        say("stories.column-told"),
    )
    print_table(open_screen(), titles, rows, right=titles[1:3])


def _format_story(story: "StorySummary") -> "Text":
    from rich.text import Text

    from pantau.adapters.terminal.screen import moment_text
    from pantau.common.text.safe_text import one_line

    lines = [Text(one_line(story.newest.title, 300) or say("stories.no-title"), "bold")]
    first = one_line(story.first.title, 300)
    lines.append(Text(f"{moment_text(story.first.first_seen)}  {first or say('stories.no-title')}"))
    if story.sources:
        lines.append(Text(sources_text(story.sources), "dim"))
    return Text("\n").join(lines)


def sources_text(sources: "Iterable[tuple[str, int]]", most: int = 6) -> str:
    """Format sources for people, with numbers above one: `kompas.example 3, antara.example, …`."""
    from pantau.common.text.safe_text import one_line

    given = list(sources)
    names = [
        f"{one_line(name, 60)} {number_text(count)}" if count > 1 else one_line(name, 60)
        for name, count in given
    ]
    left, named = len(names) - most, ", ".join(names[:most])
    return say("stories.more-sources", named=named, count=left) if left > 0 else named
