"""The page of the webhook's body shows the actual payload."""

import json
import re
from typing import Any

from pantau.notifier.payload import webhook_body
from pantau.notifier.plan import plan_deliveries
from pantau.ports import Message
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert
from pantau_schemas.events.subscription import TerminalChannel
from pantau_schemas.webhook import json_schema
from tests.docs.pages import DOCS, ROOT, fences
from tests.support import subscription

PAGE = DOCS / "reference" / "webhook-payload.md"
BODIES = ROOT / "schemas" / "pantau_schemas" / "webhooks"
INNER = {"id", "name", "field", "start", "end", "count", "source", "title", "url", "more"}
"""Members of parts that the page shows in its example."""
EXAMPLES = ROOT / "schemas" / "pantau_schemas" / "examples"


def body_of(example: str) -> dict[str, Any]:
    alert = decode(Alert, (EXAMPLES / example).read_bytes())
    channel = TerminalChannel()
    asked = subscription(alert.subscription_id, alert.query, channels=(channel,))
    (delivery,) = plan_deliveries(alert, asked, alert.matched_at)
    return webhook_body(Message(delivery, alert, channel))


def test_shown_body_is_the_one_that_is_sent() -> None:
    (fence,) = [one for one in fences(PAGE) if one.option.startswith("example: ")]
    assert json.loads(fence.text) == body_of(fence.option.removeprefix("example: "))


def test_shown_body_of_version_2_is_a_published_example() -> None:
    """A test of the notifier compares the examples with what is sent."""
    (fence,) = [one for one in fences(PAGE) if one.option.startswith("body: ")]
    published = BODIES / fence.option.removeprefix("body: ")
    assert json.loads(fence.text) == json.loads(published.read_bytes())


def test_every_member_of_version_2_is_described() -> None:
    described = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    for name, schema in json_schema()["$defs"].items():
        assert set(schema.get("properties", {})) <= described | INNER, name


def test_every_member_is_described() -> None:
    described = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    for path in sorted((EXAMPLES / "alerts").glob("*.json")):
        data = body_of(f"alerts/{path.name}")["data"]
        assert set(data) <= described, path.name
        assert set(data["article"]) <= described, path.name
