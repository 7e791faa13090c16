"""Operations as tools: their schemas, and hints for clients. Pure."""

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
_CONFIRMATION_SCHEMA: Final = {
    "type": "string",
    "maxLength": 64,
    "description": "Leave it out at first: the answer has a code. Ask the person, and call again "
    "with the code only if they agree.",
}


@cache
def tools() -> tuple[Tool, ...]:
    """Return all operations as tools."""
    return tuple(map(tool_of, OPERATIONS.values()))


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
