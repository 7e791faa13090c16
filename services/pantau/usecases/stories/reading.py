"""One story whole: its articles, who reported it, who is quoted in it, which days it names."""

from dataclasses import dataclass
from typing import Final

from pantau.ports import Filters, SearchRequest, Store
from pantau.query.ast import MatchAll
from pantau.usecases.search.name_counts import count_names
from pantau.usecases.stories.lookup import read_merges, story_ids
from pantau.usecases.stories.quoting import folded_words, quoted_words
from pantau_schemas.events.article import EnrichedArticle, EntityType

MOST: Final = 200
"""Articles of a story that are read: the newest ones."""
_QUOTES: Final = 40
_NAMES: Final = 40


@dataclass(frozen=True, slots=True)
class StoryQuote:
    """Words in quotation marks, and the article that has them first."""

    speaker: str
    text: str
    article: EnrichedArticle


@dataclass(frozen=True, slots=True)
class WholeStory:
    """A story. `articles` are the newest `MOST` of `total`, the oldest first."""

    story_id: str
    articles: tuple[EnrichedArticle, ...]
    total: int
    names: tuple[tuple[EntityType, str, int], ...]  # the most frequent first
    quotes: tuple[StoryQuote, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources, in the order in which they reported it."""
        return tuple(dict.fromkeys(one.source or "?" for one in self.articles))


def read_story(store: Store, reference: str) -> WholeStory:
    """Return a story by its id, or the start of it.

    Raises UsageError where there is no such story, or several; RetryError.
    """
    merges = read_merges(store.log)
    ids = story_ids(store.index, merges, reference)
    page = store.index.search(SearchRequest(MatchAll(), Filters(stories=ids), limit=MOST))
    articles = tuple(reversed([hit.article for hit in page.hits]))
    return WholeStory(
        merges.resolve(ids[0]),
        articles,
        page.total or len(articles),
        tuple(count_names(articles)[:_NAMES]),
        _quotes(articles),
    )


def _quotes(articles: tuple[EnrichedArticle, ...]) -> tuple[StoryQuote, ...]:
    """Return direct quotes whose speaker is known, each once, the oldest first."""
    found: dict[tuple[str, str], StoryQuote] = {}
    for article in articles:
        for quote in article.quotations:
            text = quoted_words(article, quote)
            if quote.kind == "direct" and quote.speaker is not None and text.strip():
                key = (quote.speaker, folded_words(text))
                found.setdefault(key, StoryQuote(quote.speaker, text, article))
    return tuple(found.values())[:_QUOTES]
