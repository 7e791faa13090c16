"""Kibana's saved objects for articles: a data view, a saved search, a dashboard.

Pure; generated from the field table, in the format of Kibana's import (one JSON object per line).
Times are by `first_seen`, as everywhere in Pantau. The query bar of the saved search accepts the
same language as a subscription. `kibana/articles.ndjson`, written by `make schemas`, can be
imported by hand; `pantau setup --kibana` imports it automatically.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from pantau_schemas.fields import FIELDS
from pantau_schemas.index_template import alias

FOLDER: Final = Path(__file__).parent / "kibana"
TIME_FIELD: Final = "first_seen"
COLUMNS: Final = ("title", "source", "lang", "people", "organizations", "places")
"""Columns of the saved search, after the time."""
COUNTED: Final = (
    ("source", "Sources"),
    ("people", "People"),
    ("organizations", "Organisations"),
    ("places", "Places"),
)
"""Fields whose most frequent values the dashboard shows, with their headings."""

# Kibana migrates objects of these versions to its own on import.
_CORE_VERSION: Final = "8.8.0"
_VERSIONS: Final = {
    "index-pattern": "8.0.0",
    "search": "8.0.0",
    "visualization": "8.5.0",
    "dashboard": "8.9.0",
}
_SOURCE: Final = "kibanaSavedObjectMeta.searchSourceJSON.index"


def objects(prefix: str = "") -> list[dict[str, Any]]:
    """Return all objects.

    `prefix` is that of the index (`elasticsearch.prefix`); it distinguishes several installations.
    """
    view = f"pantau-{alias(prefix)}"
    search = _search(view)
    charts = [_chart(view, field, title) for field, title in COUNTED]
    return [_view(view, alias(prefix)), search, *charts, _dashboard(view, search, charts)]


def ndjson(prefix: str = "") -> str:
    """Return all objects, one per line."""
    return "".join(json.dumps(one, sort_keys=True) + "\n" for one in objects(prefix))


def files() -> Iterator[tuple[Path, str]]:
    """Yield each file with its expected content."""
    yield FOLDER / "articles.ndjson", ndjson()


def _object(
    kind: str,
    identifier: str,
    attributes: dict[str, Any],
    references: Sequence[dict[str, str]] = (),
) -> dict[str, Any]:
    return {
        "type": kind,
        "id": identifier,
        "attributes": attributes,
        "references": list(references),
        "coreMigrationVersion": _CORE_VERSION,
        "typeMigrationVersion": _VERSIONS[kind],
    }


def _text(value: Any) -> str:
    """Return JSON within JSON, as Kibana stores it."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True)


def _source(*, lucene: bool = True) -> dict[str, str]:
    language = "lucene" if lucene else "kuery"
    query = {"query": "", "language": language}
    return {"searchSourceJSON": _text({"query": query, "filter": [], "indexRefName": _SOURCE})}


def _from(view: str) -> dict[str, str]:
    return {"type": "index-pattern", "id": view, "name": _SOURCE}


def _view(view: str, title: str) -> dict[str, Any]:
    labels = {field.name: {"customDescription": field.meaning} for field in FIELDS.values()}
    attributes = {
        "title": title,
        "name": f"Pantau: {title}",
        "timeFieldName": TIME_FIELD,
        "fieldAttrs": _text(labels),
    }
    return _object("index-pattern", view, attributes)


def _search(view: str) -> dict[str, Any]:
    attributes = {
        "title": "Pantau: newest articles",
        "description": "Newest first. A query that finds articles here alerts on them as a "
        "subscription.",
        "columns": list(COLUMNS),
        "sort": [[TIME_FIELD, "desc"]],
        "kibanaSavedObjectMeta": _source(),
    }
    return _object("search", f"{view}-newest", attributes, [_from(view)])


def _chart(view: str, field: str, title: str) -> dict[str, Any]:
    """Return a table of a field's most frequent values."""
    terms = {"field": field, "orderBy": "1", "order": "desc", "size": 20, "customLabel": title}
    state = {
        "title": f"Pantau: {title}",
        "type": "table",
        "aggs": [
            {
                "id": "1",
                "enabled": True,
                "type": "count",
                "schema": "metric",
                "params": {"customLabel": "Articles"},
            },
            {"id": "2", "enabled": True, "type": "terms", "schema": "bucket", "params": terms},
        ],
        "params": {
            "perPage": 10,
            "showPartialRows": False,
            "showMetricsAtAllLevels": False,
            "showTotal": False,
        },
    }
    attributes = {
        "title": f"Pantau: {title}",
        "description": "",
        "visState": _text(state),
        "uiStateJSON": "{}",
        "version": 1,
        "kibanaSavedObjectMeta": _source(),
    }
    return _object("visualization", f"{view}-{field}", attributes, [_from(view)])


def _dashboard(
    view: str, search: dict[str, Any], charts: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    width = 48 // len(charts)
    places = [(chart, (number * width, 0, width, 14)) for number, chart in enumerate(charts)]
    places.append((search, (0, 14, 48, 24)))
    panels, references = [], []
    for number, (shown, (x, y, w, h)) in enumerate(places):
        name = str(number)
        panels.append(
            {
                "type": shown["type"],
                "panelIndex": name,
                "gridData": {"i": name, "x": x, "y": y, "w": w, "h": h},
                "embeddableConfig": {},
                "panelRefName": f"panel_{name}",
            }
        )
        references.append(
            {"type": shown["type"], "id": shown["id"], "name": f"{name}:panel_{name}"}
        )
    attributes = {
        "title": "Pantau: articles",
        "description": "Who and what the news of the last day names.",
        "panelsJSON": _text(panels),
        "optionsJSON": _text({"useMargins": True, "hidePanelTitles": False}),
        "version": 1,
        "timeRestore": True,
        "timeFrom": "now-24h",
        "timeTo": "now",
        "kibanaSavedObjectMeta": {
            "searchSourceJSON": _text({"query": {"query": "", "language": "lucene"}, "filter": []})
        },
    }
    return _object("dashboard", f"{view}-dashboard", attributes, references)
