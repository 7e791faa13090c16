"""Likely mistakes in the settings of the mail server, reported before the first mail has to wait.

Pure.
"""

from collections.abc import Iterator
from typing import Final

from pantau.problems import Problem, problem
from pantau.settings import SmtpSettings

TLS_PORT: Final = 465  # RFC 8314, 7.3
_NEAR: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def mail_warnings(settings: SmtpSettings) -> tuple[Problem, ...]:
    """Return a warning for each setting that will most likely fail or leak.

    Empty without a mail server.
    """
    return () if settings.host is None else tuple(_warnings(settings))


def _warnings(settings: SmtpSettings) -> Iterator[Problem]:
    far = settings.host not in _NEAR
    if (settings.username is None) != (settings.password is None):
        missing = "smtp.password" if settings.password is None else "smtp.username"
        yield problem("channels.mail-half-login", missing=missing)
    if settings.port == TLS_PORT and settings.security != "tls":
        yield problem("channels.mail-tls-port", port=TLS_PORT)
    if settings.port in {25, 587} and settings.security == "tls":
        yield problem("channels.mail-plain-port", port=settings.port)
    if far and settings.security == "none" and settings.password is not None:
        yield problem("channels.mail-open-password")
    if far and settings.sender == SmtpSettings.model_fields["sender"].default:
        yield problem("channels.mail-default-sender", sender=settings.sender)
