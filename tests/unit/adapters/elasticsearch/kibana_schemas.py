"""JSON Schemas of the attributes of saved objects that Kibana accepts.

They state what Kibana's own schemas demand of the types that Pantau imports: those of the version
that each object names (`typeMigrationVersion`), from which Kibana migrates. Sources, in the
repository elastic/kibana below `src/platform/plugins/shared`: `dashboard/server/
dashboard_saved_object/schema/v1`, `saved_search/server/saved_objects/schema_legacy.ts`,
`data_views/server/saved_objects`, `visualizations/server/saved_objects`. Like these, they refuse
attributes that they do not know.
"""

from typing import Any, Final

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_META: Final[Schema] = {
    "type": "object",
    "properties": {"searchSourceJSON": _TEXT},
    "required": ["searchSourceJSON"],
    "additionalProperties": False,
}


def _attributes(required: list[str], **properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


ATTRIBUTES: Final[dict[str, Schema]] = {
    "index-pattern": _attributes(
        ["title"],
        title=_TEXT,
        name=_TEXT,
        type=_TEXT,
        timeFieldName=_TEXT,
        sourceFilters=_TEXT,
        fields=_TEXT,
        typeMeta=_TEXT,
        fieldAttrs=_TEXT,
        fieldFormatMap=_TEXT,
        runtimeFieldMap=_TEXT,
        allowNoIndex={"type": "boolean"},
        allowHidden={"type": "boolean"},
    ),
    "search": _attributes(
        ["title", "kibanaSavedObjectMeta"],
        title=_TEXT,
        description=_TEXT,
        columns={"type": "array", "items": _TEXT},
        sort={"type": "array", "items": {"type": "array", "items": _TEXT, "maxItems": 2}},
        grid={"type": "object"},
        hideChart={"type": "boolean"},
        isTextBasedQuery={"type": "boolean"},
        timeRestore={"type": "boolean"},
        rowsPerPage={"type": "number"},
        sampleSize={"type": "number", "minimum": 10, "maximum": 10_000},
        kibanaSavedObjectMeta=_META,
        hits={"type": "number"},
        version={"type": "number"},
    ),
    "visualization": _attributes(
        ["title", "visState"],
        title=_TEXT,
        description=_TEXT,
        visState=_TEXT,
        uiStateJSON=_TEXT,
        savedSearchRefName=_TEXT,
        version={"type": "number"},
        kibanaSavedObjectMeta=_META,
    ),
    "dashboard": _attributes(
        ["title"],
        title=_TEXT,
        description=_TEXT,
        kibanaSavedObjectMeta=_META,
        timeRestore={"type": "boolean"},
        timeFrom=_TEXT,
        timeTo=_TEXT,
        refreshInterval={
            "type": "object",
            "properties": {"pause": {"type": "boolean"}, "value": {"type": "number"}},
            "required": ["pause", "value"],
        },
        panelsJSON=_TEXT,
        optionsJSON=_TEXT,
        controlGroupInput={"type": "object"},
        hits={"type": "number"},
        version={"type": "number"},
    ),
}
"""By the type of a saved object, the schema of its attributes."""

OBJECT: Final[Schema] = _attributes(
    ["type", "id", "attributes", "references"],
    type={"enum": sorted(ATTRIBUTES)},
    id={"type": "string", "minLength": 1, "pattern": r"^\S+$"},
    attributes={"type": "object"},
    references={
        "type": "array",
        "items": _attributes(["type", "id", "name"], type=_TEXT, id=_TEXT, name=_TEXT),
    },
    coreMigrationVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
    typeMigrationVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
)
"""A line of an import file."""

_QUERY: Final[Schema] = _attributes(
    ["query", "language"], query=_TEXT, language={"enum": ["lucene", "kuery"]}
)
_FIELD: Final[Schema] = {
    "customLabel": _TEXT,
    # MAX_DATA_VIEW_FIELD_DESCRIPTION_LENGTH
    "customDescription": {"type": "string", "maxLength": 300},
    "count": {"type": "number"},
}
INNER: Final[dict[str, Schema]] = {
    "searchSourceJSON": _attributes(
        ["query", "filter"],
        query=_QUERY,
        filter={"type": "array"},
        indexRefName=_TEXT,
    ),
    "fieldAttrs": {"type": "object", "additionalProperties": _attributes([], **_FIELD)},
    "optionsJSON": _attributes(
        [],
        useMargins={"type": "boolean"},
        hidePanelTitles={"type": "boolean"},
        syncColors={"type": "boolean"},
        syncTooltips={"type": "boolean"},
        syncCursor={"type": "boolean"},
    ),
    "panelsJSON": {
        "type": "array",
        "items": _attributes(
            ["type", "panelIndex", "gridData", "embeddableConfig", "panelRefName"],
            type={"enum": ["search", "visualization"]},
            panelIndex=_TEXT,
            gridData=_attributes(
                ["i", "x", "y", "w", "h"],
                i=_TEXT,
                x={"type": "integer", "minimum": 0, "maximum": 47},
                y={"type": "integer", "minimum": 0},
                w={"type": "integer", "minimum": 1, "maximum": 48},
                h={"type": "integer", "minimum": 1},
            ),
            embeddableConfig={"type": "object"},
            panelRefName=_TEXT,
            title=_TEXT,
            version=_TEXT,
        ),
    },
    "visState": _attributes(
        ["title", "type", "aggs", "params"],
        title=_TEXT,
        type={"enum": ["table"]},
        params={"type": "object"},
        aggs={
            "type": "array",
            "items": _attributes(
                ["id", "type", "schema", "params"],
                id=_TEXT,
                enabled={"type": "boolean"},
                type={"enum": ["count", "terms"]},
                schema={"enum": ["metric", "bucket"]},
                params={"type": "object"},
            ),
        },
    ),
    "uiStateJSON": {"type": "object"},
}
"""By the name of an attribute that holds JSON as text, the schema of that JSON."""
