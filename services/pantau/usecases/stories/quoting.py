"""Who is quoted in several articles, and with which words. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pantau_schemas.events.article import EnrichedArticle, Entity, Quotation, QuotationKind


@dataclass(frozen=True, slots=True)
class SaidWords:
    """Words of a speaker, and the first article that has them."""

    text: str
    kind: QuotationKind
    article: EnrichedArticle


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or an organisation, its office as articles name it, and its quoted words."""

    name: str
    role: str | None
    said: tuple[SaidWords, ...]


@dataclass(slots=True)
class _Heard:
    names: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    said: dict[str, SaidWords] = field(default_factory=dict)

    def speaker(self) -> Speaker:
        role = max(self.roles, key=self.roles.__getitem__, default=None)
        return Speaker(max(self.names, key=self.names.__getitem__), role, tuple(self.said.values()))


def quoted_words(article: EnrichedArticle, quote: Quotation) -> str:
    """Return the words of a quotation as the article has them."""
    return str(getattr(article, quote.field, ""))[quote.start : quote.end]


def folded_words(text: str) -> str:
    """Return words without regard to case and white space, to find the same ones again."""
    return " ".join(text.split()).casefold()


def speakers_of(articles: Iterable[EnrichedArticle]) -> tuple[Speaker, ...]:
    """Return who is quoted, those quoted most first, each with every quotation once.

    `articles` come in the order in which words are to be credited. Quotations without a known
    speaker are left out. A known person is one speaker under all their names.
    """
    heard: dict[str, _Heard] = {}
    for article in articles:
        # Of two entities of one name, the first counts.
        by_name = {one.name: one for one in reversed(article.entities) if one.type != "place"}
        for quote in article.quotations:
            words = quoted_words(article, quote)
            if quote.speaker is None or not words.strip():
                continue
            entity = by_name.get(quote.speaker)
            one = heard.setdefault(_key(quote.speaker, entity), _Heard())
            one.names[quote.speaker] += 1
            if entity is not None and entity.roles:
                one.roles[entity.roles[0]] += 1
            one.said.setdefault(folded_words(words), SaidWords(words, quote.kind, article))
    return tuple(sorted((one.speaker() for one in heard.values()), key=lambda one: -len(one.said)))


def _key(name: str, entity: Entity | None) -> str:
    """Return what all names of a speaker share; no id has a line break."""
    if entity is not None and entity.id is not None:
        return entity.id
    return f"\n{name.casefold()}"
