"""A state without the alerts of an article that was taken down. Pure."""

from collections.abc import Container, Iterator

from pantau_schemas.events.rule_state import Pending, RuleState, TimedQueue


def alerts_in(state: RuleState) -> Iterator[str]:
    """Yield the ids of the alerts that a state names."""
    for queue in state.queues:
        for pending in (queue.pending, queue.urgent):
            if pending is not None:
                yield from pending.alert_ids
    for held in state.held:
        yield from held.alert_ids
    yield from (name for _, _, name in state.window if len(name) > 1)


def without_alerts(state: RuleState, gone: Container[str]) -> RuleState:
    """Return a state that names none of these alerts; what waits beside them goes on waiting."""
    held = [one.model_copy(update={"alert_ids": _left(one.alert_ids, gone)}) for one in state.held]
    return state.model_copy(
        update={
            "queues": tuple(_queue_without(one, gone) for one in state.queues),
            "held": tuple(one for one in held if one.alert_ids),
            "window": tuple(one for one in state.window if one[2] not in gone),
        }
    )


def _queue_without(queue: TimedQueue, gone: Container[str]) -> TimedQueue:
    return queue.model_copy(
        update={
            "pending": _pending_without(queue.pending, gone),
            "urgent": _pending_without(queue.urgent, gone),
        }
    )


def _pending_without(pending: Pending | None, gone: Container[str]) -> Pending | None:
    if pending is None:
        return None
    left = _left(pending.alert_ids, gone)
    if not (left or pending.more_alerts):
        return None
    return pending.model_copy(update={"alert_ids": left})


def _left(alert_ids: tuple[str, ...], gone: Container[str]) -> tuple[str, ...]:
    return tuple(one for one in alert_ids if one not in gone)
