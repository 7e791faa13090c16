"""Queries checked one by one and from files, without a command line."""

import io

import pytest

from pantau.common.files.jsonlines import Complaints
from pantau.errors import UsageError
from pantau.usecases.search.checking import QueryToCheck, check_query, read_queries

USUAL = QueryToCheck("queries.txt", None, "", "lucene", "UTC")


def given(query: str, language: str = "lucene", time_zone: str = "UTC") -> QueryToCheck:
    (found,) = read_queries(
        b'{"query": %s, "language": "%s", "time_zone": "%s"}'
        % (quoted(query), language.encode(), time_zone.encode()),
        USUAL,
        Complaints(io.StringIO()),
    )
    return found


def quoted(text: str) -> bytes:
    return b'"' + text.replace('"', '\\"').encode() + b'"'


def test_a_query_that_can_be_read_has_its_warnings() -> None:
    found = check_query(given("banjir and Demak"))
    assert found.ok
    assert [one.suggestion for one in found.warnings] == ["banjir AND Demak"]


@pytest.mark.parametrize(
    ("query", "suggestion"), [("banjir AND (Demak", "banjir AND (Demak)"), ("  ", "*")]
)
def test_a_query_that_cannot_be_read_has_its_repair(query: str, suggestion: str) -> None:
    found = check_query(given(query))
    assert not found.ok
    assert found.error is not None
    assert found.error.suggestion == suggestion
    assert found.warnings == ()


def test_what_was_pasted_is_checked_in_the_language_pantau() -> None:
    found = check_query(given('banjir NEAR "Kali Tuntang"', "auto"))
    assert found.language == "pantau"
    assert found.ok


def test_a_time_zone_that_does_not_exist_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="Asia/Nowhere"):
        check_query(given("first_seen:today", time_zone="Asia/Nowhere"))


def test_a_file_of_lines_names_each_line() -> None:
    text = io.StringIO()
    found = [*read_queries(b"\xef\xbb\xbfbanjir\n\n\xff\r\ngempa\r\n", USUAL, Complaints(text))]
    assert [(one.where, one.query) for one in found] == [
        ("queries.txt, line 1", "banjir"),
        ("queries.txt, line 4", "gempa"),
    ]
    assert text.getvalue() == "error: queries.txt, line 3: no UTF-8: byte 1 of the line\n"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b'{"query": 1}', "query: expected a string"),
        (b'{"query": "a", "language": "sql"}', "language: expected lucene, kql, pantau"),
        (b'{"query": "a", "time_zone": 7}', "time_zone: expected a string"),
    ],
)
def test_lines_that_cannot_be_used_are_reported(line: bytes, complaint: str) -> None:
    text = io.StringIO()
    good = b'{"query": "banjir", "id": 7}'
    (found,) = read_queries(line + b"\n" + good + b"\n", USUAL, Complaints(text))
    assert (found.query, found.id) == ("banjir", "7")
    assert complaint in text.getvalue()
