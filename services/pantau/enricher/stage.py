"""Stage `enricher`: articles become enriched articles."""

from pantau.enricher import Enricher, build_enricher
from pantau.handler import Context, Handler, Outcome, Resources
from pantau_schemas.article import Article


class EnricherStage:
    """Runs the enricher on each article."""

    def __init__(self, enricher: Enricher) -> None:
        self._enricher = enricher

    @classmethod
    def build(cls, resources: Resources) -> Handler:
        """Build the stage with the engine that the settings name."""
        return cls(build_enricher(settings=resources.settings.enrich))

    def refresh(self) -> None:
        """Nothing is followed."""

    def handle(self, event: Article, context: Context) -> Outcome:
        """Enrich one article."""
        del context
        return Outcome(events=(self._enricher.enrich(event),))
