"""A message as a CloudEvent (CloudEvents 1.0, JSON format, structured mode). Pure.

Its data is that of version 2 of the body. `id` is that of the message, the same on every attempt.
"""

import json
from typing import Any, Final

from pantau_schemas.base import Identifier

CONTENT_TYPE: Final = "application/cloudevents+json; charset=utf-8"
SOURCE: Final = "/pantau/notifier"
SCHEMA: Final = "urn:pantau:webhook:v2"


def cloud_event(body: bytes, subject: Identifier | None) -> bytes:
    """Return a body of version 2 as an event; `subject` is the id of its subscription, if any."""
    fields: dict[str, Any] = json.loads(body)
    event = {
        "specversion": "1.0",
        "id": fields["id"],
        "source": SOURCE,
        "type": f"pantau.{fields['type']}.v{fields['version']}",
        **({} if subject is None else {"subject": subject}),
        "time": fields["timestamp"],
        "datacontenttype": "application/json",
        "dataschema": SCHEMA,
        "data": fields["data"],
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
