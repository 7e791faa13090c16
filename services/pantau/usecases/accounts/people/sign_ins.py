"""How accounts sign in: when they last did, until when they are locked, and by which password."""

from datetime import datetime
from typing import Any

from pantau.ports import Clock, Log
from pantau.stream.envelope import record_for, removal_of
from pantau.usecases.unreadable import read_table
from pantau_schemas.codec import SchemaError, decode
from pantau_schemas.events.people.account import NETWORKS, Account, SignInState
from pantau_schemas.topics import SIGN_INS


class SignInStates:
    """The topic `sign-ins` as a table; an account without a record has an empty state."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def of(self, account_id: str) -> SignInState:
        """Return the state of an account."""
        value = self._log.table(SIGN_INS.name).get(account_id)
        try:
            found = None if value is None else decode(SignInState, value)
        except SchemaError:  # of a newer version
            found = None
        return found or SignInState(account_id=account_id)

    def all(self) -> dict[str, SignInState]:
        """Return the states that this version can read, by account."""
        found, _ = read_table(self._log.table(SIGN_INS.name), SIGN_INS, SignInState)
        return {one.account_id: one for one in found}

    def signed_in(self, account: Account, network: str) -> None:
        """Record a sign-in that succeeded, which ends a lock, and where it came from."""
        before = self.of(account.account_id).networks
        networks = tuple(dict.fromkeys((network[:64], *before)))[:NETWORKS]
        self._change(account, last=self._clock.now(), locked_until=None, networks=networks)

    def locked(self, account: Account, until: datetime) -> None:
        """Record until when sign-ins of an account have to wait."""
        self._change(account, locked_until=until)

    def unlocked(self, account: Account) -> None:
        """Record that what failed so far counts no longer."""
        self._change(account, locked_until=None, unlocked=self._clock.now())

    def issued(self, account: Account) -> None:
        """Record that the password of an account was made for it."""
        self._change(account, first_password=account.credentials)

    def remove(self, account: Account) -> None:
        """Remove the state of an account."""
        self._log.append([removal_of(SIGN_INS, account.account_id)])

    def _change(self, account: Account, **values: Any) -> None:
        changed = self.of(account.account_id).model_copy(update=values)
        now = self._clock.now()
        self._log.append([record_for(changed, SIGN_INS, source="cli", time=now)])


def has_first_password(account: Account, state: SignInState) -> bool:
    """Return whether an account still has the password that was made for it. Pure."""
    return state.first_password == account.credentials
