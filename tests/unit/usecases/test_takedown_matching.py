"""Names of alerts and articles are found in any record, whatever stands beside them."""

import json

import pytest

from pantau.ports import Received, Record
from pantau.usecases.takedown.findings import Findings, Piece
from pantau.usecases.takedown.matching import concerns
from pantau_schemas.topics import FEED_MEMORY, RULE_STATE

GONE = "q2w3e4r5t6"


@pytest.mark.parametrize(
    "fields",
    [
        {"alert_ids": [GONE]},
        {"recent": "", "alert_ids": [GONE]},  # an empty string before it
        {"recent": "", "more": "", "alert_ids": [GONE]},
        {"why": {"title": "Banjir di Demak"}, "alert_ids": [GONE]},  # one with spaces
        {"why": {"title": 'kata "kutip" dan \\'}, "alert_ids": [GONE]},  # one with escapes
        {"why": {"title": "é"}, "alert_ids": ["", GONE, ""]},
        {"long": "x" * 5_000, "alert_ids": ["one", GONE]},
        {"window": [[1, "s", GONE]]},
        {"a": "", "b": "c d", "e": '"', "held": [{"alert_ids": ["x", GONE]}]},
        {GONE: ""},
    ],
)
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
def test_it_is_found(fields: dict[str, object], separators: tuple[str, str]) -> None:
    value = json.dumps(fields, separators=separators).encode()
    found = Findings(alerts={GONE})
    found.articles[GONE] = Piece()
    for topic in (RULE_STATE, FEED_MEMORY):
        assert concerns(Received(Record(topic.name, "key", value), 0), found)
        other = value.replace(GONE.encode(), b"another")
        assert not concerns(Received(Record(topic.name, "key", other), 0), found)
