"""A console whose people also sign in by a provider, and a browser that follows its links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pantau.bootstrap import open_store
from pantau.bootstrap.provider import build_provider
from pantau.console.app import build_app
from pantau.settings import ConsoleSettings, OidcSettings, Settings
from tests.apis import ApiClient, ApiReply
from tests.provider import CLIENT, SECRET, LoopbackProvider, running_provider
from tests.support import START, FixedClock
from tests.unit.accounts.conftest import House, build_house

PUBLIC = "https://news.example.org"


@dataclass
class Browser:
    """Keeps cookies, and follows redirects between the console and the provider."""

    house: House
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> ApiReply:
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, body: bytes = b"", **headers: str) -> ApiReply:
        sent = {"content-type": "application/x-www-form-urlencoded", **headers}
        return self._ask("POST", path, body, sent)

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> ApiReply:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"accept-language": "en", "cookie": kept, **headers}
        reply = self.house.client.ask(method, path, body, sent)
        for line in reply.headers.get("set-cookie", "").splitlines():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return reply

    def begin(self, back: str = "") -> str:
        """Return where the button leads to."""
        reply = self.get(f"/sign-in/provider?back={back}")
        assert reply.status == 303, reply.content
        return reply.headers["location"]

    def agree(self, address: str) -> str:
        """Return the path of the console that the provider leads back to, once it is agreed to."""
        parts = urlsplit(address)
        connection = HTTPConnection(parts.netloc, timeout=60)
        try:
            connection.request("GET", f"{parts.path}?{parts.query}")
            answer = connection.getresponse()
            answer.read()
            led = answer.getheader("Location") or ""
        finally:
            connection.close()
        assert led.startswith(f"{PUBLIC}/")
        return led.removeprefix(PUBLIC)

    def sign_in(self, back: str = "") -> ApiReply:
        """Return the answer of the console to a whole sign-in."""
        return self.get(self.agree(self.begin(back)))

    def name(self) -> str | None:
        """Return who is signed in, as the page of the account says."""
        reply = self.get("/account")
        return None if reply.status != 200 else reply.content.decode().split("<h1>")[1]


@dataclass
class Scene:
    """A console, its provider, and a browser."""

    house: House
    provider: LoopbackProvider
    browser: Browser

    def set(self, **settings: Any) -> None:
        """Build the console again with other settings of the provider."""
        oidc = OidcSettings.model_validate({**self.house.settings.oidc.model_dump(), **settings})
        self.house.settings = self.house.settings.model_copy(update={"oidc": oidc})
        made = build_provider(self.house.settings, self.house.accounts, self.house.clock)
        self.house.parts = replace(self.house.parts, settings=self.house.settings, provider=made)
        self.house.client = ApiClient(build_app(self.house.parts), "")

    def actions(self) -> list[tuple[str, str, str]]:
        """Return what the audit log has, the oldest first: action, who, what."""
        found = self.house.accounts.audit.newest(50)
        return [(one.action, one.actor, one.subject) for one in reversed(found)]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    console = ConsoleSettings(accounts=True, requests_per_minute=0, public_url=PUBLIC)
    clock = FixedClock(START)
    with running_provider(clock.now) as provider:
        oidc = OidcSettings.model_validate(
            {
                "issuer": provider.issuer,
                "client_id": CLIENT,
                "client_secret": SECRET,
                "allow_private": True,
                "label": "Kantor",
            }
        )
        settings = Settings(data=tmp_path, console=console, oidc=oidc)
        store = open_store(settings, clock)
        house = build_house(store, settings, clock)
        found = Scene(house, provider, Browser(house))
        found.set()
        yield found
        store.close()
