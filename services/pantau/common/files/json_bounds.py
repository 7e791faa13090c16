"""A bound on the number of objects and lists of a JSON text, checked before parsing. Pure."""

import re
from typing import Final

MAX_CONTAINERS: Final = 300_000
"""Maximum number of objects and lists in a text. Each takes up to 230 bytes for two of the text."""
_JSON_STRING: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


def holds_too_much(text: str) -> bool:
    """Return whether a text has more objects and lists than allowed.

    Brackets in strings do not count.
    """
    if text.count("[") + text.count("{") <= MAX_CONTAINERS:
        return False
    bare = _JSON_STRING.sub("", text)
    return bare.count("[") + bare.count("{") > MAX_CONTAINERS
