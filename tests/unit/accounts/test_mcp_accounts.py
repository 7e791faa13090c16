"""The tools for language models over HTTP, where people sign in: each client is one of them."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import httpx2
import pytest
from mcp import Client as McpClient
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

from pantau.operations.base.operation import FaceOperation
from pantau.operations.catalogue import OPERATIONS
from pantau_schemas.events.people.account import Scope
from tests.consoles import Client, Reply, serving
from tests.unit.accounts.conftest import MARK, House
from tests.unit.accounts.test_walk import FIELDS, OWN_IDS, owned_records
from tests.unit.api.test_mcp import ERAS, Era

NAMES = ("ani", "budi", "cici", "dedi")
Work = Callable[[McpClient], Awaitable[Any]]


@dataclass(slots=True)
class Tools:
    """A console with the tools, and a token of each of its people."""

    house: House
    address: str
    tokens: Mapping[str, str]

    def talk(self, name: str, work: Work, era: Era) -> Any:
        """Run the work of a client that has the token of a person."""

        async def run() -> Any:
            headers = {"Authorization": f"Bearer {self.tokens[name]}"}
            async with httpx2.AsyncClient(headers=headers) as web:
                transport = streamable_http_client(f"{self.address}/mcp", http_client=web)
                async with McpClient(transport, mode=era) as client:
                    return await work(client)

        return asyncio.run(run())

    def ask(self, name: str | None, method: str, value: Any, **headers: str) -> Reply:
        """Send one message of the protocol; names of headers have `_` for `-`."""
        sent = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        if name is not None:
            sent["Authorization"] = f"Bearer {self.tokens[name]}"
        sent |= {key.replace("_", "-"): one for key, one in headers.items()}
        return Client(self.address).ask(method, "/mcp", sent, json.dumps(value).encode())


@pytest.fixture(scope="module")
def served(newsroom: House) -> Iterator[Tools]:
    own = newsroom.settings.console.model_copy(update={"mcp": True})
    settings = newsroom.settings.model_copy(update={"console": own})
    tokens = {}
    for name in NAMES:
        account = newsroom.accounts.directory.find(name)
        scopes: tuple[Scope, ...] = ("read",) if name == "dedi" else ("write",)
        tokens[name] = newsroom.accounts.tokens.add(account, "mcp", scopes, None)[1]
    with serving(replace(newsroom.parts, settings=settings)) as address:
        yield Tools(newsroom, address, tokens)


IDS = {"alert": 2, "channel": 3, "letter": 4, "article": 5, "entity": 1, "feed": 1}
"""Place in `OWN_IDS` of what an operation is about, by a part of its name; else a subscription."""


def arguments_of(operation: FaceOperation) -> dict[str, Any]:
    """Return arguments that name what Ani's team has."""
    fields = operation.takes.model_fields
    given = {
        name: FIELDS[name]
        for name, field in fields.items()
        if name in FIELDS and (field.is_required() or name == "subscription")
    }
    if "type" in fields:
        given["type"] = "person"
    if "date" in fields:
        given["date"] = "2026-03-02"
    if "id" in fields:
        place = next((IDS[one] for one in IDS if one in operation.name), 0)
        given["id"] = OWN_IDS[0 if "address" in operation.name else place]
    return given


def code_in(told: CallToolResult) -> str:
    """Return the code that an answer asks for; empty where it asks for none."""
    found = re.search(r"confirmation = ([0-9a-f]{16})", str(told.content))
    return found[1] if found else ""


async def call_all(client: McpClient) -> dict[str, CallToolResult]:
    """Call every tool, and confirm what has to be."""
    found = {}
    for operation in OPERATIONS.values():
        given = arguments_of(operation)
        made = await client.call_tool(operation.name, given)
        code = code_in(made)
        if code:
            made = await client.call_tool(operation.name, given | {"confirmation": code})
        found[operation.name] = made
    return found


def shown(found: Mapping[str, CallToolResult]) -> set[str]:
    """Return the names of the tools that showed something of Ani's team."""
    return {name for name, one in found.items() if MARK in one.model_dump_json()}


def test_a_reader_of_the_team_sees_what_it_has_and_changes_nothing(served: Tools) -> None:
    before = owned_records(served.house)
    found = served.talk("dedi", call_all, "legacy")
    expected = {"list_subscriptions", "read_subscription", "list_alerts", "list_channels"}
    assert expected <= shown(found)
    changing = [one for one in found if OPERATIONS[one].effect != "reads"]
    assert len(changing) > 20
    assert [one for one in changing if not found[one].is_error] == []
    assert owned_records(served.house) == before


@pytest.mark.parametrize("era", ERAS)
def test_each_client_sees_what_its_person_sees(served: Tools, era: Era) -> None:
    async def listed(client: McpClient) -> str:
        return (await client.call_tool("list_subscriptions", {})).model_dump_json()

    seen = {name: MARK in served.talk(name, listed, era) for name in NAMES}
    assert seen == {"ani": True, "budi": False, "cici": False, "dedi": True}


def test_nobody_else_sees_or_changes_it_by_any_tool(served: Tools) -> None:
    before = owned_records(served.house)
    assert len(before) > 5
    found = served.talk("budi", call_all, "legacy")
    assert sum(1 for one in found.values() if not one.is_error) > 10
    assert shown(found) == set()
    assert [one for one in found if "api.broken" in found[one].model_dump_json()] == []
    assert owned_records(served.house) == before


@pytest.mark.parametrize("era", ERAS)
def test_the_code_of_one_person_confirms_nothing_for_another(served: Tools, era: Era) -> None:
    given = {"id": "nowhere"}  # so that nothing is changed by a call that is confirmed

    async def ask(client: McpClient) -> str:
        return code_in(await client.call_tool("pause_subscription", given))

    code = served.talk("ani", ask, era)
    assert code

    async def confirm(client: McpClient) -> CallToolResult:
        return await client.call_tool("pause_subscription", given | {"confirmation": code})

    assert code_in(served.talk("budi", confirm, era))  # is asked for a code of their own
    tried = served.talk("ani", confirm, era)
    assert tried.is_error
    assert not code_in(tried)


def message(method: str, params: Mapping[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}


def test_the_session_of_one_person_is_of_no_use_to_another(served: Tools) -> None:
    hello = {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "x", "version": "1"},
    }
    begun = served.ask("ani", "POST", message("initialize", hello))
    session = {"Mcp_Session_Id": begun.headers["mcp-session-id"]}
    done = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    assert served.ask("ani", "POST", done, **session).status == 202
    call = message("tools/call", {"name": "list_subscriptions", "arguments": {}})
    assert MARK in served.ask("ani", "POST", call, **session).text
    assert served.ask("budi", "POST", call, **session).status == 404
    assert served.ask("budi", "DELETE", {}, **session).status == 404
    assert served.ask(None, "POST", call, **session).status == 401
    assert MARK in served.ask("ani", "POST", call, **session).text
