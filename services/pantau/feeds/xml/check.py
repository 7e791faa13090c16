"""Checks that a document is well-formed and within the limits."""

from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from pantau.feeds.xml.trim import (
    MAX_ATTRIBUTES,
    MAX_DECLARATIONS,
    MAX_DEPTH,
    MAX_ELEMENTS,
    MAX_NAMESPACE,
    MAX_PREFIXES,
)

_NO_MEMORY: Final[int] = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]


@dataclass(frozen=True, slots=True)
class Fault:
    """The reason a document cannot be read as it is: malformed, or beyond a limit (`excess`)."""

    text: str
    excess: bool = False


class _ExcessError(Exception):
    """The document exceeds a limit."""


def check(data: bytes) -> Fault | None:
    """Parse the document once without building anything; return the first fault, or None."""
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.buffer_text = True
    parser.ordered_attributes = True
    limits = _LimitCounter()
    parser.StartNamespaceDeclHandler = limits.declare
    parser.StartElementHandler = limits.start
    parser.EndElementHandler = limits.end
    try:
        parser.Parse(data, True)  # noqa: FBT003 (expat takes it by position: this is the last piece)
    except _ExcessError as error:
        return Fault(str(error), excess=True)
    except expat.ExpatError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from None  # the document is not to blame for its form
        return Fault(malformed(error))
    return None


def malformed(error: expat.ExpatError) -> str:
    """Return what is wrong with a document, and where."""
    return f"{expat.ErrorString(error.code)} in line {error.lineno}, column {error.offset + 1}"


@dataclass(slots=True)
class _LimitCounter:
    """Counts what is bounded. Its methods raise _ExcessError when a limit is exceeded."""

    depth: int = 0
    elements: int = 0
    declarations: int = 0
    prefixes: set[str | None] = field(default_factory=set)

    def start(self, _name: str, attributes: list[str]) -> None:
        """Count a start tag."""
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH:
            raise _ExcessError(f"its elements are nested more than {MAX_DEPTH} deep")
        if self.elements > MAX_ELEMENTS:
            raise _ExcessError(f"it has more than {MAX_ELEMENTS:,} elements")
        if len(attributes) > 2 * MAX_ATTRIBUTES:
            raise _ExcessError(f"an element has more than {MAX_ATTRIBUTES} attributes")

    def end(self, _name: str) -> None:
        """Count an end tag."""
        self.depth -= 1

    def declare(self, prefix: str | None, uri: str | None) -> None:
        """Count a namespace declaration."""
        self.prefixes.add(prefix)
        self.declarations += 1
        if self.declarations > MAX_DECLARATIONS:
            raise _ExcessError(f"it declares namespaces more than {MAX_DECLARATIONS:,} times")
        if uri and len(uri) > MAX_NAMESPACE:
            raise _ExcessError(f"a namespace in it has more than {MAX_NAMESPACE:,} characters")
        if len(self.prefixes) > MAX_PREFIXES:
            raise _ExcessError(f"it declares more than {MAX_PREFIXES} namespaces")
