"""Which characters of a text are taken, so that a look at a range costs its length, however many ranges there are."""

from collections.abc import Iterable


class Taken:
    """Marks half-open ranges of a text. `marks` has a byte a character, 1 where it is taken."""

    __slots__ = ("marks",)

    def __init__(self, length: int, ranges: Iterable[tuple[int, int]] = ()) -> None:
        self.marks = marks = bytearray(length)
        for start, end in ranges:
            marks[start:end] = b"\x01" * (end - start)

    def add(self, start: int, end: int) -> None:
        """Mark a range, which lies within the text."""
        self.marks[start:end] = b"\x01" * (end - start)

    def touches(self, start: int, end: int) -> bool:
        """Return whether any character of a range is marked."""
        return self.marks.find(1, start, end) >= 0
