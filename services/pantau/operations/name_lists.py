"""Operations on lists of names, which queries refer to by `@name`."""

from typing import Annotated

from pydantic import Field

from pantau.errors import UsageError
from pantau.operations.base.fields import Confirmed, Cursor, Name, Text, Versions
from pantau.operations.base.operation import Answer, Call, Input
from pantau.operations.base.outcomes import UnconfirmedError, require_version
from pantau.operations.base.pages import page_after
from pantau.operations.subscription_models import Removed
from pantau.problems import answered_by
from pantau.usecases.lists.repository import ListUse, NameListRepository
from pantau_schemas.base import UtcTime
from pantau_schemas.events.name_list import NameList, NameListEntry
from pantau_schemas.ids import digest_id

Values = Annotated[tuple[Text, ...], Field(max_length=1_000)]


class ListsWanted(Input):
    """Which lists are listed."""

    limit: int = Field(default=100, ge=1, le=1_000)
    cursor: Cursor | None = None


class ListEntry(Answer):
    """A list of names, without its values."""

    name: str
    values: int = Field(description="Values and other names.")
    dictionary: str | None = Field(description="The dictionary that it follows.")
    subscriptions: tuple[str, ...] = Field(description="Ids of subscriptions that refer to it.")
    updated: UtcTime


class ListsFound(Answer):
    """A page of the lists of names, by name."""

    items: tuple[ListEntry, ...]
    cursor: str | None = Field(description="Of the next page; null at the end.")


def list_name_lists(call: Call, given: ListsWanted) -> ListsFound:
    """List the lists of names: how many values each has, and which subscriptions refer to it."""
    known = _lists(call)
    page, cursor = page_after(known.all(), lambda one: one.name, given.cursor, given.limit)
    return ListsFound(items=tuple(map(_entry, known.with_users(page))), cursor=cursor)


class OneList(Input):
    """The list that is meant."""

    id: Name = Field(description="Name of a list, without `@`.")


class VersionOfList(OneList):
    """A list, as it was read."""

    if_version: Versions = ()


class ListWhole(Answer):
    """A list of names."""

    version: str = Field(description="Another one after each change.")
    list: ListEntry
    entries: tuple[NameListEntry, ...]


def read_name_list(call: Call, given: OneList) -> ListWhole:
    """Return one list of names: its values, with their other names."""
    known = _lists(call)
    return _whole(known, known.find(given.id))


class ListPatch(VersionOfList):
    """Values that a list gains and loses."""

    add: Values = Field(
        default=(), description="Values; other names of the same thing follow a value after `|`."
    )
    remove: Values = Field(default=(), description="Values, or other names.")


def change_name_list(call: Call, given: ListPatch) -> ListWhole:
    """Add values to a list and remove others; a list that does not exist is made."""
    known = _lists(call)
    with call.parts.changing:
        _require_version(known, given)
        if given.add and not given.remove and known.get(given.id) is None:
            done = known.add(given.id, given.add)
        else:
            done = known.change(given.id, add=given.add, remove=given.remove)
    return _whole(known, done.found)


class ListRemoval(VersionOfList):
    """A list to remove."""

    confirm: Confirmed = False


def remove_name_list(call: Call, given: ListRemoval) -> Removed:
    """Remove a list of names; one that subscriptions refer to only if `confirm` is true."""
    try:
        with call.parts.changing:
            known = _lists(call)
            _require_version(known, given)
            (gone,) = known.remove([given.id], is_sure=given.confirm)
    except UsageError as error:
        if error.problem is not None and error.problem.code == "lists.in-use":
            raise UnconfirmedError(answered_by(error.problem, "api.sure")) from error
        raise
    return Removed(removed=gone.found.name)


def _lists(call: Call) -> NameListRepository:
    return NameListRepository(call.parts.store.log, call.parts.clock)


def _require_version(known: NameListRepository, given: VersionOfList) -> None:
    found = known.get(given.id)
    require_version(given.if_version, "" if found is None else _version(found))


def _version(one: NameList) -> str:
    return digest_id("version", one.model_dump_json())


def _entry(one: ListUse) -> ListEntry:
    return ListEntry(
        name=one.found.name,
        values=len(one.found.values()),
        dictionary=one.found.dictionary,
        subscriptions=tuple(each.subscription_id for each in one.users),
        updated=one.found.updated,
    )


def _whole(known: NameListRepository, found: NameList) -> ListWhole:
    (use,) = known.with_users([found])
    return ListWhole(version=_version(found), list=_entry(use), entries=found.entries)
