"""JSON Lines input and output: ASCII-escaped, LF only, whatever the locale.

Problems are reported on standard error. A line is parsed by RFC 8259: UTF-8, no `NaN` or
`Infinity`. So any other program can read the output.
"""

import json
import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, NoReturn, TextIO

from pantau.common.files.json_bounds import MAX_CONTAINERS, holds_too_much

MAX_LINE: Final = 100_000_000
"""Maximum length of a line in bytes; a longer one is skipped without being buffered."""
MAX_DEPTH: Final = 500
"""Maximum nesting depth of a line.

Input must also be writable, and Python's own limit varies with its version.
"""

_BOM: Final = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Complaints:
    """Problems of the input. `unreadable` counts lines that could not be used at all.

    Each problem is one line of the stream, whatever it quotes. If the stream is closed, they are
    lost.
    """

    stream: TextIO | None = field(default_factory=lambda: sys.stderr)
    unreadable: int = 0

    def warn(self, where: str, message: str) -> None:
        """Report a part that was ignored; the line is used."""
        self._write_problem(f"warning: {where}: {message}")

    def caution(self, message: str) -> None:
        """Write a warning that includes its own location."""
        self._write_problem(f"warning: {message}")

    def reject(self, where: str, message: str) -> None:
        """Report a line that is not used."""
        self.unreadable += 1
        self._write_problem(f"error: {where}: {message}")

    def report(self, value: object) -> None:
        """Report something as a line of JSON, for programs; it is not a problem of a line."""
        self._write_problem(json.dumps(value, ensure_ascii=True))

    def _write_problem(self, line: str) -> None:
        if self.stream is None:
            return
        shown = "".join(one if one.isprintable() else _escaped(one) for one in line)
        try:
            self.stream.write(f"{shown}\n")
            self.stream.flush()
        except OSError:
            discard(self.stream)
            self.stream = None

    @property
    def exit_code(self) -> int:
        """0 if every line was read, 1 if not."""
        return 1 if self.unreadable else 0


def _escaped(char: str) -> str:
    """Escape line breaks, control characters and lone surrogates, so that they are visible."""
    return json.dumps(char)[1:-1]


def discard(stream: TextIO) -> None:
    """Discard the rest of a broken stream, so that Python does not report it at exit."""
    with suppress(OSError, ValueError):  # a stream without a file, as in tests
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


def read_objects(
    stream: BinaryIO, name: str, complaints: Complaints
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each object with its location, as `NAME, line N`.

    Blank lines are skipped, invalid ones reported. The last value of a repeated key counts.
    """
    for where, value in _read_values(stream, name, complaints):
        if isinstance(value, _Unreadable):
            continue
        if not isinstance(value, dict):
            complaints.reject(where, f"expected an object, found {_KINDS[type(value)]}")
            continue
        yield where, value


def read_strings(stream: BinaryIO, name: str, complaints: Complaints) -> Iterator[str | None]:
    """Yield the string of each line, None for a reported line; blank lines are skipped."""
    for where, value in _read_values(stream, name, complaints):
        if isinstance(value, str):
            yield value
            continue
        if not isinstance(value, _Unreadable):
            complaints.reject(where, f"expected a string, found {_KINDS[type(value)]}")
        yield None


class _Unreadable:
    """Sentinel for a line that was reported."""


_UNREADABLE: Final = _Unreadable()


def _read_values(stream: BinaryIO, name: str, complaints: Complaints) -> Iterator[tuple[str, Any]]:
    """Yield the value of each line that is not blank, with its location."""
    for number, line in enumerate(_lines(stream), start=1):
        where = f"{name}, line {number}"
        if line is None:
            complaints.reject(where, f"longer than {MAX_LINE:,} bytes")
            yield where, _UNREADABLE
            continue
        if number == 1:
            line = line.removeprefix(_BOM)  # noqa: PLW2901 (the same line, without a byte order mark)
        if not line.strip():
            continue
        value: Any = _UNREADABLE
        try:
            value = _parse(line)
        except ValueError as error:
            complaints.reject(where, str(error))
        yield where, value


_KINDS: Final = {
    dict: "an object",
    list: "an array",
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield lines as they arrive; None for one that is too long to buffer."""
    while line := stream.readline(MAX_LINE + 1):
        if len(line) <= MAX_LINE:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE)
        yield None


def _parse(line: bytes) -> Any:
    """Parse a line. Raises ValueError with the problem, for people."""
    try:
        text = line.rstrip(b"\r\n").decode()
    except UnicodeDecodeError as error:
        message = f"no UTF-8: byte {error.start + 1} of the line is 0x{line[error.start]:02x}"
        raise ValueError(message) from None
    if holds_too_much(text):
        raise ValueError(f"more than {MAX_CONTAINERS:,} objects and lists")
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"no JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1}"
        ) from None
    except RecursionError:
        raise ValueError(f"nested more than {MAX_DEPTH} deep") from None
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth(value) > MAX_DEPTH:
        raise ValueError(f"nested more than {MAX_DEPTH} deep")
    return value


def _whole(digits: str) -> int:
    try:
        return int(digits)
    except ValueError:
        raise ValueError(f"a number of {len(digits):,} digits") from None


def _finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ValueError(f"a number out of range: {digits[:40]}")
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"no JSON: {name}")


_DECODER: Final = json.JSONDecoder(
    parse_int=_whole, parse_float=_finite, parse_constant=_no_constant
)


def _depth(value: object) -> int:
    """Return the nesting depth of lists and objects, without recursion."""
    deepest, left = 0, [(value, 1)]
    while left:
        one, depth = left.pop()
        if isinstance(one, dict | list):
            deepest = max(deepest, depth)
            left.extend(
                (child, depth + 1) for child in (one.values() if isinstance(one, dict) else one)
            )
    return deepest


_ENCODER: Final = json.JSONEncoder(ensure_ascii=True, separators=(", ", ": "), check_circular=False)
"""Values were parsed or are built here, so no list contains itself.

Skipping the check for cycles saves a quarter of the time.
"""


def dump_line(value: object) -> bytes:
    """Encode one value as a line."""
    return _ENCODER.encode(value).encode("ascii") + b"\n"


def line_writer(stream: BinaryIO | None = None) -> Callable[[object], None]:
    """Return a function that writes a value as a line, by default to standard output.

    Each line is flushed.
    """
    out = sys.stdout.buffer if stream is None else stream

    def write(value: object) -> None:
        out.write(dump_line(value))
        out.flush()

    return write
