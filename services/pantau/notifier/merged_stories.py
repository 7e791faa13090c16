"""Which stories are one: the table `story-merges`, as the notifier's rules ask for it."""

from pantau.ports import Table
from pantau.stories.merges import Merges
from pantau.stream.table_reading import TableReading
from pantau_schemas.events.story import StoryMerge
from pantau_schemas.topics import STORY_MERGES


class MergedStories:
    """Follows the table; about 200 bytes a merge."""

    def __init__(self, table: Table, reading: TableReading) -> None:
        self._table = table
        self._reading = reading
        self._version: int | None = None
        self._into: dict[str, str] = {}
        self._merges = Merges({})

    def refresh(self) -> None:
        """Apply the changes of the table. Raises RetryError."""
        first = self._version is None
        changes = self._table.snapshot() if first else self._table.changes(self._version or 0)
        self._version = changes.version
        for story_id, value in changes.values.items():
            merge = self._reading.read(StoryMerge, STORY_MERGES, story_id, value)
            if merge is None:
                self._into.pop(story_id, None)
            else:
                self._into[story_id] = merge.into
        if changes.values:
            self._merges = Merges(self._into)

    def story_of(self, story_id: str) -> str:
        """Return the current id of a story."""
        return self._merges.resolve(story_id)
