"""Articles a second through the stages of the embedded runtime, stage by stage, on a SQLite store.

    python benchmarks/pipeline.py [SHARED_DATA] [--articles 2000] [--subscriptions 10000]
        [--processes 1 2]   (or PANTAU_SHARED)

SHARED_DATA has `news/sample.jsonl` with `{"title", "text", ...}` a line. Each stage works off its
whole backlog before the next one starts, in one thread, as `pantau run` does it batch by batch.
Queries are made from words and neighbouring words of the articles: phrases, AND, OR, NOT, prefixes.
Times are those of the processor, so that other work on the machine counts little, and begin when
word lists and subscriptions are loaded.

With `--processes` the stages also run as `pantau run` runs them, in so many processes, without the
poller and the dispatcher: seconds on the wall from the moment when all articles are in the log
until no record waits for any stage. `--apart` names the stages of the second process in place of
the usual ones.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pantau.bootstrap import STORES, build_courtesy, build_embedded, build_extractor, build_fetcher
from pantau.common.time.clock import SystemClock
from pantau.ports import Store
from pantau.runtimes import processing
from pantau.runtimes.collector import ease_collector
from pantau.runtimes.embedded.child import STAGES_APART
from pantau.runtimes.embedded.worker import Worker
from pantau.settings import ExtractSettings, Settings
from pantau.stream import writing
from pantau.stream.envelope import record_for
from pantau.stream.handler import Context, Handler, PreparingHandler, Resources, Stage
from pantau.topology import STAGES
from pantau_schemas.events.article import Article, FullArticle
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ARTICLES, ARTICLES_FULL, SUBSCRIPTIONS

if TYPE_CHECKING:
    from pantau.runtimes.embedded.child import ChildPipeline
    from pantau.runtimes.embedded.pipeline import Embedded, Pipeline


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "shared",
        type=Path,
        nargs="?",
        default=Path(os.environ.get("PANTAU_SHARED", "../shared/data")),
    )
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--subscriptions", type=int, default=10_000)
    parser.add_argument("--processes", type=int, nargs="+", choices=(1, 2), default=[])
    parser.add_argument("--apart", nargs="+", default=STAGES_APART)
    given = parser.parse_args()
    ease_collector()
    articles = load(given.shared / "news" / "sample.jsonl", given.articles)
    for processes in given.processes:
        with tempfile.TemporaryDirectory() as folder:
            run_together(
                Path(folder), articles, given.subscriptions, given.apart if processes == 2 else ()
            )
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), articles, given.subscriptions)


def load(path: Path, count: int) -> list[Article]:
    """Load articles, spread over the file."""
    with path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    now = datetime.now(UTC)
    return [
        Article(
            article_id=digest_id(str(number)), title=row["title"], text=row["text"], first_seen=now
        )
        for number, row in enumerate(rows[:: max(1, len(rows) // count)][:count])
    ]


def queries(articles: list[Article], count: int) -> list[str]:
    """Generate queries that match a few articles in a thousand."""
    chance = random.Random(7)  # noqa: S311 (seeded, so that every run has the same)
    words = [
        [word for word in one.text.split() if word.isalpha() and len(word) > 4] for one in articles
    ]
    words = [one for one in words if len(one) > 20]
    made = []
    for _ in range(count):
        text = chance.choice(words)
        at = chance.randrange(len(text) - 2)
        first, second, other = text[at], text[at + 1], chance.choice(chance.choice(words))
        made.append(
            chance.choice(
                (
                    f'"{first} {second}"',
                    f"{first} AND {second} AND {other}",
                    f'"{first} {second}" OR ({first} AND {other})',
                    f'("{first} {second}" OR "{second} {other}") AND NOT {chance.choice(text)}',
                    f"{first[:5]}* AND {second} AND {other}",
                )
            )
        )
    return made


PHASES = ("poll", "decode", "handle", "encode", "write")
"""The phases of a stage's time.

