"""The confirmation of changes: a code that stands for one call, and the question. Pure."""

import hmac
import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from pantau.common.text.safe_text import harmless
from pantau.operations.base.fields import QUERY_LIMIT
from pantau.operations.base.operation import FaceOperation

_MEMBERS: Final = 20
"""Members of a list or an object that a person is shown; lists of channels have no more."""
_DEPTH: Final = 3
"""Levels of lists and objects in the arguments of an operation."""


class Confirmations:
    """Codes of calls. A code is of one tool with one set of arguments, in one process."""

    def __init__(self, key: bytes | None = None) -> None:
        self._key = key or secrets.token_bytes(32)

    def code_of(self, name: str, arguments: Mapping[str, Any]) -> str:
        """Return the code of a call."""
        called = json.dumps([name, arguments], sort_keys=True).encode()
        return hmac.new(self._key, called, sha256).hexdigest()[:16]

    def accepts(self, code: object, name: str, arguments: Mapping[str, Any]) -> bool:
        """Return whether a code is the one of a call."""
        known = self.code_of(name, arguments).encode()
        return isinstance(code, str) and hmac.compare_digest(code.encode("utf-8", "replace"), known)


def question_of(operation: FaceOperation, arguments: Mapping[str, Any]) -> str:
    """Return what a person is asked before a change: the operation, and all of its arguments.

    No argument that an operation accepts is cut in a way that hides another: no text at all, and a
    list of many names says how many more there are.
    """
    shown = harmless(json.dumps(_shortened(arguments), ensure_ascii=False))
    return f"{operation.name}: {operation.summary}\n{shown}"


def _shortened(value: Any, depth: int = 0) -> Any:
    """Return a value of JSON without what no operation accepts, and the end of long lists."""
    if isinstance(value, str):
        return value if len(value) <= QUERY_LIMIT else f"{value[:QUERY_LIMIT]}…"
    if not isinstance(value, list | Mapping):
        return value
    if depth >= _DEPTH:
        return "…"
    more = [f"… {len(value) - _MEMBERS} more"] if len(value) > _MEMBERS else []
    if isinstance(value, list):
        return [*(_shortened(one, depth + 1) for one in value[:_MEMBERS]), *more]
    fields = islice(value.items(), _MEMBERS)
    shown = {_shortened(name): _shortened(one, depth + 1) for name, one in fields}
    return shown | dict.fromkeys(more)
