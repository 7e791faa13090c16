"""Telemetry of delivery attempts.

The last span of the trace, and the total latency.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from pantau.common.channels.kinds import CHANNEL_NAMES
from pantau.notifier.reports.occasions import DueReport
from pantau.observe.signals import Signals, TraceSpan
from pantau.ports import AnyMessage, Message, Record, RuleMessage, SummaryMessage
from pantau.stream.envelope import TRACE_HEADER, trace_on

OTHER: Final = "other"
_STEP: Final = "dispatcher"


def channel_kind(channel: str) -> str:
    """Return the kind of a channel, as a delivery names it; `other` for an unknown one."""
    kind = channel.partition(":")[0]
    return kind if kind in CHANNEL_NAMES else OTHER


Records = tuple[Mapping[str, str], Record | None]
"""The headers of the delivery's source record, and the record of the result."""


def report_try(
    signals: Signals,
    message: Message | RuleMessage | DueReport,
    problem: str,
    records: Records,
    began: datetime,
    now: datetime,
) -> None:
    """Report an attempt to send an alert, or several; `problem` is the error's class, or empty.

    The latency is that of single alerts: others wait because their rules say so.
    """
    if isinstance(message, Message) and not problem and not message.alert.article.historical:
        signals.metrics.alerted((now - message.alert.article.first_seen).total_seconds())
    _report_span(signals, message, "pantau.delivery_id", problem, records, began, now)


def report_summary(
    signals: Signals,
    message: RuleMessage | SummaryMessage,
    problem: str,
    records: Records,
    began: datetime,
    now: datetime,
) -> None:
    """Report an attempt to send a summary, which ends the trace of its first alert."""
    _report_span(signals, message, "pantau.summary_id", problem, records, began, now)


def _report_span(
    signals: Signals,
    message: AnyMessage | DueReport,
    id_name: str,
    problem: str,
    records: Records,
    began: datetime,
    now: datetime,
) -> None:
    if not signals.tracer.on:
        return
    headers, written = records
    if written is not None:
        own = written.headers[TRACE_HEADER]
    else:
        own = trace_on(headers, seed=f"{_STEP} {message.message_id} {now.isoformat()}")
    attributes = {id_name: message.message_id, "pantau.channel": message.channel.kind}
    parent = headers.get(TRACE_HEADER)
    signals.tracer.step(TraceSpan(_STEP, own, parent, began, now, attributes, problem or None))
