"""Disk and memory of every service after many articles, with one and with three instances of each.

    python benchmarks/state_after.py [SHARED_DATA] [--articles 20000] [--subscriptions 10000]
        [--instances 1 3] [--for 200000]   (or PANTAU_SHARED)

SHARED_DATA has `news/sample.jsonl`, as for `benchmarks/pipeline_distributed.py`. One instance of
each service works off the articles over a local Kafka and Elasticsearch, in two halves, after each
of which its copies of tables are measured: the growth between the two, a number of bytes an
article, shows what they would be after `--for` articles. Then all instances are stopped, and so
many of each start with empty data folders, as after the loss of `/data`: their copies, and the time
until all are ready and no group is behind.

The memory of what feeds listed is written as pollers write it, a hundred articles a feed; nothing
is fetched, and subscriptions have no channel: `instance_state.py` measures deliveries. Beyond the
6,000 articles of the sample, their sentences are put in another order.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.instance_state import Measured, is_ready, look_at
from benchmarks.pipeline import load, queries
from benchmarks.pipeline_distributed import STAGES
from pantau.bootstrap import open_store
from pantau.common.portions import portions
from pantau.common.time.clock import SystemClock
from pantau.local import Servers
from pantau.ports import Store
from pantau.settings import ElasticSettings, KafkaSettings, Settings
from pantau.stream.envelope import record_for
from pantau_schemas.base import Event
from pantau_schemas.events.article import Article
from pantau_schemas.events.feed import Feed, FeedMemory, SeenArticle
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ARTICLES, FEED_MEMORY, FEEDS, SUBSCRIPTIONS, Topic
from tests.e2e.program import command
from tests.fleet import SERVICES, Fleet, Groups, Member, settings_of, wait_for

SAMPLE = 6_000
A_FEED = 100
"""Articles of one feed."""
AT_ONCE = 2_000
LIMIT_SECONDS = 3_600.0


@dataclass(frozen=True, slots=True)
class State:
    """The mean of a service's instances: bytes by table, and resident bytes."""

    tables: Mapping[str, float]
    resident: float

    @property
    def disk(self) -> float:
        """Bytes of all copies."""
        return sum(self.tables.values())


