"""How many objects and lists a JSON text may hold, looked at before it is read. Pure."""

import re
from typing import Final

MAX_CONTAINERS: Final = 300_000
"""Most objects and lists of a text. Each takes up to 230 bytes of memory for two of the text."""
_JSON_STRING: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)


def holds_too_much(text: str) -> bool:
    """Return whether a text has more objects and lists than allowed.

    Brackets in strings are none.
    """
    if text.count("[") + text.count("{") <= MAX_CONTAINERS:
        return False
    bare = _JSON_STRING.sub("", text)
    return bare.count("[") + bare.count("{") > MAX_CONTAINERS
