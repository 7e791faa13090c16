"""The Elasticsearch mapping, generated from the field table, and the names in the cluster. Pure.

An article is stored as its event (`articles.enriched`), so that it is returned unchanged. Fields of
the field table are searchable; the rest of the event is stored unindexed (`enabled: false`), so
that no query can find more in Elasticsearch than Pantau's language can name. `_pantau` is internal:
sort order, tie-break and filter values. Names that begin with an underscore are excluded when a
query names fields by a pattern (`*:x`), and from the field list of a Kibana data view.

`_pantau.cased` holds a case-sensitive copy of each text field for exact case; it is not part of the
source.

There are three objects, each with a file in `elasticsearch/`: the fields (a component template),
their stems (an optional component template), and the index template that combines both.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.fields import DEFAULT_FIELDS, FIELDS, KEYWORD_LIMIT, VALUE_GAP, Field, FieldKind

TEMPLATE_VERSION: Final = 8
"""Increment with every change of the templates.

The program replaces older templates and refuses to run with newer ones.
"""
PRIORITY: Final = 300
"""Higher than the priority of Elasticsearch's built-in templates (up to 200)."""
INTERNAL: Final = "_pantau"
CASED: Final = "cased"
"""The object of the case-sensitive copies, and the name of their analyzer.

The analyzer is `standard` without the lower-case filter.
"""
STEMMERS: Final = ("indonesian", "english")
"""Analyzers of the full server.

Each is a sub-field of `title` and `text` if stems are enabled.
"""
FOLDER: Final = Path(__file__).parent / "elasticsearch"

_UNREAD: Final = {"type": "object", "enabled": False}
_FACET_LIMIT: Final = 255


def alias(prefix: str = "") -> str:
    """Return the alias for searching all articles, which is also the name of the index template."""
    return f"{prefix}articles"


def fields_name(prefix: str = "") -> str:
    """Return the name of the component template of the fields."""
    return f"{alias(prefix)}-fields"


def stems_name(prefix: str = "") -> str:
    """Return the name of the optional component template of the stems."""
    return f"{alias(prefix)}-stems"


def index_name(first_seen: datetime, prefix: str = "") -> str:
    """Return the index of the month (in UTC) in which an article was first seen."""
    return f"{alias(prefix)}-{first_seen.year:04}.{first_seen.month:02}"


def next_name(index: str, name: str) -> str:
    """Return the name of the index that takes the place of an index when that is rebuilt.

    `articles-2026.03` is followed by `articles.2-2026.03`, which is no name of the pattern of the
    template: the new index gets the alias `name` only when it is complete.
    """
    generation, month = _parts(index, name)
    return f"{name}.{generation + 1}-{month}"


def month_of(index: str, name: str) -> str:
    """Return the month of an index of any generation, `YYYY.MM`."""
    return _parts(index, name)[1]


def _parts(index: str, name: str) -> tuple[int, str]:
    generation, _, month = index.removeprefix(name).partition("-")
    number = generation.removeprefix(".")
    return (int(number) if number.isascii() and number.isdigit() else 1), month


def cased(name: str) -> str:
    """Return the case-sensitive copy of a text field; its tokens have the same positions."""
    return f"{INTERNAL}.{CASED}.{name}"


def facet(kind: str, value: str) -> str:
    """Return the filter value for a kind and a value.

    A long value is replaced by its digest, because the length of terms is limited.
    """
    if len(value) > _FACET_LIMIT:
        value = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
        kind = f"{kind}#"
    return f"{kind}:{value}"


def meta() -> dict[str, Any]:
    """Return the metadata by which a later program recognises the version."""
    return {"made_by": "pantau", "pantau_version": TEMPLATE_VERSION}


def fields_template(*, shards: int = 1, replicas: int = 0) -> dict[str, Any]:
    """Return the component template of settings and fields."""
    settings = {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "1s",
        "query": {"default_field": list(DEFAULT_FIELDS)},
        "analysis": analysis(),
    }
    template = {"settings": {"index": settings}, "mappings": mapping()}
    return {"version": TEMPLATE_VERSION, "_meta": meta(), "template": template}


def analysis() -> dict[str, Any]:
    """Return the settings of the `cased` analyzer."""
    return {"analyzer": {CASED: {"type": "custom", "tokenizer": "standard"}}}


def stems_template() -> dict[str, Any]:
    """Return the component template that also indexes the stems of `title` and `text`."""
    template = {"mappings": {"properties": _stems()}}
    return {"version": TEMPLATE_VERSION, "_meta": meta(), "template": template}


