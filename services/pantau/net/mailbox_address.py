"""Addresses of mailboxes that are read as feeds: `maildir:`, `mbox:` and `imaps:`. Pure."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

LOCAL: Final = frozenset({"maildir", "mbox"})
_IMAP_PORT: Final = 993
_LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class MailboxAddress:
    """Where mails are: a path of this machine, or a folder of a server."""

    kind: str  # maildir, mbox, imaps
    path: str  # absolute; for imaps the name of the folder
    host: str = ""
    port: int = 0
    user: str = ""


def is_mailbox(url: str) -> bool:
    """Return whether an address names a mailbox rather than a web address."""
    return url.partition(":")[0].strip().lower() in {*LOCAL, "imaps"}


def parse_mailbox(url: str) -> MailboxAddress:
    """Parse the address of a mailbox. Raises ValueError with the reason and the fix."""
    kind, _, rest = url.strip().partition(":")
    kind = kind.lower()
    if len(url) > _LONGEST or any(ord(one) < 32 for one in url):
        message = "the address of a mailbox is one line of at most 2,000 characters"
        raise ValueError(message)
    if kind in LOCAL:
        path = unquote(rest.removeprefix("//"))
        if not path.startswith("/") or "\0" in path or ".." in path.split("/"):
            message = f"expected an absolute path without '..', such as {kind}:/home/me/Mail"
            raise ValueError(message)
        return MailboxAddress(kind, path)
    if kind != "imaps":
        message = "expected maildir:/path, mbox:/path or imaps://user@host/folder"
        raise ValueError(message)
    return _parse_imaps(url.strip())


def _parse_imaps(url: str) -> MailboxAddress:
    expected = "expected imaps://user@host/folder"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError(expected) from None
    user, folder = unquote(parts.username or ""), unquote(parts.path.lstrip("/")) or "INBOX"
    if parts.password:
        message = "the password is no part of the address; give it with --password-file"
        raise ValueError(message)
    if not parts.hostname or not user or parts.query or parts.fragment or port == 0:
        raise ValueError(expected)
    if any(ord(one) < 32 for one in user + folder):
        raise ValueError(expected)
    return MailboxAddress("imaps", folder, parts.hostname, port or _IMAP_PORT, user)
