"""Dictionaries as lists of names, so that a query can refer to all names of a file by `@file`.

The enricher follows the files, so it is what writes the lists: when a file changes, and when it
starts. Of several enrichers the one that owns the key of a list writes it; where their files differ
that is the one that counts. A list of the same name that a person made is left alone.
"""

import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Final

from pantau.common.text.normal_text import normalise_text
from pantau.enricher.dictionaries.dictionary import DictionaryEntry
from pantau.ports import Table
from pantau.stream.table_reading import TableReading
from pantau_schemas.events.name_list import MOST_VALUES, NameList, NameListEntry
from pantau_schemas.topics import NAME_LISTS

_log = logging.getLogger(__name__)

_OTHER: Final = re.compile(r"[^\w.]+|(?<=\W)\W+")
_EDGES: Final = "-._"
_LONGEST: Final = 64

DictionaryFilesByName = Mapping[str, Sequence[DictionaryEntry]]


@dataclass(frozen=True, slots=True)
class DictionaryList:
    """The list that a dictionary is."""

    name: str
    dictionary: str
    entries: tuple[NameListEntry, ...]

    def stands_in(self, found: NameList | None) -> bool:
        """Return whether a record of the table is this list."""
        return found is not None and (found.dictionary, found.entries) == (
            self.dictionary,
            self.entries,
        )


def list_name(file: str) -> str:
    """Return the name of a dictionary's list: `kabinet-2024` for `Kabinet 2024.yaml`."""
    stem = normalise_text(PurePath(file).stem).lower()
    return _OTHER.sub("-", stem).strip(_EDGES)[:_LONGEST].strip(_EDGES)


def lists_of(files: DictionaryFilesByName) -> list[DictionaryList]:
    """Return the lists of some dictionaries by file name; of one name, the first file's.

    One with more names than a list may have is left out, with a warning.
    """
    found: dict[str, DictionaryList] = {}
    for file, entries in files.items():
        name = list_name(file)
        if not name or name in found:
            continue
        made = _entries(entries)
        count = sum(1 + len(one.aliases) for one in made)
        if count > MOST_VALUES:
            _log.warning("dictionary %s is no list @%s: it has %d names", file, name, count)
            continue
        found[name] = DictionaryList(name, file, made)
    return list(found.values())


def _entries(entries: Iterable[DictionaryEntry]) -> tuple[NameListEntry, ...]:
    """Return each distinct name with all of its other names."""
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        value, *others = map(_normal, (entry.name, *entry.aliases))
        found.setdefault(value, {}).update(dict.fromkeys(others))
    return tuple(
        NameListEntry(value=value, aliases=tuple(one for one in others if one and one != value))
        for value, others in found.items()
        if value
    )


def _normal(name: str) -> str:
    return " ".join(normalise_text(name).split())


class DictionaryLists:
    """Compares dictionaries with the table of lists."""

    def __init__(self, table: Table, reading: TableReading, owns: Callable[[str], bool]) -> None:
        self._table = table
        self._reading = reading
        self._owns = owns
        self._lists: list[DictionaryList] = []
        self._due: list[DictionaryList] = []
        self._version = -1

    def use(self, files: DictionaryFilesByName) -> None:
        """Follow other dictionaries from here on."""
        self._lists = lists_of(files)
        self._version = -1

    def refresh(self) -> None:
        """Compare again if dictionaries or the table changed."""
        version = self._table.version()
        if version == self._version:
            return
        self._version = version
        self._due = [one for one in self._lists if self._is_due(one)]

    def _is_due(self, one: DictionaryList) -> bool:
        found = self._reading.read(NameList, NAME_LISTS, one.name, self._table.get(one.name))
        is_of_a_person = found is not None and found.dictionary is None
        return not is_of_a_person and not one.stands_in(found)

    @property
    def is_due(self) -> bool:
        """True if a list of ours is to be written."""
        return any(self._owns(one.name) for one in self._due)

    def written(self, now: datetime) -> tuple[NameList, ...]:
        """Return the lists to write."""
        return tuple(
            NameList(name=one.name, entries=one.entries, dictionary=one.dictionary, updated=now)
            for one in self._due
            if self._owns(one.name)
        )
