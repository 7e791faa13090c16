"""The enricher: adds annotations to an article. Pure.

Names, dates and quotations are searched in the first `REACH` characters of a text. The longest
newspaper articles are shorter; a longer text is a book, a table, or hostile.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple, Protocol

from pantau.common.text.entity_names import ids_of, names_of
from pantau.enricher.budget import UNLIMITED, Budget, ProcessorTime, no_clock
from pantau.enricher.dates.find import find_dates, local_day
from pantau.enricher.dictionaries.dictionary import Dictionary
from pantau.enricher.language.detect import LanguageModel, detect_language
from pantau.enricher.lexicon.gazetteer import Gazetteer
from pantau.enricher.linking.identity import Own
from pantau.enricher.linking.link import Found, Linked, link
from pantau.enricher.linking.vacant_roles import roles_of_nobody
from pantau.enricher.ner.engine import Engine, Mention, Passage, PreparingEngine, Ranges
from pantau.enricher.quotations.find import find_quotations, may_quote
from pantau.enricher.quotations.named import Named
from pantau.enricher.structure.boilerplate import BoilerplateSpan, find_boilerplate
from pantau.enricher.structure.lead import lead_end
from pantau.enricher.warming import SAMPLED, SAMPLES
from pantau.errors import ColdError
from pantau_schemas.base import carried
from pantau_schemas.codec import current_version
from pantau_schemas.events.article import (
    TITLE_LIMIT,
    ArticleFields,
    Boilerplate,
    EnrichedArticle,
    Entity,
)

REACH: Final = 50_000
"""Characters of a text in which names, dates and quotations are searched."""
_NO_BREAK: Final = "\u00a0"
_WORDS: Final = re.compile(r"\w+")
_JOINTS: Final = (".,", '",', "”,")
_JOINT: Final = re.compile(r",(?=[\"“A-Z])(?:(?<=[.!?][\"”],)|(?<=[^\W\d_]{3}[.!?],)|(?<=\)\.,))")
"""A comma between two paragraphs that were joined by it: `kata polisi.,Massa pun pergi.`

