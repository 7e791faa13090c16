"""Filters of a search besides its query: pure, and shared by every index."""

from pantau.ports import Filters
from pantau_schemas.events.article import EnrichedArticle


def accepts(filters: Filters, article: EnrichedArticle) -> bool:
    """Return whether an article passes the filters.

    Names of entities are compared case-insensitively.
    """
    if not _has_values(filters, article):
        return False
    if filters.since is not None and article.first_seen < filters.since:
        return False
    if filters.until is not None and article.first_seen >= filters.until:
        return False
    if filters.historical is not None and article.historical != filters.historical:
        return False
    return not filters.entities or _names_all(filters.entities, article)


def _has_values(filters: Filters, article: EnrichedArticle) -> bool:
    """Compare the single-valued fields."""
    wanted = (
        (filters.sources, article.source),
        (filters.languages, article.lang),
        (filters.stories, article.story_id),
    )
    if any(values and value not in values for values, value in wanted):
        return False
    return article.story_id is None or article.story_id not in filters.other_stories


def names(article: EnrichedArticle) -> set[str]:
    """Return the case-folded names that the filter for entities searches."""
    named = {
        name.casefold()
        for given in (article.people, article.organizations, article.places)
        for name in given
    }
    return named | {entity.long_name.casefold() for entity in article.entities if entity.long_name}


def _names_all(wanted: tuple[str, ...], article: EnrichedArticle) -> bool:
    named = names(article)
    return all(name.casefold() in named for name in wanted)
