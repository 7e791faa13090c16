"""The trained engine: small convolutional networks, and Viterbi decoding of their scores."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache, partial
from importlib.resources import as_file, files
from itertools import compress, count
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from pantau.enricher.lexicon.gazetteer import Gazetteer, load_gazetteer
from pantau.enricher.ner.corrections.english_headlines import EnglishHeadlines
from pantau.enricher.ner.corrections.headlines import Headlines
from pantau.enricher.ner.corrections.known_names import AT_HOME
from pantau.enricher.ner.corrections.postprocess import Mender
from pantau.enricher.ner.engine import Mention, Passage, Ranges, outside_skipped
from pantau.enricher.ner.marks import Marked
from pantau.enricher.ner.rules.engine import RuleEngine
from pantau.enricher.ner.trained.network import Network
from pantau.enricher.ner.trained.tokens import BREAK, tokenize
from pantau.enricher.ner.trained.viterbi import best_labels
from pantau_schemas.events.article import EntityType

VERSION: Final = "convolutional-5"
MODEL: Final = "network.npz"
ENGLISH_MODEL: Final = "network_english.npz"
LONGEST_PREPARED: Final = 10_000
"""Characters of a text that is read together with others."""
_ENGLISH: Final = "en"
_CLOSING: Final = frozenset(".)")
"""Marks that can end a name: Tbk., PT Pertamina (Persero)."""
_KINDS: Final[dict[str, EntityType]] = {"PER": "person", "ORG": "organization", "LOC": "place"}


_Key = tuple[str, bool, Ranges]


class _ReadText(NamedTuple):
    """A text as tokens with their starts, ends, labels and marks; breaks in what is skipped."""

    tokens: list[str]
    starts: list[int]
    ends: list[int]
    labels: list[int]
    marked: Marked


class ConvolutionalEngine:
    """Finds names with a trained model.

    In headlines, for which it was not trained, with the rules for known names; those that stand
    alone are written as sentences first.
    """

    def __init__(
        self,
        network: Network,
        gazetteer: Gazetteer | None = None,
        english: Callable[[], Network] | None = None,
    ) -> None:
        """Read with a network, and English with another one if there is one.

        `english` loads it, and is called at the first English text: who has none pays for none.
        """
        known = gazetteer or load_gazetteer()
        self._rules = RuleEngine(known)
        self._mender = Mender(known, self._rules)
        # Networks with rows of their own: engines of other threads use others of the same model.
        self._network = network.apart(self._mender.mark)
        self._english = cache(
            lambda: english().apart(self._mender.mark) if english else self._network
        )
        self._headlines = Headlines(known)
        self._english_headlines = EnglishHeadlines(known)
        self._ready: dict[_Key, _ReadText] = {}

    @property
    def version(self) -> str:
        """The version of the model and of its post-processing."""
        return VERSION

    def find(self, passage: Passage) -> list[Mention]:
        """Return the names, in order, without overlaps."""
        return self._headline(passage) if passage.headline else self._sentences(passage)

    def prepare(self, passages: Sequence[Passage]) -> None:
        """Read texts that `find` is called with next, in one piece.

        A line's end between two texts keeps each as it is alone. Long ones are left to their own
        time budgets.
        """
        self._ready.clear()
        short = [one for one in passages if len(one.text) <= LONGEST_PREPARED]
        for english in (False, True):
            if those := [one for one in short if (one.lang == _ENGLISH) is english]:
                self._read_together(those, self._network_of(those[0]))

    def _read_together(self, passages: Sequence[Passage], network: Network) -> None:
        """Read texts of one network as one text."""
        parts = [_tokens(one) for one in passages]
        every: list[str] = []
        for tokens, _, _ in parts:
            every += tokens
            every.append(BREAK)
        scores, marks = network.read(every)
        labels = best_labels(scores, network.steps)
        at = 0
        for passage, (tokens, starts, ends) in zip(passages, parts, strict=True):
            end = at + len(tokens)
            self._ready[_key(passage)] = _ReadText(
                tokens, starts, ends, labels[at:end], _marked(marks[at:end])
            )
            at = end + 1

    def _network_of(self, passage: Passage) -> Network:
        return self._english() if passage.lang == _ENGLISH else self._network

    def _read(self, passage: Passage) -> _ReadText:
        """Return a text with its labels, as prepared or read now."""
        ready = self._ready.pop(_key(passage), None) if self._ready else None
        if ready is not None:
            return ready
        tokens, starts, ends = _tokens(passage)
        network = self._network_of(passage)
        scores, marks = network.read(tokens, passage.budget)
        marked = _marked(marks)
        # Known names are found although the time has ended for all others.
        for index in range(len(marks), len(tokens)):
            if found := self._mender.mark(tokens[index]):
                marked.append((index, found))
        return _ReadText(tokens, starts, ends, best_labels(scores, network.steps), marked)

    def _headline(self, passage: Passage) -> list[Mention]:
        """Return the names of a headline; one that stands alone is read as a sentence, too."""
        found = self._rules.find(passage)

        def read(text: str) -> list[Mention]:
            return self._sentences(passage._replace(text=text))

        if passage.lang == _ENGLISH and passage.alone:
            return self._english_headlines.repair(passage, found, read)
        if passage.lang not in AT_HOME:
            return found
        return self._headlines.repair(passage, found, read if passage.alone else None)

    def _sentences(self, passage: Passage) -> list[Mention]:
        tokens, starts, ends, labels, marked = self._read(passage)
        if not tokens:
            return []
        found = _mentions(labels, self._network_of(passage).labels, starts, ends, tokens)
        mended = self._mender.postprocess(passage, found, tokens, starts, marked)
        return outside_skipped(passage, mended)


def _key(passage: Passage) -> _Key:
    """Return what the labels of a text depend on."""
    return passage.text, passage.lang == _ENGLISH, tuple(passage.skip)


def _tokens(passage: Passage) -> tuple[list[str], list[int], list[int]]:
    """Return the tokens of a text, with breaks in place of those that are skipped."""
    tokens, starts, ends = tokenize(passage.text)
    for low, high in passage.skip:
        for index in range(bisect_right(ends, low), bisect_left(starts, high)):
            tokens[index] = BREAK
    return tokens, starts, ends


def _marked(marks: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Return the tokens that have marks, with these."""
    places = np.flatnonzero(marks)
    return list(zip(places.tolist(), marks[places].tolist(), strict=True))


