"""The keys of a table as a container."""

from dataclasses import dataclass

from pantau.ports import Table


@dataclass(frozen=True, slots=True)
class TableKeys:
    """The keys of a table, as a container."""

    table: Table

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.table.get(key) is not None
