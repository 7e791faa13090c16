"""Lists of names that queries refer to, such as `people:@ministers`."""

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from pantau_schemas.base import Event, Identifier, Model, UtcTime

MOST_VALUES: Final = 50_000
"""Maximum number of values of a list, other names included."""
LONGEST_VALUE: Final = 200
"""Maximum length of a value in characters."""

ListedName = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_VALUE)]


class NameListEntry(Model):
    """A value of a list, with other names of the same thing, which count as values too."""

    value: ListedName
    aliases: tuple[ListedName, ...] = ()


class NameList(Event):
    """A list of names. Key: `name`; removed by a tombstone.

    A query refers to it by `@name`, and means all of its values, joined by OR.
    """

    schema_version: Literal[1] = 1
    name: Identifier = Field(description="In small letters, without `@`.")
    entries: tuple[NameListEntry, ...] = Field(default=(), max_length=MOST_VALUES)
    dictionary: str | None = Field(
        default=None,
        description="The file name of the dictionary that the list follows; None: it is edited.",
    )
    updated: UtcTime

    def values(self) -> tuple[str, ...]:
        """Return all values and other names, each once, in order."""
        found = (name for entry in self.entries for name in (entry.value, *entry.aliases))
        return tuple(dict.fromkeys(found))
