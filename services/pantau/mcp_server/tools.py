"""Operations as tools: their schemas, and hints for clients. Pure."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from mcp_types import Tool, ToolAnnotations

from pantau.operations.base.operation import FaceOperation
from pantau.operations.catalogue import OPERATIONS

CONFIRMATION: Final = "confirmation"
"""Argument of a change: the code that a person confirmed it with."""
CONTENT: Final = "untrusted_content"
"""Member of every result that has the answer: texts in it come from outside."""
_OUTSIDE: Final = frozenset({"add_feed", "send_trial_messages"})
"""Operations that contact other servers at once."""
WITHOUT_TOOL: Final[Mapping[str, str]] = {
    "add_account": "the answer has a password, which no language model is to see",
    "reset_password": "the answer has a password, which no language model is to see",
}
"""Operations that are no tools, and why."""
_CONFIRMATION_SCHEMA: Final = {
    "type": "string",
    "maxLength": 64,
    "description": "Leave it out at first: the answer has a code. Ask the person, and call again "
    "with the code only if they agree.",
}


@cache
def tools() -> tuple[Tool, ...]:
    """Return the operations as tools, but for those of `WITHOUT_TOOL`."""
    return tuple(tool_of(one) for name, one in OPERATIONS.items() if name not in WITHOUT_TOOL)


def tool_of(operation: FaceOperation) -> Tool:
    """Return an operation as a tool."""
    reads = operation.effect == "reads"
    takes = operation.takes.model_json_schema()
    if not reads:
        takes["properties"] = {**takes.get("properties", {}), CONFIRMATION: _CONFIRMATION_SCHEMA}
    return Tool(
        name=operation.name,
        title=operation.summary.rstrip("."),
        description=operation.description,
        input_schema=takes,
        output_schema=_answer_schema(operation),
        annotations=ToolAnnotations(
            read_only_hint=reads,
            destructive_hint=operation.effect == "removes",
            idempotent_hint=operation.is_repeatable,
            open_world_hint=operation.name in _OUTSIDE,
        ),
    )


def _answer_schema(operation: FaceOperation) -> dict[str, Any]:
    answer = operation.returns.model_json_schema(mode="serialization")
    definitions = answer.pop("$defs", {})
    return {
        "type": "object",
        "properties": {CONTENT: answer},
        "required": [CONTENT],
        **({"$defs": definitions} if definitions else {}),
    }
