"""The messages that each setting sends of the same alerts, as tables.

    python -m tests.pipeline.shown

The real notifier and the real dispatcher run by a virtual clock; only the channel's driver records
instead of sending. `docs/how-to/when-alerts-come.md` holds both tables, and a test compares them.
"""

import asyncio
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from pantau.adapters.memory.store import MemoryStore
from pantau.bootstrap import build_workers
from pantau.ports import AnyMessage, Message, ReportMessage, RuleMessage
from pantau.runtimes.embedded.worker import run_until_idle
from pantau.settings import Settings
from pantau.stream.envelope import record_for
from pantau.usecases.rules.given import GivenRules, apply_rules
from pantau_schemas.events.alert import Alert, ArticleSummary
from pantau_schemas.events.rules import NO_RULES
from pantau_schemas.events.subscription import EmailChannel, Subscription
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ALERTS, SUBSCRIPTIONS
from tests.support import FixedClock, subscription
from tests.unit.notifier.support import Board, Pace, dispatching

BEGIN: Final = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
COPIES: Final = 50
STORY_MINUTES: Final = 120.0
FLOOD: Final = 2_000
STEP: Final = timedelta(minutes=1)

STORY_SETTINGS: Final[dict[str, GivenRules]] = {
    "none (each alert at once)": GivenRules(),
    "`--collect 30s`": GivenRules(collect="30s"),
    "`--collect 10m`": GivenRules(collect="10m"),
    "`--every 1h`": GivenRules(every="1h"),
    "`--digest hourly`": GivenRules(digest="hourly"),
    "`--digest daily@07:00`": GivenRules(digest="daily@07:00"),
    "`--articles first`": GivenRules(articles="first"),
    "`--articles growth`": GivenRules(articles="growth"),
    "`--articles growth --every 1h`": GivenRules(articles="growth", every="1h"),
    "`--articles first --min-sources 3`": GivenRules(articles="first", sources=3),
    "`--when '10 in 1h'`": GivenRules(when="10 in 1h"),
    "`--when '5 in 1h' --articles first`": GivenRules(when="5 in 1h", articles="first"),
    "`--quiet 08:00-12:00`": GivenRules(quiet="08:00-12:00"),
    "`--quiet '08:00-12:00 except 5 sources' --articles growth`": GivenRules(
        quiet="08:00-12:00 except 5 sources", articles="growth"
    ),
}
FLOOD_SETTINGS: Final[dict[str, GivenRules]] = {
    "none (each alert at once)": GivenRules(),
    "`--collect 30s`": GivenRules(collect="30s"),
    "`--every 1h`": GivenRules(every="1h"),
    "`--digest hourly`": GivenRules(digest="hourly"),
    "`--articles first`": GivenRules(articles="first"),
    "`--when '100 in 1h'`": GivenRules(when="100 in 1h"),
}


@dataclass
class Inbox:
    """A driver of e-mail that records what arrives, by recipient, and when."""

    clock: FixedClock
    came: dict[str, list[tuple[datetime, AnyMessage]]] = field(default_factory=dict)

    async def send(self, message: AnyMessage) -> None:
        self.came.setdefault(message.channel.target, []).append((self.clock.now(), message))

    async def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Arrived:
    """The messages of one setting: seconds after the first alert, and alerts in each message."""

    seconds: tuple[float, ...]
    alerts: tuple[int, ...]

    @classmethod
    def of(cls, came: Iterable[tuple[datetime, AnyMessage]]) -> "Arrived":
        """Return what was recorded."""
        found = list(came)
        return cls(
            tuple((at - BEGIN).total_seconds() for at, _ in found),
            tuple(alerts_in(message) for _, message in found),
        )


def alerts_in(message: AnyMessage) -> int:
    """Return how many alerts a message is about."""
    if isinstance(message, Message):
        return 1
    if isinstance(message, ReportMessage):
        return 0  # of articles
    return message.content.count if isinstance(message, RuleMessage) else message.summary.count


def story_alerts(of: str) -> list[Alert]:
    """Return the alerts of one agency story: 50 sources copy it, most of them soon."""
    found = []
    for number in range(COPIES):
        minutes = STORY_MINUTES * (number / (COPIES - 1)) ** 2
        sources = tuple(f"koran{one}.example" for one in range(number))
        story = {
            "articles": number + 1,
            "other_sources": sources[:10],
            "more_sources": max(0, number - 10),
        }
        found.append(_alert(of, number, BEGIN + timedelta(minutes=minutes), "s1", story))
    return found


