"""Settings of the servers of the distributed runtime, and of what operators look at."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from pantau.settings.section import SettingsSection


class KafkaSettings(SettingsSection):
    """The log of the distributed runtime.

    If `servers` is set, everything runs on Kafka and Elasticsearch.
    """

    servers: tuple[str, ...] = Field(
        default=(),
        description="Brokers to ask first, such as kafka:9092. None: the embedded store.",
    )
    prefix: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9._-]{0,100}$",
        description="Put before the names of topics and groups, so that several Pantaus share a "
        "cluster.",
    )
    partitions: int | None = Field(
        default=None, ge=1, description="Partitions of new topics, in place of the topic table's."
    )
    replication: int = Field(
        default=1, ge=1, description="Copies of each partition, in new topics."
    )
    security: str = Field(
        default="plaintext",
        pattern="^(plaintext|tls|sasl_plaintext|sasl_tls)$",
        description="How brokers are spoken to: with TLS or without, with a login (SASL) or "
        "without.",
    )
    sasl_mechanism: str = Field(
        default="SCRAM-SHA-512",
        pattern="^(PLAIN|SCRAM-SHA-256|SCRAM-SHA-512)$",
        description="How the login is done.",
    )
    username: str | None = Field(default=None, description="User name of the login.")
    password: SecretStr | None = Field(default=None, description="Password of the login.")
    ca_file: Path | None = Field(
        default=None, description="Certificates to trust, in place of the system's."
    )
    compression: Literal["none", "gzip", "snappy", "lz4", "zstd"] = Field(
        default="zstd",
        description="How records are compressed before they are sent; any can be read at any time.",
    )
    timeout_seconds: float = Field(
        default=30.0, gt=0, description="For one request to the brokers."
    )


class ElasticSettings(SettingsSection):
    """The search index of the distributed runtime."""

    url: str = Field(default="http://127.0.0.1:9200", description="Address of the server.")
    prefix: str = Field(
        default="",
        pattern=r"^([a-z0-9][a-z0-9._-]{0,99})?$",
        description="Put before the names of indices, aliases and templates.",
    )
    username: str | None = Field(default=None, description="User name, for basic authentication.")
    password: SecretStr | None = Field(default=None, description="Password of that user.")
    api_key: SecretStr | None = Field(
        default=None, description="In place of user name and password."
    )
    ca_file: Path | None = Field(
        default=None, description="Certificates to trust, in place of the system's."
    )
    shards: int = Field(default=1, ge=1, description="Of each monthly index.")
    replicas: int = Field(default=0, ge=0, description="Copies of each shard.")
    stemming: bool = Field(
        default=False,
        description="Index words by their stems, too, for searches in Kibana such as "
        "title.indonesian:makan, where "
        "the server can; a query that names fields by a pattern (*:makan) then finds more there "
        "than in Pantau.",
    )
    timeout_seconds: float = Field(default=30.0, gt=0, description="For one request.")


class ObserveSettings(SettingsSection):
    """Metrics, traces and health checks for operators."""

    host: str = Field(
        default="127.0.0.1", description="Address that /metrics, /livez and /readyz listen on."
    )
    port: int | None = Field(
        default=None,
        ge=0,
        le=65_535,
        description="Their port; 0 takes a free one, none switches them off.",
    )
    allow_hosts: tuple[str, ...] = Field(
        default=(),
        description="Names that it may be asked by (the header Host), beside this machine's own "
        "and addresses; "
        "*.example.org is any name below, * any at all.",
    )
    otlp_endpoint: str | None = Field(
        default=None,
        description="OpenTelemetry collector (OTLP over HTTP) that traces are sent to.",
    )
