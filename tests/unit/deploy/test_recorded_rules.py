"""Recorded metrics of the long proof raise the rules that their trouble calls for."""

import shutil
from pathlib import Path

import pytest

from tests.faults.recording import LEAD, Recording, Span, Values, fired, spans_of

PROMTOOL = shutil.which("promtool")
SERVICES = ("poller", "extractor", "enricher", "alerter", "indexer", "notifier")
Seen = dict[tuple[int, str], Values | None]


def ready(value: float) -> Values:
    return {("pantau_ready", (("part", "kafka"),)): value}


def recorded(trouble: Seen, seconds: int = 30) -> Recording:
    """Return a recording of services that are well, except for what `trouble` says."""
    found = Recording()
    for second in range(seconds):
        for service in SERVICES:
            found.note(second, service, f"{service}-0", trouble.get((second, service), ready(1.0)))
    return found


def test_the_series_have_a_sample_for_each_second_and_a_mark_where_they_end() -> None:
    recording = Recording()
    recording.note(0, "poller", "poller-1", ready(1.0))
    recording.note(2, "poller", "poller-1", None)
    recording.note(3, "poller", "poller-1", ready(0.0))
    own = 'job="pantau",service="poller",instance="poller-1"'
    assert recording.series() == [
        {"series": f"up{{{own}}}", "values": "1 " * LEAD + "1 _ 0 1"},
        {
            "series": f'pantau_ready{{part="kafka",{own}}}',
            "values": "1.0 " * LEAD + "1.0 _ stale 0.0",
        },
    ]


def test_a_trouble_lasts_until_the_next_but_for_some_seconds_at_least() -> None:
    marks = [("kill-enricher", 3), ("kafka-frozen", 5), ("kill-notifier", 40)]
    assert spans_of(marks, 44) == [
        Span("kill-enricher", 3, 13),
        Span("kafka-frozen", 5, 40),
        Span("kill-notifier", 40, 44),
    ]


LOST = ("pantau_records_lost_total", (("stage", "enricher"),))
TROUBLES: list[tuple[Seen, str]] = [
    ({(second, "indexer"): ready(0.0) for second in range(12, 20)}, "PantauNotReady"),
    ({(second, "alerter"): None for second in range(12, 17)}, "PantauServiceDown"),
    (
        {(second, "enricher"): {**ready(1.0), LOST: 5.0 * (second > 14)} for second in range(30)},
        "PantauRecordsLost",
    ),
    ({(second, "enricher"): {LOST: 5.0} for second in range(14, 30)}, "PantauRecordsLost"),
]


@pytest.mark.skipif(PROMTOOL is None, reason="promtool of Debian's package prometheus evaluates")
@pytest.mark.parametrize(("trouble", "rule"), TROUBLES)
def test_the_rule_of_a_trouble_fires_in_its_span_alone(
    trouble: Seen, rule: str, tmp_path: Path
) -> None:
    spans = [Span("before", 2, 11), Span("trouble", 11, 25)]
    before, during = fired(recorded(trouble), spans, tmp_path)
    assert before == set()
    assert rule in during


@pytest.mark.skipif(PROMTOOL is None, reason="promtool of Debian's package prometheus evaluates")
def test_what_was_lost_before_the_recording_raises_nothing(tmp_path: Path) -> None:
    lost = recorded({(second, "enricher"): {LOST: 5.0} for second in range(30)})
    assert fired(lost, [Span("all", 0, 29)], tmp_path) == [set()]


@pytest.mark.skipif(PROMTOOL is None, reason="promtool of Debian's package prometheus evaluates")
def test_what_promtool_cannot_read_is_an_error(tmp_path: Path) -> None:
    odd = recorded({(3, "poller"): {("no name at all", ()): 1.0}})
    with pytest.raises(RuntimeError, match="promtool could not evaluate"):
        fired(odd, [Span("all", 0, 9)], tmp_path)
