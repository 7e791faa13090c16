"""The search index rebuilt at scale, with writes and searches going on, and a take-down after it.

    python benchmarks/reindex.py [--articles 200000] [--writes 50] [--embedded]

Made-up short articles of three months are written to the log and to the index; of every hundredth
the index lacks its latest revision, or the article as a whole. Then `pantau index rebuild` runs
in a process of its own. Meanwhile `--writes` new articles a second are written, with as many
revisions of old ones, and another thread searches without a pause. At the end every article must be
in the index once, at its highest revision, and no search may have found less than was there before.
Then `pantau forget` takes all articles of one source down, and `pantau forget --verify` looks for
them everywhere.

Kafka and Elasticsearch run locally, as by `pantau local`; with `--embedded` it is one data folder.
Ends with an error if anything is lost, double or left.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pantau.bootstrap import open_store
from pantau.common.portions import portions
from pantau.local import Servers
from pantau.ports import SearchRequest, Store
from pantau.query import parse
from pantau.settings import ElasticSettings, KafkaSettings, Settings
from pantau.stream.envelope import record_for
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ARTICLES_ENRICHED
from tests.e2e.program import environment
from tests.fleet import settings_of

AT_ONCE = 1_000
LACKING = 100
"""The index lacks one article in so many, and the latest revision of another one."""
SOURCES = 200
GONE = "hapus.example"
"""The source that is taken down, of one article in `GONE_EVERY`."""
GONE_EVERY = 1_000
DAYS = 80
"""The articles are of so many days: of four monthly indices at most."""
WORDS = (
    *("air", "jembatan", "pasar", "beras", "sungai", "kampung", "sekolah", "kapal", "hujan"),
    *("jalan", "listrik", "panen", "warga", "petugas", "kota", "kabupaten", "rapat", "anggaran"),
    *("pelabuhan", "pabrik", "bantuan", "tanah", "hutan", "gunung", "laporan", "musim", "harga"),
)


@dataclass
class Watched:
    """The outcome of the searches, and of the writes."""

    searches: int = 0
    fewest: int = sys.maxsize
    slowest: float = 0.0
    written: int = 0
    failures: list[str] = field(default_factory=list)


def main() -> None:
    """Run and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--writes", type=float, default=50.0, help="articles a second")
    parser.add_argument("--embedded", action="store_true", help="one data folder, no servers")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        _opened(Path(name), embedded=given.embedded) as opened,
    ):
        settings, variables = opened
        if variables:
            _run(settings.data, variables, "setup")
        with closing(open_store(settings)) as store:
            sys.exit(measure(store, settings.data, variables, given.articles, given.writes))


@contextmanager
def _opened(folder: Path, *, embedded: bool) -> Iterator[tuple[Settings, dict[str, str]]]:
    """Yield the settings, also as variables, of a store that is up."""
    data = folder / "data"
    if embedded:
        yield Settings(data=data), {}
        return
    servers = Servers(folder / "servers", full_speed=True)
    status = servers.up()
    kafka, elastic = str(status.kafka), str(status.elasticsearch)
    try:
        yield (
            Settings(
                data=data,
                kafka=KafkaSettings(servers=(kafka,)),
                elasticsearch=ElasticSettings(url=elastic),
            ),
            settings_of(kafka, elastic),
        )
    finally:
        servers.down()


def measure(store: Store, data: Path, variables: dict[str, str], count: int, rate: float) -> int:
    """Fill, rebuild, take down; print the figures, and return the exit code."""
    began = time.monotonic()
    held = fill(store, count)
    print(f"{count:,} articles written in {time.monotonic() - began:.0f} s", flush=True)
    watched, over = Watched(), threading.Event()
    revisions = {_id(number): 2 if _revised(number) else 1 for number in range(count)}
    threads = [
        _thread(watched, lambda: _write(store, revisions, rate, watched, over)),
        _thread(watched, lambda: _look(store, held, watched, over)),
    ]
    began = time.monotonic()
    try:
        said = _run(data, variables, "index", "rebuild")
    finally:
        over.set()
        for one in threads:
            one.join()
    print(f"{said.strip()}\nrebuilt in {time.monotonic() - began:.0f} s, meanwhile:")
    print(f"  {watched.written:,} articles and as many revisions written")
    print(f"  {watched.searches:,} searches, the slowest {watched.slowest:.2f} s; ", end="")
    print(f"{watched.fewest:,} articles found at least, of {held:,} at first", flush=True)
    watched.failures += _differences(store, revisions)
    watched.failures += take_down(store, data, variables, revisions)
    for failure in watched.failures:
        print(f"WRONG: {failure}")
    print("wrong" if watched.failures else "none lost, none double, nothing left")
    return 1 if watched.failures else 0


def fill(store: Store, count: int) -> int:
    """Write the articles to the log, and most to the index; return the number in the index."""
    indexed = 0
    for numbers in portions(range(count), AT_ONCE):
        every = [_article(number) for number in numbers]
        revised = [_article(number, 2) for number in numbers if _revised(number)]
        _append(store, [*every, *revised])
        kept = [one for number, one in zip(numbers, every, strict=True) if number % LACKING]
        indexed += len(kept) - len(store.index.put(kept))
    store.index.refresh()
    return indexed