The rest is `write`: the transaction of outputs, index and offsets.
"""


class Clock:
    """Measures the CPU time of functions, by phase."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    def of(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function with its time measured."""

        def call(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return function(*given, **named)
            finally:
                self.spent[phase] += time.process_time() - start

        return call


class Instead:
    """An object with some of its attributes replaced."""

    def __init__(self, inner: Any, **replaced: Any) -> None:
        self._inner = inner
        self.__dict__.update(replaced)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def stage_figures(
    stage: Stage, store: Store, settings: Settings, article: Article
) -> tuple[int, dict[str, float]]:
    """Run a stage until its backlog is empty.

    Returns the number of records and the seconds of each phase.
    """
    clock = Clock()
    handler = stage.build(
        Resources(settings=settings, table=lambda topic: store.log.table(topic.name))
    )
    warm_up(stage, handler, article)

    def consumer(topics: list[str], group: str) -> Any:
        real = store.log.consumer(topics, group)
        return Instead(real, poll=clock.of("poll", real.poll))

    worker = Worker(
        stage,
        Instead(handler, **handled(handler, clock)),
        cast("Store", Instead(store, log=Instead(store.log, consumer=consumer))),
        SystemClock(),
        batch=settings.pipeline.batch,
    )
    plain = processing.decode, writing.record_for  # type: ignore[attr-defined]
    records, start = 0, time.process_time()
    try:
        processing.decode = clock.of("decode", plain[0])  # type: ignore[attr-defined]
        writing.record_for = clock.of("encode", plain[1])  # type: ignore[attr-defined]
        while done := worker.step():
            records += done
    finally:
        processing.decode, writing.record_for = plain  # type: ignore[attr-defined]
    clock.spent["write"] = time.process_time() - start - sum(clock.spent.values())
    return records, clock.spent


def handled(handler: Handler, clock: Clock) -> dict[str, Callable[..., Any]]:
    """Return what handles events, with its time measured."""
    found = {"handle": clock.of("handle", handler.handle)}
    if isinstance(handler, PreparingHandler):
        found["prepare"] = clock.of("handle", handler.prepare)
    return found


def warm_up(stage: Stage, handler: Handler, article: Article) -> None:
    """Load what a stage loads once: word lists and models, subscriptions."""
    handler.refresh()
    if stage.name == "enricher":
        context = Context(article.first_seen)
        handler.handle(article, context)
        handler.handle(article.model_copy(update={"title": "Das ist kurz", "text": ""}), context)
        handler.handle(article.model_copy(update={"lang": "en"}), context)


def open_filled(settings: Settings, articles: list[Article], subscriptions: int) -> Store:
    """Open a new store with subscriptions generated from the articles."""
    store = STORES["sqlite"](settings, SystemClock())
    now = datetime.now(UTC)
    store.log.append(
        record_for(
            Subscription(subscription_id=f"s{number}", name=query, query=query, created=now),
            SUBSCRIPTIONS,
            source="benchmark",
            time=now,
        )
        for number, query in enumerate(queries(articles, subscriptions))
    )
    return store


def give(store: Store, articles: Iterable[Article]) -> None:
    """Append articles as the extractor lets them go on, so that the figures are the stages'."""
    now = datetime.now(UTC)
    full = (FullArticle.model_validate({**dict(one), "schema_version": 1}) for one in articles)
    store.log.append(record_for(one, ARTICLES_FULL, source="benchmark", time=now) for one in full)


def pass_on(store: Store, settings: Settings, articles: list[Article]) -> float:
    """Pass articles that need no page through the extractor; return the seconds that it took."""
    now = SystemClock().now()
    store.log.append(record_for(one, ARTICLES, source="benchmark", time=now) for one in articles)

    async def run() -> float:
        fetcher, stop = build_fetcher(settings), asyncio.Event()
        courtesy = build_courtesy(settings)
        extractor = build_extractor(store, fetcher, SystemClock(), settings, courtesy)
        began = time.process_time()  # word lists and drivers are loaded
        running = asyncio.create_task(extractor.run(stop))
        while not (extractor.idle or running.done()):  # noqa: ASYNC110 (a stage sets no event)
            await asyncio.sleep(0.005)
        stop.set()
        await running
        spent = time.process_time() - began
        await fetcher.close()
        return spent

    return asyncio.run(run())


def run_together(
    folder: Path, articles: list[Article], subscriptions: int, apart: Sequence[str]
) -> None:
    """Run all stages on the backlog at the same time, some `apart` in a process of their own."""
    settings = Settings(data=folder)
    store = open_filled(settings, articles, subscriptions)
    embedded = build_embedded(store, SystemClock(), settings, apart=apart)
    parts: list[Pipeline | ChildPipeline] = [embedded.pipeline]
    if embedded.child is not None:
        parts.append(embedded.child)
    warm = [
        one.model_copy(update={"article_id": f"warm-{one.article_id}"}) for one in articles[:50]
    ]
    warm += [
        one.model_copy(update={"lang": "en", "article_id": f"en-{one.article_id}"}) for one in warm
    ]
    give(store, warm)
    for part in parts:
        part.start()
    try:
        wait_for_all(embedded)
        processes = [os.getpid(), *([embedded.child.pid] if embedded.child is not None else [])]
        give(store, articles)  # visible on commit; encoding before that is excluded
        before, start = [spent_by(one) for one in processes], time.perf_counter()
        wait_for_all(embedded)
        seconds = time.perf_counter() - start
        spent = [spent_by(one) - then for one, then in zip(processes, before, strict=True)]
        memory = " + ".join(f"{peak_of(one)}" for one in processes)
    finally:
        for part in parts:
            part.stop()
        for part in parts:
            part.join()
        store.close()
    busy = " + ".join(f"{one:.2f}" for one in spent)
    sys.stdout.write(
        f"{len(processes)} processes ({', '.join(apart) or 'nothing'} apart): {seconds:.2f} s,"
        f" {len(articles) / seconds:.0f} articles/s; of the processor {busy} s, so at most"
        f" {len(articles) / max(spent):.0f} articles/s; {memory} MB at most\n"
    )


def wait_for_all(embedded: "Embedded") -> None:
    """Wait until no record waits for a stage. Checks are rare, because they cost time too."""
    while embedded.lag():
        for part in (embedded.pipeline, embedded.child):
            if part is not None and part.failure is not None:
                raise part.failure
        time.sleep(0.05)


def spent_by(process: int | None) -> float:
    """Return the CPU seconds of a process."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_of(process: int | None) -> int:
    """Return the peak memory of a process in MB."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(one.split()[1]) for one in lines if one.startswith("VmHWM")) // 1024


def measure(folder: Path, articles: list[Article], subscriptions: int) -> None:
    """Fill a store, and run each stage until its backlog is empty."""
    settings = Settings(data=folder, extract=ExtractSettings(enabled=False))
    store = open_filled(settings, articles, subscriptions)
    passing = pass_on(store, settings, articles)
    size = sum(len(one.text.split()) for one in articles) / len(articles)
    sys.stdout.write(
        f"{len(articles)} articles of {size:.0f} words, {subscriptions} subscriptions\n"
    )
    total = passing
    sys.stdout.write(
        f"{'stage':10} {'records':>7} {'a second':>9} {'µs an article':>14} = "
        f"{' + '.join(PHASES)}\n"
    )
    sys.stdout.write(
        f"extractor  {len(articles):7} {len(articles) / passing:9.0f} "
        f"{passing * 1e6 / len(articles):14.0f}   in all\n"
    )
    for stage in STAGES:
        records, spent = stage_figures(stage, store, settings, articles[0])
        seconds = sum(spent.values())
        total += seconds
        each = 1e6 / len(articles)
        phases = "   ".join(f"{spent[name] * each:{len(name)}.0f}" for name in PHASES)
        sys.stdout.write(
            f"{stage.name:10} {records:7} {records / seconds:9.0f} {seconds * each:14.0f}   "
            f"{phases}\n"
        )
    alerts = store.log.table("alerts").count()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(
        f"all        {len(articles) / total:.0f} articles/s, {alerts} alerts, {peak} MB at most, "
        f"{(folder / 'pantau.db').stat().st_size / len(articles):.0f} bytes an article on disk\n"
    )
    store.close()


if __name__ == "__main__":
    main()
