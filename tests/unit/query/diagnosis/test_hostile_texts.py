"""Texts that repeat what diagnoses look for, up to what a query may have of it."""

import time

import pytest

from pantau.query.diagnosis.engine import diagnose
from pantau_schemas.events.subscription import QueryLanguage
from tests.growth.measure import unit

QUICK = 10.0  # seconds of processor time; each takes below one here, the rest is for slow machines
SIZE = 8_000


@pytest.mark.parametrize(
    "piece",
    ["NEAR(", "NEAR((a,b),5) ", "((a b)~5 ", "()~5", "caps(", "ATLEAST(3,(", 'near5:"', "\\u0041",
     "\\n AND", "â€œ", "=E2=80=9C", "anak2 ", "a not w/5 b ", "a <near/5> b ", "q=a&",
     "published:2026-Q3 TO ", "published:[1 September - ", "September - ", "published:1/2/2026 ",
     "date from ", "published:kuartal III ", "published:[NOW/DAY"],
)  # fmt: skip
def test_a_text_of_many_pieces_is_diagnosed_quickly(piece: str) -> None:
    languages: tuple[QueryLanguage, ...] = ("lucene", "pantau")
    for language in languages:
        started = time.thread_time()
        diagnose(piece * (SIZE // len(piece)), language)
        assert time.thread_time() - started < QUICK * unit()


@pytest.mark.parametrize("piece", ["a or -b ", "(a or -b ", "a or b -c) ", "published:2026-Q3 TO "])
def test_kql_of_many_pieces_is_diagnosed_quickly(piece: str) -> None:
    started = time.thread_time()
    diagnose(piece * (SIZE // len(piece)), "kql")
    assert time.thread_time() - started < QUICK * unit()
