"""Addresses by which others reach this program: of its web servers, as operators set them."""

from urllib.parse import urlsplit


def public_address(given: str | None) -> str | None:
    """Return a plain web address without its final slashes.

    Raises ValueError for anything else; the message names what is expected.
    """
    if given is None:
        return None
    message = "expected an address such as https://news.example.org, without a query"
    try:
        parts = urlsplit(given)
        plain = not (parts.query or parts.fragment or parts.username or parts.port == 0)
    except ValueError:
        raise ValueError(message) from None
    if not plain or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(message)
    return given.rstrip("/")


def host_of(address: str | None) -> str:
    """Return the host of an address, empty without one."""
    return (urlsplit(address or "").hostname or "").rstrip(".")
