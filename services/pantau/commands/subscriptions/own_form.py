"""`pantau subscriptions template`: messages in one's own form."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pantau.commands.cli.completing import complete_subscription
from pantau.commands.cli.opened import opened_store
from pantau.commands.cli.options.shared import data_option
from pantau.commands.cli.printing import put
from pantau.commands.cli.say import print_text
from pantau.errors import UsageError
from pantau.problems import problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pantau_schemas.events.subscription import Channel, MessageTemplate, Subscription

EXAMPLES: Final = """\b
Examples:
  pantau subscriptions template Gempa gempa.toml --preview
  pantau subscriptions template Gempa gempa.toml
  pantau subscriptions template Gempa brief.toml --channel email:desk@example.org
  pantau subscriptions template Gempa --html
  pantau subscriptions template Gempa --remove
"""


@click.command("template", epilog=EXAMPLES)
@click.argument("subscription", shell_complete=complete_subscription)
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--channel", "target", help="Only for this channel: its kind, address, or both.")
@click.option("--preview", is_flag=True, help="Only show a message in this form; save nothing.")
@click.option("--html", "shows_html", is_flag=True, help="Print the HTML alone.")
@click.option("--remove", is_flag=True, help="Send messages in the usual form again.")
@data_option
def template_of_subscription(
    subscription: str,
    file: Path | None,
    data: Path,
    target: str | None,
    *,
    preview: bool,
    shows_html: bool,
    remove: bool,
) -> None:
    """Send the messages of a subscription in a form of your own, and show one of them.

    With --channel the form is that of one channel, which comes before the subscription's.

    FILE is TOML with subject, text and html, or some of them, each written for Jinja. Without FILE
    the form that is saved is shown. A template that fails is refused.
    """
    from pantau.bootstrap import build_template_renderer
    from pantau.common.time.clock import SystemClock
    from pantau.usecases.channels.own_form import (
        find_channel,
        save_template,
        template_at,
        try_template,
        with_template,
    )
    from pantau.usecases.subscriptions.repository import SubscriptionRepository

    if file is not None and remove:
        raise UsageError(problem("template.file-and-remove"))
    given = None if file is None else _read(file)
    with opened_store(data, changes=True) as (store, _):
        repository = SubscriptionRepository(store.log, SystemClock())
        found = repository.find(subscription)
        channel = None if target is None else find_channel(found, target)
        subject = _Subject(found, channel)
        if remove:
            save_template(found, None, repository, channel)
            subject.say("template.removed", "template.removed-channel")
            return
        template = given or template_at(found, channel)
        if template is None:
            subject.say("template.none", "template.none-channel")
            return
        with_template(found, channel, template)  # before the preview: a channel may have no form
        made = try_template(template, found, store.log, build_template_renderer())
        if given is not None and not preview:
            save_template(found, given, repository, channel)
    _print(made, shows_html=shows_html)
    if given is not None and not (preview or shows_html):
        subject.say("template.saved", "template.saved-channel")


@dataclass(frozen=True, slots=True)
class _Subject:
    """The subscription, and the channel if one was named, which the outcome is about."""

    subscription: "Subscription"
    channel: "Channel | None"

    def say(self, of_all: str, of_channel: str) -> None:
        """Print an outcome: by the first code for a subscription, by the second for a channel."""
        from pantau.common.text.safe_text import one_line
        from pantau.usecases.channels.shown import shown_channel
        from pantau_schemas.events.subscription import describe_channel

        name = one_line(self.subscription.name)
        if self.channel is None:
            print_text(of_all, name=name)
            return
        print_text(of_channel, name=name, channel=shown_channel(describe_channel(self.channel)))


def _read(file: Path) -> "MessageTemplate":
    """Read the file of a template, bounded. Raises UsageError."""
    from pantau.usecases.channels.own_form import FILE_BYTES, read_template

    try:
        with file.open("rb") as stream:
            content = stream.read(FILE_BYTES + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(problem("template.unread", file=str(file), reason=reason)) from error
    return read_template(content, str(file))


def _print(made: "Mapping[str, str]", *, shows_html: bool) -> None:
    from pantau.commands.cli.texts.contents import put_lines

    for part, text in made.items():
        if shows_html != (part == "html"):
            continue
        indent = "" if shows_html else "  "
        if not shows_html:
            put(f"{part}:")
        put_lines(text, indent)
