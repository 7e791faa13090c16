"""The registrable domain of an address, by the bundled Public Suffix List.

No network, no cache.
"""

import functools
from typing import TYPE_CHECKING, Final

from pantau_schemas.links import site_of

if TYPE_CHECKING:
    from tldextract import TLDExtract

_HOSTS_KEPT: Final = 4_096


@functools.cache
def _list() -> "TLDExtract":
    import tldextract  # noqa: PLC0415 (reading its list takes 50 ms; the command line must start quickly)

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def registrable_domain(url: str) -> str:
    """Return the domain that one owner registered: `kompas.com` of `https://nasional.kompas.com/x`.

    The host itself for an IP address, a single label or a public suffix; the empty string for an
    address that is not http(s).
    """
    host = site_of(url)
    if host is None:
        return ""
    return _list()(host).top_domain_under_public_suffix or host


def publisher_domain(url: str) -> str:
    """Return the domain of one publisher; empty if it is not an http(s) link.

    It differs from `registrable_domain` where many publishers share a registered domain, such as
    `one.github.io` and `other.github.io`: the private part of the Public Suffix List names those.
    """
    host = site_of(url)
    return "" if host is None else _publisher(host)


@functools.lru_cache(maxsize=_HOSTS_KEPT)
def _publisher(host: str) -> str:
    return _list()(host, include_psl_private_domains=True).top_domain_under_public_suffix or host
