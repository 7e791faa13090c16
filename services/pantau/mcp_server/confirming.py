"""The confirmation of changes: a code that stands for one call, and the question."""

import json
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from pantau.common.text.safe_text import harmless
from pantau.operations.base.operation import FaceOperation

QUESTION_LIMIT: Final = 20_000
"""Longest question in characters. Nobody can agree to what is not shown, so none is cut."""
MOST: Final = 1_000
"""Codes that wait for their call, the latest."""


class Confirmations:
    """Codes of calls: each is of one tool with one set of arguments, and for one call.

    They are kept in memory: another process accepts none of them.
    """

    def __init__(self) -> None:
        self._calls: OrderedDict[str, bytes] = OrderedDict()

    def new_code(self, name: str, arguments: Mapping[str, Any]) -> str:
        """Return a code that a call is accepted with once."""
        code = secrets.token_hex(8)
        self._calls[code] = _digest_of(name, arguments)
        if len(self._calls) > MOST:
            self._calls.popitem(last=False)
        return code

    def accepts(self, code: object, name: str, arguments: Mapping[str, Any]) -> bool:
        """Return whether a code is one of this call; the code is used up then."""
        if not isinstance(code, str) or self._calls.get(code) != _digest_of(name, arguments):
            return False
        del self._calls[code]
        return True


def _digest_of(name: str, arguments: Mapping[str, Any]) -> bytes:
    return sha256(json.dumps([name, arguments], sort_keys=True).encode()).digest()


def question_of(operation: FaceOperation, arguments: Mapping[str, Any]) -> str:
    """Return what a person is asked before a change: the operation, and all of its arguments.

    Each argument has a line; the shortest come first, so that a long one hides no other.
    """
    lines = [
        harmless(f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(one, ensure_ascii=False)}")
        for name, one in arguments.items()
    ]
    return "\n".join([f"{operation.name}: {operation.summary}", *sorted(lines, key=len)])
