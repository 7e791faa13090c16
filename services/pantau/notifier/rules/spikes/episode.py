"""A spike from its beginning to its end: it is reported once, and again when it has doubled."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from pantau.notifier.rules.spikes.detect import MINIMUM, Sensitivity, SpikeFound, spike_in
from pantau.notifier.rules.spikes.usual import BAND, Usual

GROWTH: Final = 2
"""How many times the reported number makes the same spike news again."""
_HOUR: Final = timedelta(hours=1)
_CALM: Final = (1 - BAND) / 2
"""Probability of a usual hour above which a number is usual: that of the upper end of the band."""


@dataclass(frozen=True, slots=True)
class SpikeEpisode:
    """A spike that was reported and has not ended: the state of the rule, of plain values.

    `reported` is the number of the last report; `seen` is when it last was above the usual.
    """

    reported: int
    seen: datetime


def follow(
    episode: SpikeEpisode | None,
    usual: Usual | None,
    now: datetime,
    number: int,
    sensitivity: Sensitivity,
    zone: tzinfo,
) -> tuple[SpikeEpisode | None, SpikeFound | None]:
    """Return the state after a check, and the spike to report, if any.

    `number` is that of the 60 minutes before `now`, `usual` what `estimate` returned for them; it
    is not needed for a number below `MINIMUM`. A spike is reported when it begins. It ends when the
    number is usual for its hour or below `MINIMUM`, or was not above that for an hour. Between the
    usual and the threshold it goes on: a number that wavers around the threshold is one spike.
    """
    if usual is None or number < MINIMUM or usual.tail(number) > _CALM:
        return None, None
    # After an hour at the usual level, what follows is another spike.
    if episode is not None and now - episode.seen >= _HOUR:
        episode = None
    found = spike_in(usual, now, number, sensitivity, zone)
    if found is not None and (episode is None or number >= GROWTH * episode.reported):
        return SpikeEpisode(number, now), found
    if episode is not None and now > episode.seen:
        episode = SpikeEpisode(episode.reported, now)
    return episode, None
