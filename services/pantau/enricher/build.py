"""Construction of the enricher from the settings.

The engine, the language model, the known names.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from pantau.enricher.dictionaries.dictionary import Dictionary
from pantau.enricher.edition import edition
from pantau.enricher.enricher import Enricher
from pantau.enricher.lexicon.gazetteer import load_gazetteer
from pantau.enricher.ner.engine import Engine
from pantau.enricher.ner.rules.engine import RuleEngine
from pantau.errors import UsageError
from pantau.problems import problem
from pantau.settings import EnrichSettings, SpacySettings

DEFAULT_ENGINE: Final = "convolutional"


def _rules(settings: EnrichSettings) -> Engine:
    del settings
    return RuleEngine(load_gazetteer())


def _convolutional(settings: EnrichSettings) -> Engine:
    del settings
    from pantau.enricher.ner.trained.convolutional import load_convolutional  # noqa: PLC0415 (numpy: only when enriching)

    return load_convolutional(load_gazetteer())


def _spacy(settings: EnrichSettings) -> Engine:
    from pantau.enricher.ner.spacy import load_spacy  # noqa: PLC0415 (adapters are wired in at the edge)

    return load_spacy(settings.spacy)


ENGINES: Final[Mapping[str, Callable[[EnrichSettings], Engine]]] = {
    "convolutional": _convolutional,
    "rules": _rules,
    "spacy": _spacy,
}
"""Engines by the name in the settings; the contract suite runs on each.

Building one raises UsageError if something that it needs is not installed or not configured.
"""


def build_engine(settings: EnrichSettings | None = None) -> Engine:
    """Build the engine that the settings name, else the default one.

    Raises UsageError for a name that is not in `ENGINES`, or an incomplete engine.
    """
    settings = settings or EnrichSettings()
    name = settings.engine or DEFAULT_ENGINE
    if name not in ENGINES:
        raise UsageError(problem("settings.no-engine", name=name, engines=", ".join(ENGINES)))
    return ENGINES[name](settings)


def build_enricher(
    engine: str | None = None,
    settings: EnrichSettings | None = None,
    dictionary: Dictionary | None = None,
) -> Enricher:
    """Build an enricher from the settings; `engine` overrides theirs.

    Raises UsageError as `build_engine` does.
    """
    from pantau.enricher.language.langid import Langid  # noqa: PLC0415 (adapters are wired in at the edge)

    settings = settings or EnrichSettings()
    if engine is not None:
        settings = settings.model_copy(update={"engine": engine})
    return Enricher(
        build_engine(settings),
        Langid(),
        load_gazetteer(),
        dictionary,
        seconds=settings.seconds,
        clock=time.thread_time,
        edition=edition(),
    )


def at_home(settings: EnrichSettings, folder: Path) -> EnrichSettings:
    """Return the settings with paths that are relative to the data folder made absolute."""

    def pipeline(name: str) -> str:
        return str(folder / name) if (folder / name).is_dir() else name

    spacy = SpacySettings(
        model=pipeline(settings.spacy.model) if settings.spacy.model is not None else None,
        models={lang: pipeline(name) for lang, name in settings.spacy.models.items()},
    )
    paths = tuple(folder / path for path in settings.dictionaries)
    return settings.model_copy(update={"dictionaries": paths, "spacy": spacy})
