"""Text about a backtest: bars a day, sources, the messages that the rules would have sent."""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Final

from pantau.commands.cli.printing import put, width_of
from pantau.commands.cli.say import say
from pantau.common.text.safe_text import one_line
from pantau.common.time.zones import known_zone, zoned_text
from pantau.usecases.subscriptions.backtest.report import MANY, BacktestDay

if TYPE_CHECKING:
    from pantau.usecases.subscriptions.backtest.backtest import Backtest
    from pantau.usecases.subscriptions.backtest.difference import BacktestDifference
    from pantau.usecases.subscriptions.backtest.report import SentMessage

BAR: Final = 40
"""Width of the longest bar, in characters."""
_OCCASIONS: Final = {
    "alert": "backtest.occasion-alert",
    "collected": "backtest.occasion-collected",
    "digest": "backtest.occasion-digest",
    "quiet-ended": "backtest.occasion-quiet-ended",
    "mute-ended": "backtest.occasion-mute-ended",
    "grown": "backtest.occasion-grown",
    "count": "backtest.occasion-count",
    "spike": "backtest.occasion-spike",
    "silence": "backtest.occasion-silence",
    "expired": "backtest.occasion-expired",
}
DAYS_SHOWN: Final = 62
"""Days of which each has a line of its own."""
_WEEK: Final = 7
_LEAST: Final = 5
_UNLIMITED: Final = 100
_COLUMNS: Final = ("backtest.column-alerts", "backtest.column-stories", "backtest.column-messages")
SHOWN: Final = 10
"""Messages that are listed, the newest ones, unless all are asked for."""


def print_backtest(found: "Backtest", *, all_messages: bool) -> None:
    """Print what a subscription would have sent."""
    report = found.report
    zone = known_zone(report.time_zone)
    name = one_line(found.subscription.name, 80)
    since, until = _day_text(report.since, zone), zoned_text(report.until, zone)
    put(say("backtest.title", name=name, since=since, until=until, zone=report.time_zone))
    for line in bars(report.days, width_of(sys.stdout) or _UNLIMITED):
        put(line)
    put(say("backtest.alerts", count=report.alerts, stories=report.stories))
    for line in _left_out(found):
        put(line)
    if report.sources:
        sources = ", ".join(f"{one_line(name, 60)} {count}" for name, count in report.sources)
        more = (
            say("backtest.more-sources", count=report.more_sources) if report.more_sources else ""
        )
        put(say("backtest.sources", sources=sources, more=more))
    for one in report.newest:
        title, source = one_line(one.article.title, 120), one_line(one.article.source or "?", 60)
        when = zoned_text(one.matched_at, zone)
        put(say("backtest.newest", when=when, title=title, source=source))
    put()
    put(say("backtest.messages", count=len(report.messages), night=report.at_night))
    if found.waiting:
        put(_waiting_text(found, zone))
    if report.busiest >= MANY:
        put(say("backtest.many", count=report.busiest))
    shown = report.messages if all_messages else report.messages[-SHOWN:]
    for message in shown:
        put(_message_line(message, zone))
    if len(shown) < len(report.messages):
        put(say("backtest.earlier", count=len(report.messages) - len(shown)))


def _waiting_text(found: "Backtest", zone: tzinfo) -> str:
    """Return how many alerts still wait at the end of the time, and for when."""
    if found.next_message is None:
        return say("backtest.waiting", count=found.waiting)
    when = zoned_text(found.next_message, zone)
    return say("backtest.waiting-until", count=found.waiting, when=when)


def bars(days: Sequence[BacktestDay], width: int) -> Iterator[str]:
    """Yield a heading and a line a day with a bar of its alerts, in `width` columns.

    Days without any at either end are left out; of more than `DAYS_SHOWN` a line is a week.
    """
    busy = [number for number, one in enumerate(days) if one.alerts or one.messages]
    if not busy:
        return
    shown = days[busy[0] : busy[-1] + 1]
    if len(shown) > DAYS_SHOWN:
        shown = [_joined(shown[start : start + _WEEK]) for start in range(0, len(shown), _WEEK)]
    titles = say("backtest.column-day"), *map(say, _COLUMNS)
    widths = [max(len(title), _LEAST) for title in titles]
    widths[0] = max(widths[0], len(shown[0].day.isoformat()))
    yield _row(titles, widths)
    room = max(1, min(BAR, width - sum(widths) - 2 * len(widths)))
    most = max(one.alerts for one in shown)
    for one in shown:
        cells = one.day.isoformat(), str(one.alerts), str(one.stories), str(one.messages)
        # Rounded up, so that a single alert has a bar.
        bar = "█" * -(-one.alerts * room // most) if most else ""
        yield f"{_row(cells, widths)}  {bar}".rstrip()


def _row(cells: Sequence[str], widths: "Sequence[int]") -> str:
    first, *others = (
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join((first, *others))


def _joined(days: Sequence[BacktestDay]) -> BacktestDay:
    """Return the sum of some days; a story of several days counts on each."""
    return BacktestDay(
        days[0].day,
        sum(one.alerts for one in days),
        sum(one.stories for one in days),
        sum(one.messages for one in days),
    )


def short_lines(found: "Backtest") -> Iterator[str]:
    """Yield what `subscribe` says of a backtest: its messages, and a warning if they are many."""
    report = found.report
    if not report.alerts:
        return
    sent, night = len(report.messages), report.at_night
    if found.found.is_cut:
        yield say("backtest.short-cut", count=sent, articles=report.alerts, night=night)
    else:
        days = (report.until - report.since).days
        yield say("backtest.short", count=sent, days=days, night=night)
    if found.waiting:
        yield _waiting_text(found, known_zone(report.time_zone))
    if report.busiest >= MANY:
        yield say("backtest.many", count=report.busiest)


def difference_lines(found: "BacktestDifference") -> Iterator[str]:
    """Yield what a change of a subscription changes, where it changes something."""
    if found.only_before or found.only_after:
        yield say(
            "backtest.changed-articles",
            since=zoned_text(found.since),
            both=found.both,
            gone=found.only_before,
            new=found.only_after,
        )
    if found.messages_before != found.messages_after:
        sent, others = found.messages_after, found.messages_before
        yield say("backtest.changed-messages", count=sent, before=others)
    if found.waiting_after:
        yield say("backtest.waiting", count=found.waiting_after)


def _left_out(found: "Backtest") -> Iterator[str]:
    """Yield what matched but does not count, or was not looked at."""
    matches = found.found
    if matches.historical:
        yield say("backtest.historical", count=matches.historical)
    if matches.copies:
        yield say("backtest.copies", count=matches.copies)
    if matches.skipped:
        yield say("backtest.skipped", count=matches.skipped)
    if matches.is_cut:
        yield say("backtest.cut", count=len(matches.alerts))


def _message_line(message: "SentMessage", zone: tzinfo) -> str:
    return say(
        "backtest.message",
        when=zoned_text(message.moment, zone),
        occasion=say(_OCCASIONS[message.occasion or "alert"]),
        alerts=message.alerts,
        stories=message.stories,
    )


def _day_text(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).date().isoformat()
