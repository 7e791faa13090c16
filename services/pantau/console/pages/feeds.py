"""Feeds: listed with those in trouble first, shown, added, polled, paused, removed."""

from typing import Any, Final

from pantau.common.stored_problems import stored_text
from pantau.console.asked import Asked
from pantau.console.output import Answer, ListAnswer, Moved, PageAnswer
from pantau.console.show.links import own_item
from pantau.console.show.times import with_local_times
from pantau.errors import UsageError
from pantau.net.guard import without_password
from pantau.net.mailbox_address import is_mailbox
from pantau.ports import Filters, SearchRequest
from pantau.problems import problem
from pantau.query.ast import Term
from pantau.usecases.feeds.adding import NotWatched, SeveralFeeds, add_unseen, check_addresses
from pantau.usecases.feeds.feed_list import FeedFields, Watched, remove, set_paused
from pantau.usecases.feeds.offline import has_name_fault, is_offline
from pantau_schemas.base import format_time

COLUMNS: Final = (
    "feed_id", "title", "url", "status", "problem", "last_polled", "next_poll", "source", "tags",
)  # fmt: skip
TROUBLED: Final = ("error", "warning", "limited")
_ORDER: Final = {"error": 0, "warning": 1, "limited": 2, "new": 3, "ok": 4, "paused": 5}
NEWEST: Final = 10
START: Final = "/start"
"""Page of the first run, to which a form of its own leads back."""


def show_all(asked: Asked) -> Answer:
    """Return all feeds, those in trouble first."""
    match = asked.values.get("match", "").strip()
    every = asked.feeds.all()
    offline = is_offline(every)
    found = [one for one in every if one.mentions(match)]
    found.sort(key=lambda one: _ORDER.get(one.status, 0))  # stable: by title within a state
    shown = found[: asked.number("limit", 500, 5_000)]
    values = {
        "found": shown,
        "total": len(found),
        "match": match,
        "troubled": sum(one.status in TROUBLED for one in found),
        "offline": offline,
        "fault_of": lambda one: "" if offline and has_name_fault(one) else shown_fault(one, asked),
    }
    return ListAnswer(
        PageAnswer("feeds.html", values), [_fields(one, asked) for one in shown], COLUMNS
    )


def show_one(asked: Asked) -> Answer:
    """Return the page of a feed, with its newest articles. Raises UsageError without one."""
    found = asked.feeds.find(asked.named["id"])
    query = Term(fields=("feed",), text=found.feed.feed_id)
    page = asked.store.index.search(SearchRequest(query, Filters(), limit=NEWEST))
    values = {
        "one": found,
        "problem": shown_fault(found, asked),
        "articles": [hit.article for hit in page.hits],
        "total": page.total or 0,
        "address": without_password(found.feed.url),
    }
    return PageAnswer("feed.html", values)


def ask_address(asked: Asked) -> Answer:
    """Return the form of a new feed."""
    return _form(asked, asked.values.get("url", ""))


def add(asked: Asked) -> Answer:
    """Watch a feed after a look at it, as `pantau feeds add` does."""
    url = asked.form.get("url", "").strip()
    fields: FeedFields = {"title": asked.form.get("title", "").strip() or None}
    try:
        _refuse_mailbox(url)
        check_addresses(asked.feeds, [url], fields)
        if asked.form.get("check") == "no":
            return _added(asked, add_unseen(asked.feeds, url, fields).feed.feed_id)
        found = asked.parts.add_feed(asked.feeds, url, fields)
    except UsageError as error:
        return _form(asked, url, fault=error.text(asked.lang))
    if isinstance(found, NotWatched):
        return _form(asked, url, fault=found.problem.text(asked.lang), unseen=True)
    if isinstance(found, SeveralFeeds):
        return _form(asked, url, several=found)
    return _added(asked, found.feed.feed_id)


def poll(asked: Asked) -> Answer:
    """Schedule the next poll of a feed for now."""
    found = asked.feeds.find(asked.named["id"])
    asked.feeds.poll_soon([found])
    return Moved(own_item("/feeds", found.feed.feed_id), "console.polled")


def pause(asked: Asked) -> Answer:
    """Pause a feed."""
    with asked.parts.changing:
        set_paused(asked.feeds, [asked.named["id"]], paused=True)
    return Moved(own_item("/feeds", asked.named["id"]), "console.paused")


def resume(asked: Asked) -> Answer:
    """Resume a feed."""
    with asked.parts.changing:
        set_paused(asked.feeds, [asked.named["id"]], paused=False)
    return Moved(own_item("/feeds", asked.named["id"]), "console.resumed")


def ask_removal(asked: Asked) -> Answer:
    """Return the page that asks whether a feed is to be removed."""
    found = asked.feeds.find(asked.named["id"])
    back = own_item("/feeds", found.feed.feed_id)
    return PageAnswer("remove.html", {"name": found.title, "back": back, "what": "feed"})


def remove_one(asked: Asked) -> Answer:
    """Remove a feed; its articles stay."""
    with asked.parts.changing:
        remove(asked.feeds, [asked.named["id"]])
    return Moved("/feeds", "console.removed")


def fault_of(one: Watched, asked: Asked) -> str:
    """Return what is wrong with a feed, in the language of the answer; empty if nothing is."""
    if one.status not in TROUBLED:
        return ""
    return stored_text(one.state.problem, one.state.reason, asked.lang)


def shown_fault(one: Watched, asked: Asked) -> str:
    """Return what is wrong with a feed as a page shows it, with times as people write them."""
    return with_local_times(fault_of(one, asked), asked.lang)


def _refuse_mailbox(url: str) -> None:
    """Raise UsageError for what is no web address: a page must not name files of this machine."""
    if not url or is_mailbox(url):
        raise UsageError(problem("console.no-feed-address"))


def _added(asked: Asked, feed_id: str) -> Answer:
    if asked.form.get("next") == START:
        return Moved(START, "console.watched")
    return Moved(own_item("/feeds", feed_id), "console.watched")


def _form(
    asked: Asked,
    url: str,
    *,
    fault: str = "",
    unseen: bool = False,
    several: SeveralFeeds | None = None,
) -> Answer:
    values = {
        "url": url,
        "title": asked.form.get("title", ""),
        "problem": fault,
        "unseen": unseen,
        "several": several,
        "next": START if asked.form.get("next") == START else "",
    }
    return PageAnswer("feed-add.html", values, 400 if fault else 200)


def _fields(one: Watched, asked: Asked) -> dict[str, Any]:
    """Return the fields that a list for programs has; an address comes without its password."""
    polled, due = one.state.last_polled, one.next_poll
    return {
        "feed_id": one.feed.feed_id,
        "title": one.title,
        "url": without_password(one.feed.url),
        "status": one.status,
        "problem": fault_of(one, asked) or None,
        "last_polled": format_time(polled) if polled is not None else None,
        "next_poll": format_time(due) if due is not None else None,
        "source": one.feed.source,
        "tags": list(one.feed.tags),
    }
