"""Settings of the console: Pantau's pages in a browser."""

from ipaddress import IPv4Network, IPv6Network

from pydantic import Field, SecretStr, field_validator

from pantau.settings.addresses import host_of, public_address
from pantau.settings.section import SettingsSection


class ConsoleSettings(SettingsSection):
    """The pages that `pantau run` serves.

    Without accounts whoever reaches them may read and change everything.
    """

    enabled: bool = Field(
        default=True, description="Whether `pantau run` serves them; `--no-console` is the same."
    )
    host: str = Field(
        default="127.0.0.1",
        description="Address that the console listens on. Another one than this machine's own is "
        "refused without `accounts`.",
    )
    port: int = Field(default=8480, ge=0, le=65_535, description="Its port; 0 takes a free one.")
    allow_hosts: tuple[str, ...] = Field(
        default=(),
        description="Names that it may be asked by (the header Host), beside this machine's own "
        "and addresses; "
        "*.example.org is any name below, * any at all.",
    )
    public_url: str | None = Field(
        default=None,
        max_length=300,
        description="Address, such as https://news.example.org, by which other machines reach the "
        "console, usually a proxy's. With it mails have links to unsubscribe, and feeds know their "
        "own address.",
    )
    signing_key: SecretStr | None = Field(
        default=None,
        min_length=32,
        max_length=200,
        description="Secret by which links in mails are recognised. Without Kafka one is made and "
        "kept in the data folder; with Kafka every service needs the same.",
    )
    mcp: bool = Field(
        default=False,
        description="Serve the tools for language models at `/mcp` of the console as well. It "
        "requires pantau[mcp].",
    )
    requests_per_minute: int = Field(
        default=600,
        ge=0,
        le=1_000_000,
        description="Requests to `/api/v1` that an address may make in a minute, all at once if it "
        "likes; 0 is no limit.",
    )
    pictures: bool = Field(
        default=False,
        description="Show the pictures of articles. The console fetches them from their sites, "
        "within the limits of `fetch`, and shows small copies that it made. It requires "
        "pantau[pictures].",
    )
    accounts: bool = Field(
        default=False,
        description="Whether people sign in, and programs send a token. `pantau accounts add` "
        "makes the first account.",
    )
    session_days: float = Field(
        default=14.0, gt=0, le=30, description="Days after which a person has to sign in again."
    )
    proxies: tuple[IPv4Network | IPv6Network, ...] = Field(
        default=(),
        description="Networks of reverse proxies: where a request came from is what they add to "
        "X-Forwarded-For.",
    )
    allow_unprotected: bool = Field(
        default=False,
        description="Listen on an address that other machines reach although `accounts` is off: "
        "everybody there can read all articles, and change feeds and subscriptions.",
    )

    @field_validator("public_url")
    @classmethod
    def _check_url(cls, given: str | None) -> str | None:
        """Refuse what is no plain web address; the message names what is expected."""
        return public_address(given)

    @property
    def public_host(self) -> str:
        """The host of `public_url`, empty without one."""
        return host_of(self.public_url)
