"""Stage `enricher`: articles become enriched articles."""

from pantau.enricher import Enricher, build_enricher
from pantau.enricher.build import at_home, open_dictionaries
from pantau.enricher.dictionary import DictionarySource
from pantau.handler import Context, Handler, Outcome, Resources
from pantau_schemas.article import Article


class EnricherStage:
    """Runs the enricher on each article."""

    def __init__(self, enricher: Enricher, dictionaries: DictionarySource | None = None) -> None:
        self._enricher = enricher
        self._dictionaries = dictionaries

    @classmethod
    def build(cls, resources: Resources) -> Handler:
        """Build the stage with the engine and the dictionaries that the settings name.

        Raises UsageError for an engine that lacks something, and a dictionary that cannot be read at all.
        """
        settings = at_home(resources.settings.enrich, resources.settings.data)
        dictionaries = open_dictionaries(settings.dictionaries, resources.clock)
        return cls(build_enricher(settings=settings, dictionary=dictionaries.load()), dictionaries)

    def refresh(self) -> None:
        """Take in dictionaries that changed."""
        fresh = self._dictionaries.changed() if self._dictionaries is not None else None
        if fresh is not None:
            self._enricher.use(fresh)

    def handle(self, event: Article, context: Context) -> Outcome:
        """Enrich one article."""
        del context
        return Outcome(events=(self._enricher.enrich(event),))
