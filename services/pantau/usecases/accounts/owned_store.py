"""The store as one person sees it."""

from contextlib import AbstractContextManager

from pantau.ports import Clock, Log, SearchIndex, Store
from pantau.usecases.accounts.owned_log import OwnedLog
from pantau.usecases.accounts.ownership import SubscriptionOwners
from pantau.usecases.accounts.person import Person


class OwnedStore:
    """Implements `pantau.ports.Store`. Articles are everybody's; the log is the person's."""

    def __init__(
        self, store: Store, person: Person, ownership: SubscriptionOwners, clock: Clock
    ) -> None:
        self._store = store
        self.log: Log = OwnedLog(store.log, person, ownership, clock)

    @property
    def index(self) -> SearchIndex:
        """The index."""
        return self._store.index

    @property
    def transactional(self) -> bool:
        """True if writes are atomic."""
        return self._store.transactional

    def atomically(self) -> AbstractContextManager[object]:
        """Write through the log and the index atomically."""
        return self._store.atomically()

    def close(self) -> None:
        """Do nothing: the store is that of all."""