def _append(store: Store, articles: Sequence[EnrichedArticle]) -> None:
    now = datetime.now(UTC)
    store.log.append(
        record_for(one, ARTICLES_ENRICHED, source="benchmark", time=now) for one in articles
    )


def _thread(watched: Watched, work: Callable[[], None]) -> threading.Thread:
    """Start work in a thread; an error of it is reported at the end."""

    def guarded() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 (reported, whatever it is)
            watched.failures.append(repr(error))

    thread = threading.Thread(target=guarded)
    thread.start()
    return thread


def _write(
    store: Store, revisions: dict[str, int], rate: float, watched: Watched, over: threading.Event
) -> None:
    """Write new articles, and revisions of old ones, at a rate, as the indexer does."""
    count, began = len(revisions), time.monotonic()
    while not over.wait(0.2):
        behind = int((time.monotonic() - began) * rate) - watched.written
        first = count + watched.written
        numbers = range(first, first + min(AT_ONCE, behind))
        if numbers:
            made = [_article(one) for one in numbers]
            made += [_article((one - count) % count, 3) for one in numbers]
            _append(store, made)
            store.index.put(made)
            revisions.update({one.article_id: one.revision for one in made})
            watched.written += len(numbers)


def _look(store: Store, held: int, watched: Watched, over: threading.Event) -> None:
    """Search all the time for a word that every article has."""
    request = SearchRequest(parse("kabar"), limit=10)
    while not over.is_set():
        began = time.monotonic()
        found = store.index.search(request).total or 0
        watched.slowest = max(watched.slowest, time.monotonic() - began)
        watched.fewest = min(watched.fewest, found)
        watched.searches += 1
        if found < held:
            watched.failures.append(f"a search found {found:,} of {held:,} articles")


def _differences(store: Store, revisions: dict[str, int]) -> list[str]:
    """Return what is lost, double, or not at its highest revision."""
    store.index.refresh()
    failures = []
    for identifiers in portions([*revisions], AT_ONCE):
        found = store.index.revisions(identifiers)
        lost = [one for one in identifiers if one not in found]
        old = [one for one in identifiers if found.get(one, 0) not in {0, revisions[one]}]
        failures += [f"lost: {one}" for one in lost] + [f"another revision: {one}" for one in old]
    counted = store.index.count()
    print(f"  {counted:,} articles in the index, {len(revisions):,} expected", flush=True)
    if counted != len(revisions):
        failures.append(f"{counted:,} articles in the index, {len(revisions):,} expected")
    return failures


def take_down(
    store: Store, data: Path, variables: dict[str, str], revisions: dict[str, int]
) -> list[str]:
    """Remove a source, and return what is left of it, or missing of the others."""
    gone = [_id(number) for number in range(0, len(revisions), GONE_EVERY)]
    for words in (("--yes",), ("--verify",)):
        began = time.monotonic()
        said = _run(data, variables, "forget", GONE, *words)
        print(f"forget {GONE} {words[0]}: {time.monotonic() - began:.0f} s\n{said}", flush=True)
    store.index.refresh()
    left, others = store.index.revisions(gone), store.index.count()
    failures = [f"still there: {one}" for one in left]
    if others != len(revisions) - len(gone):
        failures.append(f"{others:,} articles are left of {len(revisions) - len(gone):,}")
    print(f"{len(gone):,} articles taken down, {others:,} left", flush=True)
    return failures


def _run(data: Path, variables: dict[str, str], *arguments: str) -> str:
    """Run `pantau` to its end, however long it takes; return what it says."""
    done = subprocess.run(  # noqa: S603 (our own program, with our own arguments)
        [sys.executable, "-m", "pantau.cli", *arguments],
        env=environment(data.with_name("cli") if variables else data, **variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        message = f"pantau {' '.join(arguments)} ended with {done.returncode}: {done.stderr}"
        raise RuntimeError(message)
    return done.stdout


_BEGAN = datetime.now(UTC)


def _id(number: int) -> str:
    return digest_id(f"reindex {number}")


def _revised(number: int) -> bool:
    return number % LACKING == 1


def _article(number: int, revision: int = 1) -> EnrichedArticle:
    """Return a made-up article; the same for the same arguments."""
    chance = random.Random(number)  # noqa: S311 (seeded, so that every run has the same)
    seen = _BEGAN - timedelta(days=DAYS * chance.random())
    source = GONE if number % GONE_EVERY == 0 else f"koran{number % SOURCES}.example"
    words = " ".join(chance.choices(WORDS, k=60))
    return EnrichedArticle(
        article_id=_id(number),
        revision=revision,
        title=f"Kabar nomor {number} dari {chance.choice(WORDS)}",
        text=f"{words.capitalize()}. Berita ke-{number}, revisi {revision}.",
        url=f"https://{source}/{number}",
        source=source,
        first_seen=seen,
        lang="id",
        enricher_version="benchmark",
    )


if __name__ == "__main__":
    main()
