"""Buttons of a subscription: no messages for a while, trial messages, a channel used again."""

from collections.abc import Sequence

from pantau.console.asked import Asked
from pantau.console.output import Answer, Moved, PageAnswer
from pantau.console.show.links import own_item
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.channels.health import id_of
from pantau.usecases.channels.resuming import resume_channel
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.rules.muting import mute, unmute
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.subscription import describe_channel


def set_mute(asked: Asked) -> Answer:
    """Send no messages until a date, after a time, until a story grows, or until it is ended.

    Raises UsageError for a time that cannot be read.
    """
    with asked.parts.changing:
        mute_for(asked.repository, [asked.named["id"]], asked.form.get("until", ""))
    return _back(asked, "edit.muted")


def mute_for(repository: SubscriptionRepository, ids: Sequence[str], text: str) -> None:
    """Send no messages of subscriptions for as long as a field says; an empty one means for ever.

    Raises UsageError for a time that cannot be read.
    """
    until, growth = text.strip() or None, text.strip() == "growth"
    mute(repository, ids, until=None if growth else until, until_growth=growth)


def end_mute(asked: Asked) -> Answer:
    """Send messages again; what waited comes as one."""
    with asked.parts.changing:
        unmute(asked.repository, [asked.named["id"]])
    return _back(asked, "edit.unmuted")


def send_trials(asked: Asked) -> Answer:
    """Send a trial message to each channel now, and say what became of each."""
    found = asked.repository.find(asked.named["id"])
    values = {
        "one": found,
        "back": own_item("/subscriptions", found.subscription_id),
        "sent": [
            (
                shown_channel(describe_channel(one.channel)),
                None if one.problem is None else one.problem.text(asked.lang),
            )
            for one in asked.parts.send_trials(found, asked.lang)
        ],
    }
    return PageAnswer("subscription-test.html", values)


def use_channel(asked: Asked) -> Answer:
    """Use a channel that was stopped again. Raises UsageError where there is no such channel."""
    found = asked.repository.find(asked.named["id"])
    wanted = asked.form.get("channel", "")
    channel = next((one for one in found.channels if id_of(one) == wanted), None)
    if channel is None:
        raise UsageError(problem("channels.missing", reference=wanted[:200]))
    at_once = asked.parts.settings.notify.resume_messages
    resume_channel(asked.store.log, asked.parts.clock, channel, one_by_one=at_once)
    return _back(asked, "edit.channel-used")


def _back(asked: Asked, done: str) -> Answer:
    return Moved(own_item("/subscriptions", asked.named["id"]), done)
