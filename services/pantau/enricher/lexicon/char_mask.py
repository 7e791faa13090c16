"""A byte mask over a text: testing a range against any number of spans is linear in its length."""

from collections.abc import Iterable


class CharMask:
    """Marks half-open ranges of a text. `marks` has one byte per character, 1 if it is marked."""

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
