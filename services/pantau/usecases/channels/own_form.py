"""Messages of a subscription, or of one of its channels, in their owner's own form.

Templates are read, tried, saved, and put back.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from pydantic import ValidationError

from pantau.common.text.safe_text import one_line
from pantau.errors import UsageError
from pantau.messages.languages import Lang
from pantau.notifier.composing.content import language_of
from pantau.notifier.composing.outgoing import own_template
from pantau.notifier.composing.own_form import fields_of, sample_view
from pantau.notifier.composing.view import MessageView
from pantau.notifier.composing.views import view_of_alert
from pantau.ports import Log, TemplateRenderer
from pantau.problems import Problem, problem
from pantau.usecases.alerts.newest import newest_of
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.rules.given import named_channel
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.codec import explain
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.subscription import (
    Channel,
    EmailChannel,
    MessageTemplate,
    Subscription,
    WebhookChannel,
    describe_channel,
)

FILE_BYTES: Final = 200_000
"""Most bytes of a file with a template."""
LOOKED_AT: Final = 20
"""Newest alerts of the subscription, among which one of an article is looked for."""


def read_template(content: bytes, file: str) -> MessageTemplate:
    """Return the template of a TOML file with `subject`, `text` and `html`, at least one of them.

    Raises UsageError naming the file and the fault, with its line where it is one of TOML.
    """
    if len(content) > FILE_BYTES:
        raise UsageError(problem("template.too-large", file=file, most=FILE_BYTES))
    try:
        fields = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError and TOMLDecodeError are both
        reason = one_line(str(error), 200)
        raise UsageError(problem("template.no-toml", file=file, reason=reason)) from error
    return _template_of(fields, file)


def read_template_fields(value: object, column: str) -> MessageTemplate | None:
    """Return the template of a cell of a file: an object, or its JSON; None for an empty one.

    Raises UsageError naming the column and the fault.
    """
    fields = read_cell(value, column)
    return None if fields is None else _template_of(fields, column)


def _template_of(fields: object, place: str) -> MessageTemplate:
    """Return the template of some fields. Raises UsageError naming their place and the fault."""
    try:
        template = MessageTemplate.model_validate(fields, extra="forbid")
    except ValidationError as error:
        reason = one_line(explain(error), 300)
        raise UsageError(problem("template.no-part", file=place, reason=reason)) from error
    if template == MessageTemplate():
        raise UsageError(problem("template.no-part", file=place, reason="-"))
    return template


def check_parts(given: Mapping[str, str]) -> MessageTemplate:
    """Return the template of the fields of a form; empty ones are as usual. Raises UsageError."""
    parts = {name: text for name, text in given.items() if text.strip()}
    if not parts:
        raise UsageError(Problem("template.empty"))
    return _template_of(parts, ", ".join(parts))


def read_cell(value: object, column: str) -> object:
    """Return the value of a cell of a file, which in CSV is JSON; None for an empty one.

    Raises UsageError naming the column where a text is no JSON.
    """
    try:
        found = json.loads(value) if isinstance(value, str) and value.strip() else value
    except (ValueError, RecursionError) as error:
        raise UsageError(problem("template.no-json", column=column)) from error
    return None if not found or (isinstance(found, str) and not found.strip()) else found


def check_template(
    template: MessageTemplate, name: str, lang: Lang, render: TemplateRenderer
) -> Mapping[str, str]:
    """Return the parts of a sample message in this form; it has something in every field.

    A message without articles is tried besides. Raises UsageError naming the part, the line and the
    fault.
    """
    sample = sample_view(name, lang)
    empty = MessageView(lang, sample.name, sample.subject, sample.lead, (), "", sample.foot, "")
    with _refusal():
        render(template, fields_of(empty))
        return render(template, fields_of(sample))


def try_template(
    template: MessageTemplate, subscription: Subscription, log: Log, render: TemplateRenderer
) -> Mapping[str, str]:
    """Return the parts of a message in this form: of the newest alert, or of a sample without one.

    Raises UsageError as `check_template` does.
    """
    lang: Lang = subscription.rules.language or "en"
    made = check_template(template, subscription.name, lang, render)
    newest = _newest_alert(subscription, log)
    if newest is None:
        return made
    own = subscription.rules.language or language_of(newest.article.lang)
    with _refusal():
        return render(template, fields_of(view_of_alert(newest, own)))


@contextmanager
def _refusal() -> Iterator[None]:
    """Raise a fault of a template as its refusal."""
    try:
        yield
    except UsageError as error:
        fault = error.problem or problem("delivery.other", text=str(error))
        raise UsageError(problem("template.refused", fault=fault)) from error


def find_channel(subscription: Subscription, target: str) -> Channel:
    """Return the channel of a subscription that is meant: by its name, its address, or its kind.

    Raises UsageError naming the channels that there are.
    """
    try:
        name = named_channel(target.strip(), subscription.channels)
    except UsageError as error:
        names = ", ".join(shown_channel(describe_channel(one)) for one in subscription.channels)
        missing = problem("template.no-such-channel", channel=target, channels=names or "-")
        raise UsageError(missing) from error
    return next(one for one in subscription.channels if describe_channel(one) == name)


def template_at(subscription: Subscription, channel: Channel | None) -> MessageTemplate | None:
    """Return a channel's own template; that of the subscription where `channel` is None."""
    return subscription.template if channel is None else own_template(channel)


def with_template(
    subscription: Subscription, channel: Channel | None, template: MessageTemplate | None
) -> Subscription:
    """Return a subscription with a template at a channel, or without a channel at itself.

    None removes it. Raises UsageError for a channel whose messages have a fixed form.
    """
    if channel is None:
        return subscription.model_copy(update={"template": template})
    if not has_form(channel):
        if template is None:
            return subscription
        name = shown_channel(describe_channel(channel))
        raise UsageError(problem("template.fixed-form", channel=name))
    changed = channel.model_copy(update={"template": template})
    name = describe_channel(channel)
    channels = (changed if describe_channel(one) == name else one for one in subscription.channels)
    return subscription.model_copy(update={"channels": tuple(channels)})


def has_form(channel: Channel) -> bool:
    """Return whether a template changes the messages of a channel: mails, Slack and Teams."""
    return isinstance(channel, EmailChannel) or (
        isinstance(channel, WebhookChannel) and channel.format in {"slack", "teams"}
    )


def save_template(
    subscription: Subscription,
    template: MessageTemplate | None,
    repository: SubscriptionRepository,
    channel: Channel | None = None,
) -> Subscription:
    """Save a template that was tried, or None for the usual form; return the subscription.

    Raises UsageError as `with_template` does.
    """
    changed = with_template(subscription, channel, template)
    repository.save(changed)
    return changed


def _newest_alert(subscription: Subscription, log: Log) -> Alert | None:
    newest = newest_of(log, subscription.subscription_id, LOOKED_AT)
    return next((one for one in newest if one.kind == "match"), None)
