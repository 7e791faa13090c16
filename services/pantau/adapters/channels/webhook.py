"""Alerts to webhooks, signed with the Standard Webhooks scheme (1.0, symmetric signatures).

The signature is HMAC-SHA256 over `id.timestamp.body` with the secret's bytes. The id is that of the
delivery or the summary, the same on every attempt, so the receiver can deduplicate; the timestamp
is that of the attempt. Any 2xx is success; 410 means that the receiver is permanently gone;
everything else is retried, as the specification asks, after `Retry-After` if present.
"""

import base64
import hashlib
import hmac
import re
from datetime import datetime
from typing import Final

from pantau.adapters.templates.own_texts import own_texts
from pantau.common.channels.signing_secret import secret_bytes
from pantau.common.text.safe_text import one_line
from pantau.errors import ReceiverGoneError, RejectError, RetryError, SettingsFaultError
from pantau.net.guard import check_url
from pantau.net.retry_after import read_retry_after
from pantau.notifier.payload import content_type, webhook_bytes
from pantau.ports import AnyMessage, ChannelResources, Clock, Fetcher, FetchError, FetchResponse
from pantau.problems import Problem, problem
from pantau_schemas.events.subscription import WebhookChannel

ANSWER_BYTES: Final = 1_000
ANSWER_LIMIT: Final = 200
"""Bytes that are looked at of a refusal's text, and characters that are kept of it."""

_TEAMS_REFUSED: Final = re.compile(rb"endpoint returned HTTP error [45]\d\d")
"""Answer of a connector of Teams, with status 200, where Teams itself refused the message."""


class WebhookDriver:
    """Implements `pantau.ports.ChannelDriver`.

    The fetcher is shared and closed by its owner.
    """

    def __init__(self, fetcher: Fetcher, clock: Clock) -> None:
        self._fetcher = fetcher
        self._clock = clock

    async def send(self, message: AnyMessage) -> None:
        """Post the alert, or the summary."""
        channel = message.channel
        if not isinstance(channel, WebhookChannel):
            raise RejectError(f"{channel.kind}: not a webhook")
        body = webhook_bytes(message, own_texts(message))
        now = self._clock.now()
        headers = sign(channel.secret.get_secret_value(), message.message_id, now, body)
        headers["content-type"] = content_type(channel)
        try:
            response = await self._fetcher.post(channel.url, body, headers)
        except FetchError as error:
            raise _converted(error, channel.url) from error
        _check(response, now)
        if channel.format == "teams" and _TEAMS_REFUSED.search(response.body[:ANSWER_BYTES]):
            raise RetryError(_answered(response))

    async def close(self) -> None:
        """Do nothing: the fetcher belongs to its owner."""


def sign(secret: str, message_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """Return the headers of a signed message.

    Raises RejectError, without quoting it, when `secret` is invalid.
    """
    timestamp = str(int(now.timestamp()))
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    digest = hmac.new(secret_bytes(secret), signed, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": "v1," + base64.b64encode(digest).decode("ascii"),
    }


def _check(response: FetchResponse, now: datetime) -> None:
    status = response.status
    if 200 <= status < 300:
        return
    if status == 410:
        raise ReceiverGoneError(problem("delivery.webhook-gone"))
    raise RetryError(
        _answered(response),
        after_seconds=read_retry_after(response.headers.get("retry-after"), now),
    )


def _answered(response: FetchResponse) -> Problem:
    """Return what the receiver answered, with the beginning of its text, if that is text."""
    status = response.status
    if 300 <= status < 400:
        return problem("delivery.webhook-redirects", status=status)
    beginning = response.body[:ANSWER_BYTES].decode("utf-8", "replace")
    answer = one_line(beginning.replace("\x00", " "), ANSWER_LIMIT)
    # The cut at `ANSWER_BYTES` may split the last character; a replacement anywhere else means that
    # the body is no text.
    if not answer or "\ufffd" in answer[:-1]:
        return problem("delivery.webhook-answered", status=status)
    return problem("delivery.webhook-said", status=status, answer=answer)


def _converted(error: FetchError, url: str) -> RetryError | RejectError:
    """Convert a failed POST.

    Only an address that can never be fetched is rejected permanently.
    """
    if error.outcome != "refused":
        return RetryError(error.problem or error.reason)
    never = check_url(url)
    if never is not None:
        return RejectError(problem("delivery.webhook-never", reason=never))
    return SettingsFaultError(error.problem or error.reason)


def build(resources: ChannelResources) -> WebhookDriver:
    """Build the driver over the guarded fetcher."""
    return WebhookDriver(resources.fetcher, resources.clock)
