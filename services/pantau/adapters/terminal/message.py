"""Rendering of a message of several alerts on a terminal (rich)."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from pantau.adapters.terminal.screen import INDENT, hung, marked_text
from pantau.common.text.safe_text import one_line
from pantau.notifier.composing.view import MessageView, StoryView


def message_view_text(console: Console, view: MessageView, bullet: str = "▶ ") -> Text:
    """Format a message: why it came, its stories, what is not shown."""
    lines = [hung(console, Text(one_line(view.subject), "bold"), INDENT, bullet)]
    lines += [hung(console, Text(one_line(one), "dim")) for one in view.lead]
    for story in view.stories:
        lines += _story(console, story)
    if view.more:
        lines.append(hung(console, Text(one_line(view.more), "dim")))
    return Text("\n").join(lines)


def _story(console: Console, story: StoryView) -> Iterator[Text]:
    article = story.article
    yield hung(console, marked_text(console, article.title, "bold"), INDENT * 2, INDENT + "· ")
    for fact in (article.facts, article.clauses, story.also):
        if fact:
            yield hung(console, Text(one_line(fact), "dim"), INDENT * 2)
    for passage in article.passages:
        yield hung(console, marked_text(console, passage.snippet), INDENT * 2)
    if article.link:
        yield Text(INDENT * 2) + Text(article.link, "blue")
    if story.others:
        yield hung(console, Text(f"{story.heading}:", "dim"), INDENT * 2)
    for other in story.others:
        title = Text(one_line(other.title.text))
        facts = Text(f" ({other.facts})" if other.facts else "", "dim")
        yield hung(console, title + facts, INDENT * 3, INDENT * 2 + "- ")
    if story.more:
        yield hung(console, Text(story.more, "dim"), INDENT * 2)
