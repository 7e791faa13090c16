"""feedparser's names for the namespaced elements and attributes of expat.

See `feedparser.state`.
"""

from collections.abc import Sequence
from typing import Final

from pantau.feeds.feedparser.text import TextState

_MATHML: Final = "http://www.w3.org/1998/Math/MathML"
_SVG: Final = "http://www.w3.org/2000/svg"
_USERLAND: Final = "http://backend.userland.com/rss"
_LOWERED: Final = frozenset({"rel", "type"})
_MOST_NAMES: Final = 10_000  # cached mappings; endless names must not fill the memory


class NamedState(TextState):
    """feedparser's state with its names for elements and attributes, each computed once."""

    decls: dict[str, str]

    def __init__(self, encoding: str) -> None:
        super().__init__(encoding)
        self._start_names: dict[str, tuple[str, str | None]] = {}
        self._end_names: dict[str, str] = {}
        self._prefixes: dict[str, str | None] = {}  # of namespaces without a name in feedparser
        self._attribute_names: dict[str, tuple[str, str]] = {}
        self._home: str | None = None  # the namespace of the root

    def declare(self, prefix: str | None, uri: str) -> None:
        """Record a namespace. A change may give names another meaning from here on."""
        known = self.namespaces_in_use
        key = self._matchnamespaces.get(uri.lower(), prefix or "")
        before = len(known), known.get(key)
        self.track_namespace(prefix, uri)
        if before != (len(known), known.get(key)):
            self._prefixes.clear()
            self._start_names.clear()
            self._end_names.clear()

    def start_name(self, name: str) -> tuple[str, str | None]:
        """Return feedparser's name of an element, and the namespace shown by inline markup."""
        return self._start_names.get(name) or self._map_start(name)

    def end_name(self, name: str) -> str:
        """Return feedparser's name of an element at its end."""
        return self._end_names.get(name) or self._map_end(name)

    def _map_start(self, name: str) -> tuple[str, str | None]:
        namespace, local = _parts(name)
        if self._home is None:
            self._home = namespace or ""
        lower = (namespace or "").lower()
        if _USERLAND in lower:
            namespace = lower = _USERLAND
        local = local.lower()
        prefix = self._matchnamespaces.get(lower)
        tag = f"{prefix.lower()}:{local}" if prefix else self._prefixed(namespace, local)
        mapped = tag.lower(), written_out(namespace, local)
        if len(self._start_names) < _MOST_NAMES:
            self._start_names[name] = mapped
        return mapped

    def _map_end(self, name: str) -> str:
        namespace, local = _parts(name)
        prefix = self._matchnamespaces.get((namespace or "").lower())
        tag = (f"{prefix}:{local}" if prefix else self._prefixed(namespace, local)).lower()
        if len(self._end_names) < _MOST_NAMES:
            self._end_names[name] = tag
        return tag

    def _prefixed(self, namespace: str | None, local: str) -> str:
        """Add the document's prefix of a namespace to a name.

        Elements of the root's own namespace are the feed's, whatever their prefix.
        """
        if not namespace or namespace == self._home:
            return local
        if namespace not in self._prefixes:
            used = self.namespaces_in_use.items()
            self._prefixes[namespace] = next(
                (one for one, value in used if one and value == namespace), None
            )
        prefix = self._prefixes[namespace]
        return f"{prefix}:{local}" if prefix else local

    def named(self, flat: Sequence[str]) -> dict[str, str]:
        """Return attributes by feedparser's names, then by the written ones."""
        found, self.decls = self.decls, {}
        mapped, values = (
            [self._attribute_names.get(one) or self._map_attribute(one) for one in flat[::2]],
            flat[1::2],
        )
        for (known, _), value in zip(mapped, values, strict=True):
            found[known] = value.lower() if known in _LOWERED else value
        if any(known != written for known, written in mapped):
            for (_, written), value in zip(mapped, values, strict=True):
                found[written] = value.lower() if written in _LOWERED else value
        return found

    def _map_attribute(self, name: str) -> tuple[str, str]:
        parts = name.split()
        local = parts[0] if len(parts) == 1 else parts[1]
        written = f"{parts[2]}:{local}" if len(parts) == 3 else local
        prefix = self._matchnamespaces.get(parts[0].lower()) if len(parts) > 1 else None
        mapped = (f"{prefix}:{local}" if prefix else local).lower(), written.lower()
        if len(self._attribute_names) < _MOST_NAMES:
            self._attribute_names[name] = mapped
        return mapped


def _parts(name: str) -> tuple[str | None, str]:
    """Split a name of expat into namespace and local name.

    Raises ValueError for a namespace with spaces.
    """
    parts = name.split()
    if len(parts) == 1:
        return None, name
    namespace, local = parts[:2] if len(parts) == 3 else parts
    return namespace, local


def written_out(namespace: str | None, local: str) -> str | None:
    """Return the namespace of an element that inline markup shows with it.

    That of a formula or a drawing.
    """
    return namespace if (local, namespace) in {("math", _MATHML), ("svg", _SVG)} else None
