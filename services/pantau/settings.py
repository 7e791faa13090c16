"""All settings, their defaults and meaning.

Read from `pantau.toml` in the data folder, then `PANTAU_*` variables.
Nested names are joined by two underscores: `PANTAU_FETCH__TIMEOUT_SECONDS=10`.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_origin
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from pantau.common.channels.kinds import CHANNEL_KINDS, CHANNEL_NAMES
from pantau.common.channels.mailbox import read_mailbox
from pantau.errors import UsageError
from pantau.problems import Problem, problem
from pantau.setting_sources import Variables, settings_file
from pantau_schemas.topics import (
    ALERTED,
    ALERTS,
    ARTICLES,
    ARTICLES_ENRICHED,
    ARTICLES_FULL,
    DAY,
    DEAD_LETTERS,
    DELIVERIES,
    PUSHED_DOCUMENTS,
    SITES,
    STORY_MEMBERS,
    STORY_MERGES,
    Topic,
)

SETTINGS_FILE = "pantau.toml"
CALLBACK_PATH: Final = "/websub/"
_HOST: Final = re.compile(r"[^\s/@\[\]]{1,253}")

_ChannelName = Annotated[str, Field(pattern=rf"^({'|'.join(CHANNEL_NAMES)})$")]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FetchSettings(_Section):
    """The guarded fetcher: every request to an external address goes through it."""

    user_agent: str = Field(
        default="Pantau/0.1 (news monitoring; +https://github.com/pantau)",
        description="The header User-Agent of every request.",
    )
    timeout_seconds: float = Field(
        default=30.0, gt=0, description="For a whole resource, redirects included."
    )
    connect_timeout_seconds: float = Field(
        default=10.0, gt=0, description="For a connection to be made, TLS included."
    )
    max_bytes: int = Field(default=10_000_000, gt=0, description="Of a body, after decompression.")
    max_redirects: int = Field(
        default=5, ge=0, description="Redirects followed before a fetch fails."
    )
    allow_networks: tuple[IPv4Network | IPv6Network, ...] = Field(
        default=(),
        description="Networks that are not public yet may be reached, such as 127.0.0.0/8 or "
        "10.1.0.0/16.",
    )

    @field_validator("allow_networks", mode="before")
    @classmethod
    def _read_networks(cls, given: Any) -> Any:
        """Parse networks; a single address is a network of one."""
        if not isinstance(given, list | tuple):
            return given
        try:
            return tuple(ip_network(str(one), strict=False) for one in given)
        except ValueError as error:
            message = f"{error}; expected networks such as 10.1.0.0/16, or addresses"
            raise ValueError(message) from error


class PollSettings(_Section):
    """When feeds are polled."""

    min_interval_seconds: int = Field(
        default=120, ge=1, description="Shortest interval that is chosen for a feed."
    )
    max_interval_seconds: int = Field(
        default=6 * 3_600, ge=1, description="Longest interval that is chosen for a feed."
    )
    default_interval_seconds: int = Field(
        default=300, ge=1, description="Interval of a feed whose rhythm is not known yet."
    )
    requests_per_hour: float | None = Field(
        default=None,
        gt=0,
        description="Requests that the intervals of all feeds are fitted to, in all; "
        "by default 4 for each feed.",
    )
    domain_gap_seconds: float = Field(
        default=1.0,
        ge=0,
        description="Least time between the starts of two polls at one registrable domain.",
    )
    shared_domains: tuple[str, ...] = Field(
        default=(),
        description="Registrable domains, or addresses, of hosts that serve the feeds of many, "
        "such as a feed bridge: no gap between their feeds, and a feed that has to wait "
        "(429, 503) waits alone.",
    )
    concurrency: int = Field(default=20, ge=1, description="Feeds fetched at the same time.")
    per_host: int = Field(
        default=1, ge=1, description="Feeds fetched from one registrable domain at a time."
    )
    backoff_max_seconds: int = Field(
        default=6 * 3_600, ge=1, description="Longest pause of a failing feed."
    )
    historical_after_days: float = Field(
        default=3.0,
        gt=0,
        description="Articles published longer ago than this when first seen are historical.",
    )
    remember_days: float = Field(
        default=30.0, gt=0, description="How long an article that left its feed is known."
    )
    remember_articles: int = Field(
        default=2_000, ge=1, description="How many articles of a feed are known at most."
    )
    articles_per_day: int = Field(
        default=5_000,
        ge=1,
        description="New and changed articles that a feed may give in a day (UTC); those that it "
        "still lists come the next day. "
        "All feeds of a registrable domain may give four times as many.",
    )
    piece_articles: int = Field(
        default=50,
        ge=1,
        description="Articles of one poll that are written at once; more go in pieces, in turns "
        "with other feeds.",
    )
    piece_bytes: int = Field(
        default=200_000,
        ge=1,
        description="Text of one poll that is written at once, an article counting 2,000 bytes "
        "more than it has.",
    )
    flood_bytes_per_second: float = Field(
        default=200_000.0,
        gt=0,
        description="How fast further pieces follow, all feeds together, where the backlog of the "
        "stages is not known. "
        "Where it is known, they follow as fast as the stages work.",
    )
    backlog_bytes: int = Field(
        default=120_000,
        ge=0,
        description="Text that may still wait for the stages when another piece follows, counted "
        "as `piece_bytes`.",
    )
    waiting_bytes: int = Field(
        default=64_000_000,
        ge=0,
        description="Text that waits in memory for its turn, of all feeds; of more, the largest "
        "is polled again later.",
    )


class SmtpSettings(_Section):
    """The mail server for e-mail alerts. Without a host, e-mail channels are rejected."""

    host: str | None = Field(
        default=None, description="Its name or address, without scheme and port."
    )
    port: int = Field(default=587, ge=1, le=65_535, description="Its port.")
    username: str | None = Field(
        default=None, description="User name; without one there is no login."
    )
    password: SecretStr | None = Field(default=None, description="Password of that user.")
    sender: str = Field(
        default="pantau@localhost",
        description="Who mails come from: an address, or a name and an address, as Pantau "
        "<pantau@example.org>.",
    )
    security: str = Field(
        default="starttls",
        pattern="^(none|starttls|tls)$",
        description="`starttls` (usually port 587), `tls` from the first byte (465), or `none` "
        "(25, unencrypted).",
    )
    timeout_seconds: float = Field(default=30.0, gt=0, description="For each step of a delivery.")

    @field_validator("host", "username", "password", mode="before")
    @classmethod
    def _unset(cls, given: Any) -> Any:
        """Treat an empty string as unset: compose files pass unset variables as empty."""
        return None if isinstance(given, str) and not given.strip() else given

    @field_validator("host")
    @classmethod
    def _read_host(cls, given: str | None) -> str | None:
        if given is None:
            return None
        host = given.strip().removeprefix("[").removesuffix("]")
        if _HOST.fullmatch(host) is None or (":" in host and not _is_address(host)):
            message = (
                "expected a name or an address such as mail.example.org; the port is smtp.port"
            )
            raise ValueError(message)
        return host

    @field_validator("sender")
    @classmethod
    def _read_sender(cls, given: str) -> str:
        try:
            read_mailbox(given)
        except ValueError as error:
            message = (
                f"{error}; expected an address such as pantau@example.org, or Pantau "
                "<pantau@example.org>"
            )
            raise ValueError(message) from error
        return given


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class NotifySettings(_Section):
    """How alerts are delivered to channels."""

    timeout_seconds: float = Field(default=15.0, gt=0, description="For one try.")
    max_attempts: int = Field(
        default=16,
        ge=1,
        description="Tries of a delivery before it fails; with the default waits, most of a day.",
    )
    first_retry_seconds: float = Field(
        default=5.0, gt=0, description="Wait before the second try; each further wait is longer."
    )
    max_retry_seconds: float = Field(
        default=6 * 3_600.0, gt=0, description="Longest wait between tries."
    )
    lanes: int = Field(default=50, ge=1, description="Channels served at the same time.")
    burst: int = Field(
        default=300,
        ge=1,
        description="Messages that a channel takes at once; a summary tells of further alerts.",
    )
    per_hour: float = Field(
        default=1_200.0,
        ge=0,
        description="Messages that a channel takes an hour, after a burst. 0: no limit.",
    )
    summary_seconds: float = Field(
        default=300.0, gt=0, description="How long alerts over the limit wait for their summary."
    )
    unlimited: tuple[_ChannelName, ...] = Field(
        default=tuple(kind.name for kind in CHANNEL_KINDS if not kind.limited),
        description="Kinds of channels without a limit. Programs read a file, and want every "
        "alert.",
    )


class ExtractSettings(_Section):
    """Full text: the pages of articles whose feed gives a summary only."""

    enabled: bool = Field(
        default=True,
        description="False: no page is ever fetched, whatever a feed's `full_text` says.",
    )
    wait_seconds: float = Field(
        default=20.0,
        ge=0,
        description="How long an article waits for its page; then it goes on with the summary, "
        "and the page's text follows as its next revision.",
    )
    give_up_seconds: float = Field(
        default=900.0,
        gt=0,
        description="How long a page is tried for; an article whose site does not answer keeps "
        "its summary.",
    )
    summary_words: int = Field(
        default=80,
        ge=0,
        description="A text with fewer words counts as a summary where the feed's `full_text` is "
        "`auto`, and so does a longer one that breaks off.",
    )
    historical: bool = Field(
        default=False,
        description="Whether pages of historical articles are fetched, such as those of a feed's "
        "first poll.",
    )
    concurrency: int = Field(default=20, ge=1, description="Pages fetched at the same time.")
    waiting_per_domain: int = Field(
        default=100,
        ge=1,
        description="Articles of one registrable domain that may wait for their pages; the oldest "
        "of more go on with their summaries.",
    )
    pages_per_hour: int = Field(
        default=600,
        ge=1,
        description="Pages fetched from one registrable domain in an hour at most; further "
        "articles keep their summaries.",
    )
    max_bytes: int = Field(default=5_000_000, gt=0, description="Of a page, after decompression.")
    user_agent: str = Field(
        default="Pantau",
        pattern=r"^[A-Za-z_-]+$",
        description="The name that robots.txt knows Pantau by (RFC 9309).",
    )


class SpacySettings(_Section):
    """spaCy pipelines for the engine `spacy`.

    Names of installed packages, or paths relative to the data folder.
    """

    model: str | None = Field(
        default=None,
        description="For every language that `models` does not name, such as xx_ent_wiki_sm.",
    )
    models: dict[str, str] = Field(
        default={}, description="By language: {id = 'models/berita', en = 'en_core_web_sm'}."
    )


class EnrichSettings(_Section):
    """How names are found in articles."""

    engine: str | None = Field(
        default=None,
        description="What finds names: one of `pantau.enricher.build.ENGINES`. None: the default "
        "one.",
    )
    dictionaries: tuple[Path, ...] = Field(
        default=(),
        description="Files (YAML or CSV) of names of one's own, relative to the data folder; "
        "followed as they change.",
    )
    spacy: SpacySettings = SpacySettings()
    seconds: float = Field(
        default=2.5,
        gt=0,
        description="Processor time for one article; of what takes longer the rest is cut off, "
        "and the event says so. "
        "Raise it for pipelines of spaCy that need more for a long article.",
    )


class StorySettings(_Section):
    """How articles about the same event are grouped."""

    enabled: bool = Field(default=True, description="Without it articles belong to no story.")
    window_hours: float = Field(
        default=72.0,
        gt=0,
        le=240,
        description="How far an article may be from the others of its story; at most ten days, "
        "since what stories are "
        "known by is kept for 14.",
    )
    threshold: float = Field(
        default=0.22,
        gt=0,
        le=1,
        description="How alike an article must be to the articles of a story to join it, 0 to 1; "
        "higher gives smaller stories.",
    )
    remember_articles: int = Field(
        default=30_000,
        ge=1,
        description="Articles that new ones are compared with at most, the newest.",
    )


class KafkaSettings(_Section):
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


class ElasticSettings(_Section):
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


class ObserveSettings(_Section):
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


class WebSubSettings(_Section):
    """WebSub: hubs of feeds push what is new to the HTTP server of `observe`."""

    public_url: str | None = Field(
        default=None,
        max_length=1_000,
        description="Address, such as https://news.example.org, at which hubs reach the server of "
        "observe.port; callbacks lie below it, under /websub/. None switches WebSub off.",
    )

    @field_validator("public_url")
    @classmethod
    def _check_url(cls, given: str | None) -> str | None:
        """Refuse what is no plain web address; the message names what is expected."""
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

    @property
    def host(self) -> str:
        """The host by which hubs name the server."""
        return (urlsplit(self.public_url or "").hostname or "").rstrip(".")

    @property
    def callback_root(self) -> str:
        """The address of callbacks without their last part."""
        return f"{self.public_url}{CALLBACK_PATH}"

    @property
    def callback_path(self) -> str:
        """The path of callbacks without its last part."""
        return urlsplit(self.callback_root).path


class PipelineSettings(_Section):
    """How stages process records."""

    batch: int = Field(
        default=200, ge=1, description="Records that a stage takes at most in one transaction."
    )
    batch_bytes: int = Field(
        default=4_000_000,
        ge=1,
        description="Bytes that a stage reads at most for one transaction, and about as many that "
        "it writes in one; "
        "a larger record comes alone.",
    )
    processes: int | None = Field(
        default=None,
        ge=1,
        le=2,
        description="Processes of `pantau run`: with 2 articles are matched in one of their own. "
        "None: 2 where "
        "there are two processors.",
    )


def _days(topic: Topic) -> float:
    return (topic.retention_seconds or 0) / DAY


class KeepSettings(_Section):
    """How long records are kept; the topic table has the defaults.

    The embedded log always keeps records that a service has not read yet. Kafka deletes by age
    alone: a service must not be down for longer than its input is kept.
    """

    days: float | None = Field(
        default=_days(ARTICLES_ENRICHED),
        gt=0,
        description="Articles with all that was found, alerts, deliveries; none keeps for ever.",
    )
    raw_articles_days: float = Field(
        default=_days(ARTICLES),
        gt=0,
        description="Articles as the poller read them, and with the text of their pages.",
    )
    dead_letters_days: float = Field(
        default=_days(DEAD_LETTERS), gt=0, description="What could not be processed."
    )

    def by_topic(self) -> dict[str, float | None]:
        """Return the retention of each topic in days, None for unlimited.

        Topics not listed keep everything. Alerts and deliveries stay as long as articles: an
        article that is still known never alerts twice.
        """
        return {
            ARTICLES.name: self.raw_articles_days,
            ARTICLES_FULL.name: self.raw_articles_days,
            SITES.name: _days(SITES),
            DEAD_LETTERS.name: self.dead_letters_days,
            ARTICLES_ENRICHED.name: self.days,
            ALERTS.name: self.days,
            ALERTED.name: self.days,
            STORY_MERGES.name: self.days,
            STORY_MEMBERS.name: _days(STORY_MEMBERS),
            PUSHED_DOCUMENTS.name: _days(PUSHED_DOCUMENTS),
            DELIVERIES.name: self.days,
        }


class Settings(BaseSettings):
    """All settings."""

    model_config = SettingsConfigDict(
        env_prefix="PANTAU_",
        env_nested_delimiter="__",
        frozen=True,
        extra="forbid",
        nested_model_default_partial_update=True,
    )

    data: Path = Field(description="Folder that holds everything: the store, the settings file.")
    log_level: str = Field(
        default="INFO",
        pattern="^(DEBUG|INFO|WARNING|ERROR)$",
        description="The least severe messages that are logged.",
    )
    lang: str | None = Field(
        default=None,
        description="Language of the answers: id is Indonesian, every other one English. "
        "By default that of the locale.",
    )
    log_format: str = Field(
        default="text",
        pattern="^(text|json)$",
        description="How `pantau run` and services log: lines for people, or one JSON object per "
        "record with its time, level and ids as fields.",
    )
    time_zone: str | None = Field(
        default=None,
        description="Zone of the times that are read and shown, and of days in queries, such as "
        "Asia/Jakarta. By default that of the machine.",
    )
    fetch: FetchSettings = FetchSettings()
    poll: PollSettings = PollSettings()
    smtp: SmtpSettings = SmtpSettings()
    notify: NotifySettings = NotifySettings()
    pipeline: PipelineSettings = PipelineSettings()
    extract: ExtractSettings = ExtractSettings()
    enrich: EnrichSettings = EnrichSettings()
    stories: StorySettings = StorySettings()
    kafka: KafkaSettings = KafkaSettings()
    elasticsearch: ElasticSettings = ElasticSettings()
    observe: ObserveSettings = ObserveSettings()
    websub: WebSubSettings = WebSubSettings()
    keep: KeepSettings = KeepSettings()

    @field_validator("time_zone", mode="before")
    @classmethod
    def _read_zone(cls, given: Any) -> Any:
        """Refuse what is no zone; an empty text is unset, as compose files pass variables."""
        if not isinstance(given, str) or not given.strip():
            return None if isinstance(given, str) else given
        try:
            ZoneInfo(given.strip())
        except (KeyError, ValueError, OSError) as error:
            message = "no time zone; expected a name such as Asia/Jakarta or UTC"
            raise ValueError(message) from error
        return given.strip()

    _smtp_fault: Problem | None = PrivateAttr(default=None)

    @property
    def smtp_fault(self) -> Problem | None:
        """The fault in the section `smtp` that prevents all mail; None without one."""
        return self._smtp_fault

    @property
    def database(self) -> Path:
        """The embedded store."""
        return self.data / "pantau.db"

    @property
    def backend(self) -> str:
        """The name of the backend in `pantau.bootstrap.STORES`."""
        return "kafka" if self.kafka.servers else "sqlite"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: arguments take precedence over variables, variables over the file."""
        del env_settings, dotenv_settings, file_secret_settings
        data = Path(init_settings()["data"])
        return (
            init_settings,
            Variables(settings_cls),
            TomlConfigSettingsSource(settings_cls, settings_file(data, SETTINGS_FILE)),
        )


