"""Kill the notifier's service with SIGKILL at random moments, over a real Kafka.

    python -m tests.faults.service_kills [--kills 50] [--seed 1]   (`make faults-notifier-service`)

Runs unattended, for about eight minutes on a quiet machine. The last line begins with PASSED or
FAILED, and the exit code is 0 or 1.

Alerts come in waves, by the clock of the machine. The service is killed while it starts, decides,
sends and waits. In the end every alert must have arrived by the rules of its subscription: none
missing, none in two messages, and whatever was written twice has the same id and says the same.
`notifier_kills` is the same for embedded use, with a virtual clock and a kill at every statement.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pantau.bootstrap import open_store
from pantau.common.time.clock import SystemClock
from pantau.ports import Store
from pantau.settings import ElasticSettings, KafkaSettings, Settings
from pantau.stream.envelope import record_for
from pantau_schemas.codec import decode
from pantau_schemas.events.alert import Alert, ArticleSummary
from pantau_schemas.events.message import AlertMessage
from pantau_schemas.events.rules import (
    Collected,
    Digest,
    QuietHours,
    Rules,
    Threshold,
    Throttled,
)
from pantau_schemas.events.subscription import FileChannel, Subscription
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ALERTS, MESSAGES, RULE_STATE, SUBSCRIPTIONS
from tests.e2e.program import command
from tests.faults.notifier_kills import lines_of
from tests.fleet import Member, settings_of, wait_for
from tests.servers import Pair, running_pair
from tests.support import subscription

WAVE: Final = 3
"""Alerts of each subscription that come before each start of the service."""
COUNTED: Final = 5
"""A message of the rule `count` needs so many alerts; fewer wait."""
LIMIT_SECONDS: Final = 600.0


def rules_from(now: datetime, digest: datetime) -> Mapping[str, Rules]:
    """Return one kind of rules for each subscription; quiet hours end a few minutes from now."""
    begin, end = (now + timedelta(minutes=one) for one in (-2, 4))
    return {
        "plain": Rules(),
        "collected": Rules(timing=Collected(seconds=2)),
        "throttled": Rules(timing=Throttled(every_seconds=60, collect_seconds=1)),
        "digest": Rules(timing=Digest(every="hour", at=f"00:{digest:%M}")),
        "first": Rules(articles="first"),
        "count": Rules(trigger=Threshold(number=COUNTED, seconds=3_600)),
        "quiet": Rules(quiet=QuietHours(begin=f"{begin:%H:%M}", end=f"{end:%H:%M}")),
    }


@dataclass
class KillScene:
    """A store on real servers, the notifier's service, and what came so far."""

    store: Store
    member: Member
    folder: Path
    rules: Mapping[str, Rules]
    given: dict[str, list[str]] = field(default_factory=dict)  # ids of alerts by subscription
    waves: int = 0
    kills: int = 0
    wrong_at_end: list[str] = field(default_factory=list)
    sent: tuple[int, int] = (0, 0)  # messages, repeated lines

    def subscribe(self) -> None:
        """Write the subscriptions; each has a file of its own."""
        made = [self._subscription(*one) for one in self.rules.items()]
        self.store.log.append(
            [record_for(one, SUBSCRIPTIONS, source="test", time=one.created) for one in made]
        )

    def _subscription(self, name: str, rules: Rules) -> Subscription:
        channel = FileChannel(path=str(self.folder / f"{name}.jsonl"))
        one = subscription(name, "banjir", channels=(channel,), rules=rules)
        return one.model_copy(update={"created": SystemClock().now()})

    def alert(self) -> None:
        """Write a wave of alerts; each story is in two waves."""
        now = SystemClock().now()
        for name in self.rules:
            made = [self._alert(name, f"{self.waves}-{number}", now) for number in range(WAVE)]
            self.given.setdefault(name, []).extend(one.alert_id for one in made)
            self.store.log.append(
                [record_for(one, ALERTS, source="test", time=now) for one in made]
            )
        self.waves += 1

    def _alert(self, name: str, about: str, now: datetime) -> Alert:
        article: dict[str, Any] = {
            "article_id": digest_id(about),
            "revision": 1,
            "title": f"Berita {about}",
            "source": f"kabar{self.waves}.example",
            "first_seen": now,
            "story_id": f"story-{self.waves // 2}-{about.rpartition('-')[2]}",
        }
        return Alert(
            schema_version=3,
            alert_id=digest_id(name, about),
            subscription_id=name,
            subscription_name=name.title(),
            query="banjir",
            article=ArticleSummary.model_validate(article),
            matched_at=now,
        )

    def kill_within(self, chance: random.Random) -> None:
        """Run the service and kill it: one time in five while it starts, else at its work."""
        self.alert()
        self.member.start()
        if chance.random() < 0.2:
            time.sleep(chance.uniform(0.0, 3.0))
        else:
            wait_for(lambda: self.member.at_work, seconds=LIMIT_SECONDS, every=0.02)
            time.sleep(chance.uniform(0.0, 3.0))
        self.member.kill()
        self.kills += 1

    def finish(self) -> None:
        """Run the service until nothing is missing any more, or the time is over."""
        self.member.start()
        wait_for(
            lambda: not self.missing(),
            seconds=LIMIT_SECONDS,
            progress=lambda: f"{self.missing()[:5]} {''.join([*self.member.log][-20:])}",
        )
        self.member.ask_to_end()
        self.member.wait()

    def arrived(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return the alerts that came to a subscription's file, by the ids of deliveries."""
        found = {}
        for line in lines_of(self.folder / f"{name}.jsonl"):
            found[line["delivery_id"]] = self._alerts_in(line)
        return found

    def _alerts_in(self, line: dict[str, Any]) -> tuple[str, ...]:
        if "message_id" not in line:
            return (line["alert_id"],)
        value = self.store.log.table(MESSAGES.name).get(line["message_id"])
        return () if value is None else decode(AlertMessage, value).alert_ids

    def due(self, name: str) -> set[str]:
        """Return the alerts that must arrive by the rules of a subscription."""
        if name == "first":
            waves = range(0, self.waves, 2)
            return {digest_id(name, f"{wave}-{one}") for wave in waves for one in range(WAVE)}
        return set(self.given.get(name, ()))

    def missing(self) -> list[str]:
        """Return the alerts that neither arrived nor wait: for more of them, or the next digest.

        Before its first digest all of that subscription's are missing.
        """
        found = []
        for name in self.rules:
            arrived = self.arrived(name)
            came = {one for alerts in arrived.values() for one in alerts}
            left = self.due(name) - came
            if name == "digest" and arrived:
                state = self.store.log.table(RULE_STATE.name).get(name) or b""
                left = {one for one in left if one.encode() not in state}
            found += [] if name == "count" and len(left) < COUNTED else sorted(left)
        return found

    def wrong(self) -> list[str]:
        """Return what came that should not have, came in two messages, or changed."""
        found = []
        for name in self.rules:
            arrived = self.arrived(name)
            counted = Counter(one for alerts in arrived.values() for one in alerts)
            found += [f"{name}: {one} in {n} messages" for one, n in counted.items() if n > 1]
            beyond = counted.keys() - self.due(name)
            found += [f"{name}: {one} was not due" for one in beyond]
            texts: dict[str, set[str]] = {}
            for line in lines_of(self.folder / f"{name}.jsonl"):
                texts.setdefault(line["delivery_id"], set()).add(json.dumps(line))
            found += [f"{name}: {one} changed" for one, said in texts.items() if len(said) > 1]
        return found

    @property
    def messages(self) -> int:
        """Number of messages that came, repeats not counted."""
        return sum(len(self.arrived(name)) for name in self.rules)

    @property
    def repeats(self) -> int:
        """Number of lines that came again under their former ids."""
        lines = sum(len(lines_of(self.folder / f"{name}.jsonl")) for name in self.rules)
        return lines - self.messages


def run_killed(pair: Pair, folder: Path, chance: random.Random, kills: int) -> KillScene:
    """Run the service with so many kills, then to the end. Raises AssertionError if it hangs."""
    prefix = f"kills{chance.randrange(10**6)}-"
    environment = settings_of(
        pair.kafka,
        pair.elasticsearch,
        PANTAU_KAFKA__PREFIX=prefix,
        PANTAU_ELASTICSEARCH__PREFIX=prefix,
        PANTAU_KAFKA__PARTITIONS="4",
    )
    command(folder / "test", "setup", settings=environment)
    settings = Settings(
        data=folder / "test",
        kafka=KafkaSettings(servers=(pair.kafka,), prefix=prefix, partitions=4),
        elasticsearch=ElasticSettings(url=pair.elasticsearch, prefix=prefix),
    )
    store = open_store(settings)
    member = Member("notifier", 0, folder / "notifier", environment)
    files = folder / "files"
    files.mkdir()
    now = SystemClock().now()
    digest = (now + timedelta(minutes=2 + kills / 12)).replace(second=0, microsecond=0)
    scene = KillScene(store, member, files, rules_from(now, digest))
    try:
        scene.subscribe()
        began = time.monotonic()
        for number in range(1, kills + 1):
            scene.kill_within(chance)
            _report(f"kill {number} of {kills}, {time.monotonic() - began:.0f} s")
        _report("the service runs to the end; the last digest may take minutes")
        scene.finish()
        scene.wrong_at_end = scene.wrong()
        scene.sent = scene.messages, scene.repeats
    finally:
        member.kill()
        store.close()
    return scene


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as temporary, running_pair() as pair:
            chance = random.Random(arguments.seed)
            scene = run_killed(pair, Path(temporary), chance, arguments.kills)
    except AssertionError as error:  # what is still missing when the time is over
        print(f"FAILED after {time.monotonic() - began:.0f} s: {error}")  # noqa: T201 (the result)
        return 1
    print(verdict(scene, time.monotonic() - began))  # noqa: T201 (the result of a long proof)
    return 1 if scene.wrong_at_end else 0


def verdict(scene: KillScene, seconds: float) -> str:
    """Return the result in a line: whether it passed, and the figures."""
    messages, repeats = scene.sent
    alerts = sum(map(len, scene.given.values()))
    result = "FAILED" if scene.wrong_at_end else "PASSED"
    wrong = "".join(f"\n  {one}" for one in scene.wrong_at_end[:20])
    return (
        f"{result}: {scene.kills} kills in {seconds:.0f} s, {alerts} alerts, {messages} messages, "
        f"none missing, {len(scene.wrong_at_end)} wrong, {repeats} lines written again under the "
        f"same id{wrong}"
    )


def _report(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
