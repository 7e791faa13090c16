"""Settings of the console: Pantau's pages in a browser."""

from pydantic import Field

from pantau.settings.section import SettingsSection


class ConsoleSettings(SettingsSection):
    """The pages that `pantau run` serves.

    They have no accounts: whoever reaches them may read and change everything.
    """

    enabled: bool = Field(
        default=True, description="Whether `pantau run` serves them; `--no-console` is the same."
    )
    host: str = Field(
        default="127.0.0.1",
        description="Address that the console listens on. Another one than this machine's own is "
        "refused without `allow_unprotected`.",
    )
    port: int = Field(default=8480, ge=0, le=65_535, description="Its port; 0 takes a free one.")
    allow_hosts: tuple[str, ...] = Field(
        default=(),
        description="Names that it may be asked by (the header Host), beside this machine's own "
        "and addresses; "
        "*.example.org is any name below, * any at all.",
    )
    requests_per_minute: int = Field(
        default=600,
        ge=0,
        le=1_000_000,
        description="Requests to `/api/v1` that an address may make in a minute, all at once if it "
        "likes; 0 is no limit.",
    )
    allow_unprotected: bool = Field(
        default=False,
        description="Listen on an address that other machines reach, although there is no "
        "sign-in: everybody there can read all articles, and change feeds and subscriptions.",
    )
