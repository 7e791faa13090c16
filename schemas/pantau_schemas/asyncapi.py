"""The topic table as an AsyncAPI 3 document, for external tools.

`asyncapi.json` is written by `make schemas`. Channels are topics, operations are what a service
sends or receives, and messages are the events with their headers and examples. Payloads are written
in the JSON Schema (draft 7) that AsyncAPI's own schema format extends. Format:
https://www.asyncapi.com/docs/reference/specification/v3.0.0; Kafka bindings 0.5.0.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from pantau_schemas.base import Event
from pantau_schemas.codec import current_version
from pantau_schemas.topics import TOPICS, Topic
from pantau_schemas.webhook import BODIES, VERSION

FILE: Final = Path(__file__).parent / "asyncapi.json"
_EXAMPLES: Final = Path(__file__).parent / "examples"
_BINDING: Final = "0.5.0"
_DRAFT: Final = "http://json-schema.org/draft-07/schema#"

HEADERS: Final[dict[str, dict[str, Any]]] = {
    "ce_specversion": {
        "const": "1.0",
        "description": "Version of CloudEvents, in Kafka's binary mode.",
    },
    "ce_id": {
        "type": "string",
        "pattern": "^[a-z2-7]{26}$",
        "description": "Digest of topic, key and value: a repeat has the same.",
    },
    "ce_type": {"type": "string", "description": "`pantau.TOPIC.vVERSION`."},
    "ce_source": {
        "type": "string",
        "pattern": "^/pantau/.+",
        "description": "The service that wrote it.",
    },
    "ce_time": {"type": "string", "format": "date-time", "description": "When it was written."},
    "ce_partitionkey": {
        "type": "string",
        "description": "What decides the partition (murmur2), where that is not the key.",
    },
    "content-type": {"const": "application/json"},
    "traceparent": {
        "type": "string",
        "pattern": "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$",
        "description": "W3C Trace Context; the span is the step that wrote the record.",
    },
    "tracestate": {"type": "string", "description": "W3C Trace Context, carried on unchanged."},
    "pantau_alert": {
        "const": "yes",
        "description": "A replay asks for alerts although it is historical.",
    },
    "pantau_replay": {"type": "string", "description": "Id of the replay that it comes from."},
    "pantau_retries": {
        "type": "string",
        "pattern": "^[0-9]+$",
        "description": "How often it came back from dead-letters.",
    },
}
"""Every header of a record; a record produced by hand may lack any of them."""
WEBHOOK: Final = "webhook"
"""The channel that is no topic."""
_WEBHOOK_MESSAGE: Final = f"{WEBHOOK}.v{VERSION}"
WEBHOOK_HEADERS: Final[dict[str, Any]] = {
    "$schema": _DRAFT,
    "type": "object",
    "properties": {
        "content-type": {"const": "application/json; charset=utf-8"},
        "webhook-id": {
            "type": "string",
            "description": "Id of the message, the same on every attempt.",
        },
        "webhook-timestamp": {
            "type": "string",
            "pattern": "^[0-9]+$",
            "description": "Time of this attempt, in seconds since 1970.",
        },
        "webhook-signature": {
            "type": "string",
            "pattern": "^v1,[A-Za-z0-9+/]{43}=$",
            "description": "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.",
        },
    },
    "required": ["content-type", "webhook-id", "webhook-timestamp", "webhook-signature"],
}
_ALWAYS: Final = (
    *("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "content-type", "traceparent"),
)


def document() -> dict[str, Any]:
    """Build the whole document."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Pantau",
            "version": "1",
            "description": "News monitoring: feeds become articles, articles alerts, alerts "
            "deliveries. "
            "Transport is at least once, ids are deterministic: a repeat has the same key. On a "
            "compacted "
            "topic a record without a value removes its key.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "channels": {
            **{topic.name: _channel(topic) for topic in TOPICS.values()},
            WEBHOOK: _webhook_channel(),
        },
        "operations": {**dict(_operations()), f"dispatcher.send.{WEBHOOK}": _webhook_operation()},
        "components": {
            "messages": {
                **{_message_name(topic): _message(topic) for topic in TOPICS.values()},
                _WEBHOOK_MESSAGE: _webhook_message(),
            },
            "schemas": {**_schemas(), "WebhookHeaders": WEBHOOK_HEADERS},
        },
    }


