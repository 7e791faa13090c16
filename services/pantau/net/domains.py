"""The registrable domain of an address, by the bundled Public Suffix List.

No network, no cache.
"""

import functools
import re
from typing import TYPE_CHECKING, Final

from pantau_schemas.links.canonical import site_of

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_HOSTS_KEPT: Final = 16_384
_LONGEST_KEPT: Final = 300  # characters of an address


@functools.cache
def _suffixes(*, private: bool) -> "PublicSuffixList":
    """Return the Public Suffix List; with `private`, suffixes of companies count (`github.io`)."""
    from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 (the command line starts quickly)

    return PublicSuffixList(accept_unknown=False, only_icann=not private)


def registrable_domain(url: str) -> str:
    """Return the domain that one owner registered: `kompas.com` of `https://nasional.kompas.com/x`.

    The host itself for an IP address, a single label or a public suffix; the empty string for an
    address that is not http(s).
    """
    host = _host(url)
    return "" if host is None else _registered(host)


def publisher_domain(url: str) -> str:
    """Return the domain of one publisher; empty if it is not an http(s) link.

    It differs from `registrable_domain` where many publishers share a registered domain, such as
    `one.github.io` and `other.github.io`: the private part of the Public Suffix List names those.
    """
    host = _host(url)
    return "" if host is None else publisher_of(host)


def _host(url: str) -> str | None:
    plain = _PLAIN.match(url)
    if plain is not None:
        return _kept_host(plain[0])
    return _kept_host(url) if len(url) <= _LONGEST_KEPT else site_of(url)


_PLAIN: Final = re.compile(r"https?://[a-z0-9.-]{1,253}/")
"""The start of nearly every link, which has its host and no more: few of them are kept for many."""
_kept_host: Final = functools.lru_cache(maxsize=_HOSTS_KEPT)(site_of)
"""The hosts of feeds, which are asked for several times at each poll."""


@functools.lru_cache(maxsize=_HOSTS_KEPT)
def _registered(host: str) -> str:
    return _suffixes(private=False).privatesuffix(host) or host


@functools.lru_cache(maxsize=_HOSTS_KEPT)
def publisher_of(host: str) -> str:
    """Return the domain of the publisher of a host, given as `site_of` returns it."""
    return _suffixes(private=True).privatesuffix(host) or host
