"""A hub written after the W3C Recommendation WebSub, which can also misbehave in chosen ways."""

import asyncio
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

from pantau.adapters.http.fetcher import GuardedFetcher
from pantau.ports import FetchRequest, FetchResponse
from pantau.settings import FetchSettings
from tests.unit.adapters.http.loopback import Call, Loopback, reply
from tests.unit.poller.polling import LOOPBACK


@dataclass
class Conduct:
    """Deviations of the hub from the recommendation."""

    verifies: bool = True  # right after the request
    answer: str = "202 Accepted"
    location: str | None = None
    lease: int | None = None  # granted; None grants what was asked
    method: str = "sha256"
    topic: str | None = None  # asked in verifications in place of the right one


@dataclass
class Subscriber:
    callback: str
    topic: str
    secret: str
    lease: int


@dataclass
class Hub:
    """The hub at a path of a loopback server."""

    site: Loopback
    path: str = "/hub"
    conduct: Conduct = field(default_factory=Conduct)
    requests: list[dict[str, str]] = field(default_factory=list)
    verified: dict[str, Subscriber] = field(default_factory=dict)  # by callback
    answers: list[FetchResponse] = field(default_factory=list)  # to verifications
    _tasks: set["asyncio.Task[object]"] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.site.routes[self.path] = self._take
        settings = FetchSettings(allow_networks=LOOPBACK, timeout_seconds=20.0)
        self.client = GuardedFetcher(settings)

    @property
    def url(self) -> str:
        return self.site.url(self.path)

    async def _take(self, call: Call, writer: asyncio.StreamWriter) -> None:
        form = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
        self.requests.append(form)
        status, location = self.conduct.answer, self.conduct.location
        if location:
            writer.write(reply(status=status, Location=location))
        else:
            writer.write(reply(status=status))
        await writer.drain()
        if self.conduct.answer.startswith("2") and self.conduct.verifies:
            task = asyncio.get_running_loop().create_task(self.verify(form))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def verify(self, form: dict[str, str]) -> FetchResponse:
        """Verify the intent of the subscriber, and keep the subscription if it is confirmed."""
        challenge = secrets.token_hex(16)
        asked = {
            "hub.mode": form["hub.mode"],
            "hub.topic": self.conduct.topic or form["hub.topic"],
            "hub.challenge": challenge,
        }
        lease = self.conduct.lease or int(form.get("hub.lease_seconds", "0"))
        if form["hub.mode"] == "subscribe":
            asked["hub.lease_seconds"] = str(lease)
        answer = await self.get(form["hub.callback"], asked)
        self.answers.append(answer)
        callback = form["hub.callback"]
        if answer.status // 100 == 2 and answer.body.decode() == challenge:
            if form["hub.mode"] == "subscribe":
                one = Subscriber(callback, form["hub.topic"], form["hub.secret"], lease)
                self.verified[callback] = one
            else:
                self.verified.pop(callback, None)
        return answer

    async def get(self, callback: str, query: dict[str, str]) -> FetchResponse:
        return await self.client.get(FetchRequest(f"{callback}?{urlencode(query)}"))

    async def publish(self, body: bytes, **headers: str) -> list[FetchResponse]:
        """Deliver a document to all subscribers, signed; `headers` replace the usual ones."""
        found = []
        for one in tuple(self.verified.values()):
            sent = {
                "Content-Type": "application/rss+xml",
                "Link": f'<{self.url}>; rel="hub", <{one.topic}>; rel="self"',
                "X-Hub-Signature": signature(self.conduct.method, one.secret, body),
            }
            sent |= {name.replace("_", "-"): value for name, value in headers.items()}
            given = {name: value for name, value in sent.items() if value}
            found.append(await self.client.post(one.callback, body, given))
        return found


def signature(method: str, secret: str, body: bytes) -> str:
    return f"{method}={hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()}"
