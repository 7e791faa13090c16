"""Generator of the JSON Schemas, the AsyncAPI document, and the Elasticsearch and Kibana files.

Run as `python -m pantau_schemas.generate`. Tests check that the files are current.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pantau_schemas import asyncapi, index_template, kibana, roles, webhook
from pantau_schemas.codec import current_version
from pantau_schemas.topics import TOPICS, Topic

FOLDER: Final = Path(__file__).parent / "json"


def schema_of(topic: Topic) -> str:
    """Return the JSON Schema of a topic's event as text with sorted keys."""
    schema = topic.event.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = f"urn:pantau:{topic.name}:v{current_version(topic.event)}"
    return _text(schema)


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def schemas() -> Iterator[tuple[Path, str]]:
    """Yield each file with its expected content."""
    for topic in TOPICS.values():
        yield FOLDER / f"{topic.name}.v{current_version(topic.event)}.json", schema_of(topic)
    yield FOLDER / f"webhook.v{webhook.VERSION}.json", _text(webhook.json_schema())


def main() -> int:
    """Write all files."""
    others = (index_template, asyncapi, kibana, roles)
    for path, text in (*schemas(), *(one for module in others for one in module.files())):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
