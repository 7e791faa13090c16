"""The list that pictures and the tests of accessibility are made from has every page."""

import re
from collections.abc import Mapping, Sequence

import pytest
from starlette.routing import Match, Route

from pantau.bootstrap import open_store
from pantau.bootstrap.provider import build_console_parts
from pantau.console.app import build_app
from pantau.settings import ConsoleSettings, OidcSettings, Settings
from scripts.pictures.pages import PAGES
from tests.support import FixedClock

NO_PAGES: Mapping[str, str] = {
    "/events": "a stream of events",
    "/api/v1/events": "a stream of events",
    "/reports/{date}.docx": "a file",
    "/reports/{date}.pdf": "a file",
    "/search/reading": "a part of the pages with a query",
    "/subscriptions/new/backtest": "a part of the page of a new subscription",
    "/start/arrived": "data for the page's script",
    "/alerts/new": "data for the page's script",
    "/s/{name}": "a feed",
    "/sign-in/done": "leads on; without a cookie it is the page of the sign-in",
    "/sign-in/provider": "leads to the provider",
    "/sign-in/provider/return": "leads on; refused it is the page of the sign-in",
    "/sign-in/provider/end": "leads to the provider",
    "/language/{lang}": "leads back",
    "/static/{name}": "a file",
}
"""Addresses that are asked for by GET and are no pages of their own, and why."""


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> list[Route]:
    """Return what a console with everything answers by GET, in the order in which it is tried."""
    settings = Settings(
        data=tmp_path_factory.mktemp("console"),
        console=ConsoleSettings(accounts=True, public_url="https://pantau.example"),
        oidc=OidcSettings(issuer="https://masuk.example", client_id="pantau"),
    )
    store = open_store(settings)
    app = build_app(build_console_parts(store, settings, FixedClock()))
    store.close()
    found = app._app._app.routes  # type: ignore[attr-defined]  # behind guard and sign-in
    return [one for one in found if isinstance(one, Route) and "GET" in (one.methods or ())]


def answering(path: str, routes: Sequence[Route]) -> str:
    """Return the pattern of the route that answers a path."""
    scope = {"type": "http", "method": "GET", "path": path}
    return next(one.path for one in routes if one.matches(scope)[0] is Match.FULL)


def test_every_page_of_the_console_is_in_the_list(routes: list[Route]) -> None:
    listed = {answering(re.sub(r"{\w+}", "x", one.path).partition("?")[0], routes) for one in PAGES}
    pages = {one.path for one in routes if not one.path.endswith((".json", ".csv", ".atom"))}
    assert pages - listed - NO_PAGES.keys() == set()
    assert NO_PAGES.keys() <= pages, "an address that is excused does not exist"
    assert not NO_PAGES.keys() & listed


def test_names_of_pages_are_names_of_files_and_each_is_there_once() -> None:
    names = [one.name for one in PAGES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", one) for one in names)
