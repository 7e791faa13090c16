"""Roles in Elasticsearch: of those who write articles, and of those who only look.

Pure; in the format of the role API. An administrator creates them, for `pantau setup` need not have
the right to: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-security-put-role
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pantau_schemas.index_template import FOLDER, alias

READER: Final = "reader"
"""People in Kibana, and commands that search."""
WRITER: Final = "writer"
"""The services, `pantau setup`, and commands that change something."""


def roles(prefix: str = "") -> Mapping[str, Mapping[str, Any]]:
    """Return both roles by name. `prefix` is that of the index (`elasticsearch.prefix`)."""
    names = [alias(prefix), f"{alias(prefix)}-*"]
    return {
        READER: {
            "description": "Searches Pantau's articles and looks at Kibana; changes nothing.",
            "cluster": [],
            "indices": [{"names": names, "privileges": ["read", "view_index_metadata"]}],
            # Kibana's own privilege for looking at everything in every space.
            "applications": [
                {"application": "kibana-.kibana", "privileges": ["read"], "resources": ["*"]}
            ],
        },
        WRITER: {
            "description": "Runs Pantau's services and its setup.",
            "cluster": ["monitor", "manage_index_templates", "manage_ilm"],
            "indices": [
                {
                    "names": names,
                    "privileges": ["read", "write", "create_index", "manage"],
                }
            ],
            "applications": [],
        },
    }


def files() -> Iterator[tuple[Path, str]]:
    """Yield each file with its expected content."""
    for name, role in roles().items():
        text = json.dumps(role, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        yield FOLDER / f"role-{name}.json", text
