"""Calls of tools: arguments in, a result for a language model out; errors are results, too."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from mcp_types import CallToolResult, TextContent
from pydantic import ValidationError

from pantau.errors import PantauError
from pantau.mcp_server.tools import CONTENT
from pantau.messages.options import speaking_to
from pantau.operations.base.faults import field_faults
from pantau.operations.base.operation import Call, FaceOperation
from pantau.operations.base.outcomes import code_of
from pantau.operations.base.reading import read_fields
from pantau.problems import problem

log = logging.getLogger(__name__)


def call_operation(
    operation: FaceOperation, call: Call, arguments: Mapping[str, Any]
) -> CallToolResult:
    """Run an operation and return its answer, or why there is none. Raises nothing."""
    with speaking_to("programs"):
        return _called(operation, call, arguments)


def _called(operation: FaceOperation, call: Call, arguments: Mapping[str, Any]) -> CallToolResult:
    try:
        given = read_fields(operation.takes, arguments)
        answer = operation.run(call, given).model_dump(mode="json")
    except ValidationError as error:
        lines = (f"{name}: {reason}" for name, reason in field_faults(error))
        return failed("api.invalid", "\n".join(lines))
    except PantauError as error:
        # A reason may quote a server or a page that was asked, or what is stored.
        reason = json.dumps({CONTENT: error.text(call.lang)}, ensure_ascii=False)
        return failed(code_of(error), reason)
    except Exception:
        log.exception("the tool %s failed", operation.name)
        return failed("api.broken", problem("api.broken").text(call.lang))
    content = {CONTENT: answer}
    text = json.dumps(content, ensure_ascii=False)
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=content)


def failed(code: str, text: str) -> CallToolResult:
    """Return the result of a call that did nothing."""
    return CallToolResult(
        content=[TextContent(type="text", text=f"{text} [{code}]")], is_error=True
    )
