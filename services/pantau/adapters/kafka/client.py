"""Shared parts of the Kafka adapter: connection options, record encoding, error conversion.

Errors of kafka-python by their outcome:

    RetryError    transient: no answer, no leader, a rebalance, a coordinator that moves
    RejectError   the broker will never accept this record: too large, invalid
    StopError     an operator has to act: missing topic, no permission, wrong password, or settings
                  that Kafka rejects
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final

from kafka import errors
from kafka.partitioner.default import murmur2

from pantau.adapters.kafka.group.compiled_records import unpack_compiled
from pantau.adapters.kafka.header_names import be_tolerant
from pantau.adapters.kafka.reachable import (
    RecordingClient,
    UnreachableError,
    explain,
    recorded,
)
from pantau.adapters.kafka.tls import client_context
from pantau.adapters.kafka.tokens import TokenProvider, token_source
from pantau.errors import PantauError, RejectError, RetryError, StopError
from pantau.ports import NO_HEADERS, Received, Record
from pantau.settings import KafkaSettings
from pantau_schemas.topics import Topic

MAX_RECORD_BYTES: Final = 32 * 1024 * 1024
"""Maximum size of a batch of one partition.

A page is fetched up to 10 MB (`fetch.max_bytes`); enriched, as escaped JSON, it can be three times
as large. Almost all records have about 3 KB.
"""
RECONNECT_MS: Final = 1_000
"""Maximum backoff between connection attempts, so that work resumes soon after brokers are back."""

_PROTOCOLS: Final = {
    "plaintext": "PLAINTEXT",
    "tls": "SSL",
    "sasl_plaintext": "SASL_PLAINTEXT",
    "sasl_tls": "SASL_SSL",
}

_OUTCOMES: Final[Sequence[tuple[tuple[type[errors.KafkaError], ...], type[PantauError], str]]] = (
    (
        (errors.UnknownTopicOrPartitionError, errors.InvalidTopicError),
        StopError,
        "a topic is missing: run `pantau setup`",
    ),
    (
        (errors.MessageSizeTooLargeError, errors.RecordListTooLargeError),
        RejectError,
        (
            "the record is larger than Kafka takes: raise max.message.bytes of the topic, or run "
            "`pantau setup`"
        ),
    ),
    (
        (errors.InvalidRecordError, errors.InvalidTimestampError),
        RejectError,
        "Kafka does not take the record",
    ),
    (
        (errors.AuthorizationError,),
        StopError,
        (
            "Kafka does not permit this: give the user of kafka.username "
            "the rights to its topics and groups"
        ),
    ),
    (
        (
            errors.SaslAuthenticationFailedError,
            errors.UnsupportedSaslMechanismError,
            errors.IllegalSaslStateError,
            errors.SecurityDisabledError,
        ),
        StopError,
        (
            "Kafka does not let us in: see kafka.security, kafka.sasl_mechanism, "
            "kafka.username and kafka.password"
        ),
    ),
    (
        (
            errors.InvalidConfigurationError,
            errors.InvalidReplicationFactorError,
            errors.InvalidPartitionsError,
            errors.PolicyViolationError,
            errors.KafkaConfigurationError,
        ),
        StopError,
        "Kafka does not take these settings: see kafka.replication and kafka.partitions",
    ),
    ((errors.UnsupportedVersionError,), StopError, "this Kafka is too old: 3.0 or later is needed"),
    (
        (
            errors.CommitFailedError,
            errors.IllegalGenerationError,
            errors.UnknownMemberIdError,
            errors.RebalanceInProgressError,
            errors.FencedInstanceIdError,
        ),
        RetryError,
        "another member of the group took over",
    ),
)
"""The first matching row counts; anything else is a RetryError."""


def convert(error: errors.KafkaError, settings: KafkaSettings) -> PantauError:
    """Convert an error of kafka-python."""
    if isinstance(error, UnreachableError):
        return explain(error.failure, settings)
    for kinds, outcome, meaning in _OUTCOMES:
        if isinstance(error, kinds):
            return outcome(f"{meaning} ({error})")
    return RetryError(
        f"Kafka at {', '.join(settings.servers)} does not answer as it should ({error})"
    )


@contextmanager
def converted(settings: KafkaSettings) -> Iterator[None]:
    """Convert errors of the block. An invalid address is a StopError."""
    try:
        yield
    except errors.KafkaError as error:
        raise convert(error, settings) from error
    except OSError as error:
        message = f"Kafka at {', '.join(settings.servers)} cannot be reached ({error})"
        raise RetryError(message) from error


def connection(settings: KafkaSettings) -> dict[str, Any]:
    """Return the options common to producers, consumers and admin clients of kafka-python.

    Raises StopError if a file of certificates cannot be used.
    """
    timeout = round(settings.timeout_seconds * 1000)
    options: dict[str, Any] = {
        "bootstrap_servers": list(settings.servers),
        "client_id": "pantau",
        "request_timeout_ms": timeout,
        "bootstrap_timeout_ms": timeout,
        "connections_max_idle_ms": max(540_000, 2 * timeout),
        "reconnect_backoff_max_ms": RECONNECT_MS,
        "security_protocol": _PROTOCOLS[settings.security],
    }
    if settings.security.endswith("tls"):
        options["ssl_context"] = client_context(settings)
    if settings.security.startswith("sasl"):
        options["sasl_mechanism"] = settings.sasl_mechanism
        if settings.sasl_mechanism == "OAUTHBEARER":
            options["sasl_oauth_token_provider"] = TokenProvider(token_source(settings))
        else:
            options["sasl_plain_username"] = settings.username
            options["sasl_plain_password"] = (
                settings.password and settings.password.get_secret_value()
            )
    return options


def reading(settings: KafkaSettings) -> dict[str, Any]:
    """Return the options of a consumer: those of `connection`, and limits for our records.

    No group; the caller manages positions; topics are never created.
    """
    be_tolerant()
    unpack_compiled()
    return connection(settings) | {
        "enable_auto_commit": False,
        "auto_offset_reset": "earliest",
        "allow_auto_create_topics": False,
        "max_partition_fetch_bytes": 4 * 1024 * 1024,  # a larger batch is returned alone
        "receive_message_max_bytes": 2 * MAX_RECORD_BYTES + 50 * 1024 * 1024,
        "fetch_max_wait_ms": min(500, round(settings.timeout_seconds * 500)),
        "metrics_enabled": False,
    }


def topic_name(topic: str, settings: KafkaSettings) -> str:
    """Return the name of a topic in the cluster."""
    return settings.prefix + topic


def group_name(group: str, settings: KafkaSettings) -> str:
    """Return the name of a group in the cluster."""
    return settings.prefix + group


def partition_of(partition_key: str, partitions: int) -> int:
    """Return the partition of a key, as Kafka's default partitioner does (positive murmur2)."""
    return _hashed(partition_key) % partitions


