"""Recognise which template a text was made from, in time linear in the text.

A template has fields such as `{path}` and nothing else that is special. Fields are found from left
to right, each as short as possible, the last one up to the end of the text. Regular expressions
could find further readings, and could take quadratic time: the texts quote what came from outside.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FIELD: Final = re.compile(r"\{(\w+)(?:!r)?\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A template in its parts: the literal texts around the fields, one more than fields."""

    literals: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def size(self) -> int:
        """The number of literal characters: more specific templates have more."""
        return sum(map(len, self.literals))

    def values(self, text: str) -> Mapping[str, str] | None:
        """Return the values of the fields in a text; None if it is not made from the template."""
        first, *rest = self.literals
        if not rest:
            return {} if text == first else None
        *middle, last = rest
        end = len(text) - len(last)
        if not text.startswith(first) or not text.endswith(last) or end < len(first):
            return None
        found, place = [], len(first)
        for literal in middle:
            following = text.find(literal, place, end)
            if following < 0:
                return None
            found.append(text[place:following])
            place = following + len(literal)
        found.append(text[place:end])
        return dict(zip(self.fields, found, strict=True))


def parse(template: str) -> Template:
    """Return a template in its parts."""
    pieces = FIELD.split(template)
    return Template(tuple(pieces[::2]), tuple(pieces[1::2]))


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a template with its fields filled in; values are never read as templates."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), template)
