"""Lists of names that queries refer to by `@name`: kept, found, changed, bound to queries."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from pantau.common.text.normal_text import normalise_text
from pantau.errors import UsageError
from pantau.ports import Clock, Log
from pantau.problems import problem
from pantau.query import parse
from pantau.query.listed import list_key, lists_in
from pantau.query.parsing.lucene_scanner import LIST_NAME
from pantau.stream.envelope import record_for, removal_of
from pantau.usecases.lists.values import missing
from pantau.usecases.subscriptions.repository import all_subscriptions
from pantau.usecases.unreadable import read_table
from pantau_schemas.codec import SchemaError, decode, explain
from pantau_schemas.events.name_list import LONGEST_VALUE, MOST_VALUES, NameList, NameListEntry
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import NAME_LISTS


@dataclass(frozen=True, slots=True)
class ListUse:
    """A list, and the subscriptions whose queries refer to it."""

    found: NameList
    users: tuple[Subscription, ...]


@dataclass(frozen=True, slots=True)
class ListChange:
    """A list as it is now, and how many values it gained and lost."""

    found: NameList
    added: int
    removed: int


class NameListRepository:
    """The topic `name-lists` as a table."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._log = log
        self._clock = clock

    def all(self) -> list[NameList]:
        """Return all that can be read, by name."""
        found, _ = read_table(self._log.table(NAME_LISTS.name), NAME_LISTS, NameList)
        return sorted(found, key=lambda one: one.name)

    def get(self, name: str) -> NameList | None:
        """Return a list, with or without `@`, in any case. Raises UsageError for a bad record."""
        key = list_key(name.removeprefix("@"))
        value = self._log.table(NAME_LISTS.name).get(key)
        try:
            return None if value is None else decode(NameList, value)
        except SchemaError as error:
            unread = problem("lists.unreadable", name=key, reason=str(error))
            raise UsageError(unread) from error

    def find(self, name: str) -> NameList:
        """Return a list. Raises UsageError, naming the nearest, where there is none."""
        found = self.get(name)
        if found is None:
            raise UsageError(missing(list_key(name.removeprefix("@")), self.names()))
        return found

    def names(self) -> tuple[str, ...]:
        """Return the names of all lists."""
        return tuple(sorted(self._log.table(NAME_LISTS.name).snapshot().values))

    def users(self, names: Iterable[str]) -> dict[str, tuple[Subscription, ...]]:
        """Return the subscriptions whose queries refer to each of some lists."""
        found: dict[str, list[Subscription]] = {name: [] for name in names}
        for one in all_subscriptions(self._log):
            for name in names_in(one):
                if name in found:
                    found[name].append(one)
        return {name: tuple(users) for name, users in found.items()}

    def put(self, name: str, entries: Sequence[NameListEntry]) -> NameList:
        """Save a list under a name, in place of one that there is.

        Raises UsageError for a name that no query could refer to, and for too many values.
        """
        key = list_key(name.removeprefix("@"))
        if LIST_NAME.fullmatch(key) is None:
            raise UsageError(problem("lists.bad-name", name=name))
        try:
            made = NameList(
                name=key,
                entries=tuple(entries),
                updated=self._clock.now(),
            )
        except ValidationError as error:
            raise UsageError(problem("lists.invalid", text=explain(error))) from error
        if len(made.values()) > MOST_VALUES:
            raise UsageError(problem("lists.too-many", count=len(made.values()), most=MOST_VALUES))
        self._log.append([record_for(made, NAME_LISTS, source="cli", time=made.updated)])
        return made

    def with_users(self, found: Sequence[NameList]) -> tuple[ListUse, ...]:
        """Return lists with the subscriptions that refer to them."""
        users = self.users(one.name for one in found)
        return tuple(ListUse(one, users[one.name]) for one in found)

    def add(self, name: str, values: Iterable[str]) -> ListChange:
        """Add values to a list, which is made if there is none. Raises UsageError as `put` does.

        Other names of a value follow it after `|`.
        """
        return self.load(name, list(map(_written, values)), keep=True)

    def load(self, name: str, entries: Sequence[NameListEntry], *, keep: bool) -> ListChange:
        """Save entries as a list, beside what it has if that is to be kept, else in its place."""
        before = self.get(name)
        _require_own(before)
        old = () if before is None else before.entries
        return self._changed(before, self.put(name, joined([*(old if keep else ()), *entries])))

    def change(
        self, name: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> ListChange:
        """Add values to a list and remove others. Raises UsageError for a value that is not there.

        A removed value goes with its other names; a removed other name goes alone.
        """
        if not add and not remove:
            raise UsageError(problem("lists.no-change"))
        before = self.find(name)
        _require_own(before)
        there, gone = set(before.values()), dict.fromkeys(map(_normal, remove))
        for value in gone:
            if value not in there:
                raise UsageError(problem("lists.no-value", name=before.name, value=value))
        entries = [_without(entry, gone) for entry in before.entries if entry.value not in gone]
        return self._changed(before, self.put(name, joined([*entries, *map(_written, add)])))

    def _changed(self, before: NameList | None, after: NameList) -> ListChange:
        old, new = set() if before is None else set(before.values()), set(after.values())
        return ListChange(after, len(new - old), len(old - new))

    def remove(self, names: Sequence[str], *, is_sure: bool) -> tuple[ListUse, ...]:
        """Remove lists, all or, where one cannot be, none.

        Raises UsageError for one that does not exist, and, unless `is_sure`, for one that
        subscriptions refer to: they would raise no alerts until there is such a list again.
        """
        found = self.with_users([self.find(name) for name in names])
        for one in found:
            if one.users and not is_sure:
                told = ", ".join(each.name for each in one.users[:5])
                count = len(one.users)
                sure = problem("cli.sure")
                raise UsageError(
                    problem("lists.in-use", name=one.found.name, count=count, names=told, sure=sure)
                )
        self._log.append([removal_of(NAME_LISTS, one.found.name) for one in found])
        return found


def _require_own(found: NameList | None) -> None:
    """Raise UsageError for a list that follows a dictionary, which would undo a change."""
    if found is not None and found.dictionary is not None:
        raise UsageError(problem("lists.follows", name=found.name, file=found.dictionary))


def entry_of(value: str, aliases: Iterable[str] = ()) -> NameListEntry:
    """Return an entry of values as people write them. Raises UsageError for one that is none."""
    names = [one for one in map(_normal, (value, *aliases)) if one]
    if not names:
        raise UsageError(problem("lists.empty-value"))
    for one in names:
        if len(one) > LONGEST_VALUE:
            raise UsageError(problem("lists.long-value", value=one[:40], most=LONGEST_VALUE))
    first, *others = dict.fromkeys(names)
    return NameListEntry(value=first, aliases=tuple(others))


def _written(text: str) -> NameListEntry:
    """Return an entry that a person wrote as `value|other name|...`."""
    value, *aliases = text.split("|")
    return entry_of(value, aliases)


def _normal(value: str) -> str:
    """Return a value in the form of article text, without white space around or twice within."""
    return " ".join(normalise_text(value).split())


def _without(entry: NameListEntry, names: Container[str]) -> NameListEntry:
    kept = tuple(one for one in entry.aliases if one not in names)
    return entry if kept == entry.aliases else NameListEntry(value=entry.value, aliases=kept)


def joined(entries: Iterable[NameListEntry]) -> list[NameListEntry]:
    """Return entries, those of one value joined with all of their other names."""
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        found.setdefault(entry.value, {}).update(dict.fromkeys(entry.aliases))
    return [
        NameListEntry(value=value, aliases=tuple(one for one in names if one != value))
        for value, names in found.items()
    ]


def names_in(subscription: Subscription) -> frozenset[str]:
    """Return the lists that a subscription refers to; none where its query cannot be read."""
    if subscription.language != "pantau" or "@" not in subscription.query:
        return frozenset()
    try:
        query = parse(subscription.query, "pantau", time_zone=subscription.time_zone)
    except UsageError:
        return frozenset()
    return frozenset(node.name for node in lists_in(query))
