"""Text about a query before its subscription is shown: its meaning, and what it finds."""

from typing import TYPE_CHECKING

import click

from pantau.commands.cli.language import current
from pantau.commands.cli.say import say
from pantau.common.text.safe_text import harmless, one_line
from pantau.query.explain import plain

if TYPE_CHECKING:
    from datetime import datetime

    from pantau.query import Query
    from pantau.usecases.search.preview import Preview


def print_preview(query: "Query", found: "Preview", now: "datetime", time_zone: str) -> None:
    """Print the query in plain words, how much it found lately, and an example."""
    words = plain.read(query, current(), now, time_zone).text
    click.echo(say("subscriptions.reads", words="\n".join(map(harmless, words.splitlines()))))
    counted = ", ".join(
        say(
            "subscriptions.count-least" if one.at_least else "subscriptions.count-days",
            count=one.number,
            days=one.days,
        )
        for one in found.counts
    )
    click.echo(say("subscriptions.counted", counts=counted))
    if found.example is not None:
        title, source = one_line(found.example.title, 120), found.example.source or ""
        click.echo(say("subscriptions.example", title=title, source=one_line(source, 60)))
