"""The form of messages: templates of a subscription and of its channels, tried as they are edited.

Nothing is saved that was not tried: with the newest alert, or with a sample where there is none.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pantau.console.asked import Asked
from pantau.console.output import Answer, Moved, PageAnswer
from pantau.console.show.links import own_item
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.channels.health import id_of
from pantau.usecases.channels.own_form import (
    check_parts,
    find_channel,
    has_form,
    save_template,
    template_at,
    try_template,
)
from pantau.usecases.channels.shown import shown_channel
from pantau_schemas.events.subscription import (
    Channel,
    Subscription,
    describe_channel,
)

PARTS: Final = ("subject", "text", "html")
"""The parts of a template, each a field of the form."""


def show(asked: Asked) -> Answer:
    """Return the form with the template that is saved. Raises UsageError for no such channel."""
    found = asked.repository.find(asked.named["id"])
    channel = _channel(found, asked.values.get("channel", ""))
    saved = template_at(found, channel)
    given = {} if saved is None else saved.model_dump(exclude_none=True)
    return _form(asked, found, channel, given, is_saved=True)


def change(asked: Asked) -> Answer:
    """Save a template, show a message in its form, or go back to the usual one.

    A template that fails is shown again with what is wrong with it, and is not saved.
    """
    repository, form = asked.repository, asked.form
    with asked.parts.changing:
        found = repository.find(asked.named["id"])
        channel = _channel(found, form.get("channel", ""))
        # Browsers send line breaks as CR LF, which a template would have in its messages.
        given = {one: form.get(one, "").replace("\r\n", "\n") for one in PARTS}
        if form.get("do") == "remove":
            save_template(found, None, repository, channel)
            return _back(found, channel, "desk.form-usual")
        if form.get("do") != "save":
            return _form(asked, found, channel, given)
        try:
            template = check_parts(given)
            try_template(template, found, asked.store.log, asked.parts.render_template)
            save_template(found, template, repository, channel)
        except UsageError as error:
            return _form(asked, found, channel, given, fault=error)
        return _back(found, channel, "desk.form-saved")


def _form(
    asked: Asked,
    found: Subscription,
    channel: Channel | None,
    given: Mapping[str, str],
    *,
    is_saved: bool = False,
    fault: UsageError | None = None,
) -> Answer:
    made: Mapping[str, str] = {}
    if fault is None and any(given.values()):
        try:
            template = check_parts(given)
            made = try_template(template, found, asked.store.log, asked.parts.render_template)
        except UsageError as error:
            fault = error
    values: dict[str, Any] = {
        "one": found,
        "chosen": _id(channel),
        "choices": _choices(found),
        "given": given,
        "is_saved": is_saved,
        "template_here": template_at(found, channel) is not None,
        "fault": "" if fault is None else fault.text(asked.lang),
        "wrong": _wrong_part(fault),
        "preview": [(part, made[part]) for part in PARTS if part in made],
    }
    return PageAnswer("message-form.html", values, 400 if fault and asked.form else 200)


def _choices(found: Subscription) -> Sequence[tuple[str, str, bool]]:
    """Return the channels whose messages have a form: id, name, and whether it is their own."""
    return [
        (id_of(one), shown_channel(describe_channel(one)), template_at(found, one) is not None)
        for one in found.channels
        if has_form(one)
    ]


def _channel(found: Subscription, wanted: str) -> Channel | None:
    """Return the channel that is meant; None for the subscription. Raises UsageError."""
    if not wanted:
        return None
    chosen = next((one for one in found.channels if id_of(one) == wanted), None)
    channel = find_channel(found, wanted[:200]) if chosen is None else chosen
    if not has_form(channel):
        name = shown_channel(describe_channel(channel))
        raise UsageError(problem("template.fixed-form", channel=name))
    return channel


def _wrong_part(fault: UsageError | None) -> str:
    """Return the part that a fault is in; empty where it is in none, or in all of them."""
    inner = None if fault is None or fault.problem is None else fault.problem.params.get("fault")
    part = getattr(inner, "params", {}).get("part")
    return part if part in PARTS else ""


def _id(channel: Channel | None) -> str:
    return "" if channel is None else id_of(channel)


def _back(found: Subscription, channel: Channel | None, done: str) -> Answer:
    path = own_item("/subscriptions", found.subscription_id) + "/messages"
    return Moved(path, done, values={"channel": _id(channel)})
