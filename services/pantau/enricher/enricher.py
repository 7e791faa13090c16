"""The enricher: an article in, the same article with its language, entities and boilerplate out. Pure.

Names are looked for in the first `REACH` characters of a text. The longest articles of newspapers are shorter; what is
longer is a book, a table, or made to keep the enricher busy.
"""

from typing import Final

from pantau.enricher.boilerplate import Piece, find_boilerplate
from pantau.enricher.dictionary import Dictionary
from pantau.enricher.engine import Engine, Passage
from pantau.enricher.gazetteer import Gazetteer
from pantau.enricher.identity import Own
from pantau.enricher.language import LanguageModel, detect_language
from pantau.enricher.lead import lead_end
from pantau.enricher.links import Found, link
from pantau_schemas.article import Article, Boilerplate, EnrichedArticle, Entity

REACH: Final = 50_000
"""Characters of a text in which names are looked for."""


class Enricher:
    """Finds out what an article is about. Deterministic; reads no clock and changes no given field."""

    def __init__(
        self,
        engine: Engine,
        languages: LanguageModel,
        gazetteer: Gazetteer,
        dictionary: Dictionary | None = None,
    ) -> None:
        self._engine = engine
        self._own = dictionary or Dictionary()
        self._languages = languages
        self._gazetteer = gazetteer

    @property
    def version(self) -> str:
        """What goes into `enricher_version`."""
        own = self._own.version
        return f"{self._engine.version}+d:{own}" if own else self._engine.version

    def use(self, dictionary: Dictionary) -> None:
        """Take other names of users from now on."""
        self._own = dictionary

    def enrich(self, article: Article) -> EnrichedArticle:
        """Add language, entities and boilerplate. A given language is kept."""
        lang = article.lang or self.language(article.title, article.text, article.feed_language)
        boilerplate = find_boilerplate(article.text)
        entities = self.entities(article.title, article.text, lang, _ranges(boilerplate))
        fields = {name: getattr(article, name) for name in type(article).model_fields}
        fields |= {
            "schema_version": 1,
            "lang": lang,
            "enricher_version": self.version,
            "people": _names(entities, "person"),
            "organizations": _names(entities, "organization"),
            "places": _names(entities, "place"),
            "place_codes": tuple(
                dict.fromkeys(one.country for one in entities if one.type == "place" and one.country)
            ),
            "roles": tuple(dict.fromkeys(role for entity in entities for role in entity.roles)),
            "entities": entities,
            "boilerplate": tuple(
                Boilerplate(field="text", start=start, end=end, kind=kind) for start, end, kind in boilerplate
            ),
        }
        return EnrichedArticle.model_validate(fields)

    def language(self, title: str, text: str, hint: str | None = None) -> str:
        """Tell the language; `und` where nothing can be told."""
        return detect_language(title, text, hint, self._languages)

    def entities(
        self, title: str, text: str, lang: str, boilerplate: list[tuple[int, int]] | None = None
    ) -> tuple[Entity, ...]:
        """Find the people, organisations and places of a title and a text, in the order of their first mention."""
        skip = _ranges(find_boilerplate(text)) if boilerplate is None else boilerplate
        if len(text) > REACH:
            text = text[:REACH]
            skip = [(start, min(end, REACH)) for start, end in skip if start < REACH]
        body = self._engine.find(Passage(text, lang, tuple(skip)))
        heading = self._engine.find(Passage(title, lang, headline=_is_headline(title)))
        own = Own(self._own, self._own.find(title, lang), self._own.find(text, lang, skip))
        found = Found(title, text, heading, body, skip, lead_end(text, skip), lang, own)
        return link(found, self._gazetteer)


def _ranges(pieces: list[Piece]) -> list[tuple[int, int]]:
    return [(piece.start, piece.end) for piece in pieces]


def _is_headline(title: str) -> bool:
    """Whether Most Words Have Capitals, so that capitals tell nothing."""
    words = [word for word in title.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) * 2 >= len(words)


def _names(entities: tuple[Entity, ...], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entity.name for entity in entities if entity.type == kind))
