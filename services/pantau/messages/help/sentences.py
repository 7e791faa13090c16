"""The finished sentences of click in Indonesian.

click fills in its sentences before their language can be chosen, so each is recognised by the
template that it was made from. A test compares the templates with those in the source of click.
"""

from collections.abc import Mapping
from functools import cache

from pantau.messages.finished.templates import Template, filled, parse
from pantau.messages.help.indonesian.click_words import KINDS, SENTENCES


def sentence(text: str, templates: Mapping[str, str] = SENTENCES) -> str | None:
    """Return a sentence in Indonesian; None for one that no template makes."""
    whole = templates.get(text)
    if whole is not None:
        return whole
    for template, meaning in templates.items():
        values = _parsed(template).values(text)
        if values is not None:
            return filled(meaning, {name: _kind(value) for name, value in values.items()})
    return None


@cache
def _parsed(template: str) -> Template:
    return parse(template)


def _kind(value: str) -> str:
    """Return a kind of values, or what the system says of a file, in Indonesian."""
    from pantau.messages.finished.recognition import indonesian  # noqa: PLC0415 (not needed for --help)

    return KINDS.get(value) or indonesian(value)
