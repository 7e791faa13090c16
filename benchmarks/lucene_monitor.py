"""Apache Lucene Monitor in this process.

A JVM by JPype, queries built as Lucene's objects from our trees. The jars come from Maven by jgo
and stay in the user's cache. Lucene's parser plays no part: what is measured is its presearch and
its matching. What queries mean is ours: a term or phrase of the default fields may be in either of
them. As those who know Lucene would, the default fields are also indexed as one, `all`, with a gap
between them that no phrase of the measured queries crosses: that halves its terms and makes it a
third quicker than queries over two fields.
"""

import gc
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal

import jpype

from pantau.local.jars import Program, installed
from pantau.local.java import java_library
from pantau.query import ast
from pantau.query.text.document import KEYWORD_FIELDS, TEXT_FIELDS
from pantau_schemas.fields import DEFAULT_FIELDS

VERSION: Final = "10.3.0"
HEAP_MB: Final = 4_096
PROGRAM: Final = Program(
    "lucene-monitor",
    VERSION,
    tuple(
        f"org.apache.lucene:lucene-{part}:{VERSION}"
        for part in ("monitor", "core", "analysis-common", "queries", "memory")
    ),
)
_ALL: Final = "all"
_GAP: Final = 100
Presearcher = Literal["single", "single-rates", "multi2", "multi2-rates", "multi4-rates"]
"""TermFilteredPresearcher, or MultipassTermFilteredPresearcher with so many passes.

With Lucene's weights by length of
word, or with how often words are in the articles as well.
"""
_COMMIT: Final = 10_000
"""Queries per commit: each takes about 100 KB of heap until it is written.
"""
_RATES: Final = (100.0, 0.8)
"""The weight of a word in one article, and its reduction with frequency.

N and k of `TermWeightor.termFreqWeightor`.
"""


def start() -> None:
    """Start the JVM; once per process.

    With one stop-the-world collector thread, so that one thread is one thread.
    """
    home = installed(PROGRAM, print)
    flags = [
        f"-Xms{HEAP_MB}m",
        f"-Xmx{HEAP_MB}m",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
    ]
    jars = sorted(str(jar) for jar in (home / "lib").glob("*.jar"))
    jpype.startJVM(str(java_library()), *flags, classpath=jars, convertStrings=False)


def _lucene(name: str) -> Any:
    return jpype.JClass(f"org.apache.lucene.{name}")


class Translator:
    """Translates our trees to Lucene's queries, as flat as possible, without scores."""

    def __init__(self) -> None:
        self._term, self._phrase = _lucene("index.Term"), _lucene("search.PhraseQuery")
        self._term_query, self._prefix = _lucene("search.TermQuery"), _lucene("search.PrefixQuery")
        self._all, self._none = (
            _lucene("search.MatchAllDocsQuery"),
            _lucene("search.MatchNoDocsQuery"),
        )
        self._builder = _lucene("search.BooleanQuery$Builder")
        occur = _lucene("search.BooleanClause$Occur")
        self._must, self._should, self._must_not = occur.FILTER, occur.SHOULD, occur.MUST_NOT

    def query(self, query: ast.Query) -> Any:
        """Translate a query. Raises ValueError for a node that the measured queries lack."""
        match query:
            case ast.MatchAll():
                return self._all()
            case ast.MatchNone():
                return self._none()
            case ast.Boolean():
                return self._boolean(query)
            case _:
                leaves = [self._leaf(query, name) for name in _names(query)]
                return leaves[0] if len(leaves) == 1 else self._join(should=leaves)

    def _leaf(self, query: ast.Query, name: str) -> Any:
        match query:
            case ast.Term(text=text):
                return self._term_query(self._term(name, text))
            case ast.Phrase(terms=terms, slop=slop):
                return self._phrase(slop, name, jpype.JArray(jpype.JString)(terms))
            case ast.Prefix(text=text):
                return self._prefix(self._term(name, text))
            case _:
                message = f"not translated for this measurement: {query}"
                raise ValueError(message)

    def _boolean(self, query: ast.Boolean) -> Any:
        must = [self.query(clause) for clause in query.must]
        groups = [self._alternatives(clause) for clause in query.must_not]
        should = (
            []
            if query.must
            else [one for clause in query.should for one in self._alternatives(clause)]
        )
        return self._join(must, should, [one for group in groups for one in group])

    def _alternatives(self, query: ast.Query) -> list[Any]:
        """Return alternative queries, without a level of their own."""
        if isinstance(query, ast.Boolean) and not query.must and not query.must_not:
            return [one for clause in query.should for one in self._alternatives(clause)]
        if isinstance(query, ast.Term | ast.Phrase | ast.Prefix):
            return [self._leaf(query, name) for name in _names(query)]
        return [self.query(query)]

    def _join(
        self, must: Iterable[Any] = (), should: Iterable[Any] = (), must_not: Iterable[Any] = ()
    ) -> Any:
        builder = self._builder()
        for occur, clauses in (
            (self._must, must),
            (self._should, should),
            (self._must_not, must_not),
        ):
            for clause in clauses:
                builder.add(clause, occur)
        return builder.build()


