"""Addresses that begin with a scheme for feeds, such as `feed:`, as browsers write them."""

import re
from typing import Final

_FEED_SCHEME: Final = re.compile(r"\A(?:feeds?|rss|itpc|pcast|podcast):(?://)?", re.IGNORECASE)


def without_feed_scheme(address: str) -> str:
    """Return an address without the scheme for feeds in front of it.

    What is left may have a scheme of its own (`feed:https://...`) or none (`feed://host/path`).
    """
    return _FEED_SCHEME.sub("", address, count=1)
