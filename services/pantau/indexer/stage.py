"""Stage `indexer`: every enriched article goes into the search index."""

from pantau.stream.handler import Context, Handler, Outcome, Resources
from pantau_schemas.events.article import EnrichedArticle


class IndexerStage:
    """Passes each article to the index unchanged."""

    @classmethod
    def build(cls, resources: Resources) -> Handler:
        """Build the stage."""
        del resources
        return cls()

    def refresh(self) -> None:
        """Do nothing: no table is followed."""

    def handle(self, event: EnrichedArticle, context: Context) -> Outcome:
        """Index one article."""
        del context
        return Outcome(articles=(event,))
