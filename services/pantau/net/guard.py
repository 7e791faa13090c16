"""Rules about the addresses that the guarded fetcher may contact. Pure.

`adapters/http/resolver.py` applies them. The danger is server-side request forgery: an external
address (a feed, a redirect, a webhook) that names something internal, such as a router or a cloud's
metadata service at 169.254.169.254.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

EVERYWHERE: Final[tuple[Network, ...]] = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))
"""All addresses: for a host that an operator named."""
SCHEMES: Final = frozenset({"http", "https"})

BLOCKED_PORTS: Final = frozenset(
    int(port)
    for port in [
        "0",
        "1",
        "7",
        "9",
        "11",
        "13",
        "15",
        "17",
        "19",
        "20",
        "21",
        "22",
        "23",
        "25",
        "37",
        "42",
        "43",
        "53",
        "69",
        "77",
        "79",
        "87",
        "95",
        "101",
        "102",
        "103",
        "104",
        "109",
        "110",
        "111",
        "113",
        "115",
        "117",
        "119",
        "123",
        "135",
        "137",
        "139",
        "143",
        "161",
        "179",
        "389",
        "427",
        "465",
        "512",
        "513",
        "514",
        "515",
        "526",
        "530",
        "531",
        "532",
        "540",
        "548",
        "554",
        "556",
        "563",
        "587",
        "601",
        "636",
        "989",
        "990",
        "993",
        "995",
        "1719",
        "1720",
        "1723",
        "2049",
        "3659",
        "4045",
        "4190",
        "5060",
        "5061",
        "6000",
        "6566",
        "6665",
        "6666",
        "6667",
        "6668",
        "6669",
        "6679",
        "6697",
        "10080",
    ]
)
"""Ports of other protocols that a request could be mistaken for.

The bad ports of the WHATWG Fetch standard.
"""

# Forbidden host code points of the WHATWG URL standard.
_NOT_IN_HOSTS: Final = re.compile(r"[\x00-\x20\x7f#%/<>?@\\^|]")
_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")  # RFC 4291, 2.4: nothing else is routed to hosts
_NAT64: Final = IPv6Network("64:ff9b::/96")  # RFC 6052
_COMPATIBLE: Final = IPv6Network("::/96")  # RFC 4291, 2.5.5.1, deprecated
_RESERVED: Final[tuple[Network, ...]] = (  # unknown, or not always known, to the standard library
    IPv4Network("192.0.0.0/24"),  # RFC 6890
    IPv4Network("192.88.99.0/24"),  # RFC 7526, relays of 6to4
    IPv6Network("3fff::/20"),  # RFC 9637, documentation
    IPv6Network("5f00::/16"),  # RFC 9602
)
_CLOUD: Final[dict[Network, str]] = {
    # Its metadata, DNS and agents, on an address that looks public:
    # learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
    IPv4Network("168.63.129.16/32"): "the address that Azure serves its machines from",
}
"""Services that clouds provide to their machines at addresses that no other rule blocks.

The others are in networks that are not public: 169.254.0.0/16 (nearly all), fd00:ec2::254 (AWS),
fd20:ce::254 (Google), 100.100.100.200 (Alibaba), 192.0.0.192 (Oracle).
"""
_ISATAP: Final = frozenset({0x0000_5EFE, 0x0200_5EFE})  # RFC 5214, 6.1
_REMEMBERED: Final = 4096
"""Number of addresses whose verdict is kept: servers of feeds are contacted again and again."""


def check_url(url: str) -> str | None:
    """Return why an address can never be fetched, before any name is resolved.

    None if it may be fetched.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        return f"{url!r} is no web address: {error}"
    return check_target(parts.scheme.lower(), parts.hostname or "", port)


def without_password(url: str) -> str:
    """Format an address for people and logs: without user name and password."""
    head, mark, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{head}{mark}{authority.rpartition('@')[2]}{slash}{path}"


def check_target(scheme: str, host: str, port: int | None) -> str | None:
    """Return why a scheme, host and port are blocked; None if they are allowed."""
    if scheme not in SCHEMES:
        return (
            f"the scheme {scheme!r} is not fetched, only http and https"
            if scheme
            else "it lacks http:// or https://"
        )
    if not host or _NOT_IN_HOSTS.search(host):
        return "it names no host"
    if port is not None and port in BLOCKED_PORTS:
        return f"port {port} belongs to another protocol and is blocked"
    return None


def check_address(address: Address, allowed: Iterable[Network]) -> str | None:
    """Return the kind of a blocked address, such as `a private address`.

    None if it is allowed. Addresses that wrap an IPv4 address (mapped, compatible, 6to4, Teredo,
    NAT64, ISATAP) are checked by what they wrap; ISATAP, whose prefix is that of a network, by its
    prefix as well.
    """
    return _check(address, tuple(allowed))


@lru_cache(maxsize=_REMEMBERED)
def _check(address: Address, networks: tuple[Network, ...]) -> str | None:
    if _within(address, networks):
        return None
    inner = unwrap(address)
    judged: tuple[Address, ...] = inner or (address,)
    if inner and _is_isatap(address):
        judged = (address, *inner)
    for one in judged:
        kind = None if _within(one, networks) else _kind(one)
        if kind is not None:
            return kind
    return None


def _within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address.version == one.version and address in one for one in networks)


def _is_isatap(address: Address) -> bool:
    return isinstance(address, IPv6Address) and int(address) >> 32 & 0xFFFF_FFFF in _ISATAP


def unwrap(address: Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses at which packets to an IPv6 address can end.

    Empty for an address that wraps none.
    """
    if isinstance(address, IPv4Address):
        return ()
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1) or _is_isatap(address):
        return (IPv4Address(int(address) & 0xFFFF_FFFF),)
    return ()


def parse_address(text: str) -> Address:
    """Parse an address as a resolver returns it, with or without a scope such as `%eth0`.

    Raises ValueError.
    """
    bare = text.partition("%")[0]
    if ":" not in bare and not bare[-1:].isdigit():
        raise ValueError(text)  # a name, as nearly always, and far faster so
    return _parse(bare)


# Only what is an address is kept, without its scope: no key is longer than an address.
_parse: Final = lru_cache(maxsize=_REMEMBERED)(ip_address)


def _kind(address: Address) -> str | None:
    """Return the kind of an address that is not public; None for a public one."""
    for network, cloud in _CLOUD.items():
        if _within(address, (network,)):
            return cloud
    # In order: the first name that applies is the most specific.
    checks = (
        (
            address.is_unspecified or (address.version == 4 and int(address) >> 24 == 0),
            "this machine itself",
        ),
        (address.is_loopback, "this machine itself"),
        (address.is_link_local, "a link-local address"),
        (address.is_multicast, "a multicast address"),
        (
            any(address.version == one.version and address in one for one in _RESERVED),
            "a reserved address",
        ),
        (address.is_private, "a private address"),
        (address.is_reserved, "a reserved address"),
        (not address.is_global, "a shared, not a public address"),
        (isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST, "a reserved address"),
    )
    return next((name for found, name in checks if found), None)
