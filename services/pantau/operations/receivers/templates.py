"""Operations on the form of messages: the templates of a subscription and of its channels."""

from pydantic import Field

from pantau.operations.base.fields import Text
from pantau.operations.base.operation import Answer, Call, Input
from pantau.operations.subscription_models import OneSubscription
from pantau.usecases.channels.own_form import (
    find_channel,
    save_template,
    template_at,
    try_template,
    with_template,
)
from pantau.usecases.channels.shown import shown_channel
from pantau_schemas.events.subscription import (
    Channel,
    MessageTemplate,
    Subscription,
    TemplateText,
    describe_channel,
)

_CHANNEL = Field(
    default=None,
    description="Only of this channel: its kind, its address, or both. Null: of the subscription, "
    "for all channels without a template of their own.",
)


class TemplateTexts(Input):
    """The parts of a template; what is null stays as it is usually."""

    subject: TemplateText | None = Field(default=None, description="Subject of mails, or heading.")
    text: TemplateText | None = Field(default=None, description="Text of mails, Slack and Teams.")
    html: TemplateText | None = Field(default=None, description="HTML of mails.")


class TemplateWanted(OneSubscription):
    """The template that is meant."""

    channel: Text | None = _CHANNEL


class TemplateGiven(OneSubscription):
    """A template to save, or to try."""

    channel: Text | None = _CHANNEL
    template: TemplateTexts | None = Field(
        description="Subject, text and HTML in Jinja, or some of them; null: the usual form."
    )
    preview: bool = Field(default=False, description="Only show a message; save nothing.")


class TemplateAnswer(Answer):
    """A template, and a message in its form: of the newest alert, or of a sample."""

    subscription_id: str
    channel: str | None
    template: MessageTemplate | None = Field(description="Null: messages have the usual form.")
    saved: bool = Field(description="True if this is how messages are sent.")
    subject: str | None
    text: str | None
    html: str | None


def read_template(call: Call, given: TemplateWanted) -> TemplateAnswer:
    """Return the template of a subscription or of a channel of it, and a message in its form."""
    found = call.subscriptions.find(given.id)
    channel = _channel(found, given.channel)
    return _answer(call, found, channel, template_at(found, channel), saved=True)


def change_template(call: Call, given: TemplateGiven) -> TemplateAnswer:
    """Send messages in a form of one's own, or in the usual one again.

    A template that fails is refused with its part, line and fault.
    """
    parts = {} if given.template is None else given.template.model_dump(exclude_none=True)
    template = MessageTemplate.model_validate(parts) if parts else None
    with call.parts.changing:
        found = call.subscriptions.find(given.id)
        channel = _channel(found, given.channel)
        with_template(found, channel, template)
        answer = _answer(call, found, channel, template, saved=not given.preview)
        if not given.preview:
            save_template(found, template, call.subscriptions, channel)
    return answer


def _channel(subscription: Subscription, target: str | None) -> Channel | None:
    return None if target is None else find_channel(subscription, target)


def _answer(
    call: Call,
    subscription: Subscription,
    channel: Channel | None,
    template: MessageTemplate | None,
    *,
    saved: bool,
) -> TemplateAnswer:
    parts = call.parts
    made = (
        {}
        if template is None
        else try_template(template, subscription, parts.store.log, parts.render_template)
    )
    return TemplateAnswer(
        subscription_id=subscription.subscription_id,
        channel=None if channel is None else shown_channel(describe_channel(channel)),
        template=template,
        saved=saved,
        subject=made.get("subject"),
        text=made.get("text"),
        html=made.get("html"),
    )
