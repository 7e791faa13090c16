"""Changes of one account at the same moment, of which none undoes another."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.errors import UsageError
from pantau.usecases.accounts.directory import AccountDirectory
from tests.support import FixedClock

FORMER, LATTER = "kuda laut biru 7", "kura kura hijau 8"


@dataclass(slots=True)
class Hasher:
    """Hashes a password by marking it; meanwhile something else happens, once."""

    meanwhile: list[Callable[[], object]] = field(default_factory=list)

    def hash(self, password: str) -> str:
        """Return the hash."""
        while self.meanwhile:
            self.meanwhile.pop()()
        return f"hash of {password}"

    def verify(self, stored: str | None, password: str) -> bool:
        """Return whether a hash is that of a password."""
        return stored == f"hash of {password}"


@pytest.fixture
def hasher() -> Hasher:
    return Hasher()


@pytest.fixture
def directory(hasher: Hasher) -> AccountDirectory:
    clock = FixedClock()
    return AccountDirectory(MemoryStore(clock).log, clock, hasher)


def test_a_form_that_is_sent_twice_adds_one_account(
    directory: AccountDirectory, hasher: Hasher
) -> None:
    hasher.meanwhile.append(lambda: directory.add("ani", "editor", (), FORMER))
    with pytest.raises(UsageError, match="ani"):
        directory.add("ani", "editor", (), LATTER)
    (one,) = directory.all()
    assert directory.is_right(one, FORMER)


def test_a_change_keeps_a_password_that_was_replaced_meanwhile(
    directory: AccountDirectory,
) -> None:
    known = directory.add("ani", "editor", (), FORMER)
    replaced = directory.set_password(known, LATTER)
    made = directory.change(known, teams=["kebun"])
    assert (made.teams, made.credentials) == (("kebun",), replaced.credentials)
    assert directory.is_right(directory.find("ani"), LATTER)
    assert not directory.is_right(directory.find("ani"), FORMER)


def test_a_new_password_admits_nobody_who_was_disabled_meanwhile(
    directory: AccountDirectory, hasher: Hasher
) -> None:
    ani = directory.add("ani", "editor", (), FORMER)
    hasher.meanwhile.append(lambda: directory.change(ani, disabled=True))
    assert directory.set_password(ani, LATTER).disabled
    assert not directory.is_right(directory.find("ani"), LATTER)


def test_no_change_brings_back_an_account_that_was_removed(directory: AccountDirectory) -> None:
    ani = directory.add("ani", "editor", (), FORMER)
    directory.remove(ani)
    for change in (
        lambda: directory.change(ani, teams=["kebun"]),
        lambda: directory.set_password(ani, LATTER),
        lambda: directory.remove(ani),
    ):
        with pytest.raises(UsageError, match="ani"):
            change()
    assert directory.all() == []


def test_of_two_administrators_who_remove_each_other_one_is_left(
    directory: AccountDirectory,
) -> None:
    ani, budi = (directory.add(name, "admin", (), FORMER) for name in ("ani", "budi"))
    directory.change(budi, role="editor")
    with pytest.raises(UsageError, match="ani"):
        directory.change(ani, disabled=True)
    directory.change(budi, role="admin")
    directory.change(ani, role="reader")
    with pytest.raises(UsageError, match="budi"):
        directory.remove(budi)
    assert [one.name for one in directory.all() if one.role == "admin"] == ["budi"]
