"""The reason why a client does not reach its brokers.

kafka-python tries all brokers until its time limit and then reports "Unable to bootstrap", whatever
the cause; it also retries a rejected login that long. Here each failed connection is recorded, a
failure that no retry can fix ends the attempt at once, and the last failure is described with the
name of the setting.
"""

import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from kafka import errors
from kafka.net.compat import KafkaNetClient

from pantau.adapters.kafka.attempts import close_socket, end_failed_connections
from pantau.adapters.kafka.tls import client_context
from pantau.errors import PantauError, RetryError, StopError
from pantau.settings import KafkaSettings

_FATAL: Final = (
    errors.SaslAuthenticationFailedError,
    errors.UnsupportedSaslMechanismError,
    errors.IllegalSaslStateError,
    errors.SecurityDisabledError,
)
"""Failures of the settings: every broker gives the same answer."""
LOOK_SECONDS: Final = 3.0
"""Time limit of the check of one broker."""
REFUSAL_SECONDS: Final = 0.5
"""How long a broker has to refuse a certificate after the handshake."""


class RefusedCertificateError(OSError):
    """A broker does not accept the certificate of this client, or demands one."""


class UnreachableError(errors.KafkaError):  # type: ignore[misc]  # (kafka-python has no types)
    """A client did not start; `failure` is the cause of its last failed connection."""

    def __init__(self, failure: Exception) -> None:
        super().__init__(_reason(failure))
        self.failure = failure


class RecordingClient(KafkaNetClient):  # type: ignore[misc]  # (kafka-python has no types)
    """A client that records the failures of its connections, in order, and leaves no socket."""

    def __init__(self, **options: Any) -> None:
        end_failed_connections()
        super().__init__(**options)
        self.failures: list[Exception] = []
        self._connect = self._manager.get_connection
        self._manager.get_connection = self._get_connection
        self._transports: list[Any] = []  # whose sockets may be open
        manager = self._manager
        self._build = manager._build_transport  # noqa: SLF001 (nothing public shows transports)
        manager._build_transport = self._build_transport  # noqa: SLF001 (as above)

    def _get_connection(self, *arguments: Any, **options: Any) -> Any:
        """Return a connection as the manager does. Raises the last failure if it is fatal."""
        if self.failures and isinstance(self.failures[-1], _FATAL):
            raise self.failures[-1]
        connection = self._connect(*arguments, **options)
        connection.init_future.add_errback(self._record)
        return connection

    async def _build_transport(self, *arguments: Any, **options: Any) -> Any:
        transport = await self._build(*arguments, **options)
        still_open = [one for one in self._transports if one._sock is not None]  # noqa: SLF001 (as above)
        self._transports = [*still_open, transport]
        return transport

    def close(self, node_id: Any = None) -> None:
        """Close one connection, or everything.

        A transport that has unsent bytes closes its socket when they are sent, which kafka-python
        does not wait for; one whose connection failed is forgotten with its socket open.
        """
        super().close(node_id)
        if node_id is None:
            for one in self._transports:
                close_socket(one)

    def _record(self, error: Exception) -> None:
        del self.failures[:-1]  # a client that runs for months meets many
        self.failures.append(error)


@contextmanager
def recorded(clients: Sequence[RecordingClient]) -> Iterator[None]:
    """Close the clients if the block fails, so that no thread and no socket is left behind.

    Raises UnreachableError in place of an error of kafka-python where a connection failed, or none
    had come to an end when the time for it was over.
    """
    try:
        yield
    except BaseException as error:
        for one in clients:
            one.close()
        failures = [one.failures[-1] for one in clients if one.failures]
        if not failures and isinstance(error, errors.KafkaTimeoutError):
            failures = [error]
        if failures and isinstance(error, errors.KafkaError):
            raise UnreachableError(failures[-1]) from error
        raise


