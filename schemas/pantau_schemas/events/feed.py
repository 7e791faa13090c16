"""Feeds: what is polled (`feeds`), poll results (`feed-state`), known articles (`feed-memory`)."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from pantau_schemas.base import Event, Identifier, Model, UtcTime
from pantau_schemas.events.feed_access import FeedAccess
from pantau_schemas.events.feed_page import PageSelectors
from pantau_schemas.problem import ProblemData

FullText = Literal["auto", "always", "never"]


class Feed(Event):
    """A feed to poll.

    Key: `feed_id`; removed by a tombstone.
    """

    schema_version: Literal[3] = 3
    feed_id: Identifier
    url: str = Field(description="Where the feed is fetched; http or https.")
    title: str | None = Field(
        default=None, description="The name given by the user, else the feed's own."
    )
    source: str | None = Field(
        default=None,
        description="Value of the articles' `source`; by default the host of the article's link.",
    )
    interval_seconds: int | None = Field(
        default=None,
        ge=10,
        description="Fixed polling interval in seconds; by default adapted to the feed.",
    )
    paused: bool = False
    folder: str | None = Field(
        default=None, description="Outline of an OPML file that the feed was filed under."
    )
    tags: tuple[str, ...] = Field(
        default=(), max_length=50, description="Labels given by the user or by an OPML category."
    )
    time_zone: str | None = Field(
        default=None,
        max_length=100,
        description="IANA time zone of the feed's dates that name none, such as `Asia/Jakarta`.",
    )
    page: PageSelectors | None = Field(
        default=None, description="Selectors, if the address is a page that lists articles."
    )
    access: FeedAccess | None = Field(
        default=None, description="How its server is asked, where that differs from the settings."
    )
    full_text: FullText = Field(
        default="auto",
        description="Whether the pages of its articles are fetched for their text: `auto` where "
        "the feed gives a summary, `always`, or `never`.",
    )
    added: UtcTime


class FeedStatus(StrEnum):
    """The result of a feed's last poll."""

    NEW = "new"  # never polled
    OK = "ok"  # read in full
    WARNING = "warning"  # read, but the document is malformed: `problem` has the details
    ERROR = "error"  # not read: `problem` has the reason
    # read, but over its daily limit: `problem` has the number of waiting articles
    LIMITED = "limited"


class SeenArticle(Model):
    """The memory of an article, by which the poller tells new, unchanged and changed ones apart."""

    article_id: Identifier
    revision: int = Field(ge=1)
    fingerprint: str = Field(
        description="Hash of what the feed said; another value is another revision."
    )
    first_seen: UtcTime
    last_listed: UtcTime = Field(
        description="When the feed listed it last, to about a tenth of `remember_days`."
    )
    historical: bool = Field(
        default=False, description="The article's `historical`, kept by its revisions."
    )
    own_site: bool = Field(
        default=False,
        description="The article is of the feed's own site, so no feed of another site may take "
        "it over.",
    )
    mine: bool = Field(
        default=True,
        description="The feed publishes the article; else another one does, and it is only known.",
    )
    takeovers: int = Field(
        default=0,
        ge=0,
        description="How often the article went to another feed, this one the last.",
    )
    guid: str | None = Field(
        default=None,
        description="Digest of the feed's own id of the item, after its kind; without one (`q`) of "
        "the parameters of its link that the normalised link does not have.",
    )
    links: tuple[Identifier, ...] = Field(
        default=(),
        description="Ids of its normalised links, oldest first, other than the article's own id.",
    )
    title: str | None = Field(default=None, description="Digest of the title.")
    dated: UtcTime | None = Field(default=None, description="The date that the feed gave.")
    sample: str | None = Field(
        default=None, description="Hashes of pairs of words, which tell how much another text has."
    )
    words: int = Field(default=0, ge=0, description="Words of the text.")
    site: str | None = Field(
        default=None, description="Publisher's domain of the link, if another than the feed's."
    )
    changes: int = Field(
        default=0, ge=0, description="Revisions in a row that each came soon after the one before."
    )
    revised: UtcTime | None = Field(
        default=None, description="When the last revision was published."
    )


class DayCount(Model):
    """How many new items a feed listed on one day."""

    day: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="The day, in UTC.")
    new: int = Field(ge=0)