def _names(query: Any) -> tuple[str, ...]:
    """Return the fields of a leaf."""
    names: tuple[str, ...] = getattr(query, "fields", ())
    return (_ALL,) if set(names) == set(DEFAULT_FIELDS) else names


def _analyzer() -> Any:
    """Build an analyzer like StandardAnalyzer, with a gap between the values of a field."""
    nothing = jpype.JClass("java.util.HashMap")
    builder = _lucene("analysis.custom.CustomAnalyzer").builder().withPositionIncrementGap(_GAP)
    return (
        builder.withTokenizer("standard", nothing()).addTokenFilter("lowercase", nothing()).build()
    )


class LuceneMonitor:
    """One Monitor.

    Counts and ids are fetched in few calls, since every call from Python costs about a microsecond.
    """

    def __init__(self, presearcher: Presearcher, rates: dict[str, int]) -> None:
        self._translate = Translator().query
        self._query = _lucene("monitor.MonitorQuery")
        self._matcher = _lucene("monitor.QueryMatch").SIMPLE_MATCHER
        settings = _lucene("monitor.MonitorConfiguration")().setQueryUpdateBufferSize(_COMMIT)
        self._monitor = _lucene("monitor.Monitor")(
            _analyzer(), _presearcher(presearcher, rates), settings
        )
        self._list = jpype.JClass("java.util.ArrayList")

    def build(self, queries: Iterable[tuple[str, ast.Query]]) -> Any:
        """Build the objects to register: a list in Java."""
        made = self._list()
        for key, query in queries:
            made.add(self._query(key, self._translate(query)))
        return made

    def register(self, built: Any) -> None:
        """Register built objects."""
        self._monitor.register(built)

    def remove(self, key: str) -> None:
        """Remove one."""
        self._monitor.deleteById(key)

    def match(self, document: Any) -> int:
        """Match one article and return the number of matches."""
        return int(self._monitor.match(document, self._matcher).getMatchCount())

    def batch(self, documents: Any) -> int:
        """Match an array of articles and return the number of matches."""
        found = self._monitor.match(documents, self._matcher)
        return sum(found.getMatchCount(number) for number in range(len(documents)))

    def ids(self, document: Any) -> set[str]:
        """Match one article and return the ids."""
        return {
            str(one.getQueryId())
            for one in self._monitor.match(document, self._matcher).getMatches()
        }

    def candidates(self, document: Any) -> int:
        """Return how many queries the presearcher let through."""
        return int(self._monitor.match(document, self._matcher).getQueriesRun())

    def close(self) -> None:
        """Release its memory."""
        self._monitor.close()


def _presearcher(kind: Presearcher, rates: dict[str, int]) -> Any:
    passes, _, by_rates = kind.removeprefix("multi").partition("-")
    weigh = _lucene("monitor.TermWeightor").DEFAULT
    if by_rates:
        counts = jpype.JClass("java.util.HashMap")()
        for word, times in rates.items():
            counts.put(word, jpype.JClass("java.lang.Integer")(times))
        weigh = _lucene("monitor.TermWeightor").termFreqWeightor(counts, *_RATES)
    nothing = jpype.JClass("java.util.List").of(), jpype.JClass("java.util.Set").of()
    if passes == "single":
        return _lucene("monitor.TermFilteredPresearcher")(weigh, *nothing)
    return _lucene("monitor.MultipassTermFilteredPresearcher")(int(passes), 0.0, weigh, *nothing)


def documents(articles: Iterable[dict[str, str | tuple[str, ...]]]) -> list[Any]:
    """Build Lucene's documents; their text is analysed when they are matched."""
    made = []
    document, text, keyword = (
        _lucene(f"document.{name}") for name in ("Document", "TextField", "StringField")
    )
    drop = _lucene("document.Field$Store").NO
    for fields in articles:
        one = document()
        for name, value in fields.items():
            kind = text if name in TEXT_FIELDS else keyword if name in KEYWORD_FIELDS else None
            for part in (value,) if isinstance(value, str) else value:
                if kind is not None:
                    one.add(kind(name, part, drop))
                if name in DEFAULT_FIELDS:
                    one.add(text(_ALL, part, drop))
        made.append(one)
    return made


def batches(made: Sequence[Any], size: int) -> Iterator[Any]:
    """Yield documents in arrays."""
    array = jpype.JArray(_lucene("document.Document"))
    for place in range(0, len(made), size):
        yield array(made[place : place + size])


def heap() -> int:
    """Return the heap size in bytes after a collection."""
    runtime = jpype.JClass("java.lang.Runtime").getRuntime()
    for _ in range(3):
        gc.collect()  # releases what Python held in Java
        jpype.JClass("java.lang.System").gc()
    return int(runtime.totalMemory() - runtime.freeMemory())


def empty_call() -> float:
    """Return the overhead in seconds of a call with an argument and a number as result."""
    call = jpype.JClass("java.util.ArrayList")().indexOf
    argument = jpype.JClass("java.lang.Object")()
    for _ in range(20_000):
        call(argument)
    started = time.perf_counter()
    for _ in range(20_000):
        call(argument)
    return (time.perf_counter() - started) / 20_000
