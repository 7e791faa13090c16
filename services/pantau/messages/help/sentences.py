"""The finished sentences of click in Indonesian.

click fills in its sentences before anybody can choose their language, so each is recognised by the
template that it was made from. A test compares the templates with those in the source of click.
"""

import re
from collections.abc import Mapping
from functools import cache

from pantau.messages.help.indonesian.click_words import KINDS, SENTENCES

_FIELD = re.compile(r"\\\{(\w+)(?:!r)?\\\}")


def sentence(text: str, templates: Mapping[str, str] = SENTENCES) -> str | None:
    """Return a sentence in Indonesian; None for one that no template makes."""
    whole = templates.get(text)
    if whole is not None:
        return whole
    for template, meaning in templates.items():
        found = _pattern(template).fullmatch(text)
        if found is not None:
            return meaning.format_map(
                {name: KINDS.get(value, value) for name, value in found.groupdict().items()}
            )
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    """Return the pattern of all that can be made from a template of `str.format`."""
    return re.compile(_FIELD.sub(r"(?P<\1>.*)", re.escape(template)), re.DOTALL)
