"""Differential test of query meaning.

The matcher, embedded search, our translation and Elasticsearch itself, on news and unusual
articles.

    python -m benchmarks.differential [SHARED_DATA] [--lucene 20000] [--kql 5000] [--pantau 2000]
        [--lists 1000] [--articles 2000] [--seed 1] [--url URL]

`make differential` runs it (PANTAU_SHARED=DIR: a folder of news). Queries are generated from the
content of the articles, with all operators; articles are `--articles` of the news, and 300
generated ones. The reference for the Lucene syntax is Elasticsearch's `query_string`, for KQL
Kibana 7.4's own translator (`@cybernetex/kbn-es-query` from npm; needs node, and is installed once
into the user's cache by npm; without them KQL is compared with our translation alone). The language
`pantau` has no external reference: it is compared with our translation, which expresses NEAR,
ATLEAST and exact case by Elasticsearch's spans and intervals; `--lists` more are queries with lists
of names. A query that one side rejects must be rejected by the other. Without `--url` a Kafka and
an Elasticsearch are started in a temporary folder.

Prints every difference, and their number; exits with 1 if there is one.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import Progress

from pantau.adapters.sqlite.database import SqliteDatabase
from pantau.adapters.sqlite.index import SqliteSearchIndex
from pantau.adapters.sqlite.layout import MIGRATIONS
from pantau.adapters.sqlite.search import find_places, view_of
from pantau.common.text.normal_text import normalise_text
from pantau.common.time.clock import SystemClock
from pantau.ports import Filters, SearchRequest
from pantau.query import Query, QueryError, parse
from pantau.query.elasticsearch.translate import ElasticQuery, to_elastic
from pantau.query.matching.matcher import Matcher
from pantau.query.text.document import Document
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.subscription import QueryLanguage
from pantau_schemas.fields import FIELDS, FieldKind
from tests.made.kql import KqlMaker
from tests.made.lists import ListMaker
from tests.made.lucene import LuceneMaker
from tests.made.pantau import PantauMaker
from tests.made.queries import Maker, articles, normal_fields
from tests.reference_index import Answer, ReferenceIndex, document, query_string, reference_index
from tests.servers import running_pair

NOW: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)
ODD_ARTICLES: Final = 300
ROUND: Final = 500
"""Number of queries compared at a time."""
PACKAGE: Final = "@cybernetex/kbn-es-query@1.0.2"
_KIBANA: Final = """
// Later versions of Kibana only accept plain numbers: not 007, 1e3, 0x10.
const written = /^(-?[1-9]+\\d*(\\.\\d+)?|-?0\\.\\d*[1-9]+|0|0.0|\\.\\d+)$/;
globalThis.Number = new Proxy(Number, {apply: (plain, self, given) =>
  typeof given[0] === 'string' && !written.test(given[0]) ? NaN : plain(...given)});
const kibana = require('@cybernetex/kbn-es-query');
const [fields, zone] = JSON.parse(process.argv[1]);
const pattern = {title: 'judge', fields: fields.map(([name, type]) =>
  ({name, type, esTypes: [type], scripted: false, searchable: true, aggregatable: true}))};
const options = {dateFormatTZ: zone, allowLeadingWildcards: true};
for (const text of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
  let found = null;
  try {
    const parsed = kibana.fromKueryExpression(text);
    found = kibana.toElasticsearchQuery(parsed, pattern, options);
  } catch (error) {}
  console.log(JSON.stringify(found));
}
"""
_REFUSED: Final[dict[str, Any]] = {"match_none": {}}


def load(shared: Path, count: int) -> list[dict[str, Any]]:
    """Load news, spread over the file."""
    with (shared / "news" / "sample.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    names = ("title", "text", "lang", "source", "url", "published")
    spread = rows[:: max(1, len(rows) // count)][:count]
    kept = [{name: row[name] for name in names if row.get(name)} for row in spread]
    return [{"first_seen": "2025-12-31T00:00:00Z", **one} for one in kept]


class Kibana:
    """Kibana's translator of KQL, run by node."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def installed(cls) -> "Kibana | None":
        """Install the package into the user's cache if needed; None without node and npm."""
        node, npm = shutil.which("node"), shutil.which("npm")
        if node is None or npm is None:
            return None
        cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
        folder = cache / "pantau" / "kbn-es-query"
        if not (folder / "node_modules").is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            install = [
                npm,
                "install",
                "--silent",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                PACKAGE,
            ]
            done = subprocess.run([*install, "--prefix", str(folder)], check=False, cwd=folder)  # noqa: S603 (fixed words)
            if done.returncode:
                return None
        return cls(folder)

    def translate(self, texts: Sequence[str], zone: str) -> list[dict[str, Any] | None]:
        """Return the requests that Kibana would send; None for a rejected query."""
        types = {FieldKind.TEXT: "string", FieldKind.KEYWORD: "keyword", FieldKind.DATE: "date"}
        fields = [[field.name, types[field.kind]] for field in FIELDS.values()]
        done = subprocess.run(  # noqa: S603 (fixed words)
            ["node", "-e", _KIBANA, json.dumps([fields, zone])],  # noqa: S607 (the user's own node)
            input=json.dumps(list(texts)),
            capture_output=True,
            text=True,
            check=True,
            cwd=self._folder,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]


