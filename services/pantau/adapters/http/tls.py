"""TLS: trusted authorities, and errors in plain words."""

import functools
import ssl
from typing import Final

import certifi

from pantau.ports import FetchError

_NO_TLS: Final = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"})
"""Names that OpenSSL has for an answer that is not TLS; they differ between its versions."""
_IN_WORDS: Final = (
    ("CERTIFICATE HAS EXPIRED", "its certificate has expired; its owner must renew it"),
    ("NOT YET VALID", "its certificate is not valid yet; check the clock of this machine"),
    ("HOSTNAME MISMATCH", "its certificate is for another host name; check the address"),
    ("IP ADDRESS MISMATCH", "its certificate is for another address; use the host's name"),
    (
        "SELF-SIGNED",
        "its certificate is self-signed; if it is yours, give it to the feed as its CA bundle",
    ),
    (
        "UNABLE TO GET LOCAL ISSUER",
        "its certificate is of an unknown authority; give that one to the feed as its CA bundle",
    ),
    ("REVOKED", "its certificate is revoked"),
    ("KEY TOO SMALL", "its certificate has a key that is too weak"),
    ("MD TOO WEAK", "its certificate is signed with an algorithm that is too weak"),
    ("UNSUPPORTED_PROTOCOL", "it speaks only versions of TLS that are no longer safe"),
    ("PROTOCOL_VERSION", "it speaks only versions of TLS that are no longer safe"),
    ("LEGACY_RENEGOTIATION", "it asks for a renegotiation that is no longer safe"),
    ("DH_KEY_TOO_SMALL", "it offers a key exchange that is too weak"),
    ("HANDSHAKE_FAILURE", "it shares no cipher with us"),
    ("UNRECOGNIZED_NAME", "it does not know this host name"),
    ("UNEXPECTED_EOF", "it ended the connection during the handshake"),
)
"""(part of OpenSSL's reason or message in capitals, our text)."""


@functools.cache
def tls_context(ca_bundle: str | None = None, *, verify: bool = True) -> ssl.SSLContext:
    """Return a context that trusts the system's authorities, Mozilla's list, and a bundle's.

    Without `verify` any certificate is accepted. Raises FetchError for a bundle that cannot be
    read.
    """
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    if ca_bundle is not None:
        try:
            context.load_verify_locations(ca_bundle)
        except (OSError, ssl.SSLError) as error:
            message = f"the feed's CA bundle {ca_bundle} cannot be read: {error.strerror or error}"
            raise FetchError("refused", message) from error
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    return context


def in_words(error: ssl.SSLError) -> str:
    """Return the cause of a failed TLS handshake and the fix."""
    reason = (error.reason or "").upper().replace(" ", "_")
    if reason in _NO_TLS:
        return "the server does not speak TLS at this port; try http:// in place of https://"
    message = str(getattr(error, "verify_message", "") or "")
    told = f"{reason} {message.upper()}"
    plain = next((text for part, text in _IN_WORDS if part in told), None)
    known = message or error.reason or str(error)
    return known if plain is None else f"{plain} ({known})"
