"""The case that this machine has no network, so that no feed is at fault. Pure."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from pantau.usecases.feeds.feed_list import Watched

NAME_FAULTS: Final = frozenset({"fetch.no-such-host", "fetch.no-name-server"})
"""Problems of a feed whose host could not be looked up."""


def has_name_fault(one: Watched) -> bool:
    """Return whether the host of a feed could not be looked up."""
    return one.state.reason is not None and one.state.reason.code in NAME_FAULTS


def is_offline(watched: Iterable[Watched]) -> bool:
    """Return whether no host of several could be looked up at the last polls.

    Each feed would name its own host as the fault, where the machine has no network.
    """
    polled = [one for one in watched if not one.feed.paused and one.state.last_polled is not None]
    hosts = {urlsplit(one.feed.url).hostname for one in polled}
    return len(hosts) > 1 and all(map(has_name_fault, polled))
