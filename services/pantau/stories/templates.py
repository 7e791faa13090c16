"""Reports that are written from a template: quakes, matches, prices, horoscopes, weather.

Two of them share most of their words and yet report different events, or none. What topic a report
is of is seen by how many different words of the topic it has (`data/templates.txt`); these words
then say nothing, and only names and numbers beside them identify its event. A report whose title
names it as well is a service piece.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from pantau.stories.words import ArticleWords, Flags, Numbers, Places, hash_words
from pantau_schemas.events.article import ServiceKind

_BEYOND: Final = (1 << 64) - 1
_COMMON: Final = 0
"""The section of words that say nothing in a report of any topic."""
_NO_WORDS: Final = np.empty(0, dtype=np.uint64)


class Cue(NamedTuple):
    """Words of a title that show a service piece; `alone` if it has no event with others."""

    words: frozenset[int]
    kind: ServiceKind
    alone: bool


@dataclass(frozen=True, slots=True)
class ReportTopic:
    """A section of the words: which make it, which it has too, and what titles tell its kind."""

    name: str
    least: int
    words: Numbers
    others: Numbers
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """The topic of a report, and which of its distinct words say nothing about its event."""

    topic: str
    idle: Flags


class Templates:
    """The words of all topics: ascending hashes, with a column for each topic."""

    def __init__(self, topics: list[ReportTopic]) -> None:
        self._topics = topics
        self._least = np.array([topic.least for topic in topics], dtype=np.float64)
        every = np.unique(np.concatenate([_all_of(topic) for topic in topics]))
        self._words = np.append(every, np.uint64(_BEYOND))
        shape = len(self._words), len(topics)
        self._makes = np.zeros(shape, dtype=np.uint8)
        self._idle = np.zeros(shape, dtype=np.bool_)
        for column, topic in enumerate(topics):
            self._makes[self._words.searchsorted(topic.words), column] = 1
            self._idle[self._words.searchsorted(_all_of(topic)), column] = True
        self._idle |= self._idle[:, _COMMON : _COMMON + 1]
        cues = [cue.words for topic in topics for cue in topic.cues]
        self._cue_words = frozenset[int]().union(*cues)

    def find(self, words: Numbers) -> ReportTemplate | None:
        """Return the topic of an article by its distinct words; None for an ordinary article."""
        rows, known = self._rows(words)
        shares = self._shares(rows)
        best = int(shares.argmax())
        if shares[best] < 1:
            return None
        idle = np.zeros(len(words), dtype=np.bool_)
        idle[known] = self._idle[rows, best]
        return ReportTemplate(self._topics[best].name, idle)

    def may_be_service(self, title: Numbers) -> bool:
        """Return whether a title has a word of any cue; most have none."""
        return not self._cue_words.isdisjoint(title.tolist())

    def service(self, title: Numbers, words: Numbers) -> Cue | None:
        """Return what shows a service piece by the words of the title, and all distinct ones."""
        told = frozenset(title.tolist())
        asked = [
            (column, cue)
            for column, topic in enumerate(self._topics)
            for cue in topic.cues
            if cue.words <= told
        ]
        if not asked:
            return None
        shares = self._shares(self._rows(words)[0])
        return next((cue for column, cue in asked if shares[column] >= 1), None)

    def _rows(self, words: Numbers) -> tuple[Places, Flags]:
        at = self._words.searchsorted(words)
        known = self._words.take(at) == words
        return at[known], known

    def _shares(self, rows: Places) -> npt.NDArray[np.float64]:
        """Return the words of each topic, as a share of how many make it."""
        counts: npt.NDArray[np.float64] = self._makes[rows].sum(axis=0, dtype=np.float64)
        return counts / self._least


def service_kind(words: ArticleWords) -> ServiceKind | None:
    """Return the kind of service piece that an article is; None for a report of an event."""
    templates = load_templates()
    if not templates.may_be_service(words.title):
        return None  # mostly: the words of the text need not be sorted for it
    every = np.unique(np.concatenate((words.text, words.title)))
    cue = templates.service(words.title, every)
    return None if cue is None else cue.kind


@cache
def load_templates() -> Templates:
    """Load the words of all topics, once."""
    text = files("pantau.stories").joinpath("data", "templates.txt").read_text("utf-8")
    return Templates([_read_topic(section) for section in text.split("\n[")[1:]])


def _read_topic(section: str) -> ReportTopic:
    head, _, body = section.partition("]\n")
    name, least = head.split()
    lines = body.splitlines()
    return ReportTopic(
        name,
        int(least),
        _hashed(line for line in lines if line[:1] not in {"+", "=", "~"}),
        _hashed(line[1:] for line in lines if line.startswith("+")),
        tuple(cue for line in lines if line.startswith(("=", "~")) for cue in _read_cues(line)),
    )


def _read_cues(line: str) -> Iterator[Cue]:
    sign, kind, *told = line.split()
    for cue in told:
        words = frozenset(hash_words(cue.replace("+", " ")).tolist())
        yield Cue(words, cast("ServiceKind", kind), alone=sign == "=")


def _hashed(lines: Iterable[str]) -> Numbers:
    parts = [hash_words(line) for line in lines if line.strip()]
    return np.unique(np.concatenate(parts)) if parts else _NO_WORDS


def _all_of(topic: ReportTopic) -> Numbers:
    return np.concatenate((topic.words, topic.others))
