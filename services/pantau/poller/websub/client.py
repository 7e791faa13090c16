"""Sends subscription requests to hubs, through the guarded fetcher."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from pantau.net.guard import without_password
from pantau.net.retry_after import read_retry_after
from pantau.poller.websub.requests import FORM
from pantau.ports import Fetcher, FetchError

MOST_REDIRECTS: Final = 3
_REDIRECTS: Final = frozenset({307, 308})
"""Redirects that keep method and body; the recommendation (5.1.1) names them alone."""


@dataclass(frozen=True, slots=True)
class HubRefusal:
    """Why a hub did not accept a request; `retry_after` in seconds if it said when to ask again."""

    reason: str
    retry_after: float | None = None


async def ask_hub(fetcher: Fetcher, hub: str, form: bytes, now: datetime) -> HubRefusal | None:
    """Send a request to a hub; return None if it accepted it, else why not.

    The request has the secret, so it follows no redirect from https to http.
    """
    # The fetcher follows no redirect of a POST, so they are followed here, under their own rule.
    url = hub
    for _ in range(MOST_REDIRECTS + 1):
        try:
            answer = await fetcher.post(url, form, {"Content-Type": FORM})
        except FetchError as error:
            return HubRefusal(f"the hub {without_password(url)} cannot be asked: {error.reason}")
        if 200 <= answer.status < 300:
            return None
        location = answer.headers.get("location")
        if answer.status not in _REDIRECTS or not location:
            wait = read_retry_after(answer.headers.get("retry-after"), now)
            return HubRefusal(f"the hub answered with HTTP status {answer.status}", wait)
        try:
            following = urljoin(url, location)
        except ValueError:
            return HubRefusal("the hub redirects to something that is no web address")
        if url.lower().startswith("https:") and not following.lower().startswith("https:"):
            return HubRefusal("the hub redirects from https to http, where the secret is not sent")
        url = following
    return HubRefusal(f"the hub redirects more than {MOST_REDIRECTS} times")
