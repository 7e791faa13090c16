"""The sign-in by a provider, from the button to the session.

The authorization code flow of OpenID Connect Core 1.0, 3.1, with PKCE (RFC 7636), as RFC 9700
demands: state and nonce are random, belong to one browser, and are used once.
"""

import hmac
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pantau.common.text.safe_text import one_line
from pantau.errors import PantauError
from pantau.ports import ExpectedToken, IdTokenError, IdTokenVerifier, UnknownKeyError
from pantau.problems import problem
from pantau.settings import OidcSettings
from pantau.usecases.accounts.audit import entry
from pantau.usecases.accounts.oidc.admission import Admission, NotAdmittedError
from pantau.usecases.accounts.oidc.claims import read_claims
from pantau.usecases.accounts.oidc.metadata import ProviderError, ProviderMetadata
from pantau.usecases.accounts.oidc.pending import (
    LASTS,
    PendingSignIn,
    new_pending,
    pack_pending,
    read_pending,
)
from pantau.usecases.accounts.oidc.provider import Provider
from pantau.usecases.accounts.signing_in import Accounts, SignInRefusedError

log = logging.getLogger(__name__)

USED: Final = 10_000
"""Sign-ins that are remembered as used."""


@dataclass(frozen=True, slots=True)
class BegunSignIn:
    """A sign-in that has begun: where the browser goes, and the cookie that it keeps."""

    address: str
    cookie: str = field(repr=False)
    seconds: int = int(LASTS.total_seconds())


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in that succeeded: the secret of the session, and the page that was asked for."""

    secret: str = field(repr=False)
    back: str


@dataclass(slots=True)
class _Used:
    """States whose answer has come, each until it would be over anyway."""

    known: OrderedDict[str, int] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def take(self, pending: PendingSignIn, now: float) -> bool:
        """Return whether this is the first answer of a sign-in."""
        with self.lock:
            while self.known and next(iter(self.known.values())) <= now:
                self.known.popitem(last=False)
            if pending.state in self.known:
                return False
            self.known[pending.state] = pending.until
            if len(self.known) > USED:
                self.known.popitem(last=False)
            return True


@dataclass(frozen=True, slots=True)
class ProviderSignIn:
    """Signs people in by a provider.

    `return_address` is where the provider leads back to, as it is registered there. `key` signs the
    cookie.
    """

    settings: OidcSettings
    accounts: Accounts
    provider: Provider
    tokens: IdTokenVerifier
    key: bytes = field(repr=False)
    return_address: str
    used: _Used = field(default_factory=_Used)

    @property
    def label(self) -> str:
        """The name of the provider, for the button."""
        return self.settings.label or self.settings.host

    def begin(self, back: str) -> BegunSignIn:
        """Start a sign-in. Raises ProviderError where the provider does not answer."""
        pending = new_pending(back, self.accounts.clock.now())
        asked = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self.return_address,
            "scope": " ".join(dict.fromkeys(("openid", *self.settings.scopes))),
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": pending.challenge,
            "code_challenge_method": "S256",
        }
        address = self._with_values(self._metadata().authorization, asked)
        return BegunSignIn(address, pack_pending(pending, self.key))

    def finish(self, values: Mapping[str, str], cookie: str, address: str) -> SignedIn:
        """Start the session of the person whom the provider's answer stands for.

        Raises SignInRefusedError for an answer that this browser did not ask for, ProviderError
        for one that cannot be trusted, NotAdmittedError for a person who may not sign in.
        """
        throttle, now = self.accounts.throttle, self.accounts.clock.now()
        wait = throttle.begin_elsewhere(address, now)
        if wait:
            raise SignInRefusedError("accounts.wait", wait)
        try:
            pending = self._pending(values, cookie)
            account = Admission(self.accounts, self.settings).account_of(
                read_claims(self._claims(values, pending), self.settings), address
            )
        except PantauError as error:
            self._note_refusal(error, address)
            raise
        throttle.succeeded_elsewhere(address)
        secret = self.accounts.admit(account, address, self.settings.host)
        return SignedIn(secret, pending.back)

    def end_address(self, after: str) -> str | None:
        """Return where a person signs out of the provider; None where it has no such page.

        `after` is where the provider leads to afterwards. Raises ProviderError.
        """
        found = self._metadata().end_session
        if found is None:
            return None
        # Without the ID token as a hint, which would be a secret in an address.
        asked = {"client_id": self.settings.client_id, "post_logout_redirect_uri": after}
        return self._with_values(found, asked)

    def _pending(self, values: Mapping[str, str], cookie: str) -> PendingSignIn:
        """Return the sign-in that an answer belongs to, which is used up by that."""
        now = self.accounts.clock.now()
        pending = read_pending(cookie, self.key, now)
        given = values.get("state", "").encode("utf-8", "replace")
        if pending is None or not hmac.compare_digest(pending.state.encode(), given):
            raise SignInRefusedError("oidc.not-asked")
        # Last, so that only sign-ins that began here take a place among the used ones.
        if not self.used.take(pending, now.timestamp()):
            raise SignInRefusedError("oidc.not-asked")
        return pending

    def _claims(self, values: Mapping[str, str], pending: PendingSignIn) -> Mapping[str, Any]:
        """Return the verified claims of the person. Raises ProviderError."""
        metadata = self.provider.metadata()
        named = values.get("iss")
        # Against mix-up attacks (RFC 9207): the answer must come from the provider that was asked.
        # One that does not announce `iss` may leave it out.
        if named != self.provider.issuer and (named is not None or metadata.names_itself):
            raise ProviderError(problem("oidc.other-issuer", setting="oidc.issuer"))
        if "error" in values:
            code = one_line(values["error"], 60)
            raise ProviderError(problem("oidc.provider-refused", code=code))
        if not values.get("code"):
            raise ProviderError(problem("oidc.no-code"))
        token = self.provider.id_token(values["code"], pending.verifier, self.return_address)
        now = self.accounts.clock.now()
        expected = ExpectedToken(self.provider.issuer, self.settings.client_id, pending.nonce, now)
        try:
            try:
                return self.tokens.verify(token, self.provider.keys(), expected)
            except UnknownKeyError:  # the provider may have new ones
                return self.tokens.verify(token, self.provider.keys(fresh=True), expected)
        except IdTokenError as error:
            raise ProviderError(problem("oidc.bad-token", reason=str(error))) from error

    def _note_refusal(self, error: PantauError, address: str) -> None:
        code = error.problem.code if error.problem is not None else ""
        if isinstance(error, ProviderError | NotAdmittedError):
            log.warning("sign-in by %s from %s: %s", self.settings.host, address, error)
        self.accounts.audit.write(
            entry(
                self.accounts.clock.now(),
                actor="?",
                via="sign-in",
                action="sign-in.refused",
                subject=f"{self.settings.host} ({code})",
                address=address,
            )
        )

    def _metadata(self) -> ProviderMetadata:
        try:
            return self.provider.metadata()
        except ProviderError as error:
            log.warning("sign-in by %s: %s", self.settings.host, error)
            raise

    @staticmethod
    def _with_values(address: str, values: Mapping[str, str]) -> str:
        """Return an address with values in place of those of the same names."""
        parts = urlsplit(address)
        kept = [pair for pair in parse_qsl(parts.query) if pair[0] not in values]
        return urlunsplit(parts._replace(query=urlencode([*kept, *values.items()])))
