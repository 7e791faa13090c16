"""The notifier, killed at random statements of its store, loses and changes no message."""

import random
from pathlib import Path

from tests.faults.notifier_kills import KilledRun, compare, run_killed, undisturbed

KILLS = 3
"""A handful here; `make faults-notifier` kills fifty times."""


def test_a_killed_notifier_sends_what_an_undisturbed_one_sends(tmp_path: Path) -> None:
    for name in ("reference", "killed"):
        (tmp_path / name).mkdir()
    reference = undisturbed(tmp_path / "reference")
    assert all(reference.values()), "a rule that sends nothing shows nothing"
    result = run_killed(tmp_path / "killed", reference, random.Random(17), KILLS)
    assert result.wrong == []
    assert result.kills == KILLS


def test_the_comparison_finds_what_is_lost_doubled_or_changed() -> None:
    first, second, third = ({"delivery_id": one, "text": one} for one in ("a", "b", "c"))
    result = KilledRun()
    compare(result, {"x": [first, first, {**second, "delivery_id": "d"}, {**third, "text": "z"}]},
            {"x": [first, second, third, second]})  # fmt: skip
    assert result.repeats == 1
    assert [one.split(" {")[0] for one in result.wrong] == [
        "x: lost", "x: lost", "x: came beyond what was due",
    ]  # fmt: skip
