"""A query with its quoted parts hidden, and everything else as it was typed."""

import re
from typing import Final

from pantau.query.diagnosis.masked import HIDDEN

_QUOTED: Final = re.compile(r'\\.|"(?:[^"\\]|\\.)*+"', re.DOTALL)


def unquoted(text: str) -> str:
    """Return a text of the same length in which what stands in quotes is hidden.

    Unlike `masked`, escapes stay: to other programs they are signs of their own.
    """
    return _QUOTED.sub(
        lambda found: found[0] if found[0][0] == "\\" else HIDDEN * len(found[0]), text
    )
