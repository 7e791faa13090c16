"""Committed offsets of groups, as commands look them up.

In a cluster whose groups have never committed anything, and after a broker was started, a group has
no coordinator for some seconds: the first question makes Kafka create the topic of the offsets.
kafka-python's admin client gives that answer to the caller, who would take it for a fault.
"""

import time
from collections.abc import Sequence
from typing import Any, Final

from kafka import errors

_NOT_YET: Final = (
    errors.CoordinatorNotAvailableError,
    errors.CoordinatorLoadInProgressError,
    errors.NotCoordinatorError,
)
WAIT_SECONDS: Final = 60.0
"""How long a coordinator is waited for; a broker that is alone and busy needs some ten seconds."""
_PAUSE_SECONDS: Final = 0.25


def committed_offsets(admin: Any, groups: Sequence[str]) -> dict[str, dict[Any, Any]]:
    """Return the committed offsets of groups, by group and partition, waiting for coordinators.

    Raises a KafkaError if a coordinator is missing for `WAIT_SECONDS`.
    """
    limit = time.monotonic() + WAIT_SECONDS
    while groups:
        try:
            return dict(admin.list_group_offsets(list(groups)))
        except _NOT_YET:
            if time.monotonic() > limit:
                raise
            time.sleep(_PAUSE_SECONDS)
    return {}
