"""Queries in KQL mean the same when they are written in the language `pantau`."""

import pytest

from pantau.query import QueryError, parse
from pantau.query.meaning.evaluate import accepts
from pantau.query.parsing.writer import UnwritableError, write
from tests.made.kql import KqlMaker
from tests.made.queries import articles
from tests.unit.query.conftest import to_document

GIVEN = articles(seed=11, count=60)


@pytest.mark.parametrize(("seed", "zone"), [(1, "UTC"), (2, "Asia/Jakarta")])
def test_what_is_written_is_read_as_the_same(seed: int, zone: str) -> None:
    documents = [to_document(one) for one in GIVEN]
    maker = KqlMaker(seed, GIVEN)
    written = 0
    for text in (maker.query() for _ in range(250)):
        try:
            query = parse(text, "kql", time_zone=zone)
            shown = write(query, text, zone)
        except (QueryError, UnwritableError):
            continue
        again = parse(shown, "pantau", time_zone=zone)
        expected = [accepts(query, one) for one in documents]
        assert [accepts(again, one) for one in documents] == expected, (text, shown)
        written += 1
    assert written > 150


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("title: banjir and not lang: en", "(title:banjir AND (NOT lang:en))"),
        ('people: "Siti Rahma" or Demak', '(people:"Siti Rahma" OR Demak)'),
        ("published >= 2026-09-01", "published:[2026-09-01 TO *]"),
        ("published <= 2026-09-30", "published:[* TO 2026-09-30]"),
        ("author: *", "_exists_:author"),
        ("people: Siti*", "people:Siti*"),
    ],
)
def test_how_it_is_written(query: str, expected: str) -> None:
    assert write(parse(query, "kql"), query) == expected
