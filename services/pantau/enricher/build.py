"""Puts the enricher together as the settings say: the engine, the model of languages, the known names."""

from collections.abc import Callable, Mapping
from typing import Final

from pantau.enricher.engine import Engine
from pantau.enricher.enricher import Enricher
from pantau.enricher.gazetteer import load_gazetteer
from pantau.enricher.rules import RuleEngine
from pantau.errors import UsageError
from pantau.settings import EnrichSettings

DEFAULT_ENGINE: Final = "rules"


def _rules(settings: EnrichSettings) -> Engine:
    del settings
    return RuleEngine(load_gazetteer())


ENGINES: Final[Mapping[str, Callable[[EnrichSettings], Engine]]] = {"rules": _rules}
"""Engines by the name that settings give them; the contract suite runs on each.

Building one raises UsageError where something that it needs is not installed or not set.
"""


def build_engine(settings: EnrichSettings | None = None) -> Engine:
    """Build the engine that the settings name, else the default one.

    Raises UsageError for a name that is not in `ENGINES`, or an engine that lacks something.
    """
    settings = settings or EnrichSettings()
    name = settings.engine or DEFAULT_ENGINE
    if name not in ENGINES:
        msg = f"enrich.engine: no engine {name!r}; there is: {', '.join(ENGINES)}"
        raise UsageError(msg)
    return ENGINES[name](settings)


def build_enricher(engine: str | None = None, settings: EnrichSettings | None = None) -> Enricher:
    """Wire an enricher as the settings say; `engine` wins over theirs. Raises UsageError as `build_engine` does."""
    from pantau.adapters.langid import Langid  # noqa: PLC0415 (adapters are wired in at the edge)

    settings = settings or EnrichSettings()
    if engine is not None:
        settings = settings.model_copy(update={"engine": engine})
    return Enricher(build_engine(settings), Langid(), load_gazetteer())
