"""Names of which only a part is given: those with a word that begins with it."""

from typing import Final

from pantau.ports import Filters, SearchIndex, SearchRequest
from pantau.query.ast import Query, Regex
from pantau.usecases.entities.gathering import (
    NAME_FIELDS,
    Gathered,
    IsMeant,
    begins_a_word,
    gather,
)
from pantau_schemas.events.article import EnrichedArticle, EntityType

LONGEST: Final = 60
"""Longest part of a name that is searched for, in characters; the rest is ignored."""
_ALL: Final = Filters()
_KINDS: Final = tuple(NAME_FIELDS)


def is_part(text: str) -> bool:
    """Return whether a text can be a part of a name: it has a letter or a digit."""
    return any(char.isalnum() for char in text)


def named_like(
    part: str, index: SearchIndex, sample: int, kinds: tuple[EntityType, ...] = _KINDS
) -> list[Gathered]:
    """Return the things with a name of which a word begins with a part, most frequent first.

    The newest `sample` articles that have such a name count. Raises RetryError when the index is
    unreachable. A part without a letter or digit names nothing.
    """
    articles = articles_like(part, index, sample, kinds) if is_part(part) else []
    return gather(articles, is_like(part, kinds))


def articles_like(
    part: str,
    index: SearchIndex,
    sample: int,
    kinds: tuple[EntityType, ...],
    filters: Filters = _ALL,
) -> list[EnrichedArticle]:
    """Return the newest articles with a name of which a word begins with a part.

    Raises RetryError when the index is unreachable.
    """
    request = SearchRequest(query_like(part, kinds), filters, limit=sample, count=False)
    return [hit.article for hit in index.search(request).hits]


def is_like(part: str, kinds: tuple[EntityType, ...]) -> IsMeant:
    """Return the test of entities for one with such a name."""
    begin = _cut(part)
    return lambda entity, names: (
        entity.type in kinds and any(begins_a_word(begin, one) for one in names)
    )


def _cut(part: str) -> str:
    return " ".join(part.split())[:LONGEST].rstrip()


def query_like(part: str, kinds: tuple[EntityType, ...]) -> Query:
    """Return the query for articles with a name of which a word begins with a part."""
    pattern = "".join(map(_either_case, _cut(part)))
    # Whatever is no letter or digit may stand before a word; letters of ASCII are enough to
    # narrow, since `begins_a_word` decides.
    fields = tuple(NAME_FIELDS[kind] for kind in kinds)
    return Regex(fields=fields, pattern=f"(.*[^0-9A-Za-z])?{pattern}.*")


def _either_case(char: str) -> str:
    """Return an expression for a character in both cases; signs stand for themselves."""
    forms = {one for one in (char, char.lower(), char.upper()) if len(one) == 1}
    if len(forms) > 1:
        return f"[{''.join(sorted(forms))}]"
    return char if char.isalnum() or char == " " or not char.isascii() else f"\\{char}"
