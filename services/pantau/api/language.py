"""The language that a client asks for. Pure."""

from typing import Final

from pantau.messages.languages import DEFAULT, Lang, language_of

_LONGEST: Final = 200
"""Characters of `Accept-Language` that are read."""


def accepted_language(header: str | None, usual: str | None) -> Lang:
    """Return the language that `Accept-Language` weighs most, else the usual one of the settings.

    RFC 9110, 12.5.4.
    """
    for name in _by_weight(header or ""):
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
