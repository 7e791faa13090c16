"""Lines that can be read, and how complaints look."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pantau.common.files import jsonlines
from pantau.common.files.batch_articles import BatchArticle, read_batch_articles
from pantau.common.files.jsonlines import Complaints, dump_line, read_objects


def _read(body: bytes) -> tuple[list[dict[str, Any]], list[str]]:
    told = io.StringIO()
    found = [value for _, value in read_objects(io.BytesIO(body), "f", Complaints(told))]
    return found, told.getvalue().splitlines()


@pytest.mark.parametrize(
    "body",
    [
        b'{"id": "1"}',
        b'{"id": "1"}\n',
        b'\xef\xbb\xbf{"id": "1"}\r\n',
        b'\n \t\r\n\n{"id": "1"}\n\n',
        b'\xef\xbb\xbf\n  {"id": "1"}  \n',
        b'{"id": "0", "id": "1"}',
    ],
)
def test_one_object_however_the_lines_end(body: bytes) -> None:
    assert _read(body) == ([{"id": "1"}], [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"not json", "no JSON: Expecting value at character 1"),
        (b'{"id": "1"} x', "no JSON: Extra data at character 13"),
        (b'{"id": "1', "no JSON: Unterminated string"),
        (b'{"id": "a\tb"}', "no JSON: Invalid control character"),
        (b"[1]", "expected an object, found an array"),
        (b'"x"', "expected an object, found a string"),
        (b"1", "expected an object, found a number"),
        (b"true", "expected an object, found true or false"),
        (b"null", "expected an object, found null"),
        (b'{"x": NaN}', "no JSON: NaN"),
        (b'{"x": -Infinity}', "no JSON: -Infinity"),
        (b'{"x": 1e999}', "a number out of range: 1e999"),
        (b'{"x": ' + b"9" * 5_000 + b"}", "a number of 5,000 digits"),
        (b'{"x": ' + b"[" * 500 + b"]" * 500 + b"}", "nested more than 500 deep"),
        (b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested more than 500 deep"),
        (b"[" * 100_000, "nested more than 500 deep"),
        (b'{"x": [' + b"[]," * 300_000 + b"1]}", "more than 300,000 objects and lists"),
        (b'{"id": "caf\xe9"}', "no UTF-8: byte 12 of the line is 0xe9"),
        ('{"id": "1"}'.encode("utf-16"), "no UTF-8: byte 1 of the line is 0xff"),
        (b'{"id": "\xed\xa0\x80"}', "no UTF-8: byte 9 of the line is 0xed"),
    ],
)
def test_a_line_that_cannot_be_read_costs_no_other(line: bytes, said: str) -> None:
    found, told = _read(b'{"a": 1}\n' + line + b'\n{"b": 2}\n')
    assert found == [{"a": 1}, {"b": 2}]
    assert len(told) == 1
    assert told[0].startswith(f"error: f, line 2: {said}")


def test_deep_nesting_below_the_limit_is_read_and_written() -> None:
    line = b'{"x": ' + b"[" * 499 + b"]" * 499 + b"}\n"
    found, told = _read(line)
    assert ([dump_line(one) for one in found], told) == ([line], [])


def test_brackets_in_strings_are_no_lists() -> None:
    line = b'{"text": "' + b"[" * 300_001 + b'"}\n'
    complaints = Complaints(None)
    assert len(list(read_objects(io.BytesIO(line), "a", complaints))) == 1


def test_a_line_longer_than_the_limit_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "MAX_LINE", 20)
    long = json.dumps({"id": "x" * 100}).encode()
    found, told = _read(b'{"a": 1}\n' + long + b'\n{"b": 2}\n' + long)
    assert found == [{"a": 1}, {"b": 2}]
    assert told == [f"error: f, line {number}: longer than 20 bytes" for number in (2, 4)]


def test_a_complaint_is_one_line_whatever_it_quotes() -> None:
    told = io.StringIO()
    complaints = Complaints(told)
    complaints.warn("f, line 1", 'a\nerror: b\r\x1b[31m\ud800 \u2028 "é"')
    complaints.report({"id": "\ud800\né"})
    first, second = told.getvalue().split("\n")[:-1]
    assert first == 'warning: f, line 1: a\\nerror: b\\r\\u001b[31m\\ud800 \\u2028 "é"'
    assert second == '{"id": "\\ud800\\n\\u00e9"}'


class _Broken(io.StringIO):
    def write(self, _text: str) -> int:
        raise BrokenPipeError


@pytest.mark.parametrize("stream", [None, _Broken()])
def test_complaints_that_nobody_reads_are_counted_all_the_same(stream: io.StringIO | None) -> None:
    complaints = Complaints(stream)
    complaints.reject("f", "x")
    complaints.reject("f", "y")
    assert (complaints.unreadable, complaints.exit_code) == (2, 1)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(categories=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner,
        max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=4), max_size=4))
def test_what_is_written_is_read_again(objects: list[dict[str, Any]]) -> None:
    body = b"".join(map(dump_line, objects))
    assert body.isascii()
    assert body.count(b"\n") == len(objects)
    assert _read(body) == (objects, [])


@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_told_of(body: bytes) -> None:
    found, told = _read(body)
    lines = [one for one in body.removeprefix(b"\xef\xbb\xbf").split(b"\n") if one.strip()]
    assert len(found) + len(told) == len(lines)


def _articles(*objects: dict[str, Any]) -> tuple[list[BatchArticle], list[str]]:
    told = io.StringIO()
    stream = io.BytesIO(b"".join(map(dump_line, objects)))
    found: Iterator[BatchArticle] = read_batch_articles(stream, "f", Complaints(told))
    return list(found), told.getvalue().splitlines()


@pytest.mark.parametrize("value", [3, 1.5, True, None, "", ["1"], {"a": 1}])
def test_an_id_is_a_string(value: object) -> None:
    assert _articles({"id": value}) == (
        [],
        ["error: f, line 1: id: expected a string that is not empty"],
    )


def test_any_string_is_an_id_and_may_come_again() -> None:
    names = ["a b", "\ud800", "\n", "é", "x" * 10_000, "a", "a", "0", " "]
    found, told = _articles(*({"id": name} for name in names))
    assert ([one.id for one in found], told) == (names, [])


@pytest.mark.parametrize(
    "value", [5, 1.5, True, [], {}, ["2022-09-09"], "kemarin", "", "x" * 100_000]
)
def test_a_date_that_cannot_be_read_is_absent(value: object) -> None:
    (found,), told = _articles({"id": "1", "title": "t", "published": value})
    assert found.fields == {"title": "t"}
    assert found.given["published"] == value
    assert told == [
        "warning: f, line 1: published: expected a date, such as 2022-09-09T08:00:00Z; ignored"
    ]


def test_fields_that_are_null_are_absent_and_not_told_of() -> None:
    (found,), told = _articles(
        {
            "id": "1",
            "title": None,
            "text": None,
            "lang": None,
            "published": None,
            "tags": None,
            "feed": None,
        }
    )
    assert (found.fields, told) == ({}, [])


def test_fields_of_the_wrong_type_are_absent() -> None:
    (found,), told = _articles(
        {"id": "1", "title": ["a"], "text": 5, "tags": "one", "people": ["a", 1]}
    )
    assert found.fields == {"tags": ("one",)}
    assert [line.split(": ")[2] for line in told] == ["title", "text", "people"]


def test_an_unknown_field_is_told_of_once() -> None:
    found, told = _articles(
        {"id": "1", "topic": 1}, {"id": "2", "topic": 2}, {"id": "3", "mood": 2}
    )
    assert [one.given.get("topic") for one in found] == [1, 2, None]
    assert [line.split(": ")[1:3] for line in told] == [
        ["f, line 1", "topic"],
        ["f, line 3", "mood"],
    ]
