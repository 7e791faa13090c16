"""The outcome of the rules for an alert or a tick."""

from dataclasses import dataclass

from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.rule_state import RuleState


@dataclass(frozen=True, slots=True)
class Planned:
    """A message, and the ids of the channels that it goes to."""

    message: AlertMessage
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleDecision:
    """The outcome of an alert or a tick.

    `state` is the state from now on, the same object as before if nothing changed; None if there is
    nothing to remember. `messages` are in the order in which they were due. `direct` are the ids of
    the channels that get the alert by itself, at once.
    """

    state: RuleState | None = None
    messages: tuple[Planned, ...] = ()
    direct: tuple[str, ...] = ()