def main() -> None:
    """Run and print tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    default = Path(os.environ.get("PANTAU_SHARED", "../shared/data"))
    parser.add_argument("shared", type=Path, nargs="?", default=default)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--subscriptions", type=int, default=10_000)
    parser.add_argument("--instances", type=int, nargs="*", default=[1, 3])
    parser.add_argument("--for", type=int, default=200_000, dest="wanted")
    given = parser.parse_args()
    sample = load(given.shared / "news" / "sample.jsonl", min(given.articles, SAMPLE))
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), [*_articles(sample, given.articles)], given)


def _articles(sample: Sequence[Article], count: int) -> Iterator[Article]:
    for number in range(count):
        turn, place = divmod(number, len(sample))
        one = sample[place]
        sentences = one.text.split(". ")
        at = turn * 3 % max(1, len(sentences))
        text = ". ".join((*sentences[at:], *sentences[:at]))
        title = f"{one.title} ({turn})" if turn else one.title
        yield one.model_copy(
            update={"article_id": digest_id(str(number)), "title": title, "text": text}
        )


def measure(folder: Path, articles: list[Article], given: argparse.Namespace) -> None:
    """Start servers, work off the articles, and measure the instances."""
    servers = Servers(folder / "servers", full_speed=True)
    status = servers.up()
    kafka, elastic = str(status.kafka), str(status.elasticsearch)
    environment = settings_of(kafka, elastic, PANTAU_OBSERVE__PORT="0")
    settings = Settings(
        data=folder / "given",
        kafka=KafkaSettings(servers=(kafka,)),
        elasticsearch=ElasticSettings(url=elastic),
    )
    try:
        command(folder / "cli", "setup", settings=environment)
        with closing(open_store(settings)) as store, closing(Groups(kafka)) as groups:
            subscribe(store, queries(articles[:SAMPLE], given.subscriptions))
            states = grow(folder / "first", environment, store, groups, articles)
            _print_growth(states, len(articles), given.wanted)
            for count in given.instances:
                restore(folder / f"with-{count}", environment, groups, count)
    finally:
        servers.down()


def subscribe(store: Store, texts: Sequence[str]) -> None:
    """Write the subscriptions, older than all articles: what is older alerts nobody."""
    before = SystemClock().now() - timedelta(days=1)
    made = (
        Subscription(subscription_id=f"s{one}", name=f"s{one}", query=text, created=before)
        for one, text in enumerate(texts)
    )
    _write(store, SUBSCRIPTIONS, [*made])


def grow(
    folder: Path,
    environment: dict[str, str],
    store: Store,
    groups: Groups,
    articles: list[Article],
) -> list[dict[str, State]]:
    """Process the articles with one instance of each; return the states after each half."""
    fleet = Fleet(folder, environment, services=SERVICES)
    found, half = [], len(articles) // 2
    fleet.start()
    try:
        for part in (articles[:half], articles[half:]):
            began = time.monotonic()
            target = groups.ends("articles.enriched") + len(part)
            _write(store, ARTICLES, part)
            remember(store, part)
            _settle(fleet, groups, target)
            rate = len(part) / (time.monotonic() - began)
            print(f"{len(part):,} articles worked off, {rate:.0f} a second", flush=True)
            found.append(_states(fleet))
        alerts = groups.ends("alerts")
        print(f"{alerts:,} alerts, {alerts / len(articles):.1f} an article")
    finally:
        fleet.stop()
    return found


def remember(store: Store, articles: list[Article]) -> None:
    """Write the feeds of the articles, and what pollers remember of them."""
    now = SystemClock().now()
    feeds: list[Event] = []
    memories: list[Event] = []
    for portion in portions(articles, A_FEED):
        key = digest_id("feed", portion[0].article_id)
        url = f"https://{key}.example/rss"
        feeds.append(Feed(feed_id=key, url=url, paused=True, added=now))
        seen = (
            SeenArticle(
                article_id=one.article_id,
                revision=1,
                fingerprint=digest_id(one.title),
                first_seen=now,
                last_listed=now,
                guid=f"u{digest_id(one.article_id)[:16]}",
                title=digest_id(one.title)[:16],
                dated=now,
                sample=12 * "0123456789abcdef",
                words=len(one.text.split()),
            )
            for one in portion
        )
        memories.append(FeedMemory(feed_id=key, seen=tuple(seen)))
    _write(store, FEEDS, feeds)
    _write(store, FEED_MEMORY, memories)


def _write(store: Store, topic: Topic, events: Sequence[Event]) -> None:
    now = SystemClock().now()
    for portion in portions(events, AT_ONCE):
        store.log.append([record_for(one, topic, source="benchmark", time=now) for one in portion])


def _settle(
    fleet: Fleet, groups: Groups, target: int = 0, meanwhile: Callable[[], object] = lambda: None
) -> None:
    """Wait until all members are ready and no group is behind."""

    def settled() -> bool:
        if groups.ends("articles.enriched") < target:
            return False
        ready = all(is_ready(one) for one in fleet.members)
        return ready and not any(groups.lag(one, topic) for one, topic in STAGES.items())

    def progress() -> str:
        return "\n".join(one.name + "\n" + "".join([*one.log][-5:]) for one in fleet.members)

    wait_for(settled, seconds=LIMIT_SECONDS, every=1.0, meanwhile=meanwhile, progress=progress)


def restore(folder: Path, environment: dict[str, str], groups: Groups, count: int) -> None:
    """Start so many instances of each service with empty folders, and print what they hold."""
    fleet = Fleet(folder, environment, copies=count, services=SERVICES)
    began = time.monotonic()
    ready: dict[str, float] = {}
    fleet.start()
    try:

        def note() -> None:
            """Record when each instance was ready for the first time."""
            for one in fleet.members:
                if one.name not in ready and is_ready(one):
                    ready[one.name] = time.monotonic() - began

        _settle(fleet, groups, meanwhile=note)
        note()
        took = time.monotonic() - began
        print(f"\n{count} of each, after the loss of /data: nothing waits after {took:.0f} s")
        print("| service | ready after | copies of an instance | memory | tables, MB |")
        print("|---|---|---|---|---|")
        for name, members in _by_service(fleet).items():
            last = max(ready[one.name] for one in members)
            print(f"| {name} | {last:.0f} s | {_described([*map(look_at, members)])} |", flush=True)
    finally:
        fleet.stop()


def _described(found: Sequence[Measured]) -> str:
    """Return the cells of a service's instances: the least and the most, and its largest tables."""
    sizes = sorted(sum(one.file_bytes.values()) / 1e6 for one in found)
    disk = f"{sizes[0]:.1f} MB" if len(sizes) == 1 else f"{sizes[0]:.1f} to {sizes[-1]:.1f} MB"
    memory = max(one.resident for one in found) / 1e6
    mean = _mean(found).tables
    large = sorted(mean.items(), key=lambda one: -one[1])[:4]
    shown = ", ".join(f"{one} {size / 1e6:.1f}" for one, size in large if size > 1e5)
    return f"{disk} | {memory:.0f} MB | {shown}"


def _by_service(fleet: Fleet) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = defaultdict(list)
    for one in fleet.members:
        found[one.service].append(one)
    return found


def _states(fleet: Fleet) -> dict[str, State]:
    return {name: _mean([*map(look_at, members)]) for name, members in _by_service(fleet).items()}


def _mean(found: Sequence[Measured]) -> State:
    tables: dict[str, float] = defaultdict(float)
    resident = 0.0
    for one in found:
        resident += one.resident / len(found)
        for name, size in one.file_bytes.items():
            tables[name] += size / len(found)
    return State(tables, resident)


def _print_growth(states: Sequence[Mapping[str, State]], articles: int, wanted: int) -> None:
    """Print the states after half and after all articles, and what follows for `wanted`."""
    first, last = states
    half = articles // 2
    gained = articles - half
    print(f"\n| service | {half:,} | {articles:,} | an article | {wanted:,} | memory |")
    print("|---|---|---|---|---|---|")
    for name, after in last.items():
        each = (after.disk - first[name].disk) / gained
        later = after.disk + each * (wanted - articles)
        figures = f"{first[name].disk / 1e6:.1f} MB | {after.disk / 1e6:.1f} MB | {each:.0f} bytes"
        print(f"| {name} | {figures} | {later / 1e6:.0f} MB | {after.resident / 1e6:.0f} MB |")


if __name__ == "__main__":
    main()
