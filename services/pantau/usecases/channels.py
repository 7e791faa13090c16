"""Channels as people type them: `webhook:https://...`, `email:a@b`, `file:PATH`, `terminal`."""

import secrets
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

from pantau.common.channel_kinds import CHANNEL_KINDS, channel_examples
from pantau.errors import PantauError, UsageError
from pantau_schemas.subscription import (
    Channel,
    EmailChannel,
    FileChannel,
    TerminalChannel,
    WebhookChannel,
)

if TYPE_CHECKING:
    from pantau.settings import Settings

_KINDS: Final = {kind.name: kind for kind in CHANNEL_KINDS}
_MEANT: Final = {word: kind.name for kind in CHANNEL_KINDS for word in kind.other_words}
SECRET_LENGTH: Final = 32
"""Bytes of a new secret; the scheme asks for 24 to 64."""


class ChannelReader(Protocol):
    """Reads what people type after the kind and its colon."""

    def __call__(self, target: str, secret: str, settings: "Settings", /) -> Channel:
        """Return the channel; `secret` is for kinds that sign.

        Raises UsageError saying what is wrong, and what would work.
        """


def new_secret() -> str:
    """Make a webhook secret."""
    return "whsec_" + b64encode(secrets.token_bytes(SECRET_LENGTH)).decode("ascii")


def read_channels(texts: Iterable[str], secret: str, settings: "Settings") -> tuple[Channel, ...]:
    """Read channels; webhooks get `secret`. A channel named twice counts once.

    Raises UsageError saying what is wrong with which, and what would work.
    """
    channels: dict[str, Channel] = {}
    for text in texts:
        name, _, target = text.partition(":")
        kind = _KINDS.get(name.strip().lower())
        if kind is None:
            raise UsageError(f"--to {text!r}: {_guess(text)}")
        read: ChannelReader = resolve_name(kind.reader)
        try:
            channel = read(target.strip(), secret, settings)
        except PantauError as error:
            raise UsageError(f"--to {text!r}: {error}") from error
        channels[f"{channel.kind}:{channel.target}"] = channel
    return tuple(channels.values())


def _guess(text: str) -> str:
    guess = f"expected {channel_examples()}"
    if text.lower().startswith(("http://", "https://")):
        return f"{guess}; try webhook:{text}"
    kind, colon, target = text.partition(":")
    meant = _MEANT.get(kind.strip().lower(), "") if colon else "email" if "@" in text else ""
    return f"{guess}; try {meant}:{target if colon else text}" if meant else guess


def read_webhook(target: str, secret: str, settings: "Settings") -> Channel:
    """Read the address of a webhook; it may be refused when used, but not for its form."""
    from pantau.common.signing_secret import secret_bytes  # noqa: PLC0415 (as above)
    from pantau.net.address import parse  # noqa: PLC0415 (not needed for --help)
    from pantau.net.guard import check_url  # noqa: PLC0415 (as above)

    del settings
    refused = check_url(target)
    if refused is None and any(one.isspace() or not one.isprintable() for one in target):
        refused = "an address has no spaces"
    if refused is None:
        try:
            parse(target)
        except ValueError as error:
            refused = str(error)
    if refused is not None:
        raise UsageError(f"{refused}; expected an address such as https://example.org/hook")
    if "@" in urlsplit(target).netloc:
        raise UsageError(
            "an address with a password would show in lists and logs; the signature proves who we are"
        )
    secret_bytes(secret)
    return WebhookChannel.model_validate({"url": target, "secret": secret})


def read_email(target: str, secret: str, settings: "Settings") -> Channel:
    """Read a mailbox; a mail server must be set."""
    from pantau.notifier.mail import mail_address  # noqa: PLC0415 (not needed for --help)

    del secret
    address = mail_address(target).address
    if settings.smtp.host is None:
        raise UsageError(
            f"no mail server is set; put it into {settings.data / 'pantau.toml'}, as\n"
            '  [smtp]\n  host = "mail.example.org"\n  sender = "Pantau <pantau@example.org>"\n'
            "or into the variables PANTAU_SMTP__HOST and PANTAU_SMTP__SENDER"
        )
    return EmailChannel(to=address)


def read_file(target: str, secret: str, settings: "Settings") -> Channel:
    """Read the name of a file, in a folder that exists."""
    del secret, settings
    if not target or not target.isprintable():
        raise UsageError("expected the name of a file, such as file:alerts.jsonl")
    path = Path(target).expanduser().absolute()
    if path.is_dir():
        raise UsageError(
            f"{path} is a folder; name a file in it, such as file:{path / 'alerts.jsonl'}"
        )
    if path.is_symlink():
        raise UsageError(f"{path} is a link, which is not followed; name the file that it leads to")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is no regular file; name another one")
    if not path.parent.is_dir():
        raise UsageError(f"the folder {path.parent} does not exist; create it first")
    return FileChannel(path=str(path))


def read_terminal(target: str, secret: str, settings: "Settings") -> Channel:
    """Return the terminal, which has no address."""
    del secret, settings
    if target:
        raise UsageError("terminal takes no address; it is where `pantau run` was started")
    return TerminalChannel()


def channel_warnings(channels: Iterable[Channel], settings: "Settings") -> Iterator[str]:
    """Yield what will keep alerts from these channels, or is likely to, as the settings stand."""
    from pantau.notifier.mails.settings_check import mail_warnings  # noqa: PLC0415 (not needed for --help)

    mailed = False
    for channel in channels:
        inside = _inside_warning(channel, settings)
        if inside is not None:
            yield inside
        mailed = mailed or isinstance(channel, EmailChannel)
    if mailed:
        yield from mail_warnings(settings.smtp)


def _inside_warning(channel: Channel, settings: "Settings") -> str | None:
    """Return why a webhook will be refused when it is used.

    Its address is one of this machine or network.
    """
    from pantau.net.guard import check_address, parse_address  # noqa: PLC0415 (not needed for --help)

    if not isinstance(channel, WebhookChannel):
        return None
    host = urlsplit(channel.url).hostname or ""
    try:
        address = parse_address(
            "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host
        )
    except ValueError:
        return None  # a name: its address is looked up, and checked, when it is used
    kind = check_address(address, settings.fetch.allow_networks)
    if kind is None:
        return None
    network = f"{address}/{address.max_prefixlen}"
    return (
        f"{host} is {kind}: nothing is sent there unless you allow it, by `pantau run --allow-network {network}`"
        f" or fetch.allow_networks in {settings.data / 'pantau.toml'}"
    )
