"""Settings of the servers of the distributed runtime, and of what operators look at."""

from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator

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
        pattern="^(PLAIN|SCRAM-SHA-256|SCRAM-SHA-512|OAUTHBEARER)$",
        description="How the login is done.",
    )
    username: str | None = Field(
        default=None, description="User name of the login; with `token_url`, the client's id."
    )
    password: SecretStr | None = Field(
        default=None, description="Password of the login; with `token_url`, the client's secret."
    )
    token_url: str | None = Field(
        default=None,
        description="With OAUTHBEARER: token endpoint of the authorization server, such as "
        "https://login.example.org/token; tokens are requested there with the client's id and "
        "secret.",
    )
    token_scope: str | None = Field(
        default=None, description="Scope that is requested with each token."
    )
    token_file: Path | None = Field(
        default=None,
        description="With OAUTHBEARER, in place of `token_url`: file that holds the current "
        "token, such as one that Kubernetes renews; read at each login.",
    )
    ca_file: Path | None = Field(
        default=None, description="Certificates to trust, in place of the system's."
    )
    cert_file: Path | None = Field(
        default=None,
        description="Certificate (PEM) that is shown to the brokers, with those that lead to its "
        "authority, where they demand one (mTLS).",
    )
    key_file: Path | None = Field(
        default=None,
        description="Private key of `cert_file`. None: `cert_file` holds it, too.",
    )
    key_password: SecretStr | None = Field(
        default=None, description="Password of the private key, where it is encrypted."
    )
    compression: Literal["none", "gzip", "snappy", "lz4", "zstd"] = Field(
        default="zstd",
        description="How records are compressed before they are sent; any can be read at any time.",
    )
    timeout_seconds: float = Field(
        default=30.0, gt=0, description="For one request to the brokers."
    )

    @field_validator(
        "username", "password", "token_url", "token_scope", "key_password", mode="before"
    )
    @classmethod
    def _unset(cls, given: Any) -> Any:
        """Treat an empty string as unset: orchestrators pass unset variables as empty."""
        return None if isinstance(given, str) and not given.strip() else given

    @field_validator("token_url")
    @classmethod
    def _check_token_url(cls, given: str | None) -> str | None:
        if given is None:
            return None
        message = "expected an address such as https://login.example.org/token"
        try:
            parts = urlsplit(given)
            plain = not (parts.fragment or parts.username is not None or parts.port == 0)
        except ValueError:
            raise ValueError(message) from None
        if not plain or parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(message)
        return given

    @model_validator(mode="after")
    def _check_login(self) -> Self:
        """Refuse combinations that can never log in; the message names the settings."""
        if self.key_file is not None and self.cert_file is None:
            message = "key_file is the key of a certificate: set cert_file as well"
            raise ValueError(message)
        if self.cert_file is not None and not self.security.endswith("tls"):
            message = "cert_file is shown in TLS: set security to tls or sasl_tls"
            raise ValueError(message)
        if not self.security.startswith("sasl") or self.sasl_mechanism != "OAUTHBEARER":
            return self
        if (self.token_url is None) == (self.token_file is None):
            message = "OAUTHBEARER takes its tokens from one place: set token_url or token_file"
            raise ValueError(message)
        if self.token_url is not None and (self.username is None or self.password is None):
            message = "token_url is asked with a client's id and secret: set username and password"
            raise ValueError(message)
        return self


class ElasticSettings(SettingsSection):
    """The search index of the distributed runtime."""

    url: str = Field(default="http://127.0.0.1:9200", description="Address of the server.")
    more_urls: tuple[str, ...] = Field(
        default=(),
        description="Addresses of further nodes of the same cluster; requests go to all in turn, "
        "and a node that does not answer is left out for a while.",
    )
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
