"""Stage `enricher`: annotates articles and assigns them to stories.

The story records are written before the article, so that every reader of the article finds its
story.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pantau.enricher import Enricher, build_enricher
from pantau.enricher.build import at_home
from pantau.enricher.dictionaries.as_lists import DictionaryLists
from pantau.enricher.dictionaries.dictionary import DictionarySource
from pantau.ports import Clock
from pantau.settings import StorySettings
from pantau.stories.memory import StoryMemory, recent_seconds
from pantau.stream.handler import NOTHING, Context, Handler, Outcome, Resources
from pantau_schemas.events.article import ArticleFields
from pantau_schemas.topics import NAME_LISTS, STORY_MEMBERS, STORY_MERGES

log = logging.getLogger(__name__)

_NOW: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When what is due already is due."""


OpenDictionaries = Callable[[Sequence[Path], Clock], DictionarySource]
"""Opens dictionary files; the adapter is injected."""


def _stories(resources: Resources, settings: StorySettings) -> StoryMemory:
    return StoryMemory(
        resources.table(STORY_MEMBERS),
        resources.table(STORY_MERGES),
        settings,
        resources.reading,
        resources.recently(STORY_MEMBERS, recent_seconds(settings)),
    )


class EnricherStage:
    """Runs the enricher on each article; `stories` is None if stories are disabled."""

    def __init__(
        self,
        enricher: Enricher,
        dictionaries: DictionarySource | None = None,
        stories: StoryMemory | None = None,
        lists: DictionaryLists | None = None,
    ) -> None:
        self._enricher = enricher
        self._dictionaries = dictionaries
        self._stories = stories
        self._lists = lists
        if dictionaries is not None and lists is not None:
            lists.use(dictionaries.files())

    @classmethod
    def build(cls, resources: Resources, open_dictionaries: OpenDictionaries) -> Handler:
        """Build the stage with the engine and the dictionaries of the settings.

        Raises UsageError for an incomplete engine, or a dictionary that cannot be read at all.
        """
        settings = at_home(resources.settings.enrich, resources.settings.data)
        dictionaries = open_dictionaries(settings.dictionaries, resources.clock)
        enricher = build_enricher(settings=settings, dictionary=dictionaries.load())
        enricher.load_apart()
        wanted = resources.settings.stories
        return cls(
            enricher,
            dictionaries,
            _stories(resources, wanted) if wanted.enabled else None,
            DictionaryLists(resources.table(NAME_LISTS), resources.reading, resources.owns),
        )

    def refresh(self) -> None:
        """Reload changed dictionaries, and the stories of other processes."""
        fresh = self._dictionaries.changed() if self._dictionaries is not None else None
        if fresh is not None:
            self._enricher.use(fresh)
        self._refresh_lists(changed=fresh is not None)
        if self._stories is not None:
            self._stories.refresh()

    def _refresh_lists(self, *, changed: bool) -> None:
        if self._lists is None or self._dictionaries is None:
            return
        if changed:
            self._lists.use(self._dictionaries.files())
        self._lists.refresh()

    def next_due(self) -> datetime | None:
        """Return a moment in the past while a dictionary is not yet the list that it should be."""
        return _NOW if self._lists is not None and self._lists.is_due else None

    def tick(self, now: datetime) -> Outcome:
        """Write the lists of dictionaries that changed."""
        return NOTHING if self._lists is None else Outcome(events=self._lists.written(now))

    def warm(self) -> None:
        """Load what reads the languages that were missing."""
        self._enricher.warm()

    def prepare(self, events: Sequence[ArticleFields]) -> None:
        """Read the texts of the articles that come next at once."""
        self._enricher.prepare(events)

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
            "service": told.service,
        }
        return Outcome(
            events=(*told.events, article.model_copy(update=found)), cut=bool(article.cut)
        )