def load_settings(data: Path, *, allow_networks: Sequence[str] = ()) -> Settings:
    """Load the settings of a data folder; `allow_networks` are added to those of `fetch`.

    What is wrong in the section `smtp` is in `Settings.smtp_fault`. Raises UsageError naming each
    other invalid setting and what is expected.
    """
    try:
        settings = _spare_mail(data)
        if not allow_networks:
            return settings
        both = [*map(str, settings.fetch.allow_networks), *allow_networks]
        fetch = FetchSettings.model_validate(
            {**settings.fetch.model_dump(), "allow_networks": both}
        )
        return settings.model_copy(update={"fetch": fetch})
    except ValidationError as error:
        file = str(settings_file(data, SETTINGS_FILE))
        invalid = problem("settings.invalid", file=file, faults=_explain(error))
        raise UsageError(invalid) from error
    except SettingsError as error:
        raise UsageError(problem("settings.variable", reason=str(error))) from error
    except ValueError as error:
        file = str(settings_file(data, SETTINGS_FILE))
        raise UsageError(problem("settings.unreadable", file=file, reason=str(error))) from error


_OTHER_VARIABLES: Final = (
    *("LANG", "TRACEBACK", "WEBHOOK_SECRET"),
    *("BENCH_READER", "GROWTH", "MUTATIONS", "SHARED"),  # of tests and benchmarks
)
"""Variables PANTAU_* that are no settings."""


