"""The sign-in by a provider of OpenID Connect, put together from the settings."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec

from pantau.adapters.files.signing_key import signing_key
from pantau.bootstrap.faces import build_parts
from pantau.bootstrap.pictures import build_pictures
from pantau.errors import UsageError
from pantau.operations.base.parts import Parts
from pantau.ports import Clock, Fetcher, FetchRequest, FetchResponse, Store
from pantau.problems import problem
from pantau.settings import Settings
from pantau.usecases.accounts.oidc.provider import RETURN, Provider
from pantau.usecases.accounts.oidc.signing import ProviderSignIn
from pantau.usecases.accounts.signing_in import Accounts


@dataclass(frozen=True, slots=True)
class FetcherCalls:
    """Implements `ProviderCalls`: each request in a loop of its own, for threads without one."""

    open: Callable[[], Fetcher]

    def get(self, request: FetchRequest) -> FetchResponse:
        """Fetch by GET. Raises FetchError."""
        return asyncio.run(self._called(lambda fetcher: fetcher.get(request)))

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> FetchResponse:
        """Send by POST. Raises FetchError."""
        return asyncio.run(self._called(lambda fetcher: fetcher.post(url, body, headers)))

    async def _called(self, call: Callable[[Fetcher], Awaitable[FetchResponse]]) -> FetchResponse:
        fetcher = self.open()
        try:
            return await call(fetcher)
        finally:
            await fetcher.close()


def build_console_parts(store: Store, settings: Settings, clock: Clock) -> Parts:
    """Build the parts of the console, which alone signs people in and shows pictures.

    Raises UsageError for settings that need what is not installed or set.
    """
    parts = replace(build_parts(store, settings, clock), pictures=build_pictures(settings, clock))
    if settings.oidc.issuer is None:
        return parts
    if parts.accounts is None:
        raise UsageError(problem("oidc.needs", setting="console.accounts"))
    return replace(parts, provider=build_provider(settings, parts.accounts, clock))


def build_provider(settings: Settings, accounts: Accounts, clock: Clock) -> ProviderSignIn:
    """Build the sign-in by a provider. Asks nobody. Raises UsageError; see above."""
    if find_spec("joserfc") is None:
        raise UsageError(problem("oidc.missing"))
    if settings.console.public_url is None:
        raise UsageError(problem("oidc.needs", setting="console.public_url"))
    key = signing_key(settings)
    if key is None:
        raise UsageError(problem("oidc.needs", setting="console.signing_key"))
    from pantau.adapters.oidc.id_tokens import JoseIdTokens  # noqa: PLC0415 (an extra)

    oidc = settings.oidc
    return ProviderSignIn(
        oidc,
        accounts,
        Provider(oidc, FetcherCalls(lambda: _fetcher(settings)), clock),
        JoseIdTokens(),
        key,
        settings.console.public_url + RETURN,
    )


def _fetcher(settings: Settings) -> Fetcher:
    from pantau.adapters.http.fetcher import GuardedFetcher  # noqa: PLC0415 (drivers are loaded when chosen)

    inside = (settings.oidc.host,) if settings.oidc.allow_private else ()
    return GuardedFetcher(settings.fetch, inside=inside)
