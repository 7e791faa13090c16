"""How long channels have been failing, and which of them have failed for too long. Pure.

An outage begins with the first failed try and ends with the first message that arrives. A refusal
counts as a failure, too: an address that answers 404 to everything is as dead as one that does not
answer. Faults of our own settings do not count, and a few failures are never enough: a channel with
one message a week is not stopped because of two that it could not accept.

An outage is a record of `channel-state` from its second failure on, or from its first if that was a
refusal, which nothing repeats: so a restart does not forget it, and every member of the group knows
it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pantau.errors import NewerRecordError, SettingsFaultError
from pantau.notifier.attempt import AttemptResult
from pantau_schemas.events.subscription import ChannelState

LEAST_FAILURES: Final = 5
"""Failed tries below which a channel is never stopped."""


@dataclass(frozen=True, slots=True)
class Outage:
    """An outage: when it began, and how many tries have failed since."""

    since: datetime
    failures: int

    def is_too_long(self, now: datetime, limit: timedelta) -> bool:
        """Return whether the channel is to be stopped; a limit of zero means never."""
        return bool(limit) and self.failures >= LEAST_FAILURES and now - self.since >= limit

    def is_to_be_noted(self, stored: ChannelState | None, *, is_final: bool) -> bool:
        """Return whether the outage is to be written: it is new, or counts further up to enough."""
        if stored is None or stored.failing_since is None:
            return is_final or self.failures > 1
        return (stored.failures or 0) < LEAST_FAILURES


def counts_as_failure(outcome: AttemptResult) -> bool:
    """Return whether an attempt says that its channel fails."""
    return outcome.error is not None and not isinstance(
        outcome.error, SettingsFaultError | NewerRecordError
    )


def after_failure(known: Outage | None, stored: ChannelState | None, now: datetime) -> Outage:
    """Return the outage after one more failure.

    `known` is what this member counted, `stored` what all of them wrote down. A state that was
    written later than `known` began, and names no outage, says that the channel worked since.
    """
    if known is not None and stored is not None and stored.failing_since is None:
        known = known if known.since >= stored.updated else None
    if stored is not None and stored.failing_since is not None:
        since = stored.failing_since if known is None else min(known.since, stored.failing_since)
        failures = max(stored.failures or 0, 0 if known is None else known.failures)
        return Outage(since, failures + 1)
    return Outage(now, 1) if known is None else Outage(known.since, known.failures + 1)
