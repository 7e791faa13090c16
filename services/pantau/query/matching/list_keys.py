"""The keys of lists: how an article finds the queries that may match it by a list of names.

A list in some fields is one group, whose keys are those of its values, and whose followers are the
queries anchored at it. An article looks up keys once, however many queries share the list; a list
that changes moves its own keys and touches no query.
"""

from typing import Generic, TypeVar

from pantau.query import ast
from pantau.query.matching.document_view import Gram, View
from pantau.query.matching.presearch import value_keys

F = TypeVar("F")


class _ListGroup(Generic[F]):
    __slots__ = ("followers", "keys", "node")

    def __init__(self, node: ast.InList) -> None:
        self.node = node
        self.keys: frozenset[Gram] = frozenset()
        self.followers: dict[F, Gram | None] = {}
        """Queries with their guards: a gram that a matching article has, too."""


class ListKeys(Generic[F]):
    """Groups of followers by list. Followers are hashable."""

    __slots__ = ("_by_key", "_groups", "_keys")

    def __init__(self) -> None:
        self._groups: dict[ast.InList, _ListGroup[F]] = {}
        """By list and fields; the values are no part of a node's identity."""
        self._by_key: dict[Gram, list[_ListGroup[F]]] = {}
        self._keys: set[Gram] = set()

    def add(self, node: ast.InList, guard: Gram | None, follower: F) -> None:
        """Add a follower of a list."""
        group = self._groups.get(node)
        if group is None:
            group = self._groups[node] = _ListGroup(node)
            self._move(group, frozenset(value_keys(node)))
        group.followers[follower] = guard

    def remove(self, node: ast.InList, follower: F) -> None:
        """Remove a follower; a list without any is forgotten."""
        group = self._groups[node]
        group.followers.pop(follower, None)
        if not group.followers:
            self._move(group, frozenset())
            del self._groups[node]

    def rebind(self, node: ast.InList) -> None:
        """Apply the new values of a list in the fields of a node."""
        group = self._groups.get(node)
        if group is not None and group.node.values is not node.values:
            group.node = node
            self._move(group, frozenset(value_keys(node)))

    def _move(self, group: _ListGroup[F], keys: frozenset[Gram]) -> None:
        """Change the keys of a group; only the difference is touched."""
        for key in group.keys - keys:
            others = self._by_key[key]
            others.remove(group)
            if not others:
                del self._by_key[key]
                self._keys.discard(key)
        for key in keys - group.keys:
            self._by_key.setdefault(key, []).append(group)
            self._keys.add(key)
        group.keys = keys

    def candidates(self, view: View) -> set[F]:
        """Return the followers of the lists of which the article has a value."""
        found: set[F] = set()
        if not self._keys:
            return found
        keys = view.keys
        hit = {id(group): group for key in keys & self._keys for group in self._by_key[key]}
        for group in hit.values():
            for follower, guard in group.followers.items():
                if guard is None or guard in keys:
                    found.add(follower)
        return found
