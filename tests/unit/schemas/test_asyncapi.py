"""The AsyncAPI document says what the topic table and the code do."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator

from pantau.ports import PARTITION_HEADER
from pantau.stream import handler
from pantau.stream.envelope import record_for
from pantau_schemas import asyncapi
from pantau_schemas.codec import decode
from pantau_schemas.topics import TOPICS
from tests.support import START

DOCUMENT = asyncapi.document()
MESSAGES = DOCUMENT["components"]["messages"]


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for one in value.values():
            yield from nodes(one)
    elif isinstance(value, list):
        for one in value:
            yield from nodes(one)


def follow(reference: str) -> Any:
    assert reference.startswith("#/"), reference
    here: Any = DOCUMENT
    for part in reference[2:].split("/"):
        here = here[part.replace("~1", "/").replace("~0", "~")]
    return here


def validator(schema: Any) -> Draft7Validator:
    """Validate against a schema whose references point into the document."""
    return Draft7Validator({"allOf": [schema], "components": DOCUMENT["components"]})


def message_of(topic: str) -> Any:
    (reference,) = DOCUMENT["channels"][topic]["messages"].values()
    return follow(reference["$ref"])


def test_the_file_is_current() -> None:
    for path, text in asyncapi.files():
        assert path.read_text(encoding="utf-8") == text, "run `make schemas`"


def test_every_reference_leads_somewhere() -> None:
    references = [node["$ref"] for node in nodes(DOCUMENT) if isinstance(node.get("$ref"), str)]
    assert len(references) > 40
    for reference in references:
        assert isinstance(follow(reference), dict)


def test_the_parts_are_those_of_the_specification() -> None:
    """Fields that AsyncAPI 3.0.0 allows, required ones among them; extensions begin with `x-`."""
    known = {
        "document": {
            "asyncapi",
            "info",
            "defaultContentType",
            "channels",
            "operations",
            "components",
        },
        "channel": {"address", "title", "description", "messages", "bindings"},
        "operation": {"action", "channel", "messages"},
        "message": {
            *(
                "name",
                "title",
                "summary",
                "contentType",
                "headers",
                "payload",
                "bindings",
                "examples",
            ),
        },
    }
    parts = [("document", DOCUMENT)]
    parts += [("channel", one) for one in DOCUMENT["channels"].values()]
    parts += [("operation", one) for one in DOCUMENT["operations"].values()]
    parts += [("message", one) for one in MESSAGES.values()]
    for kind, part in parts:
        assert {name for name in part if not name.startswith("x-")} == known[kind], kind
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= DOCUMENT["info"].keys()


def test_an_operation_uses_messages_of_its_channel() -> None:
    for name, operation in DOCUMENT["operations"].items():
        service, action, topic = name.split(".", 2)
        assert operation["action"] == action
        assert operation["x-service"] == service
        assert operation["channel"] == {"$ref": f"#/channels/{topic}"}
        (message,) = operation["messages"]
        assert message["$ref"].startswith(f"#/channels/{topic}/messages/")


@pytest.mark.parametrize("topic", TOPICS.values(), ids=lambda topic: topic.name)
def test_a_channel_is_a_row_of_the_topic_table(topic: Any) -> None:
    channel = DOCUMENT["channels"][topic.name]
    kafka = channel["bindings"]["kafka"]
    assert channel["address"] == topic.name
    assert kafka["partitions"] == topic.partitions
    configuration = kafka["topicConfiguration"]
    assert ",".join(configuration["cleanup.policy"]) == topic.cleanup
    seconds = topic.retention_seconds
    assert configuration.get("retention.ms") == (seconds * 1_000 if seconds is not None else None)
    assert (channel["x-key"], channel["x-partition-by"]) == (
        topic.key,
        topic.partition_by or topic.key,
    )
    operations = DOCUMENT["operations"]
    here = [
        one for one in operations.values() if one["channel"]["$ref"] == f"#/channels/{topic.name}"
    ]
    assert {one["x-service"] for one in here if one["action"] == "send"} == set(topic.producers)
    assert {one["x-service"] for one in here if one["action"] == "receive"} == set(topic.consumers)


@pytest.mark.parametrize("name", DOCUMENT["components"]["schemas"])
def test_every_schema_is_one_of_draft_7(name: str) -> None:
    Draft7Validator.check_schema(DOCUMENT["components"]["schemas"][name])
    for node in nodes(DOCUMENT["components"]["schemas"][name]):
        assert "prefixItems" not in node
        assert "$defs" not in node
        assert "$ref" not in node or len(node) == 1  # draft 7 reads nothing beside it
        assert not isinstance(node.get("discriminator"), dict)  # in AsyncAPI it is a string


@pytest.mark.parametrize("topic", TOPICS)
def test_the_examples_are_valid_and_what_is_wrong_is_not(topic: str) -> None:
    message = message_of(topic)
    payload = validator(message["payload"])
    assert message["examples"]
    for example in message["examples"]:
        assert list(payload.iter_errors(example["payload"])) == []
        assert payload.is_valid(example["payload"] | {"headline": "x"})  # a later version's
        assert not payload.is_valid(example["payload"] | {"schema_version": 0})
        assert not payload.is_valid({**example["payload"], TOPICS[topic].key: 7})


@pytest.mark.parametrize("topic", TOPICS)
def test_the_headers_are_those_that_the_code_writes(topic: str) -> None:
    row, message = TOPICS[topic], message_of(topic)
    headers = validator(message["headers"])
    event = decode(row.event, json.dumps(message["examples"][0]["payload"]).encode())
    parent = {"tracestate": "a=b"}
    key = "example.org" if row.partition_by == "domain" else None
    record = record_for(event, row, source="test", time=START, parent=parent, partition_key=key)
    assert list(headers.iter_errors(dict(record.headers))) == []
    assert record.headers.keys() <= asyncapi.HEADERS.keys()
    assert not headers.is_valid({**record.headers, "ce_type": "pantau.other.v1"})
    assert not headers.is_valid({**record.headers, "traceparent": "x"})
    without = {name: value for name, value in record.headers.items() if name != "ce_id"}
    assert not headers.is_valid(without)


def test_pantaus_own_headers_are_all_there() -> None:
    own = {value for name, value in vars(handler).items() if name.endswith("_HEADER")}
    assert {name for name in asyncapi.HEADERS if name.startswith("pantau_")} == own
    assert PARTITION_HEADER in asyncapi.HEADERS
