"""The first run: feeds, the first article, a word that alerts, and where the alerts go."""

from typing import Any, Final

from pantau.common.time import zones
from pantau.console.asked import Asked
from pantau.console.output import Answer, Data, Moved, PageAnswer
from pantau.console.show.doubts import confirming, fault_text
from pantau.console.show.queries import read_shown
from pantau.console.show.subscription_form import refuse_file
from pantau.errors import UsageError
from pantau.problems import Problem, problem
from pantau.query import QueryError
from pantau.usecases.feeds.outlook import read_outlook
from pantau.usecases.feeds.starter import add_starter_feeds, starter_feeds
from pantau.usecases.first_run import STEPS, FirstRun, Step, read_first_run
from pantau.usecases.lists.values import bound
from pantau.usecases.search.preview import preview
from pantau.usecases.subscriptions.editing import SubscriptionChanges, edit
from pantau.usecases.subscriptions.subscribing import NewSubscription, subscribe

COOKIE: Final = "start"
"""Cookie that keeps whether the first run was skipped (`later`) or is not wanted (`never`)."""
TITLES: Final[dict[Step, str]] = {
    "feeds": "start.feeds",
    "articles": "start.articles",
    "alert": "start.alert",
    "channel": "start.channel",
}
"""Texts of the steps."""


def show(asked: Asked) -> Answer:
    """Return the page of the first run; with `q`, what that word finds."""
    return _page(asked, asked.values.get("q", "").strip())


def add_feeds(asked: Asked) -> Answer:
    """Watch the starter feeds, if there are no feeds at all."""
    add_starter_feeds(asked.store.log, asked.parts.clock)
    return Moved("/start")


def arrived(asked: Asked) -> Answer:
    """Return whether the first article has arrived, for the page's script."""
    found = read_first_run(asked.store)
    notice = asked.text("start.arrived", count=found.articles) if found.articles else ""
    return Data({"count": found.articles, "text": notice})


def save_alert(asked: Asked) -> Answer:
    """Save a word as a subscription; what is doubtful is asked about first."""
    text = asked.form.get("q", "").strip()
    doubts: list[Problem] = []
    wanted = NewSubscription(
        query=text, time_zone=zones.current_name(), is_sure=asked.form.get("sure") == "1"
    )
    parts = asked.parts
    try:
        confirm = confirming(doubts, is_sure=wanted.is_sure)
        subscribe(wanted, asked.repository, parts.settings, parts.clock, confirm)
    except QueryError:
        return _page(asked, text)  # which shows the fault in the query
    except UsageError as error:
        fault = fault_text(doubts, error, asked.lang)
        return _page(asked, text, fault=fault, is_doubt=bool(doubts))
    return Moved("/start", "console.subscribed")


def add_channel(asked: Asked) -> Answer:
    """Add a channel to the newest subscription."""
    target = asked.form.get("to", "").strip()
    newest = asked.repository.all()[-1:]
    if not newest:
        return Moved("/start")
    try:
        _check_target(target)
        with asked.parts.changing:
            done = edit(
                newest[0].subscription_id,
                SubscriptionChanges(added=(target,)),
                asked.repository,
                asked.parts.settings,
                asked.store.log,
                lambda _: True,
            )
    except UsageError as error:
        return _page(asked, "", channel_fault=error.text(asked.lang))
    if done.new_secret is None:
        return Moved("/start", "console.subscribed")
    # Shown this once, in the answer to the form: no address leads to it.
    made, secret = done.subscription, done.new_secret
    values = {"made": made, "secret": secret, "warnings": done.warnings}
    return PageAnswer("secret.html", values)


def _check_target(target: str) -> None:
    if not target:
        raise UsageError(problem("start.no-channel"))
    refuse_file(target)


def skip(asked: Asked) -> Answer:
    """Return to the first page, which lists what is left, unless `never` is asked for."""
    kept = "never" if asked.form.get("never") == "1" else "later"
    return Moved("/", cookie=(COOKIE, kept))


def leads_here(asked: Asked, found: FirstRun) -> bool:
    """Return whether the first page leads to the first run, of a person who may make changes."""
    return asked.may("write") and found.is_empty and COOKIE not in asked.cookies


def steps_left(asked: Asked, found: FirstRun) -> list[tuple[str, bool]] | None:
    """Return the texts of the steps and which are done; None once all are, or by choice."""
    if found.next_step is None or asked.cookies.get(COOKIE) == "never":
        return None
    return [(TITLES[step], step in found.done) for step in STEPS]


def _page(
    asked: Asked, text: str, *, fault: str = "", is_doubt: bool = False, channel_fault: str = ""
) -> Answer:
    found = read_first_run(asked.store)
    feeds, newest = asked.feeds.all(), asked.repository.all()[-1:]
    shown = read_shown(asked, text, "lucene") if text else None
    counted = None
    if shown is not None and shown.query is not None:
        try:
            query = bound(shown.query, text, asked.store.log)
            counted = preview(query, asked.store, asked.parts.clock)
        except QueryError as error:
            fault = error.text(asked.lang).partition("\n")[0]
    wrong = bool(fault or channel_fault) or (shown is not None and shown.query is None)
    values: dict[str, Any] = {
        "run": found,
        "steps": [(step, TITLES[step], step in found.done) for step in STEPS],
        "waiting": sum(one.status == "new" for one in feeds),
        "failing": sum(one.status == "error" for one in feeds),
        "newest": read_outlook(asked.store, asked.parts.clock).last_article,
        "alert": newest[0] if newest else None,
        "starters": len(starter_feeds()),
        "q": text,
        "shown": shown,
        "counted": counted,
        "fault": fault,
        "is_doubt": is_doubt,
        "channel_fault": channel_fault,
        "to": asked.form.get("to", ""),
    }
    return PageAnswer("start.html", values, 400 if wrong and asked.form else 200)
