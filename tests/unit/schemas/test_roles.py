"""The roles reach Pantau's indices and nothing else, and the reader's changes nothing."""

import json
from datetime import UTC, datetime
from fnmatch import fnmatchcase

import pytest

from pantau_schemas.index_template import alias, index_name
from pantau_schemas.roles import READER, WRITER, files, roles

CHANGING = {"all", "manage", "write", "index", "create", "delete", "create_index", "delete_index"}


def test_the_files_are_current() -> None:
    for path, text in files():
        assert path.read_text(encoding="utf-8") == text, "run `make schemas`"
        assert json.loads(text).keys() == {"description", "cluster", "indices", "applications"}


@pytest.mark.parametrize("prefix", ["", "berita-"])
@pytest.mark.parametrize("name", [READER, WRITER])
def test_a_role_names_the_alias_and_each_month_and_nothing_of_others(
    prefix: str, name: str
) -> None:
    (granted,) = roles(prefix)[name]["indices"]
    month = index_name(datetime(2026, 3, 2, tzinfo=UTC), prefix)
    for index in (alias(prefix), month):
        assert any(fnmatchcase(index, one) for one in granted["names"])
    for index in ("other-articles", ".security", "*", f"x{month}"):
        assert not any(fnmatchcase(index, one) for one in granted["names"])


def test_the_reader_changes_nothing() -> None:
    reader = roles()[READER]
    assert reader["cluster"] == []
    (granted,) = reader["indices"]
    assert not CHANGING & set(granted["privileges"])
    (kibana,) = reader["applications"]
    assert kibana["privileges"] == ["read"]


def test_the_writer_has_no_right_over_users_or_other_indices() -> None:
    writer = roles()[WRITER]
    assert set(writer["cluster"]) == {"monitor", "manage_index_templates", "manage_ilm"}
    assert not {"all", "manage", "manage_security"} & set(writer["cluster"])
