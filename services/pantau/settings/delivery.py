"""Settings of channels, and of the mail server."""

import re
from ipaddress import ip_address
from typing import Annotated, Any, Final

from pydantic import Field, SecretStr, field_validator, model_validator

from pantau.common.channels.kinds import CHANNEL_KINDS, CHANNEL_NAMES
from pantau.common.channels.mailbox import read_mailbox
from pantau.settings.section import LIVE, SettingsSection

STOP_AFTER_SECONDS: Final = 3 * 86_400.0
_HOST: Final = re.compile(r"[^\s/@\[\]]{1,253}")

_ChannelName = Annotated[str, Field(pattern=rf"^({'|'.join(CHANNEL_NAMES)})$")]


class SmtpSettings(SettingsSection):
    """The mail server for e-mail alerts. Without a host, e-mail channels are rejected."""

    host: str | None = Field(
        default=None,
        description="Its name or address, without scheme and port.",
        json_schema_extra=LIVE,
    )
    port: int = Field(default=587, ge=1, le=65_535, description="Its port.", json_schema_extra=LIVE)
    username: str | None = Field(
        default=None,
        description="User name; without one there is no login.",
        json_schema_extra=LIVE,
    )
    password: SecretStr | None = Field(
        default=None, description="Password of that user.", json_schema_extra=LIVE
    )
    sender: str = Field(
        default="pantau@localhost",
        description="Who mails come from: an address, or a name and an address, as Pantau "
        "<pantau@example.org>.",
        json_schema_extra=LIVE,
    )
    security: str = Field(
        default="starttls",
        pattern="^(none|starttls|tls)$",
        description="`starttls` (usually port 587), `tls` from the first byte (465), or `none` "
        "(25, unencrypted).",
        json_schema_extra=LIVE,
    )
    timeout_seconds: float = Field(
        default=30.0, gt=0, description="For each step of a delivery.", json_schema_extra=LIVE
    )

    @field_validator("host", "username", "password", mode="before")
    @classmethod
    def _unset(cls, given: Any) -> Any:
        """Treat an empty string as unset: compose files pass unset variables as empty."""
        return None if isinstance(given, str) and not given.strip() else given

    @field_validator("host")
    @classmethod
    def _read_host(cls, given: str | None) -> str | None:
        if given is None:
            return None
        host = given.strip().removeprefix("[").removesuffix("]")
        if _HOST.fullmatch(host) is None or (":" in host and not _is_address(host)):
            message = (
                "expected a name or an address such as mail.example.org; the port is smtp.port"
            )
            raise ValueError(message)
        return host

    @field_validator("sender")
    @classmethod
    def _read_sender(cls, given: str) -> str:
        try:
            read_mailbox(given)
        except ValueError as error:
            message = (
                f"{error}; expected an address such as pantau@example.org, or Pantau "
                "<pantau@example.org>"
            )
            raise ValueError(message) from error
        return given


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class NotifySettings(SettingsSection):
    """How alerts are delivered to channels."""

    timeout_seconds: float = Field(
        default=15.0, gt=0, description="For one try.", json_schema_extra=LIVE
    )
    max_attempts: int = Field(
        default=27,
        ge=1,
        description="Tries of a delivery before it fails; with the default waits, three days.",
        json_schema_extra=LIVE,
    )
    first_retry_seconds: float = Field(
        default=5.0,
        gt=0,
        description="Wait before the second try; each further wait is longer.",
        json_schema_extra=LIVE,
    )
    max_retry_seconds: float = Field(
        default=6 * 3_600.0, gt=0, description="Longest wait between tries.", json_schema_extra=LIVE
    )
    stop_after_seconds: float = Field(
        default=STOP_AFTER_SECONDS,
        ge=0,
        description="How long a channel may fail before it is stopped: nothing is sent to it until "
        "it is resumed. 0: never.",
        json_schema_extra=LIVE,
    )
    resume_messages: int = Field(
        default=10,
        ge=0,
        description="Messages of a subscription that a resumed channel gets one by one; more come "
        "as one digest.",
        json_schema_extra=LIVE,
    )
    lanes: int = Field(default=50, ge=1, description="Channels served at the same time.")
    burst: int = Field(
        default=300,
        ge=1,
        description="Messages that a channel takes at once; a summary tells of further alerts.",
    )
    per_hour: float = Field(
        default=1_200.0,
        ge=0,
        description="Messages that a channel takes an hour, after a burst. 0: no limit.",
    )
    summary_seconds: float = Field(
        default=300.0, gt=0, description="How long alerts over the limit wait for their summary."
    )
    unlimited: tuple[_ChannelName, ...] = Field(
        default=tuple(kind.name for kind in CHANNEL_KINDS if not kind.limited),
        description="Kinds of channels without a limit. Programs read a file, and want every "
        "alert.",
    )

    @model_validator(mode="before")
    @classmethod
    def _read_former_name(cls, given: Any) -> Any:
        """Read `suspend_seconds`, as `stop_after_seconds` was named before.

        Sections come with their defaults: a value under the new name counts if it differs.
        """
        if not isinstance(given, dict) or "suspend_seconds" not in given:
            return given
        read = {name: one for name, one in given.items() if name != "suspend_seconds"}
        if read.get("stop_after_seconds", STOP_AFTER_SECONDS) == STOP_AFTER_SECONDS:
            read["stop_after_seconds"] = given["suspend_seconds"]
        return read
