"""One entry of the catalogue, and the numbers in it.

A text is a template of `str.format`. Besides what that knows, a number takes the format `n`, which
groups its digits as the language does, and `n feed|feeds`, which adds the noun in the singular or
the plural; a language without a plural names one form, `n feed`. `{--to}` is an option of the
command line and `{$feeds list}` one of its commands, in the words of the face that shows the text
(`pantau.messages.options`); with the format `label`, a parameter that names an entry of a form is
called as the form calls it. At pages a time reads as the language writes it.
"""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pantau.messages.languages import Lang
from pantau.messages.options import (
    COMMAND,
    SIGN,
    command_word,
    field_label,
    is_at_pages,
    option_word,
)
from pantau.messages.times import as_people_write, clock_text

_GROUPED: Final[Mapping[Lang, str]] = {"en": ",", "id": "."}


@dataclass(frozen=True, slots=True)
class Text:
    """One message in every language."""

    en: str
    id: str

    def of(self, lang: Lang) -> str:
        """Return the template of a language."""
        return self.id if lang == "id" else self.en


class _Formatter(string.Formatter):
    """Fills in templates; a parameter that is absent stays visible as `{name}`."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Return a parameter, or the word for an option; see `string.Formatter`."""
        del args
        if str(key).startswith(COMMAND):
            return command_word(str(key), self._lang)
        if str(key).startswith(SIGN):
            return option_word(str(key), self._lang)
        return kwargs.get(str(key), f"{{{key}}}")

    def format_field(self, value: Any, format_spec: str) -> str:
        """Format a parameter; see the module for `n`."""
        kind, _, nouns = format_spec.partition(" ")
        if kind == "option":
            return option_word(str(value), self._lang)
        if kind == "label":
            return field_label(str(value), self._lang)
        if kind == "clock":
            return clock_text(str(value), self._lang)
        if kind != "n" or not isinstance(value, int):
            return as_people_write(str(value), self._lang) if is_at_pages() else str(value)
        number = f"{value:,}".replace(",", _GROUPED[self._lang])
        if not nouns:
            return number
        one, _, many = nouns.partition("|")
        return f"{number} {one if value == 1 or not many else many}"


def fill(template: str, params: Mapping[str, Any], lang: Lang) -> str:
    """Return a template with its parameters filled in; their values are never read as templates."""
    return _Formatter(lang).vformat(template, (), params)


def placeholders(template: str) -> frozenset[str]:
    """Return the names of the parameters that a template takes; options and commands are none."""
    named = (name for _, name, _, _ in string.Formatter().parse(template) if name)
    return frozenset(name for name in named if not name.startswith((SIGN, COMMAND)))
