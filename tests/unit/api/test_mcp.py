"""The MCP server, driven by the official client: tools, answers, errors, confirmations."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any, Literal

import pytest
from jsonschema import Draft202012Validator
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp_types import CallToolResult, ElicitResult, TextContent

from pantau.bootstrap.faces import read_feed_list
from pantau.mcp_server.confirming import MOST, QUESTION_LIMIT, Confirmations, question_of
from pantau.mcp_server.server import build_server
from pantau.mcp_server.tools import CONTENT, WITHOUT_TOOL, tools
from pantau.operations.base.parts import Parts
from pantau.operations.catalogue import OPERATIONS
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.ids import digest_id
from tests.consoles import XSS, add_feed, send_trials
from tests.unit.api.conftest import Newsroom

Era = Literal["auto", "legacy"]
Work = Callable[[Client], Awaitable[Any]]
ERAS: tuple[Era, ...] = ("auto", "legacy")


@pytest.fixture(scope="module")
def parts(newsroom: Newsroom) -> Parts:
    return Parts(*newsroom, add_feed, send_trials, read_feed_list)


def talk(
    parts: Parts, work: Work, era: Era = "auto", *, says: str | None = None, read_only: bool = False
) -> Any:
    """Run the work of a client; `says` is what its person answers, None if it cannot ask one."""

    async def run() -> Any:
        async def ask(context: Any, params: Any) -> ElicitResult:
            del context, params
            return ElicitResult(action=says, content={})  # type: ignore[arg-type]  # of a parameter

        server = build_server(parts, read_only=read_only)
        person = None if says is None else ask
        async with Client(server, mode=era, elicitation_callback=person) as client:
            return await work(client)

    return asyncio.run(run())


def call(parts: Parts, name: str, given: dict[str, Any], **how: Any) -> CallToolResult:
    done: CallToolResult = talk(parts, lambda client: client.call_tool(name, given), **how)
    return done


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def is_paused(parts: Parts) -> bool:
    return SubscriptionRepository(parts.store.log, parts.clock).find("banjir").paused


@pytest.mark.parametrize("era", ERAS)
def test_every_operation_but_those_that_show_passwords_is_a_tool(parts: Parts, era: Era) -> None:
    listed = talk(parts, lambda client: client.list_tools(), era)
    assert {one.name for one in listed.tools} == set(OPERATIONS) - set(WITHOUT_TOOL)


def test_schemas_are_sound_and_hints_say_what_a_tool_does() -> None:
    for one in tools():
        operation = OPERATIONS[one.name]
        Draft202012Validator.check_schema(one.input_schema)
        assert one.output_schema is not None
        Draft202012Validator.check_schema(one.output_schema)
        assert one.annotations is not None
        assert one.annotations.read_only_hint == (operation.effect == "reads")
        assert one.annotations.destructive_hint == (operation.effect == "removes")
        assert ("confirmation" in one.input_schema["properties"]) == (operation.effect != "reads")


def test_news_is_marked_as_untrusted(parts: Parts) -> None:
    found = call(parts, "search_articles", {"query": "banjir", "limit": 200})
    assert found.is_error is False
    (tool,) = [one for one in tools() if one.name == "search_articles"]
    assert tool.output_schema is not None
    Draft202012Validator(tool.output_schema).validate(found.structured_content)
    titles = [one["title"] for one in found.structured_content[CONTENT]["items"]]
    assert any(XSS[0] in one for one in titles)
    assert text_of(found).startswith(f'{{"{CONTENT}": ')
    server = build_server(parts)
    assert server.instructions is not None
    assert CONTENT in server.instructions


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [
        ("search_articles", {"query": "banjir AND ("}, "unreadable"),
        ("search_articles", {}, "api.invalid"),
        ("search_articles", {"query": 5}, "api.invalid"),
        ("search_articles", {"query": "x", "limit": "5"}, "api.invalid"),
        ("search_articles", {"query": "x", "colour": "red"}, "api.invalid"),
        ("read_article", {"id": "nothing"}, "search.no-article"),
        ("format_disk", {}, "api.no-tool"),
    ],
)
def test_errors_are_results_that_a_model_can_mend(
    parts: Parts, name: str, given: dict[str, Any], code: str
) -> None:
    found = call(parts, name, given)
    assert found.is_error is True
    assert text_of(found).endswith(f"[{code}]")


@pytest.mark.parametrize("era", ERAS)
def test_a_person_decides_where_the_client_can_ask(parts: Parts, era: Era) -> None:
    given = {"id": "banjir", "confirmation": "0" * 16}
    for answer in ("decline", "cancel"):
        refused = call(parts, "pause_subscription", given, era=era, says=answer)
        assert refused.is_error is True
        assert text_of(refused).endswith("[api.declined]")
        assert not is_paused(parts)
    assert call(parts, "pause_subscription", given, era=era, says="accept").is_error is False
    assert is_paused(parts)
    resumed = call(parts, "resume_subscription", {"id": "banjir"}, era=era, says="accept")
    assert resumed.is_error is False
    assert not is_paused(parts)


@pytest.mark.parametrize("era", ERAS)
def test_without_a_person_to_ask_a_code_of_this_very_call_is_needed(parts: Parts, era: Era) -> None:
    async def work(client: Client) -> None:
        first = await client.call_tool("pause_subscription", {"id": "banjir"})
        assert first.is_error is True
        assert "Nothing was done yet" in text_of(first)
        code = text_of(first).partition("confirmation = ")[2].partition(" ")[0]
        for wrong in (
            {"id": "surat", "confirmation": code},
            {"id": "banjir", "confirmation": code[:-1]},
            {"id": "banjir", "confirmation": True},
        ):
            assert (await client.call_tool("pause_subscription", wrong)).is_error is True
        other = {"id": "banjir", "confirmation": code}
        assert (await client.call_tool("remove_subscription", other)).is_error is True
        assert not is_paused(parts)
        assert (await client.call_tool("pause_subscription", other)).is_error is False
        assert is_paused(parts)

    talk(parts, work, era)
    SubscriptionRepository(parts.store.log, parts.clock).pause(
        SubscriptionRepository(parts.store.log, parts.clock).find("banjir"), paused=False
    )


def test_read_only_offers_no_change(parts: Parts) -> None:
    listed = talk(parts, lambda client: client.list_tools(), read_only=True)
    assert {one.name for one in listed.tools} == {
        one.name for one in OPERATIONS.values() if one.effect == "reads"
    }
    refused = call(parts, "pause_subscription", {"id": "banjir"}, says="accept", read_only=True)
    assert text_of(refused).endswith("[api.no-tool]")
    assert not is_paused(parts)


def test_the_question_shows_what_is_done_and_hides_nothing() -> None:
    operation = OPERATIONS["create_subscription"]
    shown = question_of(operation, {"query": "banjir\u202e\x1b[2J", "channels": ["terminal"]})
    assert "banjir" in shown
    assert "terminal" in shown
    assert "\u202e" not in shown
    assert "\x1b" not in shown


def test_a_long_argument_hides_no_other_from_the_person() -> None:
    operation = OPERATIONS["create_subscription"]
    evil = "webhook:https://evil.example/in"
    given = {"query": "banjir " * 500, "tags": ["x" * 200] * 10, "channels": ["terminal", evil]}
    assert evil in question_of(operation, given)
    rules = {"channel_timings": [*["x" * 2_000] * 19, f"{evil}=daily@07:00"]}
    assert evil in question_of(operation, {"query": "x", "rules": rules})


def test_no_argument_is_hidden_behind_a_long_one() -> None:
    operation = OPERATIONS["create_subscription"]
    channels = ["webhook:https://attacker.example/in"]
    shown = question_of(operation, {"query": "banjir " * 500, "channels": channels})
    first, second, _ = shown.split("\n")
    assert first.startswith("create_subscription: ")
    assert channels[0] in second


@pytest.mark.parametrize("says", [None, "accept"])
def test_what_is_too_long_to_be_asked_is_not_done(parts: Parts, says: str | None) -> None:
    given = {"id": "terlalu panjang", "add": ["x" * 1_000] * (QUESTION_LIMIT // 1_000)}
    refused = call(parts, "change_name_list", given, says=says)
    assert refused.is_error is True
    assert text_of(refused).endswith("[api.too-long-to-ask]")


def test_reasons_of_failures_are_marked_as_untrusted(parts: Parts) -> None:
    """A reason may quote the page of an attacker, such as the addresses of feeds there."""
    refused = call(parts, "add_feed", {"url": "https://beberapa.example/"}, says="accept")
    assert refused.is_error is True
    assert text_of(refused).startswith(f'{{"{CONTENT}": ')


def test_a_code_is_for_one_call(parts: Parts) -> None:
    async def work(client: Client) -> None:
        asked = text_of(await client.call_tool("pause_subscription", {"id": "banjir"}))
        code = asked.partition("confirmation = ")[2].partition(" ")[0]
        given = {"id": "banjir", "confirmation": code}
        assert (await client.call_tool("pause_subscription", given)).is_error is False
        again = await client.call_tool("pause_subscription", given)
        assert text_of(again).endswith("[api.confirm]")

    talk(parts, work)
    assert call(parts, "resume_subscription", {"id": "banjir"}, says="accept").is_error is False


def test_codes_are_of_one_process_and_bounded_in_number() -> None:
    one, other = Confirmations(), Confirmations()
    assert one.accepts(one.new_code("a", {"x": 1, "y": 2}), "a", {"y": 2, "x": 1})
    code = one.new_code("a", {})
    assert not other.accepts(code, "a", {})
    assert not one.accepts("é", "a", {})
    later = [one.new_code("a", {}) for _ in range(MOST)]
    assert not one.accepts(code, "a", {})
    assert all(one.accepts(each, "a", {}) for each in later)


def test_the_program_speaks_over_standard_input_and_output(parts: Parts) -> None:
    program = StdioServerParameters(
        command=sys.executable,
        args=["-m", "pantau.cli", "mcp", "--data", str(parts.settings.data), "--read-only"],
        env=dict(os.environ),
    )

    async def run() -> CallToolResult:
        async with Client(program, read_timeout_seconds=60) as client:
            return await client.call_tool("read_article", {"id": digest_id("demak-1")})

    found = asyncio.run(run())
    assert found.is_error is False
    assert "Suharyanto" in found.structured_content[CONTENT]["text"]
