"""Accounts, sessions, tokens, owners and the audit log are the same in every store."""

from collections.abc import Callable

from pantau.adapters.passwords import Argon2Passwords
from pantau.net.networks import network_of
from pantau.ports import Store
from pantau.usecases.accounts.owned_store import OwnedStore
from pantau.usecases.accounts.ownership import SubscriptionOwners
from pantau.usecases.accounts.person import Person
from pantau.usecases.accounts.signing_in import Accounts, build_accounts
from pantau.usecases.accounts.throttle import SignInThrottle
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from tests.support import FixedClock, subscription

PASSWORD = "kuda laut biru 7"


def accounts_of(store: Store, clock: FixedClock) -> Accounts:
    passwords = Argon2Passwords(memory_kib=8, rounds=1)
    throttle = SignInThrottle(network_of)
    return build_accounts(store.log, clock, passwords, session_days=1, throttle=throttle)


def registry(store: Store, person: Person, clock: FixedClock) -> SubscriptionRepository:
    owned = OwnedStore(store, person, SubscriptionOwners(store.log), clock)
    return SubscriptionRepository(owned.log, clock)


def test_people_and_what_they_own_last(reopen: Callable[[], Store], clock: FixedClock) -> None:
    store = reopen()
    accounts = accounts_of(store, clock)
    accounts.directory.add("cici", "admin", (), PASSWORD)
    ani = accounts.directory.add("ani", "editor", ("kebun",), PASSWORD)
    budi = accounts.directory.add("budi", "editor", (), PASSWORD)
    cookie = accounts.sign_in("ani", PASSWORD, "192.0.2.1")
    _, token = accounts.tokens.add(budi, "papan", ["write"], None)
    person, other = accounts.by_cookie(cookie, "192.0.2.1"), accounts.by_token(token, "192.0.2.2")
    assert person is not None
    assert other is not None
    assert (person.name, other.name) == ("ani", "budi")
    registry(store, person, clock).save(subscription("a", "banjir"))
    registry(store, other, clock).save(subscription("b", "banjir"))
    store.close()

    store = reopen()
    accounts = accounts_of(store, clock)
    store.log.catch_up()
    assert [one.name for one in accounts.directory.all()] == ["ani", "budi", "cici"]
    assert accounts.by_cookie(cookie, "192.0.2.1") == person
    assert accounts.by_token(token, "192.0.2.2") == other
    assert accounts.is_current(person)
    for who, mine in ((person, "a"), (other, "b")):
        found = registry(store, who, clock).all()
        assert [one.subscription_id for one in found] == [mine]
    assert {one.action for one in accounts.audit.newest(9)} == {
        "sign-in.accepted", "subscriptions.added",
    }  # fmt: skip
    accounts.sign_out(person)
    assert accounts.by_cookie(cookie, "192.0.2.1") is None
    assert not accounts.is_current(person)
    accounts.tokens.revoke(other.reference)
    accounts.directory.remove(ani)
    assert accounts.by_token(token, "192.0.2.2") is None
    assert [one.name for one in accounts.directory.all()] == ["budi", "cici"]
