"""Settings of the pipeline, and how long its topics keep what they hold."""

from pydantic import Field

from pantau.settings.section import SettingsSection
from pantau_schemas.topics import (
    ALERTED,
    ALERTS,
    ARTICLES,
    ARTICLES_ENRICHED,
    ARTICLES_FULL,
    AUDIT,
    DAY,
    DEAD_LETTERS,
    DELIVERIES,
    MESSAGES,
    PUSHED_DOCUMENTS,
    SESSIONS,
    SITES,
    STORY_MEMBERS,
    STORY_MERGES,
    TRIAGE,
    Topic,
)


class PipelineSettings(SettingsSection):
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


class KeepSettings(SettingsSection):
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
    audit_days: float = Field(
        default=_days(AUDIT), gt=0, description="Who signed in, and what accounts changed."
    )

    def by_topic(self) -> dict[str, float | None]:
        """Return the retention of each topic in days, None for unlimited.

        Topics not listed keep everything. Alerts, messages and deliveries stay as long as articles:
        an article that is still known never alerts twice.
        """
        return {
            ARTICLES.name: self.raw_articles_days,
            ARTICLES_FULL.name: self.raw_articles_days,
            SITES.name: _days(SITES),
            DEAD_LETTERS.name: self.dead_letters_days,
            ARTICLES_ENRICHED.name: self.days,
            ALERTS.name: self.days,
            ALERTED.name: self.days,
            MESSAGES.name: self.days,
            STORY_MERGES.name: self.days,
            STORY_MEMBERS.name: _days(STORY_MEMBERS),
            PUSHED_DOCUMENTS.name: _days(PUSHED_DOCUMENTS),
            DELIVERIES.name: self.days,
            TRIAGE.name: self.days,
            SESSIONS.name: _days(SESSIONS),
            AUDIT.name: self.audit_days,
        }