class Embedded:
    """The embedded index over the articles, as used by `pantau search`.

    Tokenized articles are cached.
    """

    def __init__(self, path: Path, given: Sequence[Mapping[str, Any]]) -> None:
        self._database = SqliteDatabase(path, MIGRATIONS)
        index = SqliteSearchIndex(self._database, SystemClock())
        index.put(_enriched(number, one) for number, one in enumerate(given))
        with self._database.reading() as connection:
            rows = connection.execute("SELECT ordering, article_id FROM documents").fetchall()
        self._numbers = {place: int(article_id) for place, article_id in rows}
        self._seen: dict[int, Document] = {}

    def search(self, query: Query) -> frozenset[int]:
        """Return the numbers of all articles that the search finds."""
        request = SearchRequest(query, Filters(), limit=len(self._numbers), count=False)
        with self._database.reading() as connection:
            places, _ = find_places(connection, request, NOW, self._glance)
        return frozenset(self._numbers[place] for place in places)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _glance(self, place: int, event: bytes) -> Document:
        seen = self._seen.get(place)
        if seen is None:
            seen = self._seen[place] = view_of(event, NOW)
        return seen


def _enriched(number: int, given: Mapping[str, Any]) -> EnrichedArticle:
    """Build an event of an article in JSON.

    Without validation: unusual values pass, such as a missing title.
    """
    fields: dict[str, Any] = {"title": None, "text": None}
    for name, value in given.items():
        if FIELDS[name].kind is FieldKind.DATE:
            fields[name] = datetime.fromisoformat(value)
        elif FIELDS[name].many:
            fields[name] = tuple(value) if isinstance(value, list) else (value,)
        else:
            fields[name] = value
    return EnrichedArticle.model_construct(
        article_id=str(number), enricher_version="differential", **fields
    )


@dataclass(slots=True)
class Count:
    """The results of one language."""

    queries: int = 0
    refused: int = 0
    inexact: int = 0
    empty: int = 0
    articles: int = 0
    differences: list[str] = field(default_factory=list)


class Comparison:
    """Compares a round of queries four ways."""

    def __init__(
        self,
        elastic: ReferenceIndex,
        given: Sequence[Mapping[str, Any]],
        kibana: Kibana | None,
        folder: Path,
    ) -> None:
        self._elastic = elastic
        self._kibana = kibana
        self._documents = [document(one, NOW) for one in given]
        self.bind: Callable[[Query], Query] = _unchanged
        self._embedded = Embedded(folder / "embedded.db", given)

    def close(self) -> None:
        """Close all resources."""
        self._embedded.close()

    def run(self, texts: Sequence[str], language: QueryLanguage, zone: str, count: Count) -> None:
        """Compare, and add to the count."""
        read = {text: _read(text, language, zone) for text in texts}
        queries = {
            text: None if query is None else self.bind(query) for text, query in read.items()
        }
        ours = self._matched({text: query for text, query in queries.items() if query is not None})
        sent = {
            text: to_elastic(query, NOW) for text, query in queries.items() if query is not None
        }
        translated = dict(
            zip(sent, self._elastic.ask([one.body for one in sent.values()]), strict=True)
        )
        for text, answer in translated.items():
            query = queries[text]
            if query is not None and isinstance(answer, str) and "too many clauses" in answer:
                # Too many words have the prefix for this server: requested as the distributed
                # search does.
                sent[text] = to_elastic(query, NOW, expand=False)
                (translated[text],) = self._elastic.ask([sent[text].body])
        theirs = self._reference_answers(list(queries), language, zone)
        for text, query in queries.items():
            count.queries += 1
            count.refused += text not in ours
            count.empty += text in ours and not ours[text]
            count.articles += len(ours.get(text, ()))
            count.inexact += text in sent and not sent[text].exact
            if query is not None:
                found = self._embedded.search(query)
                if found != ours[text]:
                    count.differences.append(
                        _format_result(language, zone, text, "embedded search", found, ours)
                    )
            if text in ours and not _agrees(ours[text], translated[text], sent[text]):
                count.differences.append(
                    _format_result(
                        language, zone, text, "ours to Elasticsearch", translated[text], ours
                    )
                )
            if theirs is not None and not _same(ours.get(text), theirs[text]):
                count.differences.append(
                    _format_result(language, zone, text, "their own", theirs[text], ours)
                )

    def _matched(self, queries: Mapping[str, Query]) -> dict[str, frozenset[int]]:
        matcher = Matcher()
        for text, query in queries.items():
            matcher.put(text, query)
        found: dict[str, set[int]] = {text: set() for text in queries}
        for number, one in enumerate(self._documents):
            for text, _ in matcher.match(one):
                found[text].add(number)
        return {text: frozenset(numbers) for text, numbers in found.items()}

    def _reference_answers(
        self, texts: Sequence[str], language: QueryLanguage, zone: str
    ) -> dict[str, Answer] | None:
        if language == "lucene":
            return dict(
                zip(
                    texts,
                    self._elastic.ask([query_string(normalise_text(text), zone) for text in texts]),
                    strict=True,
                )
            )
        if language == "pantau" or self._kibana is None:
            return None
        bodies = self._kibana.translate([normalise_text(text) for text in texts], zone)
        answers = self._elastic.ask([_REFUSED if body is None else body for body in bodies])
        return {
            text: "refused by Kibana" if body is None else answer
            for text, body, answer in zip(texts, bodies, answers, strict=True)
        }


