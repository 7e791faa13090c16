"""The mapping follows the field table and the event; the committed files are what is made."""

import hashlib
import json
import re
from datetime import UTC, datetime

import pytest

from pantau_schemas import index_template as made
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.fields import FIELDS, FieldKind

PROPERTIES = made.mapping()["properties"]


def test_the_files_are_current() -> None:
    for path, text in made.files():
        assert path.read_text(encoding="utf-8") == text, "run `make schemas`"
    stale = set(made.FOLDER.glob(f"*.v{made.TEMPLATE_VERSION}.json")) - {
        path for path, _ in made.files()
    }
    assert not stale


# One line a version. A change of what is made needs a version of its own, so that clusters are
# brought up to date.
DIGESTS = {
    1: "920bde8b9930d055",
    2: "73c21aa31ba304c4",
    3: "326dfdbd6090dbe7",
    4: "0a4a82ea24e6d7fb",
    5: "3c17ac5999098c24",
    6: "f6a6fc88f1ad5d73",
    7: "a518e56010047507",
    8: "e51d6de5758ccfdd",
}


def test_a_change_has_a_version_of_its_own() -> None:
    text = json.dumps([body for _, body in made.files()], sort_keys=True)
    assert hashlib.sha256(text.encode()).hexdigest()[:16] == DIGESTS[made.TEMPLATE_VERSION]
    assert max(DIGESTS) == made.TEMPLATE_VERSION


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_the_table_is_searched(name: str) -> None:
    types = {FieldKind.TEXT: "text", FieldKind.KEYWORD: "keyword", FieldKind.DATE: "date"}
    assert PROPERTIES[name]["type"] == types[FIELDS[name].kind]


@pytest.mark.parametrize(
    "name", [name for name, field in FIELDS.items() if field.kind is FieldKind.TEXT]
)
def test_a_text_has_a_copy_that_keeps_capitals(name: str) -> None:
    assert PROPERTIES[name]["copy_to"] == [made.cased(name)]
    copy = PROPERTIES[made.INTERNAL]["properties"][made.CASED]["properties"][name]
    assert copy["position_increment_gap"] == PROPERTIES[name]["position_increment_gap"]
    assert copy["analyzer"] in made.analysis()["analyzer"]
    assert made.fields_template()["template"]["settings"]["index"]["analysis"] == made.analysis()


def test_the_rest_of_the_event_is_kept_unread() -> None:
    rest = set(EnrichedArticle.model_fields) - set(FIELDS)
    assert {"historical", "entities", "article_id"} <= rest
    assert all(PROPERTIES[name] == {"type": "object", "enabled": False} for name in rest)
    assert set(PROPERTIES) == rest | set(FIELDS) | {made.INTERNAL}


def test_nothing_is_guessed() -> None:
    assert made.mapping()["dynamic"] == PROPERTIES[made.INTERNAL]["dynamic"] == "strict"


def test_stems_keep_the_field_as_it_is() -> None:
    stems = made.stems_template()["template"]["mappings"]["properties"]
    for name in ("title", "text"):
        assert {key: value for key, value in stems[name].items() if key != "fields"} == PROPERTIES[
            name
        ]
        assert set(stems[name]["fields"]) == {"indonesian", "english"}
    assert made.mapping(stems=True)["properties"] == PROPERTIES | stems


@pytest.mark.parametrize(
    ("moment", "name"),
    [
        (datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC), "articles-2026.03"),
        (datetime(1, 1, 1, tzinfo=UTC), "articles-0001.01"),
        (datetime(9999, 12, 31, tzinfo=UTC), "articles-9999.12"),
    ],
)
def test_a_month_has_its_index(moment: datetime, name: str) -> None:
    assert made.index_name(moment) == name
    assert made.index_name(moment, "x-") == f"x-{name}"
    assert re.fullmatch(made.index_template()["index_patterns"][0].replace("*", ".*"), name)


def test_a_policy_only_deletes_when_the_last_article_of_a_month_is_too_old() -> None:
    assert made.lifecycle_policy(30)["phases"] == {
        "delete": {"min_age": f"{61 * 24}h", "actions": {"delete": {}}}
    }
    assert "delete" not in made.lifecycle_policy(None)["phases"]
    settings = made.index_template("x-", policy="p")["template"]["settings"]
    assert settings == {"index": {"lifecycle": {"name": "p"}}}
    assert "settings" not in made.index_template()["template"]


class TestFacets:
    def test_kinds_and_values_do_not_run_together(self) -> None:
        assert made.facet("source", "a") != made.facet("lang", "a")

    def test_long_values_are_told_apart_by_their_digest(self) -> None:
        one, other = made.facet("source", "x" * 9_000), made.facet("source", "x" * 9_001)
        assert one != other
        assert len(one) < 100
        assert made.facet("source", "x" * 255) == f"source:{'x' * 255}"

    def test_no_short_value_looks_like_a_digest(self) -> None:
        digest = made.facet("source", "x" * 9_000)
        assert made.facet("source", digest.partition(":")[2]) != digest

    def test_half_characters_are_no_error(self) -> None:
        assert made.facet("source", "\ud800" * 300)


class TestLacking:
    """The update of an existing index; the server's own part is in the integration tests."""

    def test_nothing_of_itself(self) -> None:
        for wanted in (made.mapping(), made.mapping(stems=True)):
            assert made.lacking(wanted, wanted) == {}
            assert made.lacking(wanted, made.mapping()) == {}
            assert made.lacking({}, wanted) == {"properties": wanted["properties"]}

    def test_inside_of_objects(self) -> None:
        wanted = made.mapping()
        found = json.loads(json.dumps(wanted))
        copies = found["properties"][made.INTERNAL]["properties"][made.CASED]
        lost = copies["properties"].pop("quotes")
        inner = {
            made.CASED: {"type": "object", "dynamic": "strict", "properties": {"quotes": lost}}
        }
        whole = {made.INTERNAL: {"type": "object", "dynamic": "strict", "properties": inner}}
        assert made.lacking(found, wanted) == {"properties": whole}

    def test_stems_and_copies_are_added_to_fields_that_stand(self) -> None:
        wanted = made.mapping(stems=True)
        found = json.loads(json.dumps(made.mapping()))
        own = {"exact": {"type": "keyword"}}
        found["properties"]["title"]["fields"] = own
        del found["properties"]["roles"]["copy_to"]
        added = made.lacking(found, wanted)["properties"]
        assert set(added) == {"title", "text", "roles"}
        assert added["title"]["fields"] == {**own, **wanted["properties"]["title"]["fields"]}
        assert added["roles"] == wanted["properties"]["roles"]

    def test_another_type_is_left(self) -> None:
        found = json.loads(json.dumps(made.mapping()))
        found["properties"]["lang"] = {"type": "text"}
        found["properties"]["entities"] = {"type": "flattened"}
        assert made.lacking(found, made.mapping()) == {}
