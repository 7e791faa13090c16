"""One entry of the catalogue, and the numbers in it.

A text is a template of `str.format`. Besides what that knows, a number takes the format `n`, which
groups its digits as the language does, and `n feed|feeds`, which adds the noun in the singular or
the plural; a language without a plural names one form, `n feed`.
"""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pantau.messages.languages import Lang

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
        """Return a parameter; see `string.Formatter`."""
        del args
        return kwargs.get(str(key), f"{{{key}}}")

    def format_field(self, value: Any, format_spec: str) -> str:
        """Format a parameter; see the module for `n`."""
        kind, _, nouns = format_spec.partition(" ")
        if kind != "n" or not isinstance(value, int):
            return str(value)
        number = f"{value:,}".replace(",", _GROUPED[self._lang])
        if not nouns:
            return number
        one, _, many = nouns.partition("|")
        return f"{number} {one if value == 1 or not many else many}"


def fill(template: str, params: Mapping[str, Any], lang: Lang) -> str:
    """Return a template with its parameters filled in; their values are never read as templates."""
    return _Formatter(lang).vformat(template, (), params)


def placeholders(template: str) -> frozenset[str]:
    """Return the names of the parameters that a template takes."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)
