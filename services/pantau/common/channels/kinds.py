"""Every kind of channel, as one table.

What the program does by kind follows from a row here: drivers, what people type after `--to`, the
labels of metrics, which kinds have a limit, the reference page. The fields of a channel are its
model in `pantau_schemas.events.subscription`, whose `kind` is the name; a test holds both together.

Functions are named, not imported: the table stands below everything that looks into it, and a
driver's library is loaded where the driver is built. A test resolves every name.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ChannelKind:
    """One kind of channel."""

    name: str
    """As in `--to NAME:...`, in stored subscriptions, and in labels of metrics."""
    form: str
    """How it is typed, for help."""
    example: str
    """A channel of this kind, for messages and documents."""
    arrives: str
    """The receiver's end in words, for documents."""
    reader: str
    """`module:function` that implements `pantau.usecases.channels.reading.ChannelReader`."""
    driver: str
    """`module:function` that implements `pantau.ports.ChannelBuilder`."""
    limited: bool = True
    """True if it has a limit of messages by default, see `notify.unlimited`."""
    other_words: tuple[str, ...] = ()
    """Names that people type instead; the message that refuses one names the right one."""


CHANNEL_KINDS: Final = (
    ChannelKind(
        name="webhook",
        form="webhook:URL",
        example="webhook:https://example.org/hook",
        arrives="a signed HTTP request",
        reader="pantau.usecases.channels.reading:read_webhook",
        driver="pantau.adapters.channels.webhook:build",
        other_words=("hook", "url"),
    ),
    ChannelKind(
        name="email",
        form="email:ADDRESS",
        example="email:desk@example.org",
        arrives="a mail in Indonesian or English, by the article's language",
        reader="pantau.usecases.channels.reading:read_email",
        driver="pantau.adapters.channels.smtp:build",
        other_words=("mail", "mailto", "e-mail", "surel"),
    ),
    ChannelKind(
        name="file",
        form="file:PATH",
        example="file:alerts.jsonl",
        arrives="one line of JSON for each alert",
        reader="pantau.usecases.channels.reading:read_file",
        driver="pantau.adapters.channels.file:build",
        limited=False,  # programs read it, and want every alert
        other_words=("path", "berkas"),
    ),
    ChannelKind(
        name="terminal",
        form="terminal (where `pantau run` is)",
        example="terminal",
        arrives="the alert, matched words marked, where `pantau run` was started",
        reader="pantau.usecases.channels.reading:read_terminal",
        driver="pantau.adapters.terminal.channel:build",
    ),
)
CHANNEL_NAMES: Final = tuple(kind.name for kind in CHANNEL_KINDS)


def channel_forms() -> str:
    """Return how channels are typed, for help: `webhook:URL, ... or terminal`."""
    *first, last = (kind.form for kind in CHANNEL_KINDS)
    return f"{', '.join(first)} or {last}"


def channel_examples() -> str:
    """Return a channel of each kind, for messages in any language."""
    return ", ".join(kind.example for kind in CHANNEL_KINDS)
