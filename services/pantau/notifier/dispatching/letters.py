"""The dead letter of a failed delivery, as a record. Pure: the time is an argument."""

from datetime import datetime

from pantau.notifier.attempt import AttemptResult
from pantau.notifier.delivery_state import record_of
from pantau.notifier.dispatching.entry import PendingDelivery
from pantau.notifier.retry_policy import STAGE, dead_letter, plan_again
from pantau.ports import Record
from pantau.stream.envelope import record_for
from pantau_schemas.events.alert import Delivery
from pantau_schemas.topics import DEAD_LETTERS


def letter_of(
    entry: PendingDelivery, failed: Delivery, outcome: AttemptResult, now: datetime
) -> Record:
    """Build the record. Its headers are those of a planned delivery, with the trace of this one."""
    parent = entry.origin.record.headers
    headers = {**record_of(plan_again(failed), parent).headers, **parent}
    letter = dead_letter(
        failed,
        offset=entry.origin.offset,
        headers=headers,
        error=outcome.name,
        now=now,
        detail=outcome.detail,
    )
    return record_for(letter, DEAD_LETTERS, source=STAGE, time=now, parent=headers)
