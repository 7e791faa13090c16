"""What every section of the settings has in common."""

from pydantic import BaseModel, ConfigDict


class SettingsSection(BaseModel):
    """A section of the settings: unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
