"""Links as a feed gives them, made absolute, within a length that no real one needs."""

from contextlib import suppress
from typing import Final
from urllib.parse import urljoin

from pantau.poller.htmltext import one_line

LINK_LIMIT: Final = 8_191
"""Longest link and base of links, in characters; what is longer could not be searched for, and a base is
repeated by every item: one of a megabyte and ten thousand items would fill the memory."""


def resolve_link(link: str | None, base: str | None) -> str | None:
    """Give a link on one line, absolute if a base is known; one that cannot be resolved stays as given.

    None where there is none, or it is longer than `LINK_LIMIT`.
    """
    link = one_line(link) if link and len(link) <= 2 * LINK_LIMIT else ""
    if not link:
        return None
    if base and len(base) <= LINK_LIMIT:
        with suppress(ValueError):  # such as brackets that hold no IPv6 address
            link = urljoin(base, link)
    return link if len(link) <= LINK_LIMIT else None
