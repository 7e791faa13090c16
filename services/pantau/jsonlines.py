"""JSON Lines in and out: ASCII-escaped, LF only, whatever the locale. Complaints go to standard error."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, TextIO


@dataclass(slots=True)
class Complaints:
    """What was wrong with the input. `unreadable` counts lines that could not be used at all."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    unreadable: int = 0

    def warn(self, where: str, message: str) -> None:
        """Tell of something that was ignored; the line is used."""
        self.stream.write(f"warning: {where}: {message}\n")

    def reject(self, where: str, message: str) -> None:
        """Tell of a line that is not used."""
        self.unreadable += 1
        self.stream.write(f"error: {where}: {message}\n")

    @property
    def exit_code(self) -> int:
        """0 if every line was read, 1 if not."""
        return 1 if self.unreadable else 0


def read_objects(stream: BinaryIO, name: str, complaints: Complaints) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each object and where it stands, as `NAME, line N`; blank lines are skipped, broken ones reported."""
    for number, line in enumerate(stream, start=1):
        where = f"{name}, line {number}"
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")  # noqa: PLW2901 (the same line, without a byte order mark)
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            complaints.reject(where, f"no JSON: {error}")
            continue
        if not isinstance(value, dict):
            complaints.reject(where, f"expected an object, found {type(value).__name__}")
            continue
        yield where, value


def dump_line(value: object) -> bytes:
    """Write one value as a line."""
    return json.dumps(value, ensure_ascii=True, separators=(", ", ": ")).encode("ascii") + b"\n"


def line_writer(stream: BinaryIO | None = None) -> Callable[[object], None]:
    """Give a function that writes a value as a line, by default to standard output."""
    out = sys.stdout.buffer if stream is None else stream

    def write(value: object) -> None:
        out.write(dump_line(value))

    return write
