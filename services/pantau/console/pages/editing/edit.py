"""The form of a stored subscription: what a change would have made of the last days, and saving.

The form carries the version that it was made of. A subscription that another person has saved since
is not overwritten: the form comes back with what differs, and can be sent again.
"""

from collections.abc import Mapping
from typing import Any, Final

from pantau.common.time import zones
from pantau.console.asked import Asked
from pantau.console.output import Answer, Moved, PageAnswer
from pantau.console.show.doubts import confirming, fault_text
from pantau.console.show.links import own_item
from pantau.console.show.subscription_form import (
    changes_of,
    channel_fields,
    differing,
    form_values,
    query_language,
    sent_values,
)
from pantau.console.show.trying import TriedSubscription, read_alone, tried_change
from pantau.errors import UsageError
from pantau.problems import Problem
from pantau.query import QueryError
from pantau.usecases.subscriptions.backtest.past_counts import save_counts
from pantau.usecases.subscriptions.editing import Edited, edit, plan_edit
from pantau.usecases.subscriptions.repository import CurrentSubscription, version_of
from pantau_schemas.events.subscription import Subscription

_OVERRIDDEN: Final = ("q", "l")
"""Values of an address that stand in the form in place of what is stored: those of a repair."""


def show(asked: Asked) -> Answer:
    """Return the form with what is stored. Raises UsageError for no such subscription."""
    found = asked.repository.found(asked.named["id"])
    given = form_values(found.subscription)
    given |= {name: asked.values[name] for name in _OVERRIDDEN if name in asked.values}
    return _form(asked, found, given, looks=asked.values.get("look") == "1")


def backtested(asked: Asked) -> Answer:
    """Return what the form as it is typed would change: a part of a page. Nothing is saved."""
    before, given = asked.repository.find(asked.named["id"]), sent_values(asked.form)
    values = {
        "q": given.get("q", ""),
        "language": query_language(given.get("l", "")),
        "tried": _tried(asked, before, given),
    }
    return PageAnswer("backtest.html", values)


def change(asked: Asked) -> Answer:
    """Save the form, or, if it says so, show alone what it would change.

    What is doubtful is asked about first. A form of a former version is answered with 409.
    """
    given, repository, parts = sent_values(asked.form), asked.repository, asked.parts
    doubts: list[Problem] = []
    found = repository.found(asked.named["id"])
    if given.get("do") == "look":
        return _form(asked, found, given, looks=True)
    back = own_item("/subscriptions", found.subscription.subscription_id)
    try:
        with parts.changing:
            found = repository.found(asked.named["id"])
            if given.get("version") != version_of(found):
                return _form(asked, found, given, conflict=True)
            changes = changes_of(found.subscription, given, parts.settings)
            if not changes:
                return Moved(back, "edit.unchanged")
            confirm = confirming(doubts, is_sure=given.get("sure") == "1")
            log, name = parts.store.log, found.subscription.subscription_id
            done = edit(name, changes, repository, parts.settings, log, confirm)
    except QueryError:
        fault = Problem("edit.query-unread").text(asked.lang)  # what it is, the form shows below
        return _form(asked, found, given, fault=fault, wrong=True)
    except UsageError as error:
        fault = fault_text(doubts, error, asked.lang)
        return _form(asked, found, given, fault=fault, is_doubt=bool(doubts), wrong=True)
    save_counts(done.subscription, parts.store, parts.clock)
    return saved(done, back)


def saved(done: Edited, back: str) -> Answer:
    """Return where a saved change leads: to a page of its own if there is more to say."""
    if done.new_secret is None and not done.warnings and not done.moved:
        return Moved(back, "edit.saved")
    values = {
        "made": done.subscription,
        "secret": done.new_secret,
        "warnings": done.warnings,
        "moved": done.moved,
        "outcome": "edit.saved",
    }
    return PageAnswer("secret.html", values)


def _tried(
    asked: Asked, before: Subscription, given: Mapping[str, str], *, looks: bool = True
) -> TriedSubscription:
    """Return the query of a form as it reads, and, if asked for, what its changes would make."""
    text, language = given.get("q", ""), query_language(given.get("l", ""))
    zone = given.get("zone", "").strip() or before.time_zone
    read = read_alone(asked, text, language, zone)
    if not looks or read.shown is None or read.shown.query is None:
        return read
    try:
        changes = changes_of(before, given, asked.parts.settings)
        after = before
        if changes:
            settings, repository = asked.parts.settings, asked.repository
            after = plan_edit(before, changes, repository, settings, lambda _: True).after
    except UsageError as error:  # also of a query, whose zone cannot be read
        return TriedSubscription(read.shown, error.text(asked.lang).partition("\n")[0])
    return tried_change(asked, before, after, read)


def _form(
    asked: Asked,
    found: CurrentSubscription,
    given: Mapping[str, str],
    *,
    looks: bool = False,
    fault: str = "",
    is_doubt: bool = False,
    wrong: bool = False,
    conflict: bool = False,
) -> Answer:
    before = found.subscription
    values: dict[str, Any] = {
        "one": before,
        "back": own_item("/subscriptions", before.subscription_id),
        "version": version_of(found),
        "q": given.get("q", ""),
        "language": query_language(given.get("l", "")),
        "given": given,
        "channels": channel_fields(before),
        "zone": zones.current_name(),
        "tried": _tried(asked, before, given, looks=looks),
        "fault": fault,
        "is_doubt": is_doubt,
        "conflict": conflict,
        "differing": [*differing(before, given)] if conflict else [],
    }
    status = 409 if conflict else 400 if wrong else 200
    return PageAnswer("subscription-edit.html", values, status)
