"""Subscriptions by what people call them: a name, or the start of an id. Pure."""

from bisect import bisect_left
from collections.abc import Mapping

from pantau_schemas.events.subscription import Subscription


class References:
    """Finds subscriptions in a time that hardly depends on their number."""

    def __init__(self, known: Mapping[str, Subscription]) -> None:
        self._known = known
        self._ids = sorted(known)
        self._names: dict[str, list[str]] = {}
        for identifier, one in known.items():
            self._names.setdefault(one.name, []).append(identifier)

    def find(self, reference: str) -> Subscription | None:
        """Return the one that is called so, else the one whose id begins so; None for several."""
        found = self._names.get(reference) or self._starting(reference)
        return self._known[found[0]] if len(found) == 1 else None

    def _starting(self, start: str) -> list[str]:
        """Return at most two: more make no difference."""
        first = bisect_left(self._ids, start)
        following = self._ids[first : first + 2]
        return [one for one in following if one.startswith(start)]