It begins with the comma and is all that is replaced, because that is what a search does fastest.
"""
LITTLE_TEXT: Final = 500
"""Characters below which a text does not name all that its headline names."""

Contents = Sequence[tuple[str, str, Ranges]]
"""Title and text: the field, its content, and its boilerplate."""

VERSION: Final = current_version(EnrichedArticle)

_Given = tuple[str, str, str | None, str | None]
"""Title and text, and the languages that the article and its feed name."""


class _ReadAhead(NamedTuple):
    """Title and text of an article with plain spaces, and what was read of them in advance."""

    title: str
    text: str
    lang: str
    boilerplate: list[BoilerplateSpan]


class GivenText(Protocol):
    """The part of an article that is read before its turn, as `Enricher.find` is given it."""

    @property
    def title(self) -> str:
        """The headline."""

    @property
    def text(self) -> str:
        """The text."""

    @property
    def lang(self) -> str | None:
        """The language that the article names."""

    @property
    def feed_language(self) -> str | None:
        """The language that its feed declares."""


class Enricher:
    """Annotates articles. Changes no given field.

    Deterministic, except for an article that takes more than `seconds` of CPU time, measured by
    `clock`: then the result is partial, and `cut` lists the incomplete parts.
    `edition` tells the code and the word lists of one release from those of another.
    """

    def __init__(
        self,
        engine: Engine,
        languages: LanguageModel,
        gazetteer: Gazetteer,
        dictionary: Dictionary | None = None,
        *,
        seconds: float = math.inf,
        clock: ProcessorTime = no_clock,
        edition: str = "",
    ) -> None:
        self._edition = f"+e:{edition}" if edition else ""
        self._engine = engine
        self._own = dictionary or Dictionary()
        self._languages = languages
        self._gazetteer = gazetteer
        self._seconds = seconds
        self._clock = clock
        self._ready: dict[_Given, _ReadAhead] = {}  # of articles to come
        self._cold: set[str] = set()
        self._missed: set[str] = set()

    @property
    def version(self) -> str:
        """The value of `enricher_version`."""
        own = f"+d:{self._own.version}" if self._own.version else ""
        return f"{self._engine.version}{self._edition}{own}"

    def use(self, dictionary: Dictionary) -> None:
        """Use other dictionaries from now on."""
        self._own = dictionary

    def prepare(self, articles: Iterable[GivenText]) -> None:
        """Read some texts at once, if the engine can; `enrich` or `find` is called next for each.

        What it returns does not depend on it.
        """
        if not isinstance(self._engine, PreparingEngine):
            return
        passages = []
        self._ready.clear()
        budget = Budget(self._seconds, self._clock)  # of all, since each may take as long again
        for article in articles:
            title, text = _with_spaces(article.title), _with_spaces(article.text)
            lang = article.lang or self.language(title, text, article.feed_language)
            self._require_warm(lang)
            pieces = find_boilerplate(text, budget)
            if budget.cut:
                break
            passages.append(_passage(text[:REACH], lang, _ranges(pieces)))
            given = article.title, article.text, article.lang, article.feed_language
            self._ready[given] = _ReadAhead(title, text, lang, pieces)
        self._engine.prepare(passages)

    def load_apart(self) -> None:
        """Raise ColdError at the first text of a language, until `warm` has read its sample.

        What is loaded and cached then takes some hundred milliseconds, which are not the text's.
        """
        self._cold = set(SAMPLES)

    def warm(self) -> None:
        """Read the sample of each language of which a text raised ColdError; see `warming`."""
        for lang in sorted(self._missed):
            self._missed.discard(lang)
            self._cold.discard(lang)
            self.find(*SAMPLES[lang], lang, None, SAMPLED)

    def _require_warm(self, lang: str) -> None:
        if lang in self._cold:
            self._missed.add(lang)
            message = f"what reads the language {lang} is not loaded yet"
            raise ColdError(message)

    def enrich(self, article: ArticleFields) -> EnrichedArticle:
        """Add language, entities, dates, quotations and boilerplate. A given language is kept."""
        reference = article.published or article.first_seen
        found = self.find(
            article.title, article.text, article.lang, article.feed_language, reference
        )
        return EnrichedArticle.model_validate(
            {
                **carried(article, EnrichedArticle),
                **vars(article),  # the fields
                "schema_version": VERSION,
                "enricher_version": self.version,
                **found,
            }
        )

    def find(
        self,
        title: str,
        text: str,
        lang: str | None = None,
        feed_language: str | None = None,
        reference: datetime | None = None,
    ) -> dict[str, Any]:
        """Return the annotations of a title and a text, as the fields of an enriched article.

        `reference` is its publication time: relative dates such as `kemarin` are found only if it
        is given.
        """
        whole = {"title": title, "text": text}
        # A batch may have been prepared: then language and boilerplate are known.
        ready = self._ready.pop((title, text, lang, feed_language), None)
        if ready is None:
            title, text = _with_spaces(title), _with_spaces(text)
            lang = lang or self.language(title, text, feed_language)
        else:
            title, text, lang = ready.title, ready.text, ready.lang
        self._require_warm(lang)
        budget = Budget(self._seconds, self._clock)
        boilerplate = find_boilerplate(text, budget) if ready is None else ready.boilerplate
        skip = _ranges(boilerplate)
        contents = (("title", title[:REACH], ()), ("text", text[:REACH], skip))
        linked = self._linked(contents, lang, budget)
        entities = linked.entities
        quotations = _quotations(entities, contents, budget)
        return {
            "lang": lang,
            "people": names_of(entities, "person"),
            "organizations": names_of(entities, "organization"),
            "places": names_of(entities, "place"),
            "entity_ids": ids_of(entities),
            "place_codes": tuple(
                dict.fromkeys(
                    one.country for one in entities if one.type == "place" and one.country
                )
            ),
            "roles": _roles(linked, text[:REACH], budget),
            "quotes": tuple(
                whole[one["field"]][one["start"] : one["end"]]
                for one in quotations
                if one["kind"] == "direct"
            ),
            "entities": entities,
            "dates": _dates(contents, lang, feed_language, local_day(reference, lang), budget),
            "quotations": quotations,
            "boilerplate": tuple(
                Boilerplate(field="text", start=start, end=end, kind=kind)
                for start, end, kind in boilerplate
            ),
            "cut": budget.cut,
        }

    def language(self, title: str, text: str, hint: str | None = None) -> str:
        """Return the language; `und` if it is undetermined."""
        return detect_language(title[:TITLE_LIMIT], text, hint, self._languages)

    def entities(
        self, title: str, text: str, lang: str, boilerplate: list[tuple[int, int]] | None = None
    ) -> tuple[Entity, ...]:
        """Find the people, organisations and places of an article, by first mention."""
        skip = _ranges(find_boilerplate(text)) if boilerplate is None else boilerplate
        contents = (("title", title[:REACH], ()), ("text", text[:REACH], skip))
        return self._linked(contents, lang, UNLIMITED).entities

    def _linked(self, contents: Contents, lang: str, budget: Budget) -> Linked:
        (_, title, _), (_, text, skip) = contents
        whole = _passage(text, lang, skip, budget)
        skip = whole.skip
        headline = _is_headline(title)
        alone = headline and len(text) < LITTLE_TEXT
        heading = self._engine.find(
            Passage(title, lang, headline=headline, alone=alone, budget=budget)
        )
        if alone and text:
            heading = _without_ordinary(title, heading, text)
        body = self._engine.find(whole)
        own = Own(self._own, self._own.find(title, lang), self._own.find(text, lang, skip))
        found = Found(title, text, heading, body, skip, lead_end(text, skip), lang, own, budget)
        return link(found, self._gazetteer)


def _passage(text: str, lang: str, skip: Ranges, budget: Budget = UNLIMITED) -> Passage:
    """Return the text of an article, cut off at `REACH`, as engines read it."""
    near = tuple((start, min(end, REACH)) for start, end in skip if start < REACH)
    return Passage(text, lang, near, budget=budget)


def _ranges(pieces: list[BoilerplateSpan]) -> list[tuple[int, int]]:
    return [(piece.start, piece.end) for piece in pieces]


def _with_spaces(text: str) -> str:
    """Return a text with a space for each non-breaking one, so that names are found across it.

    A comma that joins paragraphs, right after the end of a sentence, is a space, too.
    """
    if _NO_BREAK in text:
        text = text.replace(_NO_BREAK, " ")
    if any(joint in text for joint in _JOINTS):
        text = _JOINT.sub(" ", text)
    return text


def _is_headline(title: str) -> bool:
    """Return whether Most Words Are Capitalised, so that capitals carry no information."""
    words = [word for word in title.split() if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) * 2 >= len(words)


def _without_ordinary(title: str, heading: Sequence[Mention], text: str) -> list[Mention]:
    """Return the names of a headline without words that the text has mostly in lower case.

    The Tani of `Buka Pasar Tani` is nobody above a text about a `pasar tani`, although it may name
    a `PT Tani Makmur`, too.
    """
    words = Counter(_WORDS.findall(text))
    return [
        one
        for one in heading
        if (name := title[one.start : one.end]).islower() or words[name.lower()] <= words[name]
    ]


def _roles(linked: Linked, text: str, budget: Budget) -> tuple[str, ...]:
    """Return the offices of people, then those without a holder."""
    held = list(dict.fromkeys(role for entity in linked.entities for role in entity.roles))
    alone = dict.fromkeys(roles_of_nobody(text, linked.people, linked.others, budget))
    told = "\n".join(held)  # no office spans lines
    return tuple(dict.fromkeys(held + [role for role in alone if role not in told]))


def _dates(
    contents: Contents, lang: str, feed_language: str | None, day: date | None, budget: Budget
) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "field": name,
            "start": one.start,
            "end": one.end,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
        }
        for name, content, skip in contents
        for one in find_dates(content, lang, day, feed_language, skip, budget)
    )


def _quotations(
    entities: tuple[Entity, ...], contents: Contents, budget: Budget
) -> tuple[dict[str, Any], ...]:
    found: list[dict[str, Any]] = []
    for name, content, skip in contents:
        if not may_quote(content):
            continue
        named = sorted(
            Named(m.start, m.end, one.name, one.type)
            for one in entities
            if one.type != "place"
            for m in one.mentions
            if m.field == name
        )
        roles = {one.name: one.roles for one in entities if one.roles}
        found += [
            {"field": name, **one._asdict()}
            for one in find_quotations(content, named, roles, skip, budget)
        ]
    return tuple(found)
