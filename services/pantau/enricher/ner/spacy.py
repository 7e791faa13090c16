"""spaCy as an engine.

`pip install pantau[spacy]`, and a pipeline of your choice. A small pipeline takes about thirty
times as long as the bundled engines.
"""

import re
import threading
from collections.abc import Iterator, Mapping
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pantau.enricher.budget import FINDING
from pantau.enricher.ner.engine import Mention, Passage, outside_skipped
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.settings import SpacySettings
from pantau_schemas.events.article import EntityType

if TYPE_CHECKING:
    from spacy.language import Language

LABELS: Final[Mapping[str, EntityType]] = {
    "PER": "person",
    "PERSON": "person",
    "ORG": "organization",
    "ORGANIZATION": "organization",
    "GPE": "place",
    "LOC": "place",
    "LOCATION": "place",
    "FAC": "place",
}
"""The entity types of the labels of usual pipelines.

Others are dropped: NORP (Indonesian, Muslims) is not an organisation.
"""
NOT_NEEDED: Final = (
    "tagger",
    "morphologizer",
    "parser",
    "lemmatizer",
    "trainable_lemmatizer",
    "attribute_ruler",
    "senter",
)
"""Components that names do not depend on."""
PIECE: Final = 20_000
"""Characters per call of a pipeline: its memory grows with them."""
_NO_NAME: Final = re.compile("[\ud800-\udfff]|[^\\w\\s]{20,}|[!-~‘’“”]{300,}")
"""Text without names: lone surrogates (not valid UTF-8), rulers, overlong words.

spaCy's tokenizer takes quadratic time on such words, as it strips mark after mark.
"""
_MARKS: Final = " \t\r\n\f\v.,;:!?\"“”„«»()[]{}…–—-*•'‘’\xa0"


class SpacyEngine:
    """Finds names with spaCy's pipelines, one at a time.

    `others` is for languages that `pipelines` lacks. Articles in languages without a pipeline have
    no names. A headline is not searched: the names of the text are projected to it.
    """

    def __init__(
        self, pipelines: Mapping[str, "Language"], others: "Language | None" = None
    ) -> None:
        self._pipelines = dict(pipelines)
        self._others = others
        self._turn = threading.Lock()  # a pipeline's vocabulary grows while it works
        used = [f"{lang}:{_named(one)}" for lang, one in sorted(pipelines.items())]
        used += [_named(others)] if others is not None else []
        self._version = f"spacy-{metadata.version('spacy')}-{','.join(used)}"

    @property
    def version(self) -> str:
        """The version of spaCy, and name and version of each pipeline, from its meta.json."""
        return self._version

    def find(self, passage: Passage) -> list[Mention]:
        """Return the names, in order, without overlaps."""
        pipeline = self._pipelines.get(passage.lang, self._others)
        if pipeline is None or passage.headline:
            return []
        text = _readable(passage)
        found: list[Mention] = []
        with self._turn:
            for offset, piece in passage.budget.within(FINDING, _pieces(text), every=1):
                for entity in pipeline(piece).ents:
                    kind = LABELS.get(entity.label_)
                    start, end = _trimmed(
                        text, offset + entity.start_char, offset + entity.end_char
                    )
                    if kind is not None and start < end:
                        found.append(Mention(start, end, kind))
        return outside_skipped(passage, found)


def load_spacy(settings: SpacySettings) -> SpacyEngine:
    """Load the pipelines that the settings name.

    Raises UsageError if spaCy is not installed, no pipeline is named, or one cannot be loaded or
    finds no names.
    """
    if find_spec("spacy") is None:
        raise UsageError(problem("settings.spacy-missing"))
    if settings.model is None and not settings.models:
        raise UsageError(problem("settings.spacy-unnamed"))
    loaded = {
        name: _load(name) for name in {*settings.models.values(), *filter(None, [settings.model])}
    }
    others = loaded[settings.model] if settings.model is not None else None
    return SpacyEngine({lang: loaded[name] for lang, name in settings.models.items()}, others)


def _load(name: str) -> "Language":
    import spacy  # noqa: PLC0415 (heavy)

    try:
        pipeline = spacy.load(name, disable=list(NOT_NEEDED))
    except (OSError, ImportError, ValueError) as error:
        reason = str(error).partition("\n")[0][:300]
        unloaded = problem("settings.spacy-unloaded", name=name, reason=reason)
        raise UsageError(unloaded) from error
    labels = sorted({label for found in pipeline.pipe_labels.values() for label in found})
    if not LABELS.keys() & set(labels):
        shown, expected = ", ".join(labels[:20]) or "of no component", ", ".join(LABELS)
        raise UsageError(
            problem("settings.spacy-nameless", name=name, labels=shown, expected=expected)
        )
    return pipeline


def _named(pipeline: "Language") -> str:
    meta = pipeline.meta
    return f"{meta['lang']}_{Path(str(meta['name'])).name}-{meta['version']}"


def _readable(passage: Passage) -> str:
    """Return the text with spaces in place of skipped parts; of the same length."""
    text = _NO_NAME.sub(lambda match: " " * len(match.group()), passage.text)
    if not passage.skip:
        return text
    parts, at = [], 0
    for start, end in passage.skip:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join((*parts, text[at:]))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Split a text at ends of lines, else at spaces, into pieces with their offsets."""
    start = 0
    while start < len(text):
        end = min(len(text), start + PIECE)
        if end < len(text):
            cut = text.rfind("\n", start, end) + 1 or text.rfind(" ", start, end) + 1
            end = cut if cut > start else end
        yield start, text[start:end]
        start = end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Strip whitespace and punctuation around a name."""
    while start < end and text[start] in _MARKS:
        start += 1
    while start < end and text[end - 1] in _MARKS:
        end -= 1
    return start, end