def flood_alerts(of: str) -> list[Alert]:
    """Return 2,000 alerts within a minute, of as many stories from 50 feeds."""
    return [
        _alert(of, number, BEGIN + timedelta(seconds=60 * number // FLOOD), f"s{number}", None)
        for number in range(FLOOD)
    ]


def _alert(of: str, number: int, at: datetime, story_id: str, story: Any) -> Alert:
    article = {
        "article_id": digest_id(f"{number}"),
        "revision": 1,
        "title": f"Gempa Magnitudo 6,1 guncang Bantul, berita {number}",
        "url": f"https://koran{number % 50}.example/{number}",
        "source": f"koran{number % 50}.example",
        "feed_id": f"feed{number % 50}",
        "lang": "id",
        "first_seen": at,
        "story_id": story_id,
        "story": story,
    }
    return Alert(
        schema_version=3,
        alert_id=digest_id(of, f"{number}"),
        subscription_id=of,
        subscription_name="Gempa",
        query="gempa",
        article=ArticleSummary.model_validate(article),
        matched_at=at,
    )


def asked(settings: dict[str, GivenRules]) -> list[Subscription]:
    """Return a subscription for each setting, with a mailbox of its own."""
    return [
        subscription(
            f"n{number}",
            "gempa",
            created=BEGIN - timedelta(days=1),
            channels=(EmailChannel(to=f"n{number}@example.org"),),
            rules=apply_rules(given, NO_RULES, UTC, BEGIN),
        )
        for number, given in enumerate(settings.values())
    ]


async def play(
    folder: Path, subscriptions: Sequence[Subscription], alerts: list[Alert]
) -> list[Arrived]:
    """Send alerts through notifier and dispatcher for a day; return what arrived."""
    clock = FixedClock(BEGIN)
    store = MemoryStore(clock)
    workers = build_workers(store, clock, Settings(data=folder), only=("notifier",))
    store.log.append(
        record_for(one, SUBSCRIPTIONS, source="test", time=BEGIN) for one in subscriptions
    )
    inbox = Inbox(clock)
    moments = [one.matched_at for one in alerts]
    moments += [BEGIN + STEP * one for one in range(1, 150)]
    moments += [BEGIN + STEP * 150 + timedelta(minutes=15) * one for one in range(85)]
    due = sorted(alerts, key=lambda one: one.matched_at)
    async with dispatching(Board(store, clock), {"email": inbox}) as dispatcher:
        pace, given = Pace(dispatcher), 0
        for moment in sorted(set(moments)):
            clock.moment = moment
            first = given
            while given < len(due) and due[given].matched_at <= moment:
                given += 1
            store.log.append(
                record_for(one, ALERTS, source="test", time=moment) for one in due[first:given]
            )
            run_until_idle(workers)
            await pace.settle()
    for one in workers:
        one.close()
    store.close()
    return [Arrived.of(inbox.came.get(one.channels[0].target, ())) for one in subscriptions]


def story_result(folder: Path) -> dict[str, Arrived]:
    """Return what arrives of the agency story, by setting."""
    to = asked(STORY_SETTINGS)
    alerts = [one for each in to for one in story_alerts(each.subscription_id)]
    return dict(zip(STORY_SETTINGS, asyncio.run(play(folder, to, alerts)), strict=True))


def flood_result(
    folder: Path, settings: Iterable[str] = tuple(FLOOD_SETTINGS)
) -> dict[str, Arrived]:
    """Return what arrives of the flood, by setting; each setting is played alone."""
    found = {}
    for name in settings:
        to = asked({name: FLOOD_SETTINGS[name]})
        (found[name],) = asyncio.run(play(folder, to, flood_alerts(to[0].subscription_id)))
    return found


def table(result: dict[str, Arrived]) -> list[str]:
    """Return a table in Markdown."""
    lines = ["| setting | messages | minutes after the first alert | alerts in each |"]
    lines.append("|---|---|---|---|")
    for name, one in result.items():
        minutes = [f"{seconds / 60:.1f}".removesuffix(".0") for seconds in one.seconds]
        alerts = [f"{count}" for count in one.alerts]
        lines.append(f"| {name} | {len(minutes)} | {_brief(minutes)} | {_brief(alerts)} |")
    return lines


def _brief(values: list[str]) -> str:
    if len(values) <= 8:
        return ", ".join(values)
    return f"{', '.join(values[:4])}, …, {', '.join(values[-2:])}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        for shown in (story_result(Path(made)), flood_result(Path(made))):
            print("\n".join(table(shown)) + "\n")  # noqa: T201 (the result of this program)
