"""`pantau stories`."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options import data_option, json_option
from pantau.commands.cli.time_options import check_order, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.text import Text

    from pantau.ports import Outline
    from pantau.usecases.story_ranking import StorySummary

EXAMPLES = """\b
Examples:
  pantau stories
  pantau stories --since 7d --sources 3
  pantau stories --json | jq -r '[.articles, .newest.title] | @tsv'
  pantau search '*' --story j7m2kq4p    # all articles of one
"""
MOST: Final = 100_000
"""Articles that are looked at: the newest of the time asked for."""


@click.command(epilog=EXAMPLES)
@click.option(
    "--since",
    default="3d",
    show_default=True,
    callback=read_moment,
    metavar="WHEN",
    help="Only articles seen since: 7d, 12h, or a date.",
)
@click.option("--until", callback=read_moment, metavar="WHEN", help="Only articles seen before.")
@click.option(
    "--sources",
    type=click.IntRange(min=1),
    default=1,
    help="Only stories that at least so many sources carried.",
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

    Counted are articles seen in the time asked for. Stories that turned out to be one are one.
    """
    from pantau.ports import Filters  # noqa: PLC0415 (not needed for --help)
    from pantau.query.ast import MatchAll  # noqa: PLC0415 (as above)
    from pantau.usecases.stories import read_merges  # noqa: PLC0415 (as above)
    from pantau.usecases.story_ranking import rank, with_titles  # noqa: PLC0415 (as above)

    check_order(since, until)
    with opened_store(data) as (store, _):
        filters = Filters(since=since, until=until)
        outlines = store.index.outlines(MatchAll(), filters, MOST)
        found = rank(outlines, read_merges(store.log), limit, least_sources=sources)
        found = with_titles(store.index, filters, found)
    if len(outlines) == MOST:
        click.echo(
            f"warning: only the newest {MOST:,} articles were looked at; ask for less time",
            err=True,
        )
    if as_json:
        _print_json(found)
    elif found:
        _print_table(found)
    else:
        click.echo(f"No stories among {len(outlines):,} articles; see `pantau search '*'`.")


def _print_json(found: "Sequence[StorySummary]") -> None:
    from pantau.common.jsonlines import line_writer  # noqa: PLC0415 (not needed for --help)

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
    from pantau_schemas.base import format_time  # noqa: PLC0415 (not needed for --help)

    fields = {
        "article_id": outline.article_id,
        "title": outline.title,
        "source": outline.source,
        "first_seen": format_time(outline.first_seen),
    }
    return {name: value for name, value in fields.items() if value is not None}


def _print_table(found: "Sequence[StorySummary]") -> None:
    from pantau.adapters.terminal.screen import moment_text, open_screen, print_table  # noqa: PLC0415 (not needed for --help)
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (as above)
    from pantau.usecases.stories import SHORT  # noqa: PLC0415 (as above)

    rows = [
        (
            one_line(one.story_id[:SHORT]),
            f"{one.articles:,}",
            f"{len(one.sources):,}",
            moment_text(one.newest.first_seen),
            _told(one),
        )
        for one in found
    ]
    titles = ("story", "articles", "sources", "newest", "title, first article, sources")
    print_table(open_screen(), titles, rows, right=("articles", "sources"))


def _told(story: "StorySummary") -> "Text":
    from rich.text import Text  # noqa: PLC0415 (not needed for --help)

    from pantau.adapters.terminal.screen import moment_text  # noqa: PLC0415 (as above)
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (as above)

    lines = [Text(one_line(story.newest.title, 300) or "(no title)", "bold")]
    first = one_line(story.first.title, 300)
    lines.append(Text(f"{moment_text(story.first.first_seen)}  {first or '(no title)'}"))
    if story.sources:
        lines.append(Text(sources_text(story.sources), "dim"))
    return Text("\n").join(lines)


def sources_text(sources: "Iterable[tuple[str, int]]", most: int = 6) -> str:
    """Write sources for people, with numbers above one: `kompas.example 3, antara.example, …`."""
    from pantau.common.safe_text import one_line  # noqa: PLC0415 (not needed for --help)

    given = list(sources)
    names = [
        f"{one_line(name, 60)} {count:,}" if count > 1 else one_line(name, 60)
        for name, count in given
    ]
    left = len(names) - most
    return ", ".join(names[:most]) + (f" and {left:,} more" if left > 0 else "")
