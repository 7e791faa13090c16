"""The language of a page: the person's choice, else what the browser asks for. Pure."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.languages import DEFAULT, LANGS, Lang, language_of

COOKIE: Final = "lang"
COOKIE_SECONDS: Final = 365 * 24 * 3600
_LONGEST: Final = 200
"""Characters of `Accept-Language` that are read."""


def chosen_language(cookies: Mapping[str, str], accepted: str | None, usual: str | None) -> Lang:
    """Return the language of a page.

    The cookie that a link sets counts first, then `Accept-Language` in the order of its weights,
    then the `usual` one of the settings.
    """
    picked = cookies.get(COOKIE)
    for lang in LANGS:
        if picked == lang:
            return lang
    for name in _by_weight(accepted or ""):
        lang = language_of(name)
        # Every other name stands for English there; here only English itself does.
        if lang == "id" or name.lower().partition("-")[0] == "en":
            return lang
    return language_of(usual) if usual else DEFAULT


def _by_weight(header: str) -> list[str]:
    """Return the language ranges of `Accept-Language`, the most wanted first (RFC 9110, 12.5.4)."""
    weighted = []
    for place, part in enumerate(header[:_LONGEST].split(",")):
        name, _, parameter = part.partition(";")
        weight = _weight(parameter)
        if name.strip() and weight > 0:
            weighted.append((-weight, place, name.strip()))
    return [name for _, _, name in sorted(weighted)]


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
