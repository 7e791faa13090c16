"""Now: moving stories, the last alerts, feeds in trouble, and how much comes in."""

from datetime import timedelta
from typing import Final

from pantau.common.time import zones
from pantau.console.asked import Asked
from pantau.console.output import Answer, Moved, PageAnswer
from pantau.console.pages.feeds import TROUBLED, shown_fault
from pantau.console.pages.start import leads_here, steps_left
from pantau.console.show.charts import drawn_bars
from pantau.ports import Filters, SearchRequest
from pantau.query.ast import MatchAll
from pantau.usecases.alerts.history import AlertHistory
from pantau.usecases.feeds.outlook import read_outlook
from pantau.usecases.first_run import read_first_run
from pantau.usecases.search.overview import count_each
from pantau.usecases.status import read_status
from pantau.usecases.stories.ranking import top_stories

STORIES: Final = 6
ALERTS: Final = 6
FEEDS: Final = 5
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_USUAL_DAYS: Final = 7


def show(asked: Asked) -> Answer:
    """Return the first page."""
    store, now = asked.store, asked.now
    begun = read_first_run(store)
    if leads_here(asked, begun):
        return Moved("/start")
    status = read_status(store)
    found = top_stories(store, since=now - _DAY, until=None, limit=STORIES)
    troubled = [one for one in asked.feeds.all() if one.status in TROUBLED]
    troubled.sort(key=lambda one: one.status != "error")
    bars = count_each(MatchAll(), store.index, now, zones.current(), _HOUR, 24)
    return PageAnswer(
        "now.html",
        {
            "status": status,
            "little_space": asked.parts.little_space(),
            "steps": steps_left(asked, begun),
            "stories": found.stories,
            "alerts": AlertHistory(store.log).latest(ALERTS),
            "troubled": [(one, shown_fault(one, asked)) for one in troubled[:FEEDS]],
            "troubles": len(troubled),
            "bars": drawn_bars(bars),
            "today": sum(one.count for one in bars),
            "usual": _usual(asked),
            "last": read_outlook(store, asked.parts.clock).last_article,
        },
    )


def _usual(asked: Asked) -> int:
    """Return the mean number of articles a day, of the week before the last day."""
    filters = Filters(since=asked.now - (_USUAL_DAYS + 1) * _DAY, until=asked.now - _DAY)
    page = asked.store.index.search(SearchRequest(MatchAll(), filters, limit=1))
    return round((page.total or 0) / _USUAL_DAYS)
