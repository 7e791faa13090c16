"""All settings, their defaults and meaning.

Read from `pantau.toml` in the data folder, then `PANTAU_*` variables.
Nested names are joined by two underscores: `PANTAU_FETCH__TIMEOUT_SECONDS=10`.
"""

from pathlib import Path
from typing import Any

from pydantic import Field, PrivateAttr, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pantau.common.time.zones import zone_name
from pantau.problems import Problem
from pantau.settings.console import ConsoleSettings
from pantau.settings.delivery import NotifySettings, SmtpSettings
from pantau.settings.enrichment import EnrichSettings, StorySettings
from pantau.settings.feeds import ExtractSettings, FetchSettings, PollSettings, WebSubSettings
from pantau.settings.oidc import OidcSettings
from pantau.settings.pipeline import KeepSettings, PipelineSettings
from pantau.settings.section import LIVE
from pantau.settings.servers import ElasticSettings, KafkaSettings, ObserveSettings
from pantau.settings.sources import Variables, settings_file

SETTINGS_FILE = "pantau.toml"


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
        json_schema_extra=LIVE,
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
        "Asia/Jakarta or WIB. By default that of the machine.",
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
    console: ConsoleSettings = ConsoleSettings()
    oidc: OidcSettings = OidcSettings()
    websub: WebSubSettings = WebSubSettings()
    keep: KeepSettings = KeepSettings()

    @field_validator("time_zone", mode="before")
    @classmethod
    def _read_zone(cls, given: Any) -> Any:
        """Refuse what is no zone; an empty text is unset, as compose files pass variables."""
        if not isinstance(given, str) or not given.strip():
            return None if isinstance(given, str) else given
        try:
            return zone_name(given)
        except ValueError as error:
            message = "no time zone; expected a name such as Asia/Jakarta, WIB or UTC"
            raise ValueError(message) from error

    _smtp_fault: Problem | None = PrivateAttr(default=None)

    @property
    def smtp_fault(self) -> Problem | None:
        """The fault in the section `smtp` that prevents all mail; None without one."""
        return self._smtp_fault

    def take_smtp_fault(self, other: "Settings") -> None:
        """Set `smtp_fault` to that of other settings."""
        self._smtp_fault = other.smtp_fault

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
