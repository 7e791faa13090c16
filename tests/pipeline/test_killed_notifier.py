"""The notifier, killed at random statements of its store, loses and changes no message."""

import json
import random
from pathlib import Path

from pantau.adapters.memory.store import MemoryStore
from pantau.stream.envelope import record_for
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.rules import Collected, Rules
from pantau_schemas.topics import MESSAGES
from tests.faults.notifier_kills import KilledRun, compare, run_killed, undisturbed
from tests.faults.service_kills import KillScene
from tests.fleet import Member
from tests.support import START, FixedClock

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


def test_the_service_is_asked_for_every_alert_once(tmp_path: Path) -> None:
    """The check of `make faults-notifier-service`, on files as a service would leave them."""
    store = MemoryStore(FixedClock())
    rules = {"plain": Rules(), "collected": Rules(timing=Collected())}
    scene = KillScene(store, Member("notifier", 0, tmp_path, {}), tmp_path, rules)
    scene.given = {"plain": ["a", "b"], "collected": ["c", "d"]}
    assert scene.missing() == ["a", "b", "c", "d"]
    message = AlertMessage(
        message_id="m", subscription_id="collected", occasion="collected", alert_ids=("c", "d"),
        since=START, due=START, created=START,
    )  # fmt: skip
    store.log.append([record_for(message, MESSAGES, source="test", time=START)])

    def write(name: str, *lines: dict[str, str]) -> None:
        text = "\n".join(json.dumps(one) for one in lines)
        (tmp_path / f"{name}.jsonl").write_text(f"{text}\n{{", encoding="utf-8")  # one is broken

    first, second = ({"delivery_id": one, "alert_id": one} for one in ("a", "b"))
    both = {"delivery_id": "x", "message_id": "m"}
    write("plain", first, second, first)
    write("collected", both)
    assert (scene.missing(), scene.wrong()) == ([], [])
    assert (scene.messages, scene.repeats) == (3, 1)
    write("plain", first, {**first, "text": "other"}, {**first, "delivery_id": "c"}, second,
          {"delivery_id": "z", "alert_id": "z"})  # fmt: skip
    assert sorted(scene.wrong()) == [
        "plain: a changed", "plain: a in 2 messages", "plain: z was not due",
    ]  # fmt: skip
