"""Where a pasted query is from, and what it is in the language `pantau`."""

import pytest

from pantau.errors import UsageError
from pantau.query import parse
from pantau.query.diagnosis.recognition import recognise, understand


@pytest.mark.parametrize(
    ("text", "origin", "query"),
    [
        ("banjir AND (Demak OR Kudus)", "lucene", "banjir AND (Demak OR Kudus)"),
        ("+banjir -latihan", "lucene", "+banjir -latihan"),
        ("published:[2026-09-01 TO *]", "lucene", "published:[2026-09-01 TO *]"),
        ("title: banjir and not lang: en", "kql", "title:banjir AND (NOT lang:en)"),
        ("published >= 2026-09-01 and Demak", "kql", "published:[2026-09-01 TO *] AND Demak"),
        ("title: (banjir or rob)", "kql", "title:banjir OR title:rob"),
        ("banjir NEAR/5 Demak", "pantau", "banjir NEAR/5 Demak"),
        ("“banjir rob” w/5 Demak", "vendor", '"banjir rob" NEAR/5 Demak'),
        ("atleast2 banjir and Demak", "vendor", "ATLEAST/2 banjir AND Demak"),
        (
            "intitle:banjir site:www.kabar.example",
            "vendor",
            "title:banjir AND source:kabar.example",
        ),
        ("banjir dan Demak", "lucene", "banjir AND Demak"),
    ],
)
def test_what_is_pasted(text: str, origin: str, query: str) -> None:
    assert recognise(text) == origin
    found = understand(text)
    assert (found.origin, found.query) == (origin, query)
    assert found.is_changed == (text != query)
    parse(found.query, "pantau")


def test_what_cannot_be_understood_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be understood"):
        understand("published:kapan")
