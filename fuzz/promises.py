"""Promises that must hold for any input, and the error raised where one does not."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

SECONDS: Final = 3.0
"""Most processor time of one input; instrumented code is several times slower than otherwise."""
_KEPT: Final = "\n\t"


class BrokenError(AssertionError):
    """A promise of the program that does not hold for an input."""


def require(holds: bool, promise: str, *seen: Any) -> None:  # noqa: FBT001 - reads as a sentence
    """Raise BrokenError unless a promise holds."""
    if not holds:
        raise BrokenError(f"{promise}: {', '.join(repr(one)[:300] for one in seen)}")


@contextmanager
def in_time() -> Iterator[None]:
    """Raise BrokenError if what is done takes too much processor time."""
    start = time.thread_time()
    yield
    took = time.thread_time() - start
    require(took <= SECONDS, f"an input takes at most {SECONDS} s", took)


def answer(call: Callable[[], Any], *documented: type[Exception]) -> Any:
    """Return what a call returns, or None where it raises one of its documented errors."""
    with in_time():
        try:
            return call()
        except documented:
            return None


def require_clean(text: str | None, what: str, *, kept: str = _KEPT) -> None:
    """Raise BrokenError for a text with control characters or lone surrogates."""
    for char in text or "":
        bad = (char < " " or "\x7f" <= char <= "\x9f") and char not in kept
        require(
            not bad and not "\ud800" <= char <= "\udfff",
            f"{what} has no control characters",
            char,
            text,
        )


def require_spans(
    spans: Iterable[tuple[int, int]], text: str, what: str, *, apart: bool = True
) -> None:
    """Raise BrokenError for spans that are empty, outside the text, or out of order."""
    end = 0
    for start, stop in spans:
        require(
            0 <= start < stop <= len(text), f"{what} lies in the text", (start, stop), len(text)
        )
        require(not apart or start >= end, f"{what} are in order and apart", (start, stop), end)
        end = stop


def text_of(data: bytes) -> str:
    """Return any text of some bytes, lone surrogates and all."""
    return (
        data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace")
        if _decodes(data)
        else data.decode("latin-1")
    )


def _decodes(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True