@lru_cache(maxsize=16_384)  # subscriptions, feeds and domains: each has many records
def _hashed(partition_key: str) -> int:
    return int(murmur2(partition_key.encode())) & 0x7FFFFFFF


def partition_count(topic: Topic, settings: KafkaSettings) -> int:
    """Return the number of partitions that a topic is made with.

    A table that every member reads whole has one partition if the topic table says so.
    """
    chosen = settings.partitions if topic.partitions > 1 else None
    return chosen or topic.partitions


def encode_headers(headers: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """Encode headers for the wire."""
    return [(name, value.encode()) for name, value in headers.items()]


def decode_headers(headers: Sequence[tuple[str, bytes | None]]) -> Mapping[str, str]:
    """Decode headers; the last value of a repeated name counts."""
    if not headers:
        return NO_HEADERS
    return {name: value.decode(errors="replace") for name, value in headers if value is not None}


def header(headers: Sequence[tuple[str, bytes | None]], name: str) -> str | None:
    """Return what `decode_headers` has under a name, without decoding the others."""
    found = [value for key, value in headers if key == name and value is not None]
    return found[-1].decode(errors="replace") if found else None


def received(message: Any, settings: KafkaSettings) -> Received:
    """Convert a `ConsumerRecord` of kafka-python."""
    key = message.key.decode(errors="replace") if message.key is not None else ""
    topic = message.topic.removeprefix(settings.prefix)
    record = Record(topic, key, message.value, decode_headers(message.headers))
    return Received(record, message.offset, message.partition)


def opened(kind: Callable[..., Any], options: Mapping[str, Any]) -> Any:
    """Open a producer, consumer or admin client.

    A failed start leaves no thread and no socket behind.
    """
    clients: list[RecordingClient] = []

    def client(**given: Any) -> RecordingClient:
        clients.append(RecordingClient(**given))
        return clients[-1]

    with recorded(clients):
        return kind(**options, kafka_client=client)
