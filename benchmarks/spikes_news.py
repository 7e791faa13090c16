"""Hourly counts of queries in a news sample, with bursts added, for `spikes.py`.

The part of the sample that has times and lasts for weeks is one agency's of 1987: six weeks with a
few days missing. The last three are scored. No one knows which of its hours are spikes, so every
alarm counts as false; bursts are added one at a time to hours drawn at random.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.spikes_series import BURST_HOURS, WARM_UP, Counts, burst

SOURCE: Final = "Reuters-21578"
FROM: Final = datetime(1987, 3, 1, tzinfo=UTC)
WEEKS: Final = 6
QUERIES: Final[Mapping[str, str]] = {
    "everything": r"",
    "bank": r"\bbanks?\b",
    "shares": r"\bshares?\b",
    "japan": r"\bjapan(?:ese)?\b",
    "dollar": r"\bdollars?\b",
    "trade": r"\btrad(?:e|ing)\b",
    "oil": r"\boil\b",
    "merger": r"\b(?:merger|acqui(?:re|red|sition))\b",
    "grain": r"\b(?:grain|wheat|corn)s?\b",
    "interest rates": r"\binterest rates?\b",
    "Washington": r"\bwashington\b",
    "gold": r"\bgold\b",
}


def news_series(shared: Path) -> dict[str, Counts]:
    """Return counts an hour of each query; a row of the file is an article with its time."""
    series = {name: np.zeros(WEEKS * 168, dtype=np.int64) for name in QUERIES}
    patterns = {name: re.compile(each, re.IGNORECASE) for name, each in QUERIES.items()}
    with (shared / "news" / "sample.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row["source"] != SOURCE or not row.get("published"):
                continue
            moment = datetime.fromisoformat(row["published"])
            hour = int((moment - FROM).total_seconds() // 3_600)
            if 0 <= hour < WEEKS * 168:
                text = f"{row['title']} {row['text']}"
                for name, pattern in patterns.items():
                    series[name][hour] += pattern.search(text) is not None
    return series


def with_bursts(
    chance: np.random.Generator, counts: Counts, number: int
) -> Iterator[tuple[int, Counts]]:
    """Yield copies of a series with one burst each, and the hour at which it begins.

    The usual count of an hour is the mean of that hour of the week and its neighbours.
    """
    week = counts.reshape(-1, 168).mean(axis=0)
    usual = (np.roll(week, 1) + week + np.roll(week, -1)) / 3
    for start in chance.integers(WARM_UP, len(counts) - BURST_HOURS, number).tolist():
        hours = np.arange(start, start + BURST_HOURS)
        changed = counts.copy()
        changed[hours] += burst(chance, usual[hours % 168])
        yield start, changed