def files() -> Iterator[tuple[Path, str]]:
    """Yield each file with its expected content."""
    yield FILE, json.dumps(document(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _message_name(topic: Topic) -> str:
    return f"{topic.name}.v{current_version(topic.event)}"


def _summary(topic: Topic) -> str:
    return (topic.event.__doc__ or "").strip().partition("\n")[0]


def _channel(topic: Topic) -> dict[str, Any]:
    name = _message_name(topic)
    configuration: dict[str, Any] = {"cleanup.policy": topic.cleanup.split(",")}
    if topic.retention_seconds is not None:
        configuration["retention.ms"] = topic.retention_seconds * 1_000
    return {
        "address": topic.name,
        "title": topic.event.__name__,
        "description": _summary(topic),
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "bindings": {
            "kafka": {
                "partitions": topic.partitions,
                "topicConfiguration": configuration,
                "bindingVersion": _BINDING,
            }
        },
        "x-key": topic.key,
        "x-partition-by": topic.partition_by or topic.key,
        "x-tombstones": topic.compacted,
    }


def _operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for topic in TOPICS.values():
        for action, services in (("send", topic.producers), ("receive", topic.consumers)):
            for service in services:
                channel = f"#/channels/{topic.name}"
                yield (
                    f"{service}.{action}.{topic.name}",
                    {
                        "action": action,
                        "channel": {"$ref": channel},
                        "messages": [{"$ref": f"{channel}/messages/{_message_name(topic)}"}],
                        "x-service": service,
                    },
                )


def _message(topic: Topic) -> dict[str, Any]:
    kind = {"const": f"pantau.{_message_name(topic)}"}
    needed = ["ce_type", "ce_partitionkey"] if topic.partition_by is not None else ["ce_type"]
    return {
        "name": _message_name(topic),
        "title": topic.event.__name__,
        "summary": _summary(topic),
        "contentType": "application/json",
        "headers": {
            "allOf": [
                {"$ref": "#/components/schemas/Headers"},
                {"type": "object", "properties": {"ce_type": kind}, "required": needed},
            ]
        },
        "payload": {"$ref": f"#/components/schemas/{topic.event.__name__}"},
        "bindings": {
            "kafka": {
                "key": {"type": "string", "description": f"`{topic.key}` of the payload."},
                "bindingVersion": _BINDING,
            }
        },
        "examples": [
            {"name": path.stem, "payload": json.loads(path.read_bytes())}
            for path in sorted((_EXAMPLES / topic.name).glob("*.json"))
        ],
    }


def _webhook_channel() -> dict[str, Any]:
    return {
        "address": None,
        "title": "Webhook",
        "description": "The address of a subscription's webhook channel; the receiver's own.",
        "messages": {_WEBHOOK_MESSAGE: {"$ref": f"#/components/messages/{_WEBHOOK_MESSAGE}"}},
        "bindings": {"http": {"bindingVersion": "0.3.0"}},
    }


def _webhook_operation() -> dict[str, Any]:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{WEBHOOK}"},
        "messages": [{"$ref": f"#/channels/{WEBHOOK}/messages/{_WEBHOOK_MESSAGE}"}],
        "x-service": "dispatcher",
    }


def _webhook_message() -> dict[str, Any]:
    return {
        "name": _WEBHOOK_MESSAGE,
        "title": "Webhook",
        "summary": "The body of a webhook, version 2, signed with the Standard Webhooks scheme.",
        "contentType": "application/json",
        "headers": {"$ref": "#/components/schemas/WebhookHeaders"},
        "payload": {"oneOf": [{"$ref": f"#/components/schemas/{one.__name__}"} for one in BODIES]},
        "bindings": {"http": {"bindingVersion": "0.3.0"}},
        "examples": [
            {"name": path.stem, "payload": json.loads(path.read_bytes())}
            for path in sorted((_EXAMPLES.parent / "webhooks").glob("*.json"))
        ],
    }


def _schemas() -> dict[str, Any]:
    events = [(model, "serialization") for model in (*_events(), *BODIES)]
    _, found = models_json_schema(events, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]  # a list of a literal
    headers = {
        "$schema": _DRAFT,
        "type": "object",
        "properties": HEADERS,
        "required": list(_ALWAYS),
    }
    return {
        "Headers": headers,
        **{name: _draft7(schema) for name, schema in found["$defs"].items()},
    }


def _events() -> Iterator[type[Event]]:
    return (topic.event for topic in TOPICS.values())


def _draft7(schema: Any) -> Any:
    """Convert a schema to draft 7.

    Tuples and references with sibling keywords are rewritten; OpenAPI's discriminator is dropped.
    """
    if isinstance(schema, list):
        return [_draft7(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    said = {name: _draft7(value) for name, value in schema.items() if name != "discriminator"}
    if "prefixItems" in said:
        said["items"] = said.pop("prefixItems")
    if "$ref" in said and len(said) > 1:
        said["allOf"] = [{"$ref": said.pop("$ref")}]
    return said
