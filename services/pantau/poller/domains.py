"""The registrable domain of an address, by the Public Suffix List that the package carries: no network, no cache."""

import functools
from collections.abc import Callable

from pantau_schemas.links import site_of


@functools.cache
def _extractor() -> Callable[[str], str]:
    import tldextract  # noqa: PLC0415 (reading its list takes 50 ms; the command line must start quickly)

    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

    def registrable(host: str) -> str:
        return extract(host).top_domain_under_public_suffix

    return registrable


def registrable_domain(url: str) -> str:
    """Give the domain that one owner registered, such as `kompas.com` of `https://nasional.kompas.com/x`.

    Of an IP address, a single name or a public suffix it is the host; of what is no http(s) link the empty string.
    """
    host = site_of(url)
    if host is None:
        return ""
    return _extractor()(host) or host
