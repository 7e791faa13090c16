"""A copy of a subscription: its name is asked for, then the form of the copy opens."""

from pantau.console.asked import Asked
from pantau.console.output import Answer, Moved, PageAnswer
from pantau.console.show.doubts import confirming, fault_text
from pantau.console.show.links import own_item
from pantau.errors import UsageError
from pantau.problems import Problem
from pantau.usecases.subscriptions.backtest.past_counts import save_counts
from pantau.usecases.subscriptions.editing import copy
from pantau.usecases.subscriptions.subscribing import free_name
from pantau_schemas.events.subscription import Subscription


def ask_name(asked: Asked) -> Answer:
    """Return the form with a name that is free. Raises UsageError for no such subscription."""
    found = asked.repository.find(asked.named["id"])
    return _form(found, free_name(found.name, asked.repository.all()))


def make(asked: Asked) -> Answer:
    """Save the copy, without the history and the mute of the former; go on to its form."""
    found, name = asked.repository.find(asked.named["id"]), asked.form.get("name", "")
    doubts: list[Problem] = []
    confirm = confirming(doubts, is_sure=asked.form.get("sure") == "1")
    try:
        made = copy(found.subscription_id, name, asked.repository, confirm)
    except UsageError as error:
        return _form(found, name, fault_text(doubts, error, asked.lang), is_doubt=bool(doubts))
    save_counts(made, asked.parts.store, asked.parts.clock)
    return Moved(own_item("/subscriptions", made.subscription_id) + "/edit", "edit.copied")


def _form(found: Subscription, name: str, fault: str = "", *, is_doubt: bool = False) -> Answer:
    back = own_item("/subscriptions", found.subscription_id)
    values = {"one": found, "back": back, "name": name, "fault": fault, "is_doubt": is_doubt}
    return PageAnswer("subscription-copy.html", values, 400 if fault else 200)
