"""A provider of OpenID Connect on the loopback interface, with keys that it makes itself.

It does what a provider does: it publishes who it is and its keys, hands out codes, and gives a
signed token for each code once, to the client that proves the verifier of PKCE. Tests change what
it says to see that it is not believed.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from typing import Any, Final
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey

from tests.http_server import serving

CLIENT: Final = "pantau-uji"
SECRET: Final = "rahasia: klien & uji%"
PERSON: Final[Mapping[str, Any]] = {"sub": "u-71", "preferred_username": "sari"}


@dataclass
class Grant:
    """A code that was handed out."""

    nonce: str
    challenge: str
    return_address: str


@dataclass
class LoopbackProvider:
    """A provider: its people and keys, and what a test makes it say.

    `discovery` and `claims` change what it says; `answers` replace the status, headers and body of
    a path. `seen` has the requests that it got, as method, path and form.
    """

    now: Callable[[], datetime]
    issuer: str = ""
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    published: list[ECKey] = field(default_factory=list)
    discovery: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=lambda: dict(PERSON))
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    sign: Callable[[dict[str, Any]], str] | None = None
    sends_issuer: bool = False
    grants: dict[str, Grant] = field(default_factory=dict)
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def asked(self, path: str) -> int:
        """Return how often a path was asked for."""
        return sum(one[1] == path for one in self.seen)

    def token(self, nonce: str) -> str:
        """Return the token of a person who signs in now."""
        now = int(self.now().timestamp())
        made = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": nonce,
            **self.claims,
        }
        given = {name: value for name, value in made.items() if value is not None}
        if self.sign is not None:
            return self.sign(given)
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, given, self.key)

    def document(self) -> dict[str, Any]:
        """Return the discovery document."""
        made = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=news",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/logout",
            "authorization_response_iss_parameter_supported": self.sends_issuer,
            **self.discovery,
        }
        return {name: value for name, value in made.items() if value is not None}

    def authorize(self, query: str) -> str:
        """Return where the browser is led to of a person who agrees at once."""
        given = dict(parse_qsl(query))
        assert given["response_type"] == "code"
        assert given["client_id"] == CLIENT
        assert given["tenant"] == "news"
        assert given["code_challenge_method"] == "S256"
        assert "openid" in given["scope"].split()
        code = secrets.token_urlsafe(16)
        self.grants[code] = Grant(given["nonce"], given["code_challenge"], given["redirect_uri"])
        back = {"code": code, "state": given["state"]}
        if self.sends_issuer:
            back["iss"] = self.issuer
        return f"{given['redirect_uri']}?{urlencode(back)}"

    def exchange(self, form: Mapping[str, str], login: str) -> tuple[int, dict[str, Any]]:
        """Return the token of a code; each code counts once, for its client and its verifier."""
        pair = base64.b64decode(login.removeprefix("Basic ")).decode()
        if pair != urlencode({CLIENT: SECRET}).replace("=", ":"):
            return 401, {"error": "invalid_client"}
        grant = self.grants.pop(form.get("code", ""), None)
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if (
            grant is None
            or grant.challenge != challenge
            or grant.return_address != form.get("redirect_uri")
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {"token_type": "Bearer", "id_token": self.token(grant.nonce)}


def _handler(provider: LoopbackProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            provider.seen.append(("GET", place.path, {}))
            if place.path in provider.answers:
                self._send(*provider.answers[place.path])
            elif place.path == "/.well-known/openid-configuration":
                self._json(200, provider.document())
            elif place.path == "/keys":
                keys = [one.as_dict(private=False) for one in provider.published or [provider.key]]
                self._json(200, {"keys": keys})
            elif place.path == "/authorize":
                self._send(302, {"Location": provider.authorize(place.query)}, b"")
            else:
                self._send(404, {}, b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[-1] for name, values in parse_qs(body).items()}
            path = urlsplit(self.path).path
            provider.seen.append(("POST", path, form))
            if path in provider.answers:
                self._send(*provider.answers[path])
            else:
                self._json(*provider.exchange(form, self.headers.get("Authorization", "")))

        def _json(self, status: int, value: Any) -> None:
            self._send(status, {"Content-Type": "application/json"}, json.dumps(value).encode())

        def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (as in http.server)
            del format, args

    return Handler


@contextmanager
def running_provider(now: Callable[[], datetime]) -> Iterator[LoopbackProvider]:
    """Run a provider; `now` is its clock."""
    made = LoopbackProvider(now)
    with serving(_handler(made)) as address:
        made.issuer = address
        yield made
