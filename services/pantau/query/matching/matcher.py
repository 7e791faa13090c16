"""Matching of many queries against one article.

Candidates are found by their anchors, then verified by their compiled functions. `presearch`
chooses the anchor of a query, `compiled` decides whether it accepts. Anchors are reconsidered, a
few queries per article, as word frequencies become known.

The cost of a query is bounded in two rounds: in the first each gets a glance, which nearly all do
not use up; those that need more share the budget of the article. So many expensive queries cost an
article little more than one.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, Final

from pantau.query import ast
from pantau.query.listed import ListValues, bind, lists_in, values_of
from pantau.query.matching.compiled import Check, compiled
from pantau.query.matching.document_view import View
from pantau.query.matching.list_keys import ListKeys
from pantau.query.matching.presearch import Anchor, Frequencies, Guarded, Key, anchor
from pantau.query.meaning.budget import GLANCE, BudgetExceededError, share
from pantau.query.meaning.evaluate import Match
from pantau.query.text.document import Document

_RARE: Final = 0.002
"""An anchor in fewer articles than this is good enough."""
_MOST_WORDS: Final = 50_000
"""Maximum number of words cached with their prefixes, and without any."""


class _Subscription:
    __slots__ = ("check", "keys", "lists", "number", "query", "subscription_id")

    def __init__(self, number: int, subscription_id: str, query: ast.Query) -> None:
        self.number = number
        self.subscription_id = subscription_id
        self.query = query
        self.lists = lists_in(query)
        self.check: Check = compiled(query)
        self.keys: tuple[Guarded, ...] | None = None


def _is_prefix(key: Key) -> bool:
    return isinstance(key, tuple) and len(key) == 1


_NUMBER: Final = attrgetter("number")


class Matcher:
    """Subscriptions, and which of them accept an article.

    Put and remove at any time; not thread-safe.
    """

    __slots__ = (
        "_always",
        "_by_key",
        "_entries",
        "_headless",
        "_heads",
        "_keys",
        "_lengths",
        "_list_keys",
        "_next",
        "_rates",
        "_review",
        "_users",
        "_values",
    )

    def __init__(self) -> None:
        self._entries: dict[str, _Subscription] = {}
        self._always: list[_Subscription] = []
        self._by_key: dict[Key, list[Any]] = {}
        """By key: guard and entry alternating in one list, which is smaller than pairs.
        """
        self._keys: set[Key] = set()
        """The same keys as a set: two sets are intersected without hashing again."""
        self._list_keys: ListKeys[_Subscription] = ListKeys()
        self._users: dict[str, dict[_Subscription, None]] = {}
        """Per list: the queries that refer to it."""
        self._values: dict[str, ListValues] = {}
        """Per list of any query: its values."""
        self._lengths: dict[int, int] = {}
        self._headless: set[str] = set()
        """Words that have none of the prefixes."""
        self._heads: dict[str, list[tuple[str]]] = {}
        """Words that have some of them, with these prefixes."""
        self._rates = Frequencies()
        self._review: Iterator[str] = iter(())
        self._next = 0

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, subscription_id: str) -> bool:
        return subscription_id in self._entries

    def put(self, subscription_id: str, query: ast.Query) -> None:
        """Add a subscription, or replace its query; then it keeps its position in the order."""
        old = self._entries.get(subscription_id)
        if old is not None:
            self._forget(old)
        entry = _Subscription(self._next if old is None else old.number, subscription_id, query)
        for node in entry.lists:
            self._users.setdefault(node.name, {})[entry] = None
            self.put_list(values_of(node))
        self._next += old is None
        self._entries[subscription_id] = entry
        self._link(entry)

    def remove(self, subscription_id: str) -> None:
        """Remove a subscription. Idempotent."""
        entry = self._entries.pop(subscription_id, None)
        if entry is not None:
            self._forget(entry)

    def _forget(self, entry: _Subscription) -> None:
        self._unlink(entry)
        for name in {node.name for node in entry.lists}:
            users = self._users[name]
            del users[entry]
            if not users:
                del self._users[name], self._values[name]

    def put_list(self, values: ListValues) -> None:
        """Replace the values of a list in all queries that refer to it.

        Anchors stay: a list is one key, whatever its values.
        """
        if values.name not in self._users or self._values.get(values.name) is values:
            return
        self._values[values.name] = values
        changed: dict[ast.InList, None] = {}
        for entry in self._users.get(values.name, ()):
            entry.query = bind(
                entry.query, lambda node: values if node.name == values.name else None
            )
            entry.check, entry.lists = compiled(entry.query), lists_in(entry.query)
            changed |= dict.fromkeys(node for node in entry.lists if node.name == values.name)
        for node in changed:
            self._list_keys.rebind(node)

    def _link(self, entry: _Subscription) -> None:
        self._link_by(entry, anchor(entry.query, self._rates))

    def _link_by(self, entry: _Subscription, found: Anchor | None) -> None:
        if found is None:
            entry.keys = None
            self._always.append(entry)
            return
        entry.keys = found.keys
        for key, guard in entry.keys:
            if isinstance(key, ast.InList):
                self._list_keys.add(key, guard, entry)
                continue
            bucket = self._by_key.get(key)
            if bucket is not None:
                bucket += guard, entry
                continue
            self._by_key[key] = [guard, entry]
            self._keys.add(key)
            if _is_prefix(key):
                self._lengths[len(key[0])] = self._lengths.get(len(key[0]), 0) + 1
                # Words without any of the old prefixes may begin with the new one. Removing a
                # prefix (`_unlink`) does not change them.
                self._headless.clear()
                self._heads.clear()

    def _unlink(self, entry: _Subscription) -> None:
        if entry.keys is None:
            self._always.remove(entry)
            return
        for key, _ in entry.keys:
            if isinstance(key, ast.InList):
                self._list_keys.remove(key, entry)
                continue
            bucket = self._by_key[key]
            # In a bucket each subscription follows its guard.
            place = bucket.index(entry)
            del bucket[place - 1 : place + 1]
            if bucket:
                continue
            del self._by_key[key]
            self._keys.discard(key)
            if _is_prefix(key):
                self._heads.clear()
                self._lengths[len(key[0])] -= 1
                if not self._lengths[len(key[0])]:
                    del self._lengths[len(key[0])]

    def match(
        self,
        document: Document,
        on_error: Callable[[str, Exception], None] | None = None,
        on_cost: Callable[[str, int], None] | None = None,
    ) -> list[tuple[str, Match]]:
        """Return the subscriptions that accept the article, in insertion order.

        An error of one is passed to `on_error` with its id; the others continue. Without it the
        first error is raised after all were tried. One that is too expensive has a
        BudgetExceededError. `on_cost` receives each that needed more than a glance, with its units
        of work (`budget`).
        """
        view = View(document)
        accepted: list[_Subscription] = []
        costly: list[_Subscription] = []
        errors: list[tuple[_Subscription, Exception]] = []
        meter = document.meter
        meter.reset(GLANCE)
        for entry in self._candidates(view):
            meter.left = GLANCE
            try:
                if entry.check(view):
                    accepted.append(entry)
            except BudgetExceededError:
                costly.append(entry)
            except Exception as error:  # noqa: BLE001 (whatever is wrong with one subscription, the others go on)
                errors.append((entry, error))
        # What a glance is not enough for shares one limit per article, so it comes after all
        # others.
        if costly:
            self._match_costly(view, costly, accepted, errors, on_cost)
        meter.reset()
        for failed, reason in sorted(errors, key=lambda one: one[0].number):
            if on_error is None:
                raise reason
            on_error(failed.subscription_id, reason)
        self._learn(view)
        accepted.sort(key=_NUMBER)
        return [(entry.subscription_id, Match.of(entry.query, document)) for entry in accepted]

    def _match_costly(
        self,
        view: View,
        costly: list[_Subscription],
        accepted: list[_Subscription],
        errors: list[tuple[_Subscription, Exception]],
        on_cost: Callable[[str, int], None] | None,
    ) -> None:
        """Match those that exceeded a glance, each with its share of the article's budget."""
        meter = view.document.meter
        for entry in sorted(costly, key=_NUMBER):
            meter.reset(share(len(costly)))
            try:
                if entry.check(view):
                    accepted.append(entry)
            except Exception as error:  # noqa: BLE001 (whatever is wrong with one subscription, the others go on)
                errors.append((entry, error))
            if on_cost is not None:
                on_cost(entry.subscription_id, meter.spent)

    def _candidates(self, view: View) -> set[_Subscription]:
        found = self._list_keys.candidates(view)
        found.update(self._always)
        keys, by_key = view.keys, self._by_key
        hit: list[Key] = list(keys & self._keys)
        if self._lengths:
            hit += self._prefixes(view)
        for key in hit:
            pairs = iter(by_key[key])
            for guard, entry in zip(pairs, pairs, strict=True):
                if guard is None or guard in keys:
                    found.add(entry)
        return found

    def _prefixes(self, view: View) -> set[tuple[str]]:
        """Return the prefixes among the keys that words of the article have."""
        # Sorted, so that a word is tried with no prefix longer than itself: linear in the article's
        # length.
        by_key, lengths, known = self._by_key, sorted(self._lengths), self._heads
        found: set[tuple[str]] = set()
        headless = []
        for word in view.words - self._headless:
            heads = known.get(word)
            if heads is None:
                fitting = lengths[: bisect_right(lengths, len(word))]
                heads = [head for length in fitting if (head := (word[:length],)) in by_key]
                if not heads:
                    headless.append(word)
                    continue
                known[word] = heads
            found.update(heads)
        if len(self._headless) > _MOST_WORDS:
            self._headless.clear()
        if len(known) > _MOST_WORDS:
            known.clear()
        self._headless.update(headless)
        return found

    def _learn(self, view: View) -> None:
        """Record the words of the article; reconsider the anchors of a few subscriptions."""
        if self._rates.learn(view.words):
            self._review = iter(tuple(self._entries))
        for _, subscription_id in zip(
            range(8 + len(self._entries) // 1_000), self._review, strict=False
        ):
            entry = self._entries.get(subscription_id)
            if entry is None or not entry.keys:
                continue
            if sum([self._rates.key(key) for key, _ in entry.keys]) > _RARE:
                found = anchor(entry.query, self._rates)
                if found is None or found.keys != entry.keys:  # mostly there is no better one
                    self._unlink(entry)
                    self._link_by(entry, found)