def _unchanged(query: Query) -> Query:
    return query


def _read(text: str, language: QueryLanguage, zone: str) -> Query | None:
    try:
        return parse(text, language, time_zone=zone)
    except QueryError:
        return None


def _agrees(expected: frozenset[int], found: Answer, sent: ElasticQuery) -> bool:
    if isinstance(found, str):
        return False
    return expected == found if sent.exact else expected <= found


def _same(ours: frozenset[int] | None, theirs: Answer) -> bool:
    return ours is None if isinstance(theirs, str) else ours == theirs


def _format_result(
    language: str,
    zone: str,
    text: str,
    whose: str,
    found: Answer,
    ours: Mapping[str, frozenset[int]],
) -> str:
    expected = ours.get(text)
    if expected is None or isinstance(found, str):
        left = "refused" if expected is None else f"{len(expected)} articles"
        right = found[:300] if isinstance(found, str) else f"{len(found)} articles"
        return f"{language} {zone} {text!r}: ours {left}; {whose} {right}"
    only_ours, only_theirs = sorted(expected - found)[:5], sorted(found - expected)[:5]
    return f"{language} {zone} {text!r}: only ours {only_ours}; only {whose} {only_theirs}"


@contextmanager
def server(url: str | None) -> Iterator[str]:
    """Yield the address of an Elasticsearch: the given one, or a new one."""
    if url is not None:
        yield url
        return
    with running_pair() as pair:
        yield pair.elasticsearch


def _arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    shared = os.environ.get("PANTAU_SHARED") or str(Path(__file__).parents[2] / "shared" / "data")
    reader.add_argument("shared", nargs="?", type=Path, default=Path(shared))
    for name, default in (
        ("--lucene", 20_000),
        ("--kql", 5_000),
        ("--pantau", 2_000),
        ("--lists", 1_000),
        ("--articles", 2_000),
        ("--seed", 1),
    ):
        reader.add_argument(name, type=int, default=default)
    reader.add_argument("--url")
    return reader.parse_args()


def _compare(
    comparison: Comparison, language: QueryLanguage, maker: Maker, total: int, bar: Progress
) -> Count:
    """Compare so many queries of a language, half of them in another time zone.

    Differences are printed at once.
    """
    task = bar.add_task(language, total=total)
    count = Count()
    for start in range(0, total, ROUND):
        size = min(ROUND, total - start)
        zone = "UTC" if start // ROUND % 2 == 0 else "Asia/Jakarta"
        known = len(count.differences)
        comparison.run(
            list(dict.fromkeys(maker.query() for _ in range(size))), language, zone, count
        )
        bar.advance(task, size)
        if not bar.console.is_terminal:
            bar.console.print(f"{language}: {start + size} of {total} queries")
        for told in count.differences[known:]:
            print(told, flush=True)
    return count


def main() -> int:
    """Compare, print, and return the exit code."""
    given = _arguments()
    odd = articles(given.seed, ODD_ARTICLES)
    stored = [*map(normal_fields, load(given.shared, given.articles)), *odd]
    # Half of the queries are about the unusual articles, where they meet every unusual value.
    about = stored[:: max(1, len(stored) // ODD_ARTICLES)] + odd
    kibana = Kibana.installed()
    with (
        server(given.url) as url,
        reference_index(url, "differential") as elastic,
        tempfile.TemporaryDirectory() as folder,
        Progress(console=Console(stderr=True)) as bar,
    ):
        elastic.fill(stored)
        comparison = Comparison(elastic, stored, kibana, Path(folder))
        lucene = _compare(comparison, "lucene", LuceneMaker(given.seed, about), given.lucene, bar)
        kql = _compare(comparison, "kql", KqlMaker(given.seed, about), given.kql, bar)
        own = _compare(comparison, "pantau", PantauMaker(given.seed, about), given.pantau, bar)
        lists = ListMaker(given.seed, about)
        comparison.bind = lists.bound
        listed = _compare(comparison, "pantau", lists, given.lists, bar)
        comparison.close()
    counts = (("lucene", lucene), ("kql", kql), ("pantau", own), ("pantau, lists", listed))
    for language, count in counts:
        unjudged = language == "kql" and kibana is None
        print(
            f"{language}: {len(count.differences)} differences in {count.queries} queries over "
            f"{len(stored)} articles"
            f" ({count.articles} matches; {count.empty} queries found none, {count.refused} "
            "refused by both,"
            f" {count.inexact} not exact)"
            + (", not judged by Kibana's translator (needs node, and npm once)" if unjudged else "")
        )
    return 1 if any(count.differences for _, count in counts) else 0


if __name__ == "__main__":
    sys.exit(main())
