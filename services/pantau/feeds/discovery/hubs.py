"""Discovery of WebSub hubs: HTTP Link headers, then the links of the document. Pure.

W3C Recommendation WebSub, 4: the links `hub` and `self`. Headers come before the document.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin, urlsplit

from pantau.feeds.links import LINK_LIMIT
from pantau.net.link_header import read_link_header

MOST_HUBS: Final = 8
"""Most hubs of a feed that are kept; the recommendation lets a subscriber choose any of them."""


@dataclass(frozen=True, slots=True)
class HubLinks:
    """The hubs that a feed names, in its order, and its own address: the topic."""

    hubs: tuple[str, ...] = ()
    topic: str | None = None


NO_HUBS: Final = HubLinks()


def links_of_headers(value: str | None, base: str) -> HubLinks:
    """Return the hubs and the topic of a Link header (RFC 8288), several joined by commas.

    Relative addresses are resolved against `base`.
    """
    links = read_link_header(value or "")
    return chosen(((name, one.target) for one in links for name in one.relations), base)


def chosen(links: Iterable[tuple[str, str]], base: str | None) -> HubLinks:
    """Return the hubs and the topic among (relation, address) pairs; others are left out."""
    hubs: dict[str, None] = {}
    topic = None
    for relation, address in links:
        if relation not in {"hub", "self"}:
            continue
        joined = _absolute(address, base)
        if joined is None:
            continue
        if relation == "hub" and len(hubs) < MOST_HUBS:
            hubs.setdefault(joined)
        elif relation == "self":
            topic = topic or joined
    return HubLinks(tuple(hubs), topic)


def combined(headers: HubLinks, document: HubLinks, fetched: str) -> HubLinks:
    """Return the hubs that count: the headers' before the document's.

    A feed that names a hub and not itself is known by the address where it was fetched.
    """
    hubs = headers.hubs or document.hubs
    topic = headers.topic or document.topic or fetched
    return HubLinks(hubs, topic) if hubs else NO_HUBS


def _absolute(address: str, base: str | None) -> str | None:
    """Return a web address without fragment made absolute, or None if it is none."""
    if not address or len(address) > LINK_LIMIT or any(c.isspace() for c in address):
        return None
    try:
        joined = urljoin(base or "", address)
        parts = urlsplit(joined)
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return joined if usable and len(joined) <= LINK_LIMIT else None
