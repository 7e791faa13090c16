"""Alerts on the terminal, the matched words highlighted (rich).

Text from outside cannot steer the terminal: its control characters are gone before rich sees it, and it is never
read as rich's markup.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from rich.console import Console
from rich.text import Text

from pantau.errors import RejectError, RetryError
from pantau.notifier.marks import marked_parts, one_line
from pantau.ports import Message
from pantau_schemas.alert import Alert, Snippet
from pantau_schemas.base import format_time

MARK_STYLE = "bold black on yellow"


class TerminalDriver:
    """Implements `pantau.ports.ChannelDriver`. Writes in a thread of its own: a terminal can be stopped (Ctrl-S)."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console()
        self._thread = ThreadPoolExecutor(1, "terminal")

    async def send(self, message: Message) -> None:
        """Print the alert."""
        if message.channel.kind != "terminal":
            raise RejectError(f"{message.channel.kind}: not the terminal")
        await asyncio.get_running_loop().run_in_executor(self._thread, self._print, message.alert)

    def _print(self, alert: Alert) -> None:
        try:
            self._console.print(render(alert))
        except (OSError, ValueError) as error:  # closed, or nobody reads on
            raise RetryError(f"the terminal cannot be written to: {error}") from error

    async def close(self) -> None:
        """Let the thread go."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def render(alert: Alert) -> Text:
    """Write an alert for people: title, where from, the places that matched."""
    article = alert.article
    text = Text()
    text.append("▶ ", "bold green")
    title = next((one for one in alert.snippets if one.field == "title" and one.text == article.title), None)
    if title is None:
        text.append(one_line(article.title), "bold")
    else:
        text.append_text(highlighted(title, "bold"))
    facts = [one_line(alert.subscription_name, 60), one_line(article.source or "")]
    facts.append(format_time(article.published or article.first_seen).replace("T", " ")[:16] + " UTC")
    text.append("\n  " + " · ".join(fact for fact in facts if fact), "dim")
    for snippet in alert.snippets:
        if snippet is not title:
            text.append("\n  ")
            text.append_text(highlighted(snippet))
    if article.url:
        text.append("\n  " + one_line(article.url), "blue")
    return text


def highlighted(snippet: Snippet, style: str = "") -> Text:
    """Give a snippet with its marked words highlighted."""
    text = Text(style=style)
    for piece, marked in marked_parts(snippet):
        text.append(piece, MARK_STYLE if marked else None)
    return text
