"""All settings: a section each for what the program does, and how they are read."""

from pantau.settings.console import ConsoleSettings
from pantau.settings.delivery import NotifySettings, SmtpSettings
from pantau.settings.enrichment import EnrichSettings, SpacySettings, StorySettings
from pantau.settings.feeds import (
    CALLBACK_PATH,
    ExtractSettings,
    FetchSettings,
    PollSettings,
    WebSubSettings,
)
from pantau.settings.loading import load_settings, refuse_servers, require_servers
from pantau.settings.model import SETTINGS_FILE, Settings
from pantau.settings.oidc import OidcSettings
from pantau.settings.pipeline import KeepSettings, PipelineSettings
from pantau.settings.servers import ElasticSettings, KafkaSettings, ObserveSettings
from pantau.settings.variables import refuse_unknown

__all__ = [
    "CALLBACK_PATH",
    "SETTINGS_FILE",
    "ConsoleSettings",
    "ElasticSettings",
    "EnrichSettings",
    "ExtractSettings",
    "FetchSettings",
    "KafkaSettings",
    "KeepSettings",
    "NotifySettings",
    "ObserveSettings",
    "OidcSettings",
    "PipelineSettings",
    "PollSettings",
    "Settings",
    "SmtpSettings",
    "SpacySettings",
    "StorySettings",
    "WebSubSettings",
    "load_settings",
    "refuse_servers",
    "refuse_unknown",
    "require_servers",
]
