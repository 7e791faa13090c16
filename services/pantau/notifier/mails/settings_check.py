"""Likely mistakes in the settings of the mail server, reported before the first mail has to wait.

Pure.
"""

from collections.abc import Iterator
from typing import Final

from pantau.settings import SmtpSettings

TLS_PORT: Final = 465  # RFC 8314, 7.3
_NEAR: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def mail_warnings(settings: SmtpSettings) -> tuple[str, ...]:
    """Return a warning for each setting that will most likely fail or leak.

    Empty without a mail server.
    """
    return () if settings.host is None else tuple(_warnings(settings))


def _warnings(settings: SmtpSettings) -> Iterator[str]:
    far = settings.host not in _NEAR
    if (settings.username is None) != (settings.password is None):
        missing = "smtp.password" if settings.password is None else "smtp.username"
        yield (
            f"{missing} is not set, and user name and password go together: mails wait until it is"
        )
    if settings.port == TLS_PORT and settings.security != "tls":
        yield f'port {TLS_PORT} speaks TLS from the start: set smtp.security = "tls"'
    if settings.port in {25, 587} and settings.security == "tls":
        yield f'port {settings.port} begins without TLS: set smtp.security = "starttls"'
    if far and settings.security == "none" and settings.password is not None:
        yield 'smtp.security = "none" sends the password for anybody to read'
    if far and settings.sender == SmtpSettings.model_fields["sender"].default:
        yield (
            f"smtp.sender is {settings.sender}, which most mail servers refuse: "
            "set an address of yours"
        )
