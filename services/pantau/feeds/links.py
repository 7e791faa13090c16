"""Links of a feed, made absolute, within a maximum length and a total budget."""

import re
from contextlib import suppress
from typing import Final
from urllib.parse import urljoin, urlsplit

from pantau.feeds.html.text import one_line
from pantau_schemas.events.article import IMAGE_LIMIT

LINK_LIMIT: Final = 8_191
"""Maximum length of links and bases of links in characters.

Longer ones could not be searched, and a base is repeated by every item: one of a megabyte and ten
thousand items would fill the memory.
"""
NO_LINKS: Final = frozenset(
    {
        "", "#", "-", "?", "n/a", "na", "none", "null", "nil", "undefined", "unknown",
        "javascript:;", "javascript:void(0)", "about:blank", "http://", "https://",
    }
)  # fmt: skip
"""Placeholders for a missing link, in lower case; resolved, each would name a page."""
_ABSOLUTE: Final = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9/._~!$&'()*+,=:@%-]*)?"
    r"(?:\?[A-Za-z0-9/._~!$&'()*+,=:@%-]+)?(?:#[A-Za-z0-9/._~!$&'()*+,=:@%-]+)?"
)
"""Links that joining to a base leaves as they are: it takes twenty times as long as seeing that."""
_TORN_SCHEME: Final = re.compile(
    r"(https?)(?::/?(?=[a-z0-9-]+\.)|//(?=[a-z0-9-]+\.))", re.IGNORECASE
)
_ANCHOR: Final = re.compile(
    r"<a\s[^<>]{0,200}?href\s{0,3}=\s{0,3}[\"']?(?P<link>[^\"'<>\s]+)", re.IGNORECASE
)
"""The beginning of a link that stands in mark-up."""
_ENCLOSED: Final = re.compile(
    r"(?:[\"'<(\[“‘]\s?){1,9}(?P<link>https?://[^\s\"'<>]+?)(?:\s?[\"'>)\]”’]){1,9}",
    re.IGNORECASE,
)
"""A link in marks; few, since the end is tried at each sign of the link."""
_SCHEMES: Final = re.compile(r"(?:https?://)+(?=https?://)", re.IGNORECASE)
_BACKSLASHES: Final = re.compile(r"https?:(?:\\\\|//[^/]*\\)", re.IGNORECASE)
_INSIDE: Final = re.compile(
    r"https?://(?:(?:[^/?#@]*\.)?(?:localhost|local|localdomain|internal)|127(?:\.[0-9]{1,3}){3}"
    r"|10(?:\.[0-9]{1,3}){3}|192\.168(?:\.[0-9]{1,3}){2}|172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]{1,3}){2}"
    r"|0\.0\.0\.0|\[::1\])(?=[:/?#]|\Z)",
    re.IGNORECASE,
)
"""An address on the writer's own machine or network."""
_PAGE: Final = re.compile(r"(?P<site>https?://[^/\s?#@]+)(?:/|\Z)", re.IGNORECASE)
_LEAST_BUDGET: Final = 500_000
_MOST_BUDGET: Final = 8_000_000
_BUDGET_FACTOR: Final = 4


