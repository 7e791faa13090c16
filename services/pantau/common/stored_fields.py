"""Fields of stored events that need not be readable: of a newer version, or damaged."""

import json
from collections.abc import Mapping
from typing import Any


def stored_fields(value: bytes) -> Mapping[str, Any]:
    """Return the fields of an event of any version; empty for what is no JSON object."""
    try:
        fields = json.loads(value)
    except (ValueError, RecursionError):
        return {}
    return fields if isinstance(fields, dict) else {}
