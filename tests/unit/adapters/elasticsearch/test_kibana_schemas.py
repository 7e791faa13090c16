"""Kibana would accept each object that Pantau imports, down to the JSON within its JSON."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pantau_schemas import kibana
from tests.unit.adapters.elasticsearch.kibana_schemas import ATTRIBUTES, INNER, OBJECT, Schema

OBJECTS = [*kibana.objects(), *kibana.objects("berita-")]


def faults_of(schema: Schema, value: Any) -> Iterator[str]:
    for error in Draft202012Validator(schema).iter_errors(value):
        yield f"{error.json_path}: {error.message}"


def faults(one: dict[str, Any]) -> list[str]:
    """Return everything that Kibana would refuse in an object."""
    found = [*faults_of(OBJECT, one)]
    attributes = one["attributes"]
    found += faults_of(ATTRIBUTES[one["type"]], attributes)
    held = {**attributes, **attributes.get("kibanaSavedObjectMeta", {})}
    for name, schema in INNER.items():
        if name in held:
            found += faults_of(schema, json.loads(held[name]))
    return found


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: one["id"])
def test_kibana_accepts_the_object(one: dict[str, Any]) -> None:
    assert faults(one) == []


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: one["id"])
def test_every_name_of_a_reference_is_used_and_given(one: dict[str, Any]) -> None:
    given = {reference["name"] for reference in one["references"]}
    source = json.loads(
        one["attributes"].get("kibanaSavedObjectMeta", {}).get("searchSourceJSON", "{}")
    )
    used = {source["indexRefName"]} if "indexRefName" in source else set()
    for panel in json.loads(one["attributes"].get("panelsJSON", "[]")):
        used.add(f"{panel['panelIndex']}:{panel['panelRefName']}")
    assert used == given


def test_panels_do_not_overlap_and_fit_into_the_grid() -> None:
    (board, _) = (one for one in OBJECTS if one["type"] == "dashboard")
    taken: set[tuple[int, int]] = set()
    for panel in json.loads(board["attributes"]["panelsJSON"]):
        at = panel["gridData"]
        assert at["x"] + at["w"] <= 48
        columns, rows = range(at["x"], at["x"] + at["w"]), range(at["y"], at["y"] + at["h"])
        cells = {(x, y) for x in columns for y in rows}
        assert not cells & taken
        taken |= cells


def test_objects_of_two_installations_do_not_replace_each_other() -> None:
    identifiers = [(one["type"], one["id"]) for one in OBJECTS]
    assert len(set(identifiers)) == len(identifiers)


def _of(kind: str) -> dict[str, Any]:
    return copy.deepcopy(next(one for one in OBJECTS if one["type"] == kind))


def _unknown_attribute(one: dict[str, Any]) -> None:
    one["attributes"]["color"] = "red"


def _no_title(one: dict[str, Any]) -> None:
    del one["attributes"]["title"]


def _no_reference_name(one: dict[str, Any]) -> None:
    del one["references"][0]["name"]


def _text_for_a_number(one: dict[str, Any]) -> None:
    one["attributes"]["version"] = "1"


def _json_for_text(one: dict[str, Any]) -> None:
    meta = one["attributes"]["kibanaSavedObjectMeta"]
    meta["searchSourceJSON"] = json.loads(meta["searchSourceJSON"])


def _other_language(one: dict[str, Any]) -> None:
    meta = one["attributes"]["kibanaSavedObjectMeta"]
    source = json.loads(meta["searchSourceJSON"])
    source["query"]["language"] = "pantau"
    meta["searchSourceJSON"] = json.dumps(source)


@pytest.mark.parametrize("kind", ["search", "visualization", "dashboard"])
@pytest.mark.parametrize(
    "spoil",
    [
        _unknown_attribute,
        _no_title,
        _no_reference_name,
        _text_for_a_number,
        _other_language,
    ],
)
def test_a_spoiled_object_is_noticed(kind: str, spoil: Callable[[dict[str, Any]], None]) -> None:
    one = _of(kind)
    spoil(one)
    assert faults(one)


def test_json_that_is_no_text_is_noticed() -> None:
    one = _of("search")
    _json_for_text(one)
    assert [*faults_of(ATTRIBUTES["search"], one["attributes"])]


def test_a_description_that_is_too_long_is_noticed() -> None:
    one = _of("index-pattern")
    one["attributes"]["fieldAttrs"] = json.dumps({"title": {"customDescription": "x" * 301}})
    assert faults(one)
