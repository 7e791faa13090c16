"""The MCP server over HTTP, driven by the official client through the console's guard."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from mcp import Client as McpClient
from mcp_types import CallToolResult, ElicitResult, TextContent

from pantau.errors import UsageError
from pantau.mcp_server.tools import CONTENT, WITHOUT_TOOL
from pantau.operations.catalogue import OPERATIONS
from pantau.ports import Store
from pantau.settings import Settings
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from tests.consoles import Client, filled, serving_console
from tests.support import FixedClock

from .test_mcp import ERAS, Era

Newsroom = tuple[Store, Settings, FixedClock]
Work = Callable[[McpClient], Awaitable[Any]]


class Served:
    """A console with the MCP server, and the store behind it."""

    def __init__(self, address: str, store: Store, clock: FixedClock) -> None:
        self.address, self.registry = address, SubscriptionRepository(store.log, clock)

    def talk(self, work: Work, era: Era = "auto", *, says: str | None = None) -> Any:
        """Run the work of a client; `says` is what its person answers, None if it asks none."""

        async def run() -> Any:
            async def ask(context: Any, params: Any) -> ElicitResult:
                del context, params
                return ElicitResult(action=says, content={})  # type: ignore[arg-type]  # of a parameter

            person = None if says is None else ask
            address = f"{self.address}/mcp"
            async with McpClient(address, mode=era, elicitation_callback=person) as client:
                return await work(client)

        return asyncio.run(run())

    @property
    def is_paused(self) -> bool:
        return self.registry.find("banjir").paused

    def expect_paused(self) -> None:
        """Check that the subscription is paused, and resume it for the next test."""
        paused = self.registry.find("banjir")
        assert paused.paused
        self.registry.save(paused.model_copy(update={"paused": False}))


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    found = filled(tmp_path_factory.mktemp("mcp"))
    yield found
    found[0].close()


@pytest.fixture(scope="module")
def served(newsroom: Newsroom) -> Iterator[Served]:
    store, settings, clock = newsroom
    console = settings.console.model_copy(update={"mcp": True})
    with serving_console(store, settings.model_copy(update={"console": console}), clock) as address:
        yield Served(address, store, clock)


def test_without_its_library_the_console_says_that_it_does_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pantau.console.app.find_spec", lambda _: None)
    store, settings, clock = filled(tmp_path)
    console = settings.console.model_copy(update={"mcp": True})
    own = settings.model_copy(update={"console": console})
    said = pytest.raises(UsageError, match=r"console\.mcp needs .* not served")
    with closing(store), said, serving_console(store, own, clock):
        pass


def pause(client: McpClient, **more: str) -> Awaitable[CallToolResult]:
    return client.call_tool("pause_subscription", {"id": "banjir", **more})


@pytest.mark.parametrize("era", ERAS)
def test_the_official_client_lists_tools_and_searches(served: Served, era: Era) -> None:
    async def work(client: McpClient) -> tuple[set[str], CallToolResult]:
        listed = await client.list_tools()
        found = await client.call_tool("search_articles", {"query": "gempa"})
        return {one.name for one in listed.tools}, found

    names, found = served.talk(work, era)
    assert names == set(OPERATIONS) - set(WITHOUT_TOOL)
    assert found.structured_content[CONTENT]["items"]


@pytest.mark.parametrize("era", ERAS)
def test_a_person_confirms_changes_over_http_as_over_stdio(served: Served, era: Era) -> None:
    refused = served.talk(pause, era, says="decline")
    assert refused.is_error
    assert not served.is_paused
    assert not served.talk(pause, era, says="accept").is_error
    served.expect_paused()


@pytest.mark.parametrize("era", ERAS)
def test_a_client_that_cannot_ask_brings_a_code(served: Served, era: Era) -> None:
    async def work(client: McpClient) -> CallToolResult:
        (told,) = (await pause(client)).content
        assert isinstance(told, TextContent)
        assert not served.is_paused
        code = told.text.rpartition("confirmation = ")[2].split()[0]
        return await pause(client, confirmation=code)

    assert not served.talk(work, era).is_error
    served.expect_paused()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
    ],
    ids=str,
)
def test_the_guard_stands_before_it(served: Served, headers: dict[str, str], status: int) -> None:
    sent = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
    assert Client(served.address).ask("POST", "/mcp", sent | headers, body).status == status


def test_a_body_that_is_too_large_is_refused(served: Served) -> None:
    answer = Client(served.address).ask(
        "POST", "/mcp", {"Content-Type": "application/json"}, b"[" * 100_000
    )
    assert answer.status == 413


def test_it_is_off_unless_it_is_configured(newsroom: Newsroom) -> None:
    with serving_console(*newsroom) as address:
        answer = Client(address).ask("POST", "/mcp", {"Content-Type": "application/json"}, b"{}")
    assert answer.status in {404, 405}