def refuse_unknown(variables: Mapping[str, str]) -> None:
    """Raise UsageError for PANTAU_* variables that nothing reads, with the nearest name.

    Names are compared in upper case, as pydantic-settings reads them.
    """
    prefix = "PANTAU_"
    names = {*_variable_names(Settings), *_OTHER_VARIABLES}
    for variable in sorted(variables):
        name = variable.upper().removeprefix(prefix)
        if not variable.upper().startswith(prefix) or name in names or not variables[variable]:
            continue
        if _has_open_section(name):
            continue
        near = difflib.get_close_matches(name, names, n=1)
        raise UsageError(
            problem("settings.no-variable-near", name=variable, near=prefix + near[0])
            if near
            else problem("settings.no-variable", name=variable)
        )


def _variable_names(model: type[BaseModel]) -> Iterator[str]:
    """Yield the names of variables for the settings of a section, and of those within it."""
    for name, one in model.model_fields.items():
        yield name.upper()
        if isinstance(one.annotation, type) and issubclass(one.annotation, BaseModel):
            yield from (f"{name.upper()}__{inner}" for inner in _variable_names(one.annotation))


def _has_open_section(name: str) -> bool:
    """Return whether a variable is an entry of a setting that is a table, such as headers."""
    parts = name.split("__")
    return any("__".join(parts[:length]) in _tables() for length in range(1, len(parts)))


