"""Alerts on the terminal, the matched words highlighted (rich)."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from functools import partial

from rich.console import Console

from pantau.adapters.terminal.message import message_view_text
from pantau.adapters.terminal.screen import alert_text, open_screen
from pantau.adapters.terminal.summary import summary_text
from pantau.errors import RejectError, RetryError
from pantau.messages.languages import DEFAULT, Lang, language_of
from pantau.notifier.composing.any_view import view_of
from pantau.notifier.composing.views import view_of_content
from pantau.ports import AnyMessage, ChannelResources, Message, ReportMessage, RuleMessage


class TerminalDriver:
    """Implements `pantau.ports.ChannelDriver`.

    Writes in its own thread, because a terminal can be stopped (Ctrl-S).
    """

    def __init__(self, console: Console | None = None, lang: Lang = DEFAULT) -> None:
        self._console = console or open_screen()
        self._lang = lang
        self._thread = ThreadPoolExecutor(1, "terminal")

    async def send(self, message: AnyMessage) -> None:
        """Print the alert, the message of several, or the summary."""
        if message.channel.kind != "terminal":
            raise RejectError(f"{message.channel.kind}: not the terminal")
        # The zone in which times are shown is of the context, which threads do not inherit.
        shown = partial(copy_context().run, self._print, message)
        await asyncio.get_running_loop().run_in_executor(self._thread, shown)

    def _print(self, message: AnyMessage) -> None:
        try:
            if isinstance(message, Message):
                lang = message.lang or self._lang
                text = alert_text(self._console, message.alert, lang=lang)
            elif isinstance(message, RuleMessage):
                content = replace(message.content, lang=message.lang or self._lang)
                text = message_view_text(self._console, view_of_content(content))
            elif isinstance(message, ReportMessage):
                text = message_view_text(self._console, view_of(message))
            else:
                text = summary_text(self._console, message.summary, lang=self._lang)
            self._console.print(text, soft_wrap=True)
        except (OSError, ValueError) as error:  # closed, or the reader is gone
            raise RetryError(f"the terminal cannot be written to: {error}") from error

    async def close(self) -> None:
        """Release the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def build(resources: ChannelResources) -> TerminalDriver:
    """Build the driver of the terminal that the program runs in."""
    return TerminalDriver(lang=language_of(resources.settings.lang or ""))