def _mentions(
    labels: list[int], names: tuple[str, ...], starts: list[int], ends: list[int], tokens: list[str]
) -> list[Mention]:
    """Convert labels B-PER, I-PER, O to spans.

    No name begins with a mark, nor ends with one that closes nothing.
    """
    found: list[Mention] = []
    kind, begin, last, end = "", 0, -1, 0
    for index in compress(count(), labels):
        token = tokens[index]
        if token == BREAK:
            continue
        mark, _, name = names[labels[index]].partition("-")
        # A name ends where another one begins, and before a word without a label.
        if last >= 0 and (mark == "B" or index > last + 1):
            found.append(Mention(begin, end, _KINDS[kind]))
            last = -1
        word = token[0].isalnum()
        if last < 0:
            if not word:
                continue
            kind, begin = name, starts[index]
        last = index
        if word or token in _CLOSING:
            end = ends[index]
    if last >= 0:
        found.append(Mention(begin, end, _KINDS[kind]))
    return found


def load_convolutional(gazetteer: Gazetteer | None = None) -> ConvolutionalEngine:
    """Load the bundled networks, the English one when it is first needed, each once a process.

    Fast, but only needed when names are searched.
    """
    return ConvolutionalEngine(_model(MODEL), gazetteer, partial(_model, ENGLISH_MODEL))


@cache
def _model(name: str) -> Network:
    with as_file(files("pantau.enricher").joinpath("data", name)) as path:
        return Network.load(path)
