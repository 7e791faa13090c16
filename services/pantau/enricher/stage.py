"""Stage `enricher`: annotates articles and assigns them to stories.

The story records are written before the article, so that every reader of the article finds its
story.
"""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from pantau.enricher import Enricher, build_enricher
from pantau.enricher.build import at_home
from pantau.enricher.dictionaries.dictionary import DictionarySource
from pantau.ports import Clock
from pantau.stories.memory import StoryMemory
from pantau.stream.handler import Context, Handler, Outcome, Resources
from pantau_schemas.events.article import ArticleFields
from pantau_schemas.topics import STORY_MEMBERS, STORY_MERGES

log = logging.getLogger(__name__)


OpenDictionaries = Callable[[Sequence[Path], Clock], DictionarySource]
"""Opens dictionary files; the adapter is injected."""


class EnricherStage:
    """Runs the enricher on each article; `stories` is None if stories are disabled."""

    def __init__(
        self,
        enricher: Enricher,
        dictionaries: DictionarySource | None = None,
        stories: StoryMemory | None = None,
    ) -> None:
        self._enricher = enricher
        self._dictionaries = dictionaries
        self._stories = stories

    @classmethod
    def build(cls, resources: Resources, open_dictionaries: OpenDictionaries) -> Handler:
        """Build the stage with the engine and the dictionaries of the settings.

        Raises UsageError for an incomplete engine, or a dictionary that cannot be read at all.
        """
        settings = at_home(resources.settings.enrich, resources.settings.data)
        dictionaries = open_dictionaries(settings.dictionaries, resources.clock)
        enricher = build_enricher(settings=settings, dictionary=dictionaries.load())
        wanted = resources.settings.stories
        tables = resources.table(STORY_MEMBERS), resources.table(STORY_MERGES)
        return cls(
            enricher,
            dictionaries,
            StoryMemory(*tables, wanted, resources.reading) if wanted.enabled else None,
        )

    def refresh(self) -> None:
        """Reload changed dictionaries, and the stories of other processes."""
        fresh = self._dictionaries.changed() if self._dictionaries is not None else None
        if fresh is not None:
            self._enricher.use(fresh)
        if self._stories is not None:
            self._stories.refresh()

    def handle(self, event: ArticleFields, context: Context) -> Outcome:
        """Enrich one article."""
        article = self._enricher.enrich(event)
        if article.cut:
            log.warning(
                "enricher: %s took too long (enrich.seconds); cut off: %s",
                article.article_id,
                ", ".join(article.cut),
            )
        if self._stories is None:
            return Outcome(events=(article,), cut=bool(article.cut))
        told = self._stories.assign(article, context.now)
        found = {
            "story_id": told.story_id,
            "fingerprint": told.fingerprint,
            "story": told.coverage,
        }
        return Outcome(
            events=(*told.events, article.model_copy(update=found)), cut=bool(article.cut)
        )
