"""Networks of clients. Pure."""

from ipaddress import IPv6Address, ip_address


def network_of(client: str) -> str:
    """Return the address of a client; for IPv6 the first 64 bits of it.

    Whoever has an address of a /64 network may take any other one there (RFC 4291, 2.5.1).
    """
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if not isinstance(address, IPv6Address):
        return client
    return str(address.ipv4_mapped or f"{int(address) >> 64:x}/64")
