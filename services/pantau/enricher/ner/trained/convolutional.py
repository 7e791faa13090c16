"""The trained engine: small convolutional networks, and Viterbi decoding of their scores."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cache, partial
from importlib.resources import as_file, files
from itertools import compress, count
from typing import Final

from pantau.enricher.lexicon.gazetteer import Gazetteer, load_gazetteer
from pantau.enricher.ner.corrections.headlines import Headlines
from pantau.enricher.ner.corrections.known_names import AT_HOME
from pantau.enricher.ner.corrections.postprocess import Mender
from pantau.enricher.ner.engine import Mention, Passage, Ranges
from pantau.enricher.ner.rules.engine import RuleEngine
from pantau.enricher.ner.trained.network import Network
from pantau.enricher.ner.trained.tokens import BREAK, tokenize
from pantau.enricher.ner.trained.viterbi import best_labels
from pantau_schemas.events.article import EntityType

VERSION: Final = "convolutional-5"
MODEL: Final = "network.npz"
ENGLISH_MODEL: Final = "network_english.npz"
_ENGLISH: Final = "en"
_CLOSING: Final = frozenset(".)")
"""Marks that can end a name: Tbk., PT Pertamina (Persero)."""
_KINDS: Final[dict[str, EntityType]] = {"PER": "person", "ORG": "organization", "LOC": "place"}


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
        self._network = network
        self._english: Callable[[], Network] = cache(english) if english else lambda: network
        known = gazetteer or load_gazetteer()
        self._rules = RuleEngine(known)
        self._mender = Mender(known, self._rules)
        self._headlines = Headlines(known)

    @property
    def version(self) -> str:
        """The version of the model and of its post-processing."""
        return VERSION

    def find(self, passage: Passage) -> list[Mention]:
        """Return the names, in order, without overlaps."""
        return self._headline(passage) if passage.headline else self._sentences(passage)

    def _headline(self, passage: Passage) -> list[Mention]:
        """Return the names of a headline; one that stands alone is read as a sentence, too."""
        found = self._rules.find(passage)
        if passage.lang not in AT_HOME:
            return found
        if not passage.alone:
            return self._headlines.repair(passage, found)

        def read(text: str) -> list[Mention]:
            return self._sentences(passage._replace(text=text))

        return self._headlines.repair(passage, found, read)

    def _sentences(self, passage: Passage) -> list[Mention]:
        tokens, starts, ends = tokenize(passage.text)
        if not tokens:
            return []
        _blank(tokens, starts, ends, passage.skip)
        network = self._english() if passage.lang == _ENGLISH else self._network
        labels = best_labels(network.score(tokens, passage.budget), network.steps)
        found = _mentions(labels, network.labels, starts, ends, tokens)
        return self._mender.postprocess(passage, found, tokens, starts)


def _blank(tokens: list[str], starts: list[int], ends: list[int], skip: Ranges) -> None:
    """Replace the tokens in some ranges by breaks."""
    for low, high in skip:
        for index in range(bisect_right(ends, low), bisect_left(starts, high)):
            tokens[index] = BREAK


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
    """Load the bundled networks, the English one when it is first needed.

    Fast, but only needed when names are searched.
    """
    return ConvolutionalEngine(_bundled(MODEL), gazetteer, partial(_bundled, ENGLISH_MODEL))


def _bundled(name: str) -> Network:
    with as_file(files("pantau.enricher").joinpath("data", name)) as path:
        return Network.load(path)
