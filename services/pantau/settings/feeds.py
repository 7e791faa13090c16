"""Settings of everything that is fetched: feeds, hubs, pages."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from pantau.settings.addresses import host_of, public_address
from pantau.settings.section import LIVE, SettingsSection

CALLBACK_PATH: Final = "/websub/"


class FetchSettings(SettingsSection):
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


class PollSettings(SettingsSection):
    """When feeds are polled."""

    min_interval_seconds: int = Field(
        default=120,
        ge=1,
        description="Shortest interval that is chosen for a feed.",
        json_schema_extra=LIVE,
    )
    max_interval_seconds: int = Field(
        default=6 * 3_600,
        ge=1,
        description="Longest interval that is chosen for a feed.",
        json_schema_extra=LIVE,
    )
    default_interval_seconds: int = Field(
        default=300,
        ge=1,
        description="Interval of a feed whose rhythm is not known yet.",
        json_schema_extra=LIVE,
    )
    requests_per_hour: float | None = Field(
        default=None,
        gt=0,
        description="Requests that the intervals of all feeds are fitted to, in all; "
        "by default 4 for each feed.",
        json_schema_extra=LIVE,
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
    concurrency: int = Field(default=32, ge=1, description="Feeds fetched at the same time.")
    per_host: int = Field(
        default=1, ge=1, description="Feeds fetched from one registrable domain at a time."
    )
    backoff_max_seconds: int = Field(
        default=6 * 3_600,
        ge=1,
        description="Longest pause of a failing feed.",
        json_schema_extra=LIVE,
    )
    historical_after_days: float = Field(
        default=3.0,
        gt=0,
        description="Articles published longer ago than this when first seen are historical.",
        json_schema_extra=LIVE,
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
        description="New and changed articles that a feed may give in a day (UTC); more are kept, "
        "up to `poll.held_bytes`, and come the next day. "
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
    held_bytes: int = Field(
        default=500_000_000,
        ge=0,
        description="Text of articles that wait for their turn or for the quota of another day, "
        "and is kept in the log until then; one feed may use a two-hundredth. Of more, the oldest "
        "is given up, with a warning.",
    )


class ExtractSettings(SettingsSection):
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
    article_pages: int = Field(
        default=6,
        ge=1,
        le=30,
        description="Pages that are read of one article whose site spreads it over several; each "
        "counts as a page of its domain. 1: only the first.",
    )
    max_bytes: int = Field(default=5_000_000, gt=0, description="Of a page, after decompression.")
    user_agent: str = Field(
        default="Pantau",
        pattern=r"^[A-Za-z_-]+$",
        description="The name that robots.txt knows Pantau by (RFC 9309).",
    )


class WebSubSettings(SettingsSection):
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
        return public_address(given)

    @property
    def host(self) -> str:
        """The host by which hubs name the server."""
        return host_of(self.public_url)

    @property
    def callback_root(self) -> str:
        """The address of callbacks without their last part."""
        return f"{self.public_url}{CALLBACK_PATH}"

    @property
    def callback_path(self) -> str:
        """The path of callbacks without its last part."""
        return urlsplit(self.callback_root).path