def explain(failure: Exception, settings: KafkaSettings) -> PantauError:
    """Return the error of a failed connection, with a message that names the setting to check.

    A StopError if no retry helps; a RetryError if the broker, the network or its names may recover.
    """
    servers = ", ".join(settings.servers)
    if isinstance(failure, _FATAL):
        return StopError(
            f"Kafka at {servers} refuses the login ({_reason(failure)}): "
            f"check {_of_login(settings)}"
        )
    if _of_token(failure):
        return RetryError(_reason(failure).removeprefix(f"{type(failure).__name__}: "))
    # The failure itself says little (a closed connection, a time limit): connecting again shows
    # whether the name, the network or TLS is at fault.
    for server in settings.servers:
        problem = _look(server, settings)
        if problem is not None:
            return problem
    return RetryError(
        f"Kafka at {servers} accepts connections, but does not speak the protocol expected"
        f" ({_reason(failure)}): check that the port belongs to the listener of"
        f" kafka.security = {settings.security}"
    )


def _of_login(settings: KafkaSettings) -> str:
    """Return the settings that a login is made of."""
    if settings.sasl_mechanism == "OAUTHBEARER" and settings.token_file is not None:
        return "the token in kafka.token_file, kafka.sasl_mechanism and kafka.security"
    own = "kafka.username, kafka.password, kafka.sasl_mechanism and kafka.security"
    return f"kafka.token_url, {own}" if settings.token_url is not None else own


def _of_token(failure: Exception) -> bool:
    """Return whether the login lacked its token; the message then names the setting."""
    return "kafka.token_" in str(failure)


def _hear_out(secured: ssl.SSLSocket, settings: KafkaSettings) -> None:
    """Wait a moment for a broker that refuses our certificate, or the lack of one.

    In TLS 1.3 it does so after the handshake. Raises its SSLError; silence is consent.
    """
    secured.settimeout(REFUSAL_SECONDS)
    try:
        secured.recv(1)
    except TimeoutError:
        return
    except ssl.SSLError as error:
        shown = "kafka.cert_file" if settings.cert_file is None else "another kafka.cert_file"
        message = f"it refuses the certificate of this client ({error.reason}): set {shown}"
        raise RefusedCertificateError(message) from error


def _reason(failure: Exception) -> str:
    return str(failure) or type(failure).__name__


def _look(server: str, settings: KafkaSettings) -> PantauError | None:
    """Connect to a broker as a client would, and return what is wrong on the way, or None."""
    host, _, port = server.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdigit():
        return StopError(
            f"kafka.servers: {server} is no address; expected HOST:PORT, such as kafka:9092"
        )
    try:
        with socket.create_connection((host, int(port)), LOOK_SECONDS) as connection:
            if settings.security.endswith("tls"):
                context = client_context(settings)
                with context.wrap_socket(connection, server_hostname=host) as secured:
                    _hear_out(secured, settings)
    except OSError as error:
        for kind, outcome, meaning in _PROBLEMS:
            if isinstance(error, kind):
                reason = getattr(error, "verify_message", "") or error
                return outcome(meaning.format(host=host, server=server, reason=reason))
    return None


_PROBLEMS: Final[Sequence[tuple[type[OSError], type[PantauError], str]]] = (
    (RefusedCertificateError, StopError, "Kafka at {server} does not let us in: {reason}"),
    (
        socket.gaierror,
        RetryError,
        "kafka.servers: the name {host} cannot be resolved: check its spelling",
    ),
    (
        ConnectionRefusedError,
        RetryError,
        "kafka.servers: nothing listens at {server}: check the port, and that the broker runs",
    ),
    (
        ssl.SSLCertVerificationError,
        StopError,
        (
            "the certificate of Kafka at {server} is not trusted ({reason}): set kafka.ca_file to "
            "the"
            " certificate of its authority, and use a name that it holds"
        ),
    ),
    (
        ssl.SSLError,
        StopError,
        (
            "Kafka at {server} does not speak TLS on this port ({reason}): check the port and"
            " kafka.security"
        ),
    ),
    (
        TimeoutError,
        RetryError,
        "kafka.servers: {server} does not answer: check the address and the firewall",
    ),
    (OSError, RetryError, "kafka.servers: {server} cannot be reached ({reason})"),
)
"""Failures of a connection; the first row that fits counts."""
