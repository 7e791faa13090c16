"""The languages that Pantau answers in, and which of them the environment asks for. Pure."""

from collections.abc import Mapping
from typing import Final, Literal

Lang = Literal["en", "id"]
"""A language of answers, as an ISO 639-1 code."""

LANGS: Final[tuple[Lang, ...]] = ("en", "id")
DEFAULT: Final[Lang] = "en"
VARIABLE: Final = "PANTAU_LANG"
LOCALE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order of precedence that POSIX gives them (Base Definitions, 8.2)."""
_INDONESIAN: Final = frozenset({"id", "in", "ind", "indonesian"})
"""`in` is the code that ISO 639 had until 1989; some systems still use it."""

_ENGLISH: Final = frozenset({"en", "eng", "english", "c", "posix"})


def language_of(name: str) -> Lang:
    """Return the language of a locale or language name such as `id_ID.UTF-8`, `id-ID` or `C`.

    Every name that is not Indonesian stands for English.
    """
    tag = name.strip().replace("-", "_").partition(".")[0].partition("@")[0].partition("_")[0]
    return "id" if tag.lower() in _INDONESIAN else "en"


def from_environment(variables: Mapping[str, str]) -> Lang | None:
    """Return the language that `PANTAU_LANG` names; None if the variable is unset or empty."""
    value = variables.get(VARIABLE)
    return language_of(value) if value else None


def unknown_language(variables: Mapping[str, str]) -> str | None:
    """Return the language that `PANTAU_LANG` names where Pantau does not speak it, else None.

    The locales `C` and `POSIX` stand for English.
    """
    value = variables.get(VARIABLE, "").strip()
    tag = value.replace("-", "_").partition(".")[0].partition("@")[0].partition("_")[0].lower()
    return value if tag and tag not in _INDONESIAN | _ENGLISH else None


def from_locale(variables: Mapping[str, str]) -> Lang:
    """Return the language of the locale: the first variable that has a value decides."""
    for name in LOCALE_VARIABLES:
        value = variables.get(name)
        if value:
            return language_of(value)
    return DEFAULT
