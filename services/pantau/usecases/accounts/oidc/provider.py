"""The provider: asked for its addresses, its keys, and the token of a code.

What it publishes is kept for a while, and so is that it does not answer: whoever opens the address
of a sign-in makes the console ask, and could else make it ask all the time.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final, Protocol
from urllib.parse import quote_plus, urlencode

from pantau.ports import Clock, FetchError, FetchRequest, FetchResponse
from pantau.problems import Problem, problem
from pantau.settings import OidcSettings
from pantau.usecases.accounts.oidc.metadata import (
    ProviderError,
    ProviderMetadata,
    discovery_address,
    read_json,
    read_metadata,
)

KEPT: Final = timedelta(hours=1)
"""How long what a provider publishes is kept."""
PAUSE: Final = timedelta(seconds=30)
"""Least time between two requests for the same document that failed, or has no such key."""
RETURN: Final = "/sign-in/provider/return"
"""Where the provider leads back to, below `console.public_url`."""
_REFUSALS: Final = frozenset({"invalid_client", "unauthorized_client"})
"""Errors of a token endpoint that say that the client is wrong, and not the code."""


class ProviderCalls(Protocol):
    """Requests to the provider through the guarded fetcher, each to its end."""

    def get(self, request: FetchRequest) -> FetchResponse:
        """Fetch by GET. Raises FetchError."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> FetchResponse:
        """Send by POST. Raises FetchError."""


@dataclass(slots=True)
class _Document:
    """A document of the provider, or why there is none, and when that was found out."""

    at: datetime
    body: bytes = b""
    fault: Problem | None = None


class Provider:
    """One provider. For use by several threads."""

    def __init__(self, settings: OidcSettings, calls: ProviderCalls, clock: Clock) -> None:
        self._settings = settings
        self._calls = calls
        self._clock = clock
        self._kept: dict[str, _Document] = {}
        self._lock = Lock()

    @property
    def issuer(self) -> str:
        """The issuer, as the settings name it."""
        return self._settings.issuer or ""

    def metadata(self) -> ProviderMetadata:
        """Return what the provider says of itself. Raises ProviderError."""
        return read_metadata(self._document(discovery_address(self.issuer)), self.issuer)

    def keys(self, *, fresh: bool = False) -> Mapping[str, Any]:
        """Return the keys of the provider as a JWK Set. Raises ProviderError.

        `fresh` asks again, but for keys that were asked for a moment ago.
        """
        address = self.metadata().keys
        return read_json(self._document(address, PAUSE if fresh else KEPT), "jwks_uri")

    def id_token(self, code: str, verifier: str, return_address: str) -> str:
        """Return the ID token that a code stands for. Raises ProviderError."""
        metadata = self.metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": return_address,
            "code_verifier": verifier,
        }
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        secret = self._settings.client_secret
        if secret is None or metadata.posts_secret:
            form["client_id"] = self._settings.client_id
        if secret is not None and metadata.posts_secret:
            form["client_secret"] = secret.get_secret_value()
        elif secret is not None:
            # RFC 6749, 2.3.1: both are encoded as in a form before they are joined.
            pair = (self._settings.client_id, secret.get_secret_value())
            joined = ":".join(map(quote_plus, pair)).encode()
            headers["Authorization"] = f"Basic {base64.b64encode(joined).decode('ascii')}"
        try:
            answer = self._calls.post(metadata.token, urlencode(form).encode(), headers)
        except FetchError as error:
            raise ProviderError(self._unreachable(error)) from error
        return _token(answer)

    def _document(self, address: str, kept: timedelta = KEPT) -> bytes:
        """Return a document, at most as old as `kept`. Raises ProviderError."""
        with self._lock:
            found, now = self._kept.get(address), self._clock.now()
            if found is None or now - found.at >= (PAUSE if found.fault else kept):
                self._kept[address] = found = self._fetched(address)
        if found.fault is not None:
            # A new error each time: one that is kept would keep whatever it was raised through.
            raise ProviderError(found.fault)
        return found.body

    def _fetched(self, address: str) -> _Document:
        """Return a document, or why there is none, as of the end of the request.

        One that took as long as `PAUSE` would else be made again by each visitor.
        """
        request = FetchRequest(address, accept="application/json", redirects=False)
        try:
            answer = self._calls.get(request)
        except FetchError as error:
            return _Document(self._clock.now(), fault=self._unreachable(error))
        if answer.status != 200:
            fault = problem("oidc.status", setting="oidc.issuer", status=answer.status)
            return _Document(self._clock.now(), fault=fault)
        return _Document(self._clock.now(), answer.body)

    def _unreachable(self, error: FetchError) -> Problem:
        reason = error.problem or error.reason
        if error.problem is not None and error.problem.code == "fetch.no-redirect":
            return problem("oidc.redirects", reason=reason, host=self._settings.host)
        if error.outcome == "refused" and not self._settings.allow_private:
            return problem("oidc.refused", reason=reason, host=self._settings.host)
        return problem("oidc.unreachable", reason=reason, host=self._settings.host)


def _token(answer: FetchResponse) -> str:
    """Return the ID token of an answer of the token endpoint. Raises ProviderError.

    Of an error the code alone is looked at (RFC 6749, 5.2): descriptions may quote what was sent.
    """
    found = read_json(answer.body, "token_endpoint") if answer.body else {}
    if answer.status == 401 or found.get("error") in _REFUSALS:
        raise ProviderError(problem("oidc.client-refused"))
    token = found.get("id_token")
    if answer.status != 200 or not isinstance(token, str):
        raise ProviderError(problem("oidc.no-token", setting=RETURN, status=answer.status))
    return token
