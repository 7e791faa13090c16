"""The sizing page has the figures that its arithmetic gives."""

import pytest

from scripts.sizing import CASES, COPIED, SENT, Load, kafka_bytes, match_ms, processors, tables
from tests.docs.pages import DOCS

PAGE = (DOCS / "how-to" / "sizing.md").read_text(encoding="utf-8")


def test_both_tables_are_on_the_page_as_they_are_computed() -> None:
    assert "\n".join(tables()) in PAGE, "put what `python -m scripts.sizing` prints there"


@pytest.mark.parametrize("topic", SENT)
def test_the_bytes_of_a_record_are_those_of_the_page(topic: str) -> None:
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{topic}` |")]
    *_, plain, copied, sent = [cell.strip().replace(",", "") for cell in row.strip("|").split("|")]
    assert int(sent) == SENT[topic]
    assert copied == str(COPIED.get(topic, "none"))
    assert COPIED.get(topic, 0) < int(plain), "copies are packed"


def test_the_loads_that_people_ask_for_are_there() -> None:
    asked = {(one.articles, one.subscriptions) for one in CASES}
    assert {(1_000_000, 100_000), (10_000_000, 1_000_000)} <= asked


def test_costs_grow_with_the_load() -> None:
    small, large = Load(1_000_000, 100_000, 10, 30), Load(2_000_000, 100_000, 10, 60)
    needed = zip(processors(small).values(), processors(large).values(), strict=True)
    for one, other in needed:
        assert other == pytest.approx(2 * one)
    kept = kafka_bytes(large)["alerts and deliveries"]
    assert kept == pytest.approx(4 * kafka_bytes(small)["alerts and deliveries"])


def test_matching_is_taken_from_what_was_measured_or_above() -> None:
    assert match_ms(1) == match_ms(1_000) == 0.28
    assert match_ms(1_001) == match_ms(10_000) == 0.65
    assert match_ms(1_000_000) == pytest.approx(10 * match_ms(100_000))
