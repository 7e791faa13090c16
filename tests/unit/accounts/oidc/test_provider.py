"""A provider that does not answer: that is kept for a while, and nothing else of it."""

from collections.abc import Mapping

import pytest

from pantau.ports import FetchError, FetchRequest, FetchResponse
from pantau.settings import FetchSettings, OidcSettings
from pantau.usecases.accounts.oidc.metadata import ProviderError
from pantau.usecases.accounts.oidc.provider import PAUSE, Provider
from tests.provider import CLIENT
from tests.support import FixedClock


class Silent:
    """A provider that never answers: each request takes as long as one may."""

    def __init__(self, clock: FixedClock) -> None:
        self.clock = clock
        self.asked = 0

    def get(self, request: FetchRequest) -> FetchResponse:
        self.asked += 1
        self.clock.move(seconds=FetchSettings().timeout_seconds)
        raise FetchError("timeout", f"{request.url} did not answer")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> FetchResponse:
        raise AssertionError((url, body, headers))


def test_a_provider_that_never_answers_holds_one_visitor_up_and_keeps_none_of_them() -> None:
    clock = FixedClock()
    silent = Silent(clock)
    settings = OidcSettings(issuer="https://login.example.org", client_id=CLIENT)
    provider = Provider(settings, silent, clock)
    depths: list[int] = []
    for _ in range(3):
        with pytest.raises(ProviderError, match="did not answer") as found:
            provider.metadata()
        depths.append(len(found.traceback))  # a kept error would have all visitors in it
    assert silent.asked == 1
    assert len({*depths}) == 1
    clock.move(seconds=PAUSE.total_seconds())
    with pytest.raises(ProviderError):
        provider.metadata()
    assert silent.asked == 2
