"""Many queries against one article: candidates by an anchor, then the evaluator.

An anchor of a query is a set of keys of which every article that the query accepts has at least one: of a conjunction
the rarest of its parts' anchors, of a disjunction all of them together. Queries without one (negatives, wildcards)
are evaluated for every article. The idea is that of Lucene Monitor's term-filtered presearcher.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from pantau.query import ast
from pantau.query.document import KEYWORD_FIELDS, TEXT_FIELDS, Document
from pantau.query.evaluate import Match, evaluate

COMMON: Final = frozenset(
    [
        "yang",
        "di",
        "dan",
        "dari",
        "ke",
        "dengan",
        "untuk",
        "ini",
        "itu",
        "pada",
        "dalam",
        "tidak",
        "akan",
        "juga",
        "ada",
        "adalah",
        "oleh",
        "saat",
        "kata",
        "telah",
        "sudah",
        "karena",
        "bisa",
        "para",
        "lebih",
        "atau",
        "sebagai",
        "menjadi",
        "tersebut",
        "kepada",
        "mereka",
        "dia",
        "ia",
        "kami",
        "kita",
        "saya",
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "and",
        "for",
        "on",
        "is",
        "that",
        "it",
        "with",
        "as",
        "at",
        "by",
        "be",
        "from",
        "was",
        "has",
        "have",
        "are",
        "he",
        "she",
        "his",
        "her",
        "said",
        "will",
        "not",
        "which",
        "this",
        "its",
        "or",
        "but",
        "an",
        "had",
        "were",
        "been",
        "jakarta",
        "indonesia",
        "tahun",
        "hari",
        "orang",
        "baru",
        "satu",
        "dua",
        "new",
        "year",
        "one",
        "two",
    ]
)
"""Words that most articles have: the worst anchors."""
_COMMON_COST: Final = 1_000.0
_PREFIX_COST: Final = 3.0

Key = tuple[bool, str]
"""Whether it is a prefix, and the token (or value) that it stands for; fields do not matter here."""


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Keys of which a matching article has at least one, and how often that will be, roughly."""

    keys: frozenset[Key]
    cost: float


def _cost(text: str) -> float:
    if text in COMMON:
        return _COMMON_COST
    return 1.0 + 40.0 / (1 + len(text))


def anchor(query: ast.Query) -> _Anchor | None:
    """Give the best anchor, or None where there is none."""
    match query:
        case ast.Term(text=text):
            return _Anchor(frozenset({(False, text)}), _cost(text))
        case ast.Prefix(text=text) if text:
            return _Anchor(frozenset({(True, text)}), _PREFIX_COST * _cost(text))
        case ast.Phrase(terms=terms):
            return min(
                (_Anchor(frozenset({(False, term)}), _cost(term)) for term in terms), key=lambda one: one.cost
            )
        case ast.MatchNone():
            return _Anchor(frozenset(), 0.0)
        case ast.Boolean():
            return _boolean_anchor(query)
        case _:
            return None


def _boolean_anchor(query: ast.Boolean) -> _Anchor | None:
    if query.must:
        found = [one for one in map(anchor, query.must) if one is not None]
        return min(found, key=lambda one: one.cost, default=None)
    keys: set[Key] = set()
    cost = 0.0
    for clause in query.should:
        one = anchor(clause)
        if one is None:
            return None
        keys |= one.keys
        cost += one.cost
    return _Anchor(frozenset(keys), cost)


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    subscription_id: str
    query: ast.Query
    keys: frozenset[Key] | None


class Matcher:
    """Subscriptions, and which of them accept an article. Put and remove at any time; not for several threads."""

    __slots__ = ("_always", "_by_prefix", "_by_term", "_entries", "_next", "_prefix_lengths")

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._by_term: dict[str, dict[int, _Entry]] = {}
        self._by_prefix: dict[str, dict[int, _Entry]] = {}
        self._prefix_lengths: dict[int, int] = {}
        self._always: dict[int, _Entry] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, subscription_id: str) -> bool:
        return subscription_id in self._entries

    def put(self, subscription_id: str, query: ast.Query) -> None:
        """Add a subscription, or give it another query; then it keeps its place in the order."""
        old = self._entries.get(subscription_id)
        if old is not None:
            self._unlink(old)
        found = anchor(query)
        number = self._next if old is None else old.number
        self._next += old is None
        entry = _Entry(number, subscription_id, query, None if found is None else found.keys)
        self._entries[subscription_id] = entry
        if entry.keys is None:
            self._always[number] = entry
            return
        for is_prefix, text in entry.keys:
            table = self._by_prefix if is_prefix else self._by_term
            if is_prefix and text not in table:
                self._prefix_lengths[len(text)] = self._prefix_lengths.get(len(text), 0) + 1
            table.setdefault(text, {})[number] = entry

    def remove(self, subscription_id: str) -> None:
        """Take a subscription out; one that is not there changes nothing."""
        entry = self._entries.pop(subscription_id, None)
        if entry is not None:
            self._unlink(entry)

    def _unlink(self, entry: _Entry) -> None:
        self._always.pop(entry.number, None)
        for is_prefix, text in entry.keys or ():
            table = self._by_prefix if is_prefix else self._by_term
            table[text].pop(entry.number, None)
            if not table[text]:
                del table[text]
                if is_prefix:
                    self._prefix_lengths[len(text)] -= 1
                    if not self._prefix_lengths[len(text)]:
                        del self._prefix_lengths[len(text)]

    def match(
        self, document: Document, on_error: Callable[[str, Exception], None] | None = None
    ) -> list[tuple[str, Match]]:
        """Give the subscriptions that accept the article, in the order they were put.

        An error of one is told to `on_error` with its id; the others go on. Without it the first error is raised
        after all were tried.
        """
        matches: list[tuple[str, Match]] = []
        errors: list[Exception] = []
        for entry in self._candidates(document):
            try:
                found = evaluate(entry.query, document)
            except Exception as error:  # noqa: BLE001 (whatever is wrong with one subscription, the others go on)
                if on_error is None:
                    errors.append(error)
                else:
                    on_error(entry.subscription_id, error)
                continue
            if found is not None:
                matches.append((entry.subscription_id, found))
        if errors:
            raise errors[0]
        return matches

    def _candidates(self, document: Document) -> Iterable[_Entry]:
        found = dict(self._always)
        words: set[str] = set()
        for name in TEXT_FIELDS:
            words.update(document.tokens(name).index)
        for name in KEYWORD_FIELDS:
            words.update(document.keywords(name))
        by_term = self._by_term
        for word in words & by_term.keys() if len(words) < len(by_term) else by_term.keys() & words:
            found.update(by_term[word])
        for length in self._prefix_lengths:
            for start in {word[:length] for word in words if len(word) >= length}:
                if start in self._by_prefix:
                    found.update(self._by_prefix[start])
        return [found[number] for number in sorted(found)]