def index_template(prefix: str = "", *, policy: str | None = None) -> dict[str, Any]:
    """Return the index template: monthly indexes of articles, joined by the alias.

    `policy` is the name of a lifecycle policy.
    """
    template: dict[str, Any] = {"aliases": {alias(prefix): {}}}
    if policy is not None:
        template["settings"] = lifecycle_settings(policy)
    return {
        "index_patterns": [f"{alias(prefix)}-*"],
        "priority": PRIORITY,
        "version": TEMPLATE_VERSION,
        "_meta": meta(),
        "composed_of": [fields_name(prefix), stems_name(prefix)],
        "ignore_missing_component_templates": [stems_name(prefix)],
        "template": template,
    }


def lifecycle_settings(policy: str) -> dict[str, Any]:
    """Return the settings of an index that is managed by a lifecycle policy."""
    return {"index": {"lifecycle": {"name": policy}}}


def lifecycle_policy(keep_days: float | None) -> dict[str, Any]:
    """Return the lifecycle policy.

    It only deletes an index once the youngest article of the longest month has expired. Age counts
    from the creation of the index. None keeps articles forever.
    """
    if keep_days is None:
        return {"_meta": meta(), "phases": {"hot": {"actions": {}}}}
    hours = round(24 * (keep_days + 31))
    return {
        "_meta": meta(),
        "phases": {"delete": {"min_age": f"{hours}h", "actions": {"delete": {}}}},
    }


def mapping(*, stems: bool = False) -> dict[str, Any]:
    """Return the mapping: the field table, the unindexed rest of the event, and internal fields."""
    properties = {
        name: dict(_UNREAD) for name in EnrichedArticle.model_fields if name not in FIELDS
    }
    properties |= {name: _searchable(field) for name, field in FIELDS.items()}
    own = {
        "order": {"type": "long"},
        "id": {"type": "keyword", "index": False},
        "facets": {"type": "keyword", "doc_values": False},
        CASED: {"type": "object", "dynamic": "strict", "properties": _copies()},
    }
    properties[INTERNAL] = {"type": "object", "dynamic": "strict", "properties": own}
    if stems:
        properties |= _stems()
    return {"dynamic": "strict", "_meta": meta(), "properties": properties}


def lacking(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Return the additions that update an existing mapping to `wanted`, in Elasticsearch's format.

    Empty if there is nothing to add. Existing fields stay as they are, whatever their type: an
    index never loses a field, or the documents in it.
    """
    standing, added = found.get("properties", {}), {}
    for name, field in wanted.get("properties", {}).items():
        held = standing.get(name)
        if held is None:
            added[name] = field
        elif more := _lacking_of(held, field):
            added[name] = more
    return {"properties": added} if added else {}


def _lacking_of(held: Mapping[str, Any], field: Mapping[str, Any]) -> dict[str, Any]:
    """Return the additions for one existing field.

    Inner fields are included only if they are new.
    """
    # Elasticsearch never changes the type of a field that exists.
    if held.get("type", "object") != field.get("type", "object"):
        return {}
    more = lacking(held, field) if held.get("enabled", True) else {}
    stems = {
        name: one
        for name, one in field.get("fields", {}).items()
        if name not in held.get("fields", {})
    }
    if stems:
        more["fields"] = {**held.get("fields", {}), **stems}
    if "copy_to" in field and "copy_to" not in held:
        more["copy_to"] = field["copy_to"]
    return (
        {**{name: one for name, one in held.items() if name != "properties"}, **more}
        if more
        else {}
    )


def _copies() -> dict[str, Any]:
    copy = {"type": "text", "analyzer": CASED, "norms": False, "position_increment_gap": VALUE_GAP}
    return {name: dict(copy) for name, field in FIELDS.items() if field.kind is FieldKind.TEXT}


def _stems() -> dict[str, Any]:
    """Return complete fields: a later component template replaces a field instead of merging it."""
    stems = {name: {"type": "text", "analyzer": name} for name in STEMMERS}
    return {name: {**_searchable(FIELDS[name]), "fields": stems} for name in DEFAULT_FIELDS}


def _searchable(field: Field) -> dict[str, Any]:
    match field.kind:
        case FieldKind.TEXT:
            return {
                "type": "text",
                "analyzer": "standard",
                "position_increment_gap": VALUE_GAP,
                "copy_to": [cased(field.name)],
            }
        case FieldKind.KEYWORD:
            return {"type": "keyword", "ignore_above": KEYWORD_LIMIT}
        case FieldKind.DATE:
            return {"type": "date", "format": "strict_date_time"}


def files() -> Iterator[tuple[Path, str]]:
    """Yield each file of `elasticsearch/` with its expected content."""
    for name, body in (
        (fields_name(), fields_template()),
        (stems_name(), stems_template()),
        (alias(), index_template()),
    ):
        text = json.dumps(body, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        yield FOLDER / f"{name}.v{TEMPLATE_VERSION}.json", text
