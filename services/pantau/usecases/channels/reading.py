"""Channels as people type them: `webhook:https://...`, `email:a@b`, `file:PATH`, `terminal`.

The address alone is enough where it can be nothing else: `desk@example.org`, and an https address.
"""

import re
import secrets
from base64 import b64encode
from collections.abc import Iterable, Iterator
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlsplit

from pantau.common.channels.kinds import CHANNEL_KINDS, channel_examples
from pantau.common.text.nearest import nearest
from pantau.errors import PantauError, UsageError
from pantau.problems import Problem, problem
from pantau.settings import SETTINGS_FILE
from pantau_schemas.events.subscription import (
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
_MAILBOX: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""An address of a mailbox and nothing else; whether it is a right one is found by its kind."""
SECRET_LENGTH: Final = 32
"""Length of a new secret in bytes; the scheme requires 24 to 64."""


class ChannelReader(Protocol):
    """Reads what people type after the kind and its colon."""

    def __call__(self, target: str, secret: str, settings: "Settings", /) -> Channel:
        """Return the channel; `secret` is for kinds that sign.

        Raises UsageError saying what is wrong, and what would work.
        """


def new_secret() -> str:
    """Generate a webhook secret."""
    return "whsec_" + b64encode(secrets.token_bytes(SECRET_LENGTH)).decode("ascii")


def read_channels(texts: Iterable[str], secret: str, settings: "Settings") -> tuple[Channel, ...]:
    """Parse channels; webhooks get `secret`. A channel named twice counts once.

    Raises UsageError naming the invalid channel, the problem, and valid forms.
    """
    channels: dict[str, Channel] = {}
    for text in texts:
        name, target = kind_and_target(text)
        kind = _KINDS.get(name)
        if kind is None:
            raise UsageError(problem("channels.refused", text=text, reason=_guess(text)))
        read: ChannelReader = resolve_name(kind.reader)
        try:
            channel = read(target.strip(), secret, settings)
        except PantauError as error:
            reason = error.problem or problem("channels.other", text=str(error))
            raise UsageError(problem("channels.refused", text=text, reason=reason)) from error
        channels[f"{channel.kind}:{channel.target}"] = channel
    return tuple(channels.values())


def kind_and_target(text: str) -> tuple[str, str]:
    """Return the kind of a channel in small letters, and what stands behind its colon.

    An address alone is of the kind that it can only be: one mailbox, or an https address. Plain
    http must be asked for, since anybody on the way reads what is posted.
    """
    given = text.strip()
    if given.lower().startswith("https://"):
        return "webhook", given
    if _MAILBOX.fullmatch(given):
        return "email", given
    kind, _, target = given.partition(":")
    return kind.strip().lower(), target


def _guess(text: str) -> Problem:
    """Return the forms of channels, and which of them is meant where that is clear."""
    kind, colon, target = text.partition(":")
    forms = channel_examples()
    scheme, mark, address = text.partition("://")
    if mark and (web := nearest(scheme, ("http", "https"))):
        repair = f"webhook:{web}://{address}"
        return problem("channels.expected-try", forms=forms, repair=repair)
    bare = _unnamed(text.strip())
    if bare is not None:
        return problem("channels.expected-try", forms=forms, repair=bare)
    word = kind.strip().lower()
    if colon or "@" not in text:
        near = nearest(word, (*_KINDS, *_MEANT))
        meant = near and _MEANT.get(near, near)
    else:
        meant = "email"
    if not meant:
        return problem("channels.expected", forms=forms)
    if meant == "terminal":
        return problem("channels.expected-try", forms=forms, repair=meant)
    if not (colon or "@" in text):  # a kind alone: its example shows what is missing
        return problem("channels.expected-try", forms=forms, repair=_KINDS[meant].example)
    repair = f"{meant}:{target if colon else text}"
    return problem("channels.expected-try", forms=forms, repair=repair)


_PATH: Final = re.compile(
    r"(?:~|\.{1,2})?[/\\].+|[A-Za-z]:\\.+|[^\s:@]+\.(?:jsonl?|ndjson|txt|csv|log)", re.IGNORECASE
)
_HOOK: Final = re.compile(r"[a-z\d-]+(?:\.[a-z\d-]+)+(?::\d{1,5})?/\S+", re.IGNORECASE)
_CHAT: Final = re.compile(
    r"(?P<name>slack|teams|msteams|discord|mattermost|gchat)\s*:\s*", re.IGNORECASE
)
_CHAT_FORMATS: Final = {
    "slack": "slack",
    "teams": "teams",
    "msteams": "teams",
    "mattermost": "slack",
}
"""Chats that read a webhook's message in a format of their own."""


def _unnamed(text: str) -> str | None:
    """Return the channel that a path, an address without a scheme, or the name of a chat means."""
    chat = _CHAT.match(text)
    if chat is not None:
        address = text[chat.end() :]
        own = _CHAT_FORMATS.get(chat["name"].lower())
        more = f" --webhook-format {own}" if own else ""
        known = address.lower().startswith("https://")
        return f"webhook:{address if known else 'https://example.org/hook'}{more}"
    if _PATH.fullmatch(text) and not text.startswith("//"):
        return f"file:{text}"
    return f"webhook:https://{text}" if _HOOK.fullmatch(text) else None


def read_webhook(target: str, secret: str, settings: "Settings") -> Channel:
    """Read the address of a webhook; it may be refused when used, but not for its form."""
    from pantau.common.channels.signing_secret import secret_bytes  # noqa: PLC0415 (as above)
    from pantau.net.address import parse  # noqa: PLC0415 (not needed for --help)
    from pantau.net.guard import check_url  # noqa: PLC0415 (as above)

    del settings
    never = check_url(target)
    refused = None if never is None else problem("channels.other", text=never)
    if refused is None and any(one.isspace() or not one.isprintable() for one in target):
        refused = problem("channels.spaces")
    if refused is None:
        try:
            parse(target)
        except ValueError as error:
            refused = problem("channels.other", text=str(error))
    if refused is not None:
        raise UsageError(problem("channels.webhook-address", reason=refused))
    # Addresses appear in lists and logs, so they must not contain credentials.
    if "@" in urlsplit(target).netloc:
        raise UsageError(problem("channels.password"))
    secret_bytes(secret)
    return WebhookChannel.model_validate({"url": target, "secret": secret})


def read_email(target: str, secret: str, settings: "Settings") -> Channel:
    """Read a mailbox; a mail server must be set."""
    from pantau.notifier.mail import mail_address  # noqa: PLC0415 (not needed for --help)

    del secret
    address = mail_address(target).address
    if settings.smtp_fault is not None:
        raise UsageError(settings.smtp_fault)
    if settings.smtp.host is None:
        raise UsageError(
            problem("channels.no-mail-server", file=str(settings.data / SETTINGS_FILE))
        )
    return EmailChannel(to=address)


def read_file(target: str, secret: str, settings: "Settings") -> Channel:
    """Read the name of a file, in a folder that exists."""
    del secret, settings
    if not target or not target.isprintable():
        raise UsageError(problem("channels.no-file-name"))
    path = Path(target).expanduser().absolute()
    if path.is_dir():
        example = str(path / "alerts.jsonl")
        raise UsageError(problem("channels.folder", path=str(path), example=example))
    if path.is_symlink():
        raise UsageError(problem("channels.link", path=str(path)))
    if path.exists() and not path.is_file():
        raise UsageError(problem("channels.irregular", path=str(path)))
    if not path.parent.is_dir():
        raise UsageError(problem("channels.no-folder", folder=str(path.parent)))
    return FileChannel(path=str(path))


def read_terminal(target: str, secret: str, settings: "Settings") -> Channel:
    """Return the terminal, which has no address."""
    del secret, settings
    if target:
        raise UsageError(problem("channels.terminal-address"))
    return TerminalChannel()


def channel_warnings(channels: Iterable[Channel], settings: "Settings") -> Iterator[Problem]:
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


def _inside_warning(channel: Channel, settings: "Settings") -> Problem | None:
    """Return why a webhook will be refused when it is used.

    Its address is one of this machine or network.
    """
    from pantau.net.guard import (  # noqa: PLC0415 (not needed for --help)
        check_address,
        parse_address,
    )

    if not isinstance(channel, WebhookChannel):
        return None
    host = urlsplit(channel.url).hostname or ""
    try:
        address = parse_address(
            "127.0.0.1" if host == "localhost" or host.endswith(".localhost") else host
        )
    except ValueError:
        return None  # a name: its address is resolved, and checked, when it is used
    kind = check_address(address, settings.fetch.allow_networks)
    if kind is None:
        return None
    network = f"{address}/{address.max_prefixlen}"
    file = str(settings.data / SETTINGS_FILE)
    return problem("channels.inside", host=host, kind=kind, network=network, file=file)
