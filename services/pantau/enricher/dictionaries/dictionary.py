"""Names that users provide, found in one pass over the words of a text however many there are.

A name is looked up by its first two words, then by all lengths of names that begin with them,
longest first; so a text costs the same with ten names as with a hundred thousand, except for near
misses. Separators must equal those of the name; all kinds of whitespace, hyphens and apostrophes
are equal. A name must be a whole word: -nya may follow, and a hyphen with another name
(Jakarta-Bandung), but it must not be part of a longer word (PDI in PDI-P).
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from typing import Final, Literal, Protocol

from pantau.enricher.lexicon.char_mask import CharMask
from pantau.enricher.ner.engine import Mention, Ranges
from pantau_schemas.events.article import EntityType

Case = Literal["auto", "exact", "any"]

MOST_WORDS: Final = 20
"""Maximum number of words in a name."""
_WORD: Final = re.compile(r"([^\W_]+)")
_SPACE: Final = re.compile(r"\s+")
_SAME: Final = str.maketrans("’‘ʼ`‐‑–—", "''''----")
_LONG_PIECE: Final = 4
"""Minimum number of letters on both sides of a hyphen for two names instead of one word."""


@dataclass(frozen=True, slots=True)
class DictionaryEntry:
    """A person, an organisation or a place, with all names in use; `name` is the canonical one.

    `case` is how names are compared. `auto`: one in capitals as written (BSN), one in lower case
    case-insensitively (bitcoin), others case-insensitively if capitalised in the text. `languages`
    are those of the articles in which it is searched, empty for all.
    """

    type: EntityType
    name: str
    id: str | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    roles: tuple[str, ...] = ()
    case: Case = "auto"
    languages: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key within its type: the id, else the name."""
        return self.id or self.name.lower()


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name of an entry in a text."""

    mention: Mention
    entry: DictionaryEntry


@dataclass(frozen=True, slots=True)
class _Form:
    written: str
    """The required spelling; empty if case-insensitive."""
    capital: bool
    entry: DictionaryEntry

    def is_hidden_by(self, other: "_Form") -> bool:
        """Return whether an earlier form of the same key matches wherever this one does.

        Then it is never found.
        """
        return (
            (self.written, self.capital) == (other.written, other.capital)
            and self.entry.type == other.entry.type
            and self.entry.languages == other.entry.languages
        )


class Dictionary:
    """The entries of all dictionaries. Immutable; find() is thread-safe."""

    def __init__(self, entries: Sequence[DictionaryEntry] = ()) -> None:
        self.size = 0
        """Number of names."""
        self.version = _digest(entries) if entries else ""
        """Changes with every change of an entry."""
        self._forms: dict[str, tuple[_Form, ...]] = {}
        lengths: dict[str, set[int]] = {}
        for entry in entries:
            for name in dict.fromkeys((entry.name, *entry.aliases)):
                self._put(name, entry, lengths)
        self._lengths = {
            begin: tuple(sorted(found, reverse=True)) for begin, found in lengths.items()
        }
        self._firsts = frozenset(begin.partition(" ")[0] for begin in lengths)

    def _put(self, name: str, entry: DictionaryEntry, lengths: dict[str, set[int]]) -> None:
        written = normal(name)
        key = written.lower()
        words = _WORD.findall(key)
        form = _form(written, entry)
        known = self._forms.get(key, ())
        if not any(form.is_hidden_by(one) for one in known):
            self._forms[key] = (*known, form)
            self.size += 1
        lengths.setdefault(" ".join(words[:2]), set()).add(len(words))

    def __bool__(self) -> bool:
        """Return whether there is any name."""
        return bool(self._forms)

    def find(self, text: str, lang: str, skip: Ranges = ()) -> list[NameMatch]:
        """Return the names in a text outside `skip`, in order; of overlapping ones the longest."""
        if not self._forms:
            return []
        parts = _WORD.split(text)  # alternating: separator, word, separator, ...
        ends = list(accumulate(map(len, parts)))
        starts, ends = ends[0:-1:2], ends[1::2]
        words = [*map(str.lower, parts[1::2]), ""]
        found: list[NameMatch] = []
        firsts, known = self._firsts, self._lengths.get
        for index, word in enumerate(words):
            if word in firsts:
                lengths = (*known(f"{word} {words[index + 1]}", ()), *known(word, ()))
                hit = self._longest(text, starts, ends, index, lengths, lang) if lengths else None
                if hit is not None:
                    found.append(hit)
        return _without_overlap(found, CharMask(len(text), skip)) if found else []

    def _longest(
        self,
        text: str,
        starts: list[int],
        ends: list[int],
        index: int,
        lengths: tuple[int, ...],
        lang: str,
    ) -> NameMatch | None:
        start = starts[index]
        for length in lengths:
            last = index + length - 1
            if last >= len(ends) or ends[last] - start > _LONGEST:
                continue
            end = ends[last]
            written = normal(text[start:end])
            for form in self._forms.get(written.lower(), ()):
                if _fits(form, written, lang) and _is_whole(text, start, end):
                    return NameMatch(Mention(start, end, form.entry.type), form.entry)
        return None

    def get(self, name: str, kind: EntityType, lang: str) -> DictionaryEntry | None:
        """Return the entry of a type with exactly this name, regardless of case rules."""
        for form in self._forms.get(normal(name).lower(), ()):
            if form.entry.type == kind and (
                not form.entry.languages or lang in form.entry.languages
            ):
                return form.entry
        return None

    def entries_named(self, name: str) -> list[DictionaryEntry]:
        """Return the entries that have a name, in whatever case and of whatever type."""
        found = [form.entry for form in self._forms.get(normal(name).lower(), ())]
        return list({entry.key: entry for entry in found}.values())


class DictionarySource(Protocol):
    """The source of dictionaries, which can be reloaded."""

    def load(self) -> "Dictionary":
        """Load all of them. Raises UsageError for one that cannot be read at all."""

    def changed(self) -> Dictionary | None:
        """Return the dictionary of all files if any of them has changed since the last call.

        Else None. Never raises.
        """

    def files(self) -> Mapping[str, Sequence["DictionaryEntry"]]:
        """Return the entries of each file, as last loaded, by file name."""


def normal(name: str) -> str:
    """Normalise a name for comparison.

    Punctuation at its ends is removed, and variants of whitespace and marks are unified.
    """
    if not name.isascii():
        name = name.translate(_SAME)
    words = (
        list(_WORD.finditer(name)) if not name[:1].isalnum() or not name[-1:].isalnum() else None
    )
    if words is not None:
        name = name[words[0].start() : words[-1].end()] if words else ""
    return name if name.isalnum() else _SPACE.sub(" ", name)


_LONGEST: Final = 300
"""Maximum length of a name in a text in characters."""


def _form(written: str, entry: DictionaryEntry) -> _Form:
    letters = [char for char in written if char.isalpha()]
    exact = entry.case == "exact" or (
        entry.case == "auto" and len(letters) > 1 and all(map(str.isupper, letters))
    )
    capital = entry.case == "auto" and any(map(str.isupper, letters))
    return _Form(written if exact else "", capital, entry)


def _fits(form: _Form, written: str, lang: str) -> bool:
    if form.written and form.written != written:
        return False
    if form.capital and not (written[0].isupper() or not written[0].isalpha()):
        return False
    return not form.entry.languages or lang in form.entry.languages


def _is_whole(text: str, start: int, end: int) -> bool:
    """Return whether a name is not a part of a longer word."""
    return not _binds(text, start, end, start - 1, -1) and not _binds(text, start, end, end, 1)


def _binds(text: str, start: int, end: int, at: int, step: int) -> bool:
    """Return whether the mark at `at` joins the name and the text on its other side to one word."""
    if not 0 <= at < len(text) or not 0 <= at + step < len(text):
        return False
    mark, beyond = text[at], text[at + step]
    if mark in "@_":
        return True
    if mark not in "-‐‑/" or not beyond.isalnum():
        return False
    match = _WORD.match(text, at + 1) if step > 0 else None
    if step > 0 and match is None:
        return True
    piece = match.group() if match is not None else _WORD.split(text[max(0, at - 40) : at])[-2]
    if step > 0 and piece in {"nya", "ku", "mu", "lah", "kah", "an"}:
        return False
    return not (piece[0].isupper() and len(piece) >= _LONG_PIECE and end - start >= _LONG_PIECE)


def _without_overlap(found: list[NameMatch], taken: CharMask) -> list[NameMatch]:
    kept: list[NameMatch] = []
    for hit in sorted(
        found, key=lambda one: (one.mention.start - one.mention.end, one.mention.start)
    ):
        if not taken.touches(hit.mention.start, hit.mention.end):
            taken.add(hit.mention.start, hit.mention.end)
            kept.append(hit)
    return sorted(kept, key=lambda one: one.mention.start)


def _digest(entries: Iterable[DictionaryEntry]) -> str:
    """Return six hexadecimal digits that differ when entries do."""
    digest = hashlib.sha256()
    for entry in entries:
        digest.update(json.dumps(asdict(entry), sort_keys=True).encode())
    return digest.hexdigest()[:6]
