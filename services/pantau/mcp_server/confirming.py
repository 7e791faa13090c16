"""The confirmation of changes: a code that stands for one call, and the question. Pure."""

import hmac
import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from pantau.common.text.safe_text import harmless
from pantau.operations.base.operation import FaceOperation

_SHOWN: Final = 2_000
"""Characters of arguments that a person is shown."""


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
    """Return what a person is asked before a change: the operation, and all of its arguments."""
    given = json.dumps(arguments, ensure_ascii=False)
    shown = harmless(given)[:_SHOWN] + ("…" if len(given) > _SHOWN else "")
    return f"{operation.name}: {operation.summary}\n{shown}"
