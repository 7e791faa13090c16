"""The page of the webhook's body shows what is sent."""

import json
import re
from typing import Any

from pantau.notifier.payload import alert_message
from pantau_schemas.alert import Alert
from pantau_schemas.codec import decode
from tests.docs.pages import DOCS, ROOT, fences

PAGE = DOCS / "reference" / "webhook-payload.md"
EXAMPLES = ROOT / "schemas" / "pantau_schemas" / "examples"


def body_of(example: str) -> dict[str, Any]:
    return alert_message(decode(Alert, (EXAMPLES / example).read_bytes()))


def test_shown_body_is_the_one_that_is_sent() -> None:
    (fence,) = [one for one in fences(PAGE) if one.option.startswith("example: ")]
    assert json.loads(fence.text) == body_of(fence.option.removeprefix("example: "))


def test_every_member_is_described() -> None:
    described = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    for path in sorted((EXAMPLES / "alerts").glob("*.json")):
        data = body_of(f"alerts/{path.name}")["data"]
        assert set(data) <= described, path.name
        assert set(data["article"]) <= described, path.name
