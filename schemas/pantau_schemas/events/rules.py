"""The rules of a subscription: which of its alerts become a message, and when.

Times of day are in the subscription's time zone. Without rules each alert is a message at once.
"""

from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, model_validator

from pantau_schemas.base import Model, UtcTime

DAY: Final = 24 * 3600

TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""Hours and minutes, `00:00` to `23:59`, in the subscription's time zone."""


class Immediate(Model):
    """Each alert is a message at once."""

    kind: Literal["immediate"] = "immediate"


class Collected(Model):
    """The alerts of a short time are one message, such as the copies of one agency story."""

    kind: Literal["collected"] = "collected"
    seconds: int = Field(
        default=30, ge=1, le=DAY, description="From the first alert to the message."
    )


class Throttled(Model):
    """At most one message in a time; what comes meanwhile is in the next one."""

    kind: Literal["throttled"] = "throttled"
    every_seconds: int = Field(ge=60, le=31 * DAY, description="Between two messages.")
    collect_seconds: int = Field(
        default=30, ge=0, le=DAY, description="From the first alert to the first message."
    )


class Digest(Model):
    """One message in an hour, day, week or month, at a fixed time; none where nothing came."""

    kind: Literal["digest"] = "digest"
    every: Literal["hour", "day", "week", "month"]
    at: TimeOfDay = Field(default="07:00", description="Of an hourly digest the minutes count.")
    weekday: int = Field(
        default=1, ge=1, le=7, description="Of a weekly digest: 1 is Monday, as in ISO 8601."
    )
    day: int = Field(
        default=1,
        ge=1,
        le=31,
        description="Of a monthly digest; a shorter month has it on its last day.",
    )


Timing = Annotated[
    Immediate | Collected | Throttled | Digest, Field(discriminator="kind", title="Timing")
]


class EveryMatch(Model):
    """Every alert counts."""

    kind: Literal["match"] = "match"


class Threshold(Model):
    """A message once so many alerts, or stories, came within a time."""

    kind: Literal["count"] = "count"
    number: int = Field(ge=2, le=10_000)
    seconds: int = Field(ge=60, le=31 * DAY)


class Spike(Model):
    """A message once an hour has clearly more than is usual for that hour of the week."""

    kind: Literal["spike"] = "spike"
    sensitivity: Literal["low", "normal", "high"] = "normal"


class Silence(Model):
    """A message once nothing came for a time."""

    kind: Literal["silence"] = "silence"
    seconds: int = Field(ge=3600, le=366 * DAY)


Trigger = Annotated[
    EveryMatch | Threshold | Spike | Silence, Field(discriminator="kind", title="Trigger")
]


class QuietHours(Model):
    """A time of each day without messages, or of some days; it may cross midnight.

    What waited comes as one message when it ends.
    """

    begin: TimeOfDay
    end: TimeOfDay = Field(description="Of the next day, unless it is later than `begin`.")
    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] | None = Field(
        default=None,
        min_length=1,
        max_length=6,
        description="Days on which it begins, 1 is Monday; None: every day.",
    )
    except_spike: bool = Field(default=False, description="A spike is reported at once.")
    except_sources: int | None = Field(
        default=None, ge=2, le=1000, description="So is a story that so many sources have."
    )

    @model_validator(mode="after")
    def _is_a_time(self) -> "QuietHours":
        if self.begin == self.end and self.days is None:
            msg = "begin and end are the same: quiet hours of every day last less than a day"
            raise ValueError(msg)
        if self.days is not None and list(self.days) != sorted(set(self.days)):
            msg = "days: each once, in the order of the week"
            raise ValueError(msg)
        return self


class Mute(Model):
    """No messages until a date, or until a story grows. Alerts are recorded meanwhile.

    A story has grown when its sources doubled, or five more have it.
    """

    since: UtcTime
    until: UtcTime | None = Field(default=None, description="None: until somebody ends it.")
    until_growth: bool = False


ArticleChoice = Literal["all", "first", "growth"]
"""All articles; the first of each story; the first, and again when the story grows."""


class Rules(Model):
    """Which alerts become a message, and when."""

    trigger: Trigger = EveryMatch()
    timing: Timing = Immediate()
    articles: ArticleChoice = "all"
    sources: int = Field(
        default=1,
        ge=1,
        le=1000,
        description="Sources that a story must have; outlets of one owner count once.",
    )
    quiet: QuietHours | None = None
    mute: Mute | None = None
    expires: UtcTime | None = Field(
        default=None, description="From then on there are no messages; the owner is notified."
    )
    language: Literal["en", "id"] | None = Field(
        default=None, description="Of the messages; None: the language of the articles."
    )


NO_RULES: Final = Rules()
