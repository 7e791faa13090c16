"""CSS selectors over the start tags of a page, in one pass and linear time.

A subset of Selectors Level 4 that needs no tree of the page: types, classes, ids, attributes
(`[a]`, `[a=b]`, `[a~=b]`, `[a^=b]`, `[a$=b]`, `[a*=b]`), the descendant and the child combinator,
and lists separated by commas. A tree built by the rules of HTML takes quadratic time on hostile
pages (minutes for 500 KB of nested elements, as measured with lexbor).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

SELECTOR_LIMIT: Final = 500
"""Maximum length of a selector, in characters."""
_NAME: Final = r"[A-Za-z_\u0080-\uffff-][\w\u0080-\uffff-]*"
_SIMPLE: Final = re.compile(
    rf"(?P<type>\*|{_NAME})|\.(?P<cls>{_NAME})|\#(?P<id>{_NAME})"
    rf"|\[\s*(?P<attr>{_NAME})\s*(?:(?P<op>[~^$*]?=)\s*(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)'"
    r"|(?P<u>[^\s\]\"']+))\s*)?\]"
)
_COMBINATOR: Final = re.compile(r"\s*(?P<sign>[>,])\s*|\s+")


class SelectorError(ValueError):
    """A selector cannot be parsed; the message names the position and the supported forms."""


@dataclass(frozen=True, slots=True)
class _Attribute:
    name: str
    operator: str  # empty for presence alone
    value: str

    def holds(self, attributes: Mapping[str, str]) -> bool:
        found = attributes.get(self.name)
        if found is None:
            return False
        match self.operator:
            case "":
                return True
            case "=":
                return found == self.value
            case "~=":
                return self.value in found.split()
        if not self.value:
            return False
        if self.operator == "^=":
            return found.startswith(self.value)
        return found.endswith(self.value) if self.operator == "$=" else self.value in found


@dataclass(frozen=True, slots=True)
class _Compound:
    type: str  # empty for any
    attributes: tuple[_Attribute, ...]
    child: bool  # it must be a child of what precedes it, not only a descendant

    def holds(self, name: str, attributes: Mapping[str, str]) -> bool:
        return (not self.type or self.type == name) and all(
            one.holds(attributes) for one in self.attributes
        )


@dataclass(frozen=True, slots=True)
class Selector:
    """A parsed list of selectors; see `SelectorMatcher`."""

    alternatives: tuple[tuple[_Compound, ...], ...]


def parse_selector(text: str) -> Selector:
    """Parse a selector. Raises SelectorError."""
    if len(text) > SELECTOR_LIMIT:
        message = f"a selector may have {SELECTOR_LIMIT} characters at most"
        raise SelectorError(message)
    text = text.strip()
    alternatives: list[tuple[_Compound, ...]] = []
    compounds: list[_Compound] = []
    position, child = 0, False
    while True:
        compound, position = _compound(text, position, child=child)
        compounds.append(compound)
        sign = _COMBINATOR.match(text, position)
        if sign is None or sign.end() == len(text):
            break
        position, child = sign.end(), sign["sign"] == ">"
        if sign["sign"] == ",":
            alternatives.append(tuple(compounds))
            compounds = []
    if position < len(text):
        raise _unsupported(text, position)
    return Selector((*alternatives, tuple(compounds)))


def _compound(text: str, start: int, *, child: bool) -> tuple[_Compound, int]:
    position, kind, attributes = start, "", []
    while match := _SIMPLE.match(text, position):
        if match["type"]:
            if position > start:
                break
            kind = "" if match["type"] == "*" else match["type"].lower()
        elif match["cls"]:
            attributes.append(_Attribute("class", "~=", match["cls"]))
        elif match["id"]:
            attributes.append(_Attribute("id", "=", match["id"]))
        else:
            value = next((v for v in (match["d"], match["s"], match["u"]) if v is not None), "")
            attributes.append(_Attribute(match["attr"].lower(), match["op"] or "", value))
        position = match.end()
    if position == start:
        raise _unsupported(text, position)
    return _Compound(kind, tuple(attributes), child), position


def _unsupported(text: str, position: int) -> SelectorError:
    return SelectorError(
        f"the selector {text!r} cannot be read at character {position + 1}; supported are types, "
        ".class, #id, [attribute=value], spaces and > between them, and commas"
    )


class SelectorMatcher:
    """Matches one selector against elements as they open and close."""

    def __init__(self, selector: Selector) -> None:
        self._parts = selector.alternatives
        self._own: list[tuple[int, ...]] = [tuple(0 for _ in self._parts)]
        self._above: list[tuple[int, ...]] = [tuple(0 for _ in self._parts)]

    def open(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Push an element; return whether the selector matches it."""
        found = self._states(name, attributes)
        self._own.append(found)
        self._above.append(tuple(a | b for a, b in zip(self._above[-1], found, strict=True)))
        return self._is_match(found)

    def close(self) -> None:
        """Close the innermost element."""
        self._own.pop()
        self._above.pop()

    def matches_void(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Return whether the selector matches an element that has no content."""
        return self._is_match(self._states(name, attributes))

    def _states(self, name: str, attributes: Mapping[str, str]) -> tuple[int, ...]:
        """Return, for each alternative, a bit for each of its parts that ends at this element."""
        return tuple(
            sum(
                1 << place
                for place, one in enumerate(parts)
                if (place == 0 or (parent if one.child else above) >> (place - 1) & 1)
                and one.holds(name, attributes)
            )
            for parts, parent, above in zip(
                self._parts, self._own[-1], self._above[-1], strict=True
            )
        )

    def _is_match(self, states: Sequence[int]) -> bool:
        return any(
            state >> (len(parts) - 1) & 1 for state, parts in zip(states, self._parts, strict=True)
        )
