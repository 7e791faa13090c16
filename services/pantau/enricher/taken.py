"""Which characters of a text are taken, so that a look at a range costs its length, however many ranges there are."""

from collections.abc import Iterable


class Taken:
    """Marks half-open ranges of a text."""

    __slots__ = ("_marks",)

    def __init__(self, length: int, ranges: Iterable[tuple[int, int]] = ()) -> None:
        self._marks = bytearray(length)
        for start, end in ranges:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Mark a range, which lies within the text."""
        self._marks[start:end] = b"\x01" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Tell whether any character of a range is marked."""
        return self._marks.find(1, start, end) >= 0
