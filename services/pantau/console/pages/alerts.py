"""The inbox: the stories that alerted, and one alert with the log of its deliveries."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from pantau.common.stored_problems import stored_text
from pantau.common.text.safe_text import marked_parts
from pantau.console.asked import Asked
from pantau.console.output import Answer, Data, ListAnswer, Moved, PageAnswer, first_rows
from pantau.console.show.feed_items import alert_item
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.usecases.alerts.arrivals import alert_version, count_since, find_alert
from pantau.usecases.alerts.history import AlertHistory
from pantau.usecases.alerts.inbox import Inbox, InboxView, TriageAction
from pantau.usecases.channels.shown import shown_channel
from pantau.usecases.feeds.outlook import read_outlook
from pantau_schemas.base import format_time
from pantau_schemas.events.alert import Alert, Delivery, TriageState

COLUMNS: Final = (
    "alert_id", "matched_at", "subscription_id", "subscription", "title", "source", "url",
    "article_id", "story_id", "deliveries", "state",
)  # fmt: skip
VIEWS: Final[Mapping[InboxView, str]] = {
    "open": "desk.view-open",
    "starred": "desk.view-starred",
    "done": "desk.view-done",
    "muted": "desk.view-muted",
    "all": "desk.view-all",
}
"""The views that the inbox offers, and their names."""
ACTIONS: Final[Mapping[TriageAction, str]] = {
    "done": "desk.do-done",
    "star": "desk.do-star",
    "mute": "desk.do-mute",
    "see": "desk.do-see",
    "reopen": "desk.do-reopen",
}
"""The changes of a story, and the words of their buttons."""
FITTING: Final[Mapping[TriageState, tuple[TriageAction, ...]]] = {
    "new": ("done", "star", "mute", "see"),
    "seen": ("done", "star", "mute", "reopen"),
    "starred": ("done", "mute", "reopen"),
    "done": ("reopen", "star"),
    "muted": ("reopen", "star"),
}
"""The changes that make a difference to a story of a state."""
FITTING_VIEW: Final[Mapping[InboxView, tuple[TriageAction, ...]]] = {
    "open": ("done", "star", "mute", "see"),
    "starred": FITTING["starred"],
    "done": FITTING["done"],
    "muted": FITTING["muted"],
    "all": tuple(ACTIONS),
}
"""Those that make a difference to some stories of a view."""
LEAVES: Final[Mapping[InboxView, str]] = {
    "open": "done mute",
    "starred": "done mute reopen",
    "done": "reopen star",
    "muted": "reopen star",
    "all": "",
}
"""The changes that take a story out of a view."""
_OTHER_WORDS: Final[Mapping[str, str]] = {
    "seen": "desk.do-unsee",
    "starred": "desk.do-unstar",
}
"""Words of reopening a story that is not closed."""
TICKED: Final = "id."
"""Beginning of the name of a row's box; the id of its newest alert follows."""


def word_of(action: TriageAction, state: TriageState | InboxView) -> str:
    """Return the text of the button that changes stories of a state, or of a view. Pure."""
    other = _OTHER_WORDS.get(state) if action == "reopen" else None
    return other or ACTIONS[action]


def show_all(asked: Asked) -> Answer:
    """Return the stories of the inbox for people, the last alerts for programs."""
    named = asked.values.get("subscription", "")
    chosen = AlertHistory(asked.store.log).subscription_id(named) if named else None
    if asked.wants == "html":
        return _rows(asked, named, chosen)
    history = AlertHistory(asked.store.log)
    latest = history.latest(asked.rows + 1, subscription_id=chosen)
    found, more = first_rows(latest, asked.rows)
    deliveries = history.deliveries(found)
    states = _inbox(asked).states(found)
    rows = [_fields(one, deliveries[one.alert_id], states[one.alert_id]) for one in found]
    items = [alert_item(one, asked.base) for one in found]
    title = asked.text("console.menu-inbox")
    return ListAnswer(PageAnswer("alerts.html"), rows, COLUMNS, more, items, title)


def _inbox(asked: Asked) -> Inbox:
    return Inbox(asked.store.log, asked.parts.clock)


