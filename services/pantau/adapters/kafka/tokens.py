"""Access tokens for the login OAUTHBEARER: from a file, or from an authorization server.

The request is that of client credentials: https://www.rfc-editor.org/rfc/rfc6749#section-4.4. Only
the address of the settings is contacted: no proxy of the environment, no redirect is followed.
Errors are those of kafka-python, since its clients ask for tokens while they connect.
"""

import base64
import http.client
import json
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote_plus, urlencode, urlsplit

from kafka.errors import KafkaConnectionError, SaslAuthenticationFailedError
from kafka.net.sasl.oauth import AbstractTokenProvider

from pantau.settings import KafkaSettings

ANSWER_BYTES: Final = 256 * 1024
"""Longest answer of an authorization server, and longest file of a token."""
TIMEOUT_SECONDS: Final = 10.0
"""Time limit of a request for a token."""
RENEW_SHARE: Final = 0.8
"""Share of its life after which a token is replaced, so that none expires on its way."""
DEFAULT_LIFE_SECONDS: Final = 60.0
"""Life of a token whose server does not say how long it is valid."""


class TokenSource(Protocol):
    """A place that tokens come from."""

    def current(self) -> str:
        """Return a token that is still valid. Raises an error of kafka-python."""


class TokenFile:
    """Tokens in a file that something else renews, such as Kubernetes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def current(self) -> str:
        """Return the token in the file."""
        try:
            with self._path.open("rb") as file:
                held = file.read(ANSWER_BYTES + 1)
        except OSError as error:
            message = f"kafka.token_file: {self._path} cannot be read ({error.strerror or error})"
            raise KafkaConnectionError(message) from error
        text = held.decode("ascii", errors="replace").strip()
        if len(held) > ANSWER_BYTES or not _is_token(text):
            message = f"kafka.token_file: {self._path} holds no token"
            raise KafkaConnectionError(message)
        return text


class TokenServer:
    """Tokens of an authorization server, each used for most of its life; for all threads."""

    def __init__(
        self, url: str, credentials: tuple[str, str], scope: str | None, cafile: Path | None
    ) -> None:
        self._url, self._credentials, self._scope = url, credentials, scope
        self._cafile = cafile
        self._lock = threading.Lock()
        self._held, self._until = "", 0.0

    def current(self, now: Callable[[], float] = time.monotonic) -> str:
        """Return the current token, or a new one when most of its life is over."""
        with self._lock:
            if not self._held or now() >= self._until:
                self._held, life = self._request()
                self._until = now() + life * RENEW_SHARE
            return self._held

    def _request(self) -> tuple[str, float]:
        form = {"grant_type": "client_credentials"}
        if self._scope is not None:
            form["scope"] = self._scope
        status, body = self._post(urlencode(form).encode())
        if status in {400, 401, 403}:
            message = (
                f"the authorization server refuses the client ({status}): check kafka.username, "
                "kafka.password and kafka.token_scope"
            )
            raise SaslAuthenticationFailedError(message)
        token, life = _read(body) if status == 200 else ("", 0.0)
        if not token:
            message = f"kafka.token_url: the authorization server gives no token (status {status})"
            raise KafkaConnectionError(message)
        return token, life

    def _post(self, form: bytes) -> tuple[int, bytes]:
        parts = urlsplit(self._url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        # RFC 6749, section 2.3.1: both are encoded as in a form before they are joined.
        pair = ":".join(quote_plus(one) for one in self._credentials)
        headers = {
            "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}",
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        try:
            connection = self._connect(parts.scheme, parts.hostname or "", parts.port)
            try:
                connection.request("POST", path, form, headers)
                response = connection.getresponse()
                return response.status, response.read(ANSWER_BYTES)
            finally:
                connection.close()
        except (OSError, http.client.HTTPException) as error:
            message = f"kafka.token_url: the authorization server does not answer ({error})"
            raise KafkaConnectionError(message) from error

    def _connect(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        if scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=TIMEOUT_SECONDS)
        context = ssl.create_default_context()
        if self._cafile is not None:  # an authority of one's own beside the public ones
            context.load_verify_locations(self._cafile)
        return http.client.HTTPSConnection(host, port, timeout=TIMEOUT_SECONDS, context=context)


class TokenProvider(AbstractTokenProvider):  # type: ignore[misc]  # (kafka-python has no types)
    """The provider that kafka-python asks for tokens."""

    def __init__(self, source: TokenSource) -> None:
        super().__init__()
        self.source = source

    def token(self) -> str:
        """Return a token that is still valid."""
        return self.source.current()


def token_source(settings: KafkaSettings) -> TokenSource:
    """Return where the settings say that tokens come from."""
    if settings.token_file is not None:
        return TokenFile(settings.token_file)
    password = settings.password.get_secret_value() if settings.password is not None else ""
    return TokenServer(
        settings.token_url or "",
        (settings.username or "", password),
        settings.token_scope,
        settings.ca_file,
    )


def _read(body: bytes) -> tuple[str, float]:
    """Return the token of an answer and its life in seconds; an empty one if there is none."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return "", 0.0
    if not isinstance(answer, dict):
        return "", 0.0
    token, life = answer.get("access_token"), answer.get("expires_in")
    if not isinstance(token, str) or not _is_token(token):
        return "", 0.0
    if isinstance(life, bool) or not isinstance(life, int | float) or not life > 0:
        life = DEFAULT_LIFE_SECONDS
    return token, min(float(life), 86_400.0)


def _is_token(text: str) -> bool:
    """Return whether a text can stand in the login: RFC 6750 permits no space or control."""
    return bool(text) and all("!" <= letter <= "~" for letter in text)
