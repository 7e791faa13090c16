"""Limits of failed sign-ins. Pure but for its own state.

Whoever knows a name must not be able to keep its owner out. So failures count for the name and the
network that they came from; those of a name from everywhere keep it out of networks alone that it
never signed in from.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from math import ceil
from threading import Lock
from typing import Final

WINDOW: Final = timedelta(minutes=15)
"""Time for which a failure counts."""
NAME_FAILURES: Final = 10
"""Failures of one name from one network within the window, after which they have to wait."""
ADDRESS_FAILURES: Final = 30
"""Failures from one network, which several people may share."""
TOTAL_FAILURES: Final = 50
"""Failures of one name from everywhere, after which networks that are new to it have to wait.

That is 4,800 guesses a day from however many addresses, of passwords of 12 characters and more.
"""
KEYS: Final = 4_096
"""Keys of each kind that are remembered.

One whose failures no longer count is forgotten first, then the one with the fewest: else failures
of 4,096 other names, which nobody needs to know, would make those of a name forgotten.
"""


@dataclass(slots=True)
class _Failures:
    """The last failures of each key, oldest first."""

    most: int
    known: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)

    def wait(self, key: str, now: datetime) -> int:
        until = self.until(key)
        return 0 if until is None else max(0, ceil((until - now).total_seconds()))

    def until(self, key: str) -> datetime | None:
        """Return until when a key has to wait, if it does; the time may be over."""
        moments = self.known.get(key)
        return None if moments is None or len(moments) < self.most else moments[0] + WINDOW

    def drop(self, key: str, until: datetime) -> None:
        """Remove what failed up to a moment."""
        moments = self.known.get(key)
        while moments and moments[0] <= until:
            moments.popleft()

    def take_back(self, key: str) -> None:
        """Remove the newest failure of a key."""
        moments = self.known.get(key)
        if moments:
            moments.pop()

    def add(self, key: str, now: datetime) -> None:
        self.known.setdefault(key, deque(maxlen=self.most)).append(now)
        self.known.move_to_end(key)
        if len(self.known) > KEYS:
            del self.known[self._least(now)]

    def _least(self, now: datetime) -> str:
        """Return the key to forget, which is never the newest."""
        others = islice(self.known, len(self.known) - 1)
        oldest = next(iter(self.known))
        moments = self.known[oldest]
        if not moments or moments[-1] + WINDOW <= now:
            return oldest
        return min(others, key=lambda one: len(self.known[one]))


def _nowhere() -> Collection[str]:
    return ()


class SignInThrottle:
    """How long a sign-in has to wait after others failed. For use by several threads.

    Names that no account has are counted like others, so that a limit says nothing of an account.
    A failure counts before the password is looked at and is taken back when it was right: attempts
    at the same moment are no way around the limit.
    """

    def __init__(self, network_of: Callable[[str], str]) -> None:
        self._network_of = network_of
        self._pairs = _Failures(NAME_FAILURES)
        self._names = _Failures(TOTAL_FAILURES)
        self._networks = _Failures(ADDRESS_FAILURES)
        self._lock = Lock()

    def begin(
        self,
        name: str,
        address: str,
        now: datetime,
        familiar: Callable[[], Collection[str]] = _nowhere,
    ) -> int:
        """Count an attempt as failed; return 0, or the seconds that it has to wait first.

        `familiar` returns the networks that the name has signed in from; it is called only where
        the attempt would have to wait.
        """
        network = self._network_of(address)
        wait = self._begin(name, network, now, is_familiar=False)
        # Reads the store, so not under the lock.
        if not wait or network not in familiar():
            return wait
        return self._begin(name, network, now, is_familiar=True)

    def begin_elsewhere(self, address: str, now: datetime) -> int:
        """Count an attempt that names nobody, as at a provider; else as `begin`."""
        network = self._network_of(address)
        with self._lock:
            wait = self._networks.wait(network, now)
            if not wait:
                self._networks.add(network, now)
            return wait

    def succeeded_elsewhere(self, address: str) -> None:
        """Remove the failure of an attempt that named nobody."""
        with self._lock:
            self._networks.take_back(self._network_of(address))

    def succeeded(self, name: str, address: str) -> None:
        """Remove the failures of a name at this network, and take back this attempt elsewhere."""
        network = self._network_of(address)
        with self._lock:
            self._pairs.known.pop(_pair(name, network), None)
            # This attempt alone: when the owner signs in, the failures of a stranger who guesses
            # from elsewhere must still count.
            self._names.take_back(name)
            self._networks.take_back(network)

    def locked_until(self, name: str, address: str) -> datetime | None:
        """Return until when a name has to wait at an address; None where it has not."""
        pair = _pair(name, self._network_of(address))
        with self._lock:
            found = (self._pairs.until(pair), self._names.until(name))
        return max((one for one in found if one is not None), default=None)

    def forgive(self, name: str, until: datetime) -> None:
        """Remove the failures of a name up to a moment; those of its networks still count."""
        with self._lock:
            self._names.drop(name, until)
            for key in [one for one in self._pairs.known if one.endswith(_pair(name, ""))]:
                self._pairs.drop(key, until)

    def network_of(self, address: str) -> str:
        """Return the network by which an address is remembered."""
        return self._network_of(address)

    def _begin(self, name: str, network: str, now: datetime, *, is_familiar: bool) -> int:
        pair = _pair(name, network)
        with self._lock:
            total = 0 if is_familiar else self._names.wait(name, now)
            wait = max(total, self._networks.wait(network, now), self._pairs.wait(pair, now))
            if not wait:
                self._pairs.add(pair, now)
                self._names.add(name, now)
                self._networks.add(network, now)
            return wait


def _pair(name: str, network: str) -> str:
    """Return the key of a name at a network. No network has a space in it."""
    return f"{network} {name}"
