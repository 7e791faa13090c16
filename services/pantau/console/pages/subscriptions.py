"""Subscriptions: listed, shown, made from a search, paused, resumed, removed."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from pantau.common.time import zones
from pantau.console.asked import Asked
from pantau.console.output import Answer, ListAnswer, Moved, PageAnswer
from pantau.console.show.charts import drawn_bars
from pantau.console.show.doubts import confirming, fault_text
from pantau.console.show.links import own_item
from pantau.console.show.queries import read_shown
from pantau.console.show.subscription_form import (
    FORMATS,
    VERSIONS,
    channels_given,
    query_language,
    rules_given,
    sent_values,
)
from pantau.console.show.trying import read_alone, tried
from pantau.errors import UsageError
from pantau.problems import Problem
from pantau.query import QueryError
from pantau.usecases.alerts.history import AlertHistory
from pantau.usecases.channels.health import id_of
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.lists.values import query_of
from pantau.usecases.rules.words import is_muted, rules_in_words, words_of_timing
from pantau.usecases.search.overview import count_each
from pantau.usecases.search.spellings import speller
from pantau.usecases.subscriptions.backtest.past_counts import save_counts
from pantau.usecases.subscriptions.feed_addresses import has_feed_address
from pantau.usecases.subscriptions.lists import chosen
from pantau.usecases.subscriptions.repository import (
    CurrentSubscription,
    public,
    remove,
    set_paused,
)
from pantau.usecases.subscriptions.subscribing import NewSubscription, subscribe
from pantau_schemas.base import format_time
from pantau_schemas.events.subscription import QueryLanguage, describe_channel

COLUMNS: Final = (
    "subscription_id", "name", "query", "language", "status", "channels", "tags", "created",
    "alerts_in_7_days", "last_alert",
)  # fmt: skip
DAYS: Final = 30
_DAY: Final = timedelta(days=1)


def show_all(asked: Asked) -> Answer:
    """Return all subscriptions that this version can read."""
    text, tag = asked.values.get("match") or None, asked.values.get("tag", "").strip()
    found = chosen(asked.repository.listed(), match=text, tags=(tag,) if tag else (), sort="name")
    values = {"found": found, "muted": muted(asked, found), "match": text or "", "tag": tag}
    return ListAnswer(PageAnswer("subscriptions.html", values), [*map(_fields, found)], COLUMNS)


def muted(asked: Asked, found: Sequence[CurrentSubscription]) -> set[str]:
    """Return the ids of those that send nothing for a while."""
    given = (one.subscription for one in found)
    return {one.subscription_id for one in given if is_muted(one.rules, asked.now)}


def show_one(asked: Asked) -> Answer:
    """Return the page of a subscription. Raises UsageError where there is none."""
    found = asked.repository.found(asked.named["id"])
    given = found.subscription
    try:
        query = query_of(given, asked.store.log)
        bars = count_each(query, asked.store.index, asked.now, zones.current(), _DAY, DAYS)
    except QueryError:
        bars = ()
    history = AlertHistory(asked.store.log)
    values = {
        "one": found,
        "is_muted": is_muted(given.rules, asked.now),
        "has_address": has_feed_address(asked.store.log, given.subscription_id),
        "shown": read_shown(asked, given.query, given.language),
        "bars": drawn_bars(bars),
        "rules": [*rules_in_words(given, asked.now)],
        "timings": {
            id_of(one): words_of_timing(one.timing)
            for one in given.channels
            if one.timing is not None
        },
        "alerts": history.latest(10, subscription_id=given.subscription_id),
    }
    return PageAnswer("subscription.html", values)


def new(asked: Asked) -> Answer:
    """Return the form of a new subscription, beside what its query found lately if asked for.

    What it found comes as a part of its own (`backtested`), so that the form never waits for it.
    Without a script a button asks for both.
    """
    return _form(asked, asked.values.get("q", ""), asked.language)


def backtested(asked: Asked) -> Answer:
    """Return what a subscription would have found and sent, as it is typed: a part of a page."""
    text = asked.values.get("q", "")
    found = tried(asked, text, asked.language, asked.values)
    return PageAnswer("backtest.html", {"q": text, "language": asked.language, "tried": found})


def create(asked: Asked) -> Answer:
    """Save a subscription; what is doubtful is asked about first."""
    form = sent_values(asked.form)
    doubts: list[Problem] = []
    text, language = form.get("q", ""), query_language(form.get("l", ""))
    try:
        wanted = _wanted(asked, form, language)
        confirm = confirming(doubts, is_sure=wanted.is_sure)
        done = subscribe(
            wanted,
            asked.repository,
            asked.parts.settings,
            asked.parts.clock,
            confirm,
            spell=speller(asked.store),
        )
    except QueryError:
        # On a phone the fault is shown far below, so the top of the form says that there is one.
        return _form(asked, text, language, fault=Problem("edit.query-unread").text(asked.lang))
    except UsageError as error:
        fault = fault_text(doubts, error, asked.lang)
        return _form(asked, text, language, fault=fault, is_doubt=bool(doubts))
    made = done.subscription
    save_counts(made, asked.parts.store, asked.parts.clock)
    if done.new_secret is None:
        return Moved(own_item("/subscriptions", made.subscription_id), "console.subscribed")
    # Shown this once, in the answer to the form: no address leads to it.
    values = {"made": made, "secret": done.new_secret, "warnings": done.warnings}
    return PageAnswer("secret.html", values)


def _wanted(asked: Asked, form: Mapping[str, str], language: QueryLanguage) -> NewSubscription:
    """Return the subscription that a form asks for. Raises UsageError."""
    channels = channels_given(form.get("to", ""), asked.parts.settings)
    return NewSubscription(
        query=form.get("q", ""),
        language=language,
        time_zone=form.get("zone", "").strip() or zones.current_name(),
        targets=channels.targets,
        name=form.get("name", "").strip() or None,
        include_historical=form.get("historical") == "1",
        tags=(form.get("tags", ""),),
        payload=VERSIONS.get(form.get("payload", "")),
        format=next((one for one in FORMATS if one == form.get("format")), None),
        rules=rules_given(form, channels.timings),
        is_sure=form.get("sure") == "1",
    )


def pause(asked: Asked) -> Answer:
    """Pause a subscription."""
    with asked.parts.changing:
        set_paused(asked.repository, [asked.named["id"]], paused=True)
    return Moved(own_item("/subscriptions", asked.named["id"]), "console.paused")


def resume(asked: Asked) -> Answer:
    """Resume a subscription."""
    with asked.parts.changing:
        set_paused(asked.repository, [asked.named["id"]], paused=False)
    return Moved(own_item("/subscriptions", asked.named["id"]), "console.resumed")


def ask_removal(asked: Asked) -> Answer:
    """Return the page that asks whether a subscription is to be removed."""
    found = asked.repository.find(asked.named["id"])
    back = own_item("/subscriptions", found.subscription_id)
    return PageAnswer("remove.html", {"name": found.name, "back": back, "what": "subscription"})


def remove_one(asked: Asked) -> Answer:
    """Remove a subscription."""
    with asked.parts.changing:
        remove(asked.repository, [asked.named["id"]])
    return Moved("/subscriptions", "console.removed")


def _form(
    asked: Asked, text: str, language: QueryLanguage, *, fault: str = "", is_doubt: bool = False
) -> Answer:
    """Return the form with the values that were given, with a backtest of them if it was sent."""
    given = asked.form or asked.values  # a look at the query is a GET with all fields
    if asked.form or asked.values.get("look") == "1":
        found = tried(asked, text, language, given)
    else:
        found = read_alone(asked, text, language)
    wrong = bool(fault or found.fault) or (found.shown is not None and found.shown.query is None)
    values = {
        "q": text,
        "language": language,
        "tried": found,
        "fault": fault,
        "is_doubt": is_doubt,
        "given": given,
        "channels": (),
        "zone": zones.current_name(),
    }
    return PageAnswer("subscribe.html", values, 400 if wrong and asked.form else 200)


def _fields(one: CurrentSubscription) -> dict[str, Any]:
    """Return the fields that a list for programs has; secrets are masked."""
    given = public(one.subscription)
    alerts = one.alerts
    last = alerts.last if alerts is not None else None
    return {
        **{name: given.get(name) for name in COLUMNS if name in given},
        "channels": [shown_channel(describe_channel(each)) for each in one.subscription.channels],
        "status": one.status,
        "alerts_in_7_days": alerts.recent if alerts is not None else None,
        "last_alert": format_time(last) if last is not None else None,
    }
