"""Bodies with as many stories as fit, for services that limit the bytes. Pure."""

import json
from collections.abc import Callable
from typing import Any, Final

from pantau.notifier.composing.view import MessageView

BODY_BYTES: Final = 24 * 1024
"""Maximum size of a body; stories that do not fit are left out."""
STORIES: Final = 20
"""Stories that are shown at most: below the 50 blocks of Slack, of which a story has two at most.

Enough for a card of Teams, too.
"""
Json = dict[str, Any]


def fitting_body(view: MessageView, make: Callable[[MessageView, int], Json]) -> bytes:
    """Return the body that `make` makes of a message and a number of stories, in UTF-8."""
    shown = min(len(view.stories), STORIES)
    while True:
        body = json.dumps(make(view, shown), ensure_ascii=False, separators=(",", ":")).encode()
        if len(body) <= BODY_BYTES or not shown:
            return body
        shown = shown * 3 // 4