@cache
def _tables() -> frozenset[str]:
    """Return the variables of settings that are tables with names of the operator's own."""
    return frozenset(
        name for name in _variable_names(Settings) if _is_table(name.lower().split("__"))
    )


def _is_table(parts: Sequence[str]) -> bool:
    annotation: Any = Settings
    for part in parts:
        annotation = annotation.model_fields[part].annotation
    return get_origin(annotation) in {dict, Mapping}


def _spare_mail(data: Path) -> Settings:
    """Load the settings; faults in the section `smtp` are remembered, not raised.

    They keep mails from being sent. All else works without, and mails wait until they are repaired:
    feeds are watched, other channels get their alerts, and lists can be looked at.
    """
    try:
        return Settings(data=data)
    except ValidationError as error:
        if any(one["loc"][:1] != ("smtp",) for one in error.errors(include_url=False)):
            raise
        told = problem("settings.invalid", file=str(data / SETTINGS_FILE), faults=_explain(error))
        spared = Settings(data=data, smtp=SmtpSettings())
        spared._smtp_fault = told  # noqa: SLF001 (of this class; no field, so that no file sets it)
        return spared


def require_servers(settings: Settings) -> None:
    """Check that the settings name the servers of the distributed runtime. Raises UsageError."""
    if not settings.kafka.servers:
        raise UsageError(
            problem("settings.no-brokers", file=str(settings_file(settings.data, SETTINGS_FILE)))
        )


