"""The base of every section of the settings."""

from typing import Final

from pydantic import BaseModel, ConfigDict, JsonValue

LIVE: Final[dict[str, JsonValue]] = {"live": True}
"""Mark of a setting that counts at once when it changes; see `pantau.settings.changes`."""


class SettingsSection(BaseModel):
    """A section of the settings: unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
