"""Settings of names and stories."""

from pathlib import Path

from pydantic import Field

from pantau.settings.section import SettingsSection


class SpacySettings(SettingsSection):
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


class EnrichSettings(SettingsSection):
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


class StorySettings(SettingsSection):
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