def refuse_servers(settings: Settings) -> None:
    """Check that the settings are those of a single machine.

    Raises UsageError: both runtimes in one group would interfere with each other.
    """
    if settings.kafka.servers:
        raise UsageError(problem("settings.brokers-set"))


_EXPECTED: Final = {
    "tuple_type": "settings.expected-list",
    "dict_type": "settings.expected-table",
    "model_type": "settings.expected-section",
    "string_type": "settings.expected-text",
    "bool_parsing": "settings.expected-bool",
    "bool_type": "settings.expected-bool",
    "int_parsing": "settings.expected-whole",
    "int_type": "settings.expected-whole",
    "int_from_float": "settings.expected-whole",
    "float_parsing": "settings.expected-number",
    "float_type": "settings.expected-number",
}
"""Expected values by pydantic's error type."""
_BOUNDS: Final = {
    "greater_than": ("settings.expected-above", "gt"),
    "greater_than_equal": ("settings.expected-least", "ge"),
    "less_than": ("settings.expected-below", "lt"),
    "less_than_equal": ("settings.expected-most", "le"),
}
"""Bounds by pydantic's error type: the code, and the name of the bound in the error's context."""


def _explain(error: ValidationError) -> Problem:
    """Return each invalid setting with what is expected; suggest names for unknown settings.

    Values are never shown.
    """
    faults = [
        problem("settings.fault", name=".".join(map(str, one["loc"])), fault=_fault(one))
        for one in error.errors(include_url=False, include_input=False)
    ]
    told = faults.pop()
    while faults:
        told = problem("settings.and", first=faults.pop(), rest=told)
    return told


def _fault(one: ErrorDetails) -> Problem:
    kind, context = one["type"], one.get("ctx", {})
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(one["loc"][-1]), _names(one["loc"][:-1]), n=1)
        if near:
            return problem("settings.unknown-near", near=near[0])
        return problem("settings.unknown")
    if kind == "string_pattern_mismatch":
        choices = context["pattern"].strip("^()$").replace("|", ", ")
        return problem("settings.expected-one-of", choices=choices)
    if kind == "literal_error":
        return problem("settings.expected-one-of", choices=str(context["expected"]))
    if kind in _BOUNDS:
        code, name = _BOUNDS[kind]
        return Problem(code, {"bound": str(context[name])})
    if kind in _EXPECTED:
        return Problem(_EXPECTED[kind])
    return problem("settings.other", text=one["msg"].removeprefix("Value error, "))


def _names(section: tuple[int | str, ...]) -> list[str]:
    """Return the names of the settings in a section."""
    model: type[BaseModel] = Settings
    for part in section:
        field = model.model_fields.get(str(part))
        if field is None or not isinstance(field.annotation, type):
            return []
        model = field.annotation
    return list(model.model_fields)
