"""The sentence of a spike: a code of the catalogue with the numbers and the hour."""

from typing import Final

from pantau.notifier.rules.spikes.detect import SpikeFound
from pantau.problems import Problem, problem

_DAYS: Final = (
    "spikes.monday",
    "spikes.tuesday",
    "spikes.wednesday",
    "spikes.thursday",
    "spikes.friday",
    "spikes.saturday",
    "spikes.sunday",
)


def explain_spike(found: SpikeFound) -> Problem:
    """Return why a spike is one: "34 in an hour; usual for Friday 9 to 10 is 6 to 13"."""
    number, low, high = found.number, found.usual.low, found.usual.high
    if not found.learned:
        return problem("spikes.found-early", number=number, low=low, high=high)
    return problem(
        "spikes.found",
        number=number,
        day=Problem(_DAYS[found.weekday]),
        start=found.hour,
        end=found.hour + 1,
        low=low,
        high=high,
    )
