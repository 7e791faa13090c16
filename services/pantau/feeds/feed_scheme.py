"""Addresses that begin with a scheme for feeds, such as `feed:`, or are typed as people do."""

import re
from typing import Final

from pantau.feeds.links import LINK_LIMIT, freed

_FEED_SCHEME: Final = re.compile(r"\A(?:(?:feeds?|rss|itpc|pcast|podcast):(?://)?)+", re.IGNORECASE)
_MARKDOWN: Final = re.compile(r"\[[^\[\]]{0,500}\]\(\s?(?P<link>[^\s()]+)\s?\)")
_SOURCE: Final = re.compile(r"\Aview-source:\s?", re.IGNORECASE)
_MISTYPED: Final = re.compile(
    r"\A(?:h?t{1,3}p|hxxp)(?P<tls>s?)(?:[:;]/{0,3}|//)(?![/\d]|\d+(?:/|\Z))", re.IGNORECASE
)
_TYPED: Final = re.compile(r"\Ahttps?://", re.IGNORECASE)


def without_feed_scheme(address: str) -> str:
    """Return an address without the schemes for feeds in front of it.

    What is left may have a scheme of its own (`feed:https://...`) or none (`feed://host/path`).
    """
    return _FEED_SCHEME.sub("", address, count=1)


def typed_address(typed: str) -> str:
    """Return the address that a person typed or pasted, without what does not belong to it.

    That is mark-up and marks around it, a scheme for feeds or of a browser's view, a second scheme,
    and slips in the scheme such as `http:/` and `htp://`.
    """
    address = typed.strip()
    if len(address) > 2 * LINK_LIMIT:
        return address
    marked = _MARKDOWN.fullmatch(address)
    address = without_feed_scheme(_SOURCE.sub("", marked["link"] if marked else freed(address)))
    slip = None if _TYPED.match(address) else _MISTYPED.match(address.replace("\\", "/"))
    if slip is not None:
        address = f"http{slip['tls'].lower()}://{address[slip.end() :]}"
    return freed(address)