class FeedState(Event):
    """The result of the last poll of a feed. Key: `feed_id`.

    Together with `FeedMemory` it is the poller's whole state of a feed.
    """

    schema_version: Literal[3] = 3
    feed_id: Identifier
    status: FeedStatus = FeedStatus.NEW
    problem: str | None = Field(
        default=None, description="What went wrong, for people: the reason and the fix."
    )
    reason: ProblemData | None = Field(
        default=None, description="`problem` as data, where it has a code."
    )
    http_status: int | None = None
    title: str | None = Field(default=None, description="The feed's own title.")
    format: str | None = Field(default=None, description="Such as `rss20`, `atom10`, `json11`.")
    etag: str | None = None
    last_modified: str | None = None
    full_at: UtcTime | None = Field(
        default=None, description="When a body last came, rather than a 304."
    )
    distrusted: bool = Field(
        default=False,
        description="The server confirmed validators of a body that had changed; none are sent.",
    )
    moved_to: str | None = Field(
        default=None, description="Address that is polled instead, after a redirect that held."
    )
    moving_to: str | None = Field(
        default=None, description="Address that a permanent redirect names, not yet relied upon."
    )
    moving_since: UtcTime | None = Field(
        default=None, description="When that redirect was first seen, without a gap since."
    )
    content_hash: str | None = Field(
        default=None, description="Hash of the last body, to skip what did not change."
    )
    document: FeedStatus = Field(
        default=FeedStatus.NEW,
        description="How the last document received could be read; stands when unchanged.",
    )
    document_problem: str | None = None
    document_reason: ProblemData | None = Field(
        default=None, description="`document_problem` as data, where it has a code."
    )
    interval_seconds: float | None = Field(
        default=None, gt=0, description="Polling interval fitted to the feed."
    )
    recent: tuple[DayCount, ...] = Field(
        default=(), max_length=9, description="New items by day, the last eight days, oldest first."
    )
    window: int | None = Field(
        default=None, ge=0, description="Items that the last document listed."
    )
    usual_gap_seconds: float | None = Field(
        default=None, gt=0, description="Usual time between two polls that found new items."
    )
    missed_at: UtcTime | None = Field(
        default=None, description="When all items of a document were new, so that some were missed."
    )
    asked_wait_seconds: float | None = Field(
        default=None, ge=0, description="Wait that the document asks for: ttl, sy:*, in seconds."
    )
    skip_hours: tuple[int, ...] = Field(
        default=(), max_length=24, description="Hours of the day (UTC) without polls: skipHours."
    )
    skip_days: tuple[int, ...] = Field(
        default=(), max_length=7, description="Days without polls, 0 is Monday: skipDays."
    )
    domain_until: UtcTime | None = Field(
        default=None, description="Until when the server's domain wants no request (429, 503)."
    )
    notes: tuple[str, ...] = Field(
        default=(),
        description="Facts beside the document that people should know; the status is `warning`.",
    )
    polls: int = Field(default=0, ge=0)
    failures: int = Field(default=0, ge=0, description="Polls that failed since the last good one.")
    articles: int = Field(default=0, ge=0, description="Articles that it has given so far.")
    day: str | None = Field(
        default=None,
        pattern=r"^\d{4}-\d{2}-\d{2}$",
        description="The last day, in UTC, on which it gave an article.",
    )
    day_articles: int = Field(
        default=0, ge=0, description="New and changed articles that it gave on `day`."
    )
    waiting: int = Field(
        default=0,
        ge=0,
        description="Articles of the last document that are not published yet: their turn, or "
        "their day, comes.",
    )
    last_polled: UtcTime | None = None
    last_ok: UtcTime | None = None
    last_new: UtcTime | None = Field(
        default=None, description="When it last gave a new or changed article."
    )
    next_poll: UtcTime | None = None


class FeedMemory(Event):
    """The articles that a feed listed, its own and those of others. Key: `feed_id`.

    Separate from `FeedState`, which is written at every poll: this record can be large and changes
    only with the feed.
    """

    schema_version: Literal[3] = 3
    feed_id: Identifier
    seen: tuple[SeenArticle, ...] = ()
    back_fill: tuple[Identifier, ...] = Field(
        default=(),
        description="Articles of the feed's first document that are not published yet; they will "
        "be historical.",
    )
