"""TLS towards the brokers, the same for every client of Kafka.

Failures name the setting whose file cannot be used: a path in an error of `ssl` alone does not say
which of three files is meant.
"""

import ssl
from pathlib import Path

from pantau.errors import StopError
from pantau.settings import KafkaSettings


def client_context(settings: KafkaSettings) -> ssl.SSLContext:
    """Return the context of a connection: whom to trust, and which certificate to show.

    Raises StopError naming the setting of a file that cannot be used.
    """
    context = _trusting(settings.ca_file)
    if settings.cert_file is None:
        return context
    password = settings.key_password
    # Without a password, OpenSSL would ask for one on the terminal.
    secret = password.get_secret_value() if password is not None else ""
    try:
        context.load_cert_chain(settings.cert_file, settings.key_file, password=lambda: secret)
    except (OSError, ValueError) as error:
        message = (
            "kafka.cert_file, kafka.key_file or kafka.key_password cannot be used "
            f"({_reason(error)}): expected a certificate and its private key in PEM"
        )
        raise StopError(message) from error
    return context


def _trusting(authorities: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=authorities)
    except OSError as error:
        message = f"kafka.ca_file cannot be used ({_reason(error)}): expected certificates in PEM"
        raise StopError(message) from error


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
