"""The trained engine: a linear model with a table of steps between labels (a conditional random field)."""

from bisect import bisect_left, bisect_right
from importlib.resources import as_file, files
from itertools import compress, count
from typing import Final

from pantau.enricher.engine import Mention, Passage, Ranges
from pantau.enricher.gazetteer import Gazetteer, load_gazetteer
from pantau.enricher.mend import Mender
from pantau.enricher.model import Model
from pantau.enricher.rules import RuleEngine
from pantau.enricher.tokens import BREAK, tokenize
from pantau.enricher.viterbi import best_labels
from pantau_schemas.article import EntityType

VERSION: Final = "linear-1"
MODELS: Final = {"id": "linear-id.npz", "en": "linear-en.npz"}
_KINDS: Final[dict[str, EntityType]] = {"PER": "person", "ORG": "organization", "LOC": "place"}


class LinearEngine:
    """Finds names with a trained model; in headlines, where it was not trained, with the rules for known names."""

    def __init__(self, models: dict[str, Model], gazetteer: Gazetteer | None = None) -> None:
        self._models = models
        known = gazetteer or load_gazetteer()
        self._rules = RuleEngine(known)
        self._mender = Mender(known, self._rules)

    @property
    def version(self) -> str:
        """Raised with the model and with what is done to its results here."""
        return VERSION

    def find(self, passage: Passage) -> list[Mention]:
        """Give the names, in order, not overlapping."""
        if passage.headline:
            return self._rules.find(passage)
        tokens, starts, ends = tokenize(passage.text)
        if not tokens:
            return []
        _blank(tokens, starts, ends, passage.skip)
        model = self._models["en" if passage.lang == "en" else "id"]
        scores = model.score(tokens)
        labels = best_labels(scores, model.steps)
        found = _mentions(labels, model.labels, starts, ends, tokens)
        return self._mender.mend(passage, found, tokens, starts)


def _blank(tokens: list[str], starts: list[int], ends: list[int], skip: Ranges) -> None:
    """Make breaks of the tokens in some ranges."""
    for low, high in skip:
        for index in range(bisect_right(ends, low), bisect_left(starts, high)):
            tokens[index] = BREAK


def _mentions(
    labels: list[int], names: tuple[str, ...], starts: list[int], ends: list[int], tokens: list[str]
) -> list[Mention]:
    """Read labels B-PER, I-PER, O as spans."""
    found: list[Mention] = []
    kind, begin, last = "", 0, -1
    for index in compress(count(), labels):
        if tokens[index] == BREAK:
            continue
        mark, _, name = names[labels[index]].partition("-")
        if last >= 0 and (mark == "B" or index > last + 1):
            found.append(Mention(begin, ends[last], _KINDS[kind]))
            last = -1
        if last < 0:
            kind, begin = name, starts[index]
        last = index
    if last >= 0:
        found.append(Mention(begin, ends[last], _KINDS[kind]))
    return found


def load_linear(gazetteer: Gazetteer | None = None) -> LinearEngine:
    """Load the models that come with Pantau; quick, but only when names are to be found."""
    models: dict[str, Model] = {}
    for lang, name in MODELS.items():
        with as_file(files("pantau.enricher").joinpath("data", name)) as path:
            models[lang] = Model.load(path)
    return LinearEngine(models, gazetteer)
