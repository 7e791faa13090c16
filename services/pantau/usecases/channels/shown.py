"""Channels as faces show them: without what lets anybody post there. Pure."""

from typing import Final
from urllib.parse import urlsplit

from pantau.common.text.safe_text import one_line

_KEY_HOSTS: Final = (
    "hooks.slack.com", "webhook.office.com", "logic.azure.com", "powerplatform.com",
    "chat.googleapis.com", "discord.com", "discordapp.com", "api.telegram.org",
)  # fmt: skip
"""Hosts whose webhooks have their key in the path, and those below them."""
_KEY_PATHS: Final = (
    "/hooks/",
    "/services/",
    "/webhook/",
    "/webhooks/",
    "/webhookb2/",
    "/api/webhooks/",
)
"""Beginnings of such paths on servers that people run themselves, as of Mattermost."""


def shown_channel(name: str) -> str:
    """Return the name of a channel, with … for the parts of a webhook's address that are keys."""
    kind, _, address = name.partition(":")
    if kind != "webhook" or not address:
        return name
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return f"{kind}:…"
    below = any(host == one or host.endswith(f".{one}") for one in _KEY_HOSTS)
    start = next((one for one in _KEY_PATHS if parts.path.lower().startswith(one)), None)
    path = "/…" if below else f"{start}…" if start else parts.path
    query = "?…" if parts.query or parts.fragment else ""
    return one_line(f"{kind}:{parts.scheme}://{parts.netloc}{path}{query}")