class LinkBudget:
    """The characters from which the relative links of one document may be joined, including bases.

    Bounds both time and output: without it 60,000 links of one letter and a base of 8,000 are half
    a gigabyte. A feed of 10,000 items needs a third of the limit.
    """

    def __init__(self, size: int) -> None:
        self._left = min(_LEAST_BUDGET + _BUDGET_FACTOR * size, _MOST_BUDGET)
        self.refused = 0

    def spend(self, base: str, link: str) -> bool:
        """Return whether a link may be joined to a base, and charge for it.

        Absolute links are free.
        """
        if not base or link[:8].lower().startswith(("http://", "https://")):
            return True
        cost = len(base) + len(link)
        if cost > self._left:
            self.refused += 1
            return False
        self._left -= cost
        return True

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings about omitted links."""
        if not self.refused:
            return ()
        return (
            (
                f"{self.refused:,} relative links were left out: their bases are too long to be "
                "repeated so often"
            ),
        )


def resolve_link(link: str | None, base: str | None, budget: LinkBudget) -> str | None:
    """Return a link on one line, absolute if a base is known.

    One that cannot be resolved is returned unchanged. None if there is none, it is longer than
    `LINK_LIMIT`, or the budget is spent.
    """
    link = one_line(_unbroken(link)) if link and len(link) <= 2 * LINK_LIMIT else ""
    if link.lower() in NO_LINKS:
        return None
    if not is_plainly_absolute(link):
        link = freed(link)
    if base and len(base) <= LINK_LIMIT:
        if not budget.spend(base, link):
            return None
        if is_plainly_absolute(link):
            return link if len(link) <= LINK_LIMIT else None
        link = _with_scheme(link, base)
        with suppress(ValueError):  # for example brackets that hold no IPv6 address
            link = urljoin(base, link)
    return link if len(link) <= LINK_LIMIT else None


def _unbroken(link: str) -> str:
    """Return a link without line breaks and what indents the lines; of several links the first."""
    if "\n" not in link and "\r" not in link:
        return link
    lines = [one.strip() for one in link.strip().splitlines()]
    if any(one[:8].lower().startswith(("http://", "https://")) for one in lines[1:]):
        return lines[0]
    return "".join(lines)


def picture_link(link: str | None, base: str | None, budget: LinkBudget) -> str | None:
    """Return the address of a picture made absolute; None for one that does not lead to the web."""
    if not link or len(link) > IMAGE_LIMIT:
        return None
    resolved = resolve_link(link, base, budget)
    if resolved is None or len(resolved) > IMAGE_LIMIT:
        return None
    if is_plainly_absolute(resolved):
        return resolved
    try:
        parts = urlsplit(resolved)
    except ValueError:
        return None
    return resolved if parts.scheme in {"http", "https"} and parts.hostname else None


def public_link(
    link: str | None, guid: str | None, base: str | None, feed_url: str | None
) -> str | None:
    """Return a link of an item, or what a link to its writer's own machine stands for.

    Programs of publishers are set up at `http://localhost:3000` and stay so. An id that is the
    address of a page goes before such a link, else the link is one of the feed's site. A feed of
    the same machine or network may mean what it says.
    """
    if link is None or not _INSIDE.match(link) or _INSIDE.match(feed_url or ""):
        return link
    if guid is not None and _PAGE.match(guid) and not _INSIDE.match(guid):
        return guid
    site = _PAGE.match(base or "")
    if site is None or _INSIDE.match(base or ""):
        return link
    rest = link.partition("://")[2].partition("/")
    return f"{site['site']}/{rest[2]}"


def is_plainly_absolute(link: str) -> bool:
    """Return whether joining leaves a link as it is, whatever the base."""
    return _ABSOLUTE.fullmatch(link) is not None


def freed(link: str) -> str:
    """Return a link without mark-up, quotation marks, a second scheme and slashes of Windows."""
    anchor = _ANCHOR.search(link) if link.startswith("<") else None
    if anchor is not None:
        link = anchor["link"]
    enclosed = _ENCLOSED.fullmatch(link)
    if enclosed is not None:
        link = enclosed["link"]
    doubled = _SCHEMES.match(link)
    if doubled is not None:
        link = link[doubled.end() :]
    return link.replace("\\", "/") if _BACKSLASHES.match(link) else link


def _with_scheme(link: str, base: str) -> str:
    """Return a link whose `https://` its writer forgot, or typed with one slash, with it.

    A first segment with dots is a host if it begins with `www.` or is the base's host; else it
    may as well be a file.
    """
    torn = _TORN_SCHEME.match(link)
    if torn is not None:
        return f"{torn[1]}://{link[torn.end() :]}"
    host = re.split(r"[/?#]", link, maxsplit=1)[0].lower()
    known = base.partition("://")[2].partition("/")[0].lower()
    if "." in host and (host == known or re.fullmatch(r"www\.[a-z0-9-]+(?:\.[a-z0-9-]+)+", host)):
        return f"https://{link}"
    return link


def web_link(link: str, base: str | None) -> str | None:
    """Return a link joined to its base if it leads to the web; None if it does not.

    Also None where the link or the base is longer than `LINK_LIMIT`. Unlike `resolve_link` it keeps
    no budget: for documents whose number of links is bounded already.
    """
    link = one_line(link)
    if not link or len(link) > LINK_LIMIT or (base and len(base) > LINK_LIMIT):
        return None
    try:
        joined = urljoin(base or "", link)
        return joined if urlsplit(joined).scheme in {"http", "https"} else None
    except ValueError:
        return None