def _rows(asked: Asked, named: str, chosen: str | None) -> Answer:
    view: InboxView = next((one for one in VIEWS if one == asked.values.get("view")), "open")
    page = _inbox(asked).page(
        view,
        limit=asked.limit,
        subscription_id=chosen,
        cursor=asked.values.get("cursor") or None,
    )
    newest = [one.newest for one in page.rows]
    values = {
        "rows": page.rows,
        "page": page,
        "view": view,
        "views": VIEWS,
        "word_of": word_of,
        "fitting": FITTING,
        "with_all": FITTING_VIEW[view],
        "leaves": LEAVES[view],
        "until": format_time(max(one.matched_at for one in newest)) if newest else "",
        "deliveries": AlertHistory(asked.store.log).deliveries(newest),
        "named": named,
        "snippets": {one.alert_id: _snippets(one) for one in newest},
        "last": None if newest else read_outlook(asked.store, asked.parts.clock).last_article,
    }
    return PageAnswer("alerts.html", values)


def triage(asked: Asked) -> Answer:
    """Mark stories as a form says: one by its own button, or those whose boxes are ticked.

    Raises UsageError for an unknown action or alert, and where no box is ticked.
    """
    action, alert_ids = _chosen(asked.form)
    _inbox(asked).triage(alert_ids, action, _until(asked.form.get("until", "")))
    kept = {name: asked.form.get(name, "") for name in ("view", "subscription", "limit", "cursor")}
    return Moved("/alerts", "console.triaged", values=kept)


def _chosen(form: Mapping[str, str]) -> tuple[TriageAction, Sequence[str]]:
    name, _, one = form.get("do", "").partition(" ")
    action = next((known for known in ACTIONS if known == name), None)
    ticked = [key.removeprefix(TICKED) for key in form if key.startswith(TICKED)]
    if action is None or not (one or ticked):
        raise UsageError(problem("console.nothing-ticked"))
    return action, [one] if one else ticked


def _until(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def show_one(asked: Asked) -> Answer:
    """Return the page of an alert. Raises UsageError where there is none."""
    alert = find_alert(asked.store.log, asked.named["id"])
    history = AlertHistory(asked.store.log)
    deliveries = history.deliveries([alert])[alert.alert_id]
    waiting = history.waiting(deliveries)
    reasons = {}
    for one in deliveries:
        wait = waiting.get(one.channel_id)
        reasons[one.delivery_id] = (
            wait.text(asked.lang) if wait else stored_text(one.problem, one.reason, asked.lang)
        )
    state = _inbox(asked).states([alert])[alert.alert_id]
    values = {
        "word_of": word_of,
        "fitting": FITTING[state],
        "state": state,
        "alert": alert,
        "deliveries": deliveries,
        "reasons": reasons,
        "hold_reason": history.undelivered([alert], {alert.alert_id: deliveries}).get(
            alert.alert_id
        ),
        "snippets": _snippets(alert),
    }
    return PageAnswer("alert.html", values)


def arrivals(asked: Asked) -> Answer:
    """Return how many alerts came since a version of their table, for the page's script."""
    text = asked.values.get("version", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        return Data({"version": alert_version(asked.store.log), "count": 0, "text": ""})
    count = count_since(asked.store.log, int(text))
    notice = asked.text("console.new-alerts", count=count) if count else ""
    return Data({"version": int(text), "count": count, "text": notice})


def _snippets(alert: Alert) -> list[list[tuple[str, bool]]]:
    return [list(marked_parts(one)) for one in alert.snippets if one.field != "title"]


def _fields(alert: Alert, deliveries: list[Delivery], state: TriageState) -> dict[str, Any]:
    return {
        "alert_id": alert.alert_id,
        "matched_at": format_time(alert.matched_at),
        "subscription_id": alert.subscription_id,
        "subscription": alert.subscription_name,
        "title": alert.article.title,
        "source": alert.article.source,
        "url": alert.article.url,
        "article_id": alert.article.article_id,
        "story_id": alert.article.story_id,
        "deliveries": [f"{one.status} {shown_channel(one.channel)}" for one in deliveries],
        "state": state,
    }
