"""Texts that repeat what diagnoses look for, up to what a query may have of it."""

import time
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from pantau.query.diagnosis.checks import characters, slashes
from pantau.query.diagnosis.diagnosis import Finding
from pantau.query.diagnosis.engine import diagnose, whole_repair
from pantau_schemas.events.subscription import QueryLanguage
from tests.cost import quickest
from tests.growth.measure import unit

QUICK = 10.0  # seconds of processor time; each takes below one here, the rest is for slow machines
SIZE = 8_000


@pytest.mark.parametrize(
    "piece",
    ["NEAR(", "NEAR((a,b),5) ", "((a b)~5 ", "()~5", "caps(", "ATLEAST(3,(", 'near5:"', "\\u0041",
     "\\n AND", "â€œ", "=E2=80=9C", "anak2 ", "a not w/5 b ", "a <near/5> b ", "q=a&",
     "published:2026-Q3 TO ", "published:[1 September - ", "September - ", "published:1/2/2026 ",
     "date from ", "published:kuartal III ", "published:[NOW/DAY", "w/o ", "\u041eR ", "[a AND ",
     "a\u200b", "A\u200bND", "-source:a.example/b "],
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


@pytest.mark.parametrize("inside", ["a", "a OR b"])
def test_nested_groups_are_diagnosed_quickly(inside: str) -> None:
    levels = SIZE // 2
    started = time.thread_time()
    diagnose("(" * levels + inside + ")~5" * levels, "pantau")
    assert time.thread_time() - started < QUICK * unit()


def test_characters_that_cannot_be_seen_are_looked_through_once() -> None:
    started = time.thread_time()
    diagnose("a" + "\u200b" * 19_000 + "b", "lucene")
    assert time.thread_time() - started < 0.3 * unit()


@pytest.mark.parametrize("check", [characters.spaces, slashes.slashes])
def test_a_range_without_an_end_is_looked_through_once(
    check: Callable[[str, str], Iterator[Finding]],
) -> None:
    text = "[" + " TO a" * 12_000
    assert quickest(lambda: list(check(text, "lucene")), 0.1) < 0.1


@pytest.mark.parametrize("sign", ["`", "``"])
def test_code_that_does_not_end_is_diagnosed_quickly(sign: str) -> None:
    number = count()  # another text each time
    assert quickest(lambda: diagnose(f"{sign}{'a' * 19_000}{next(number)}", "lucene"), 0.3) < 0.3


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("published:\u017fep 2026", "published:[2026-09-01 TO 2026-09-30]"),
        ("published:triwulan \u0131\u0131 2026", "published:[2026-04-01 TO 2026-06-30]"),
        ("published:\u017fep - okt 2026", "published:[2026-09-01 TO 2026-10-31]"),
        ("banjir \u017fERTA solo", "banjir AND \u017fERTA AND solo"),
    ],
)
def test_letters_that_are_alike_without_regard_to_case_are_read(written: str, meant: str) -> None:
    assert whole_repair(written, "lucene") == (meant, "lucene")
