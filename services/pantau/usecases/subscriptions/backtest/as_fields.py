"""A backtest as values of JSON. Pure."""

from collections.abc import Iterable

from pantau.usecases.subscriptions.backtest.backtest import Backtest
from pantau.usecases.subscriptions.backtest.contents import ReadMessage
from pantau_schemas.base import format_time


def backtest_fields(
    found: Backtest, contents: Iterable[ReadMessage] | None = None
) -> dict[str, object]:
    """Return a backtest as JSON: times in UTC, days in the subscription's zone.

    With `contents`, what those messages say stands in it as well.
    """
    report = found.report
    said = {} if contents is None else {"contents": [_content(one) for one in contents]}
    return {
        "subscription_id": found.subscription.subscription_id,
        "since": format_time(report.since),
        "until": format_time(report.until),
        "time_zone": report.time_zone,
        "alerts": report.alerts,
        "stories": report.stories,
        "historical": found.found.historical,
        "copies": found.found.copies,
        "too_costly": found.found.skipped,
        "is_cut": found.found.is_cut,
        "days": [
            {
                "day": one.day.isoformat(),
                "alerts": one.alerts,
                "stories": one.stories,
                "messages": one.messages,
            }
            for one in report.days
        ],
        "sources": dict(report.sources),
        "more_sources": report.more_sources,
        "messages_at_night": report.at_night,
        "waiting": found.waiting,
        "next_message": None if found.next_message is None else format_time(found.next_message),
        "messages": [
            {
                "message_id": one.message_id,
                "time": format_time(one.moment),
                "occasion": one.occasion or "alert",
                "alert_ids": list(one.alert_ids),
                "alerts": one.alerts,
                "stories": one.stories,
                "channel_ids": list(one.channels),
            }
            for one in report.messages
        ],
        **said,
    }


def _content(one: ReadMessage) -> dict[str, str]:
    return {
        "message_id": one.message_id,
        "channel": one.channel,
        "time": format_time(one.moment),
        "subject": one.subject,
        "text": one.text,
    }
