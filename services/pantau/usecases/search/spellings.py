"""Names in a query in other letters than stored articles have them: the known spelling is reported.

So are names of feeds that are no sources.

Names are compared with regard to case, so a name in other letters matches nothing. What the letters
of a name alone say is a diagnosis already; stored articles know better.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from pantau.errors import RetryError
from pantau.ports import SearchIndex, SearchRequest, Store
from pantau.query import ast
from pantau.query.diagnosis.checks.values import shown_value
from pantau.query.diagnosis.diagnosis import Diagnosis, Edit, Severity, applied
from pantau.query.errors import QueryError
from pantau.query.parsing import languages
from pantau.usecases.feeds.feed_list import feeds_in
from pantau.usecases.feeds.titled_sources import meant_feeds, named_by_feeds
from pantau.usecases.search.queries import ReadQuery
from pantau_schemas.events.article import EnrichedArticle
from pantau_schemas.events.subscription import QueryLanguage

FIELDS: Final = frozenset({"people", "organizations", "places"})
LOOKED_UP: Final = FIELDS | {"source", "feed"}
"""Fields whose values are looked up in the store."""
MOST: Final = 8
"""Names of a query that are looked up; one takes half a second among 400,000 words."""
_ARTICLES: Final = 20
"""Articles that are looked at for the spelling of a name."""
_CODE: Final = "value_form"
Place = tuple[int, int]
Spell = Callable[[ReadQuery, str, QueryLanguage], tuple[Diagnosis, ...]]
"""Returns the warnings about a query that was read from a text, with the spellings of names."""


def as_read(read: ReadQuery, text: str, language: QueryLanguage) -> tuple[Diagnosis, ...]:
    """Return the warnings as they are: no articles are known."""
    del text, language
    return read.warnings


def speller(store: Store) -> Spell:
    """Return what looks names up in stored articles, and sources among the feeds.

    While the store does not answer, nothing is looked up.
    """
    index = store.index

    def spell(read: ReadQuery, text: str, language: QueryLanguage) -> tuple[Diagnosis, ...]:
        named = {(one.start, one.end): one for one in _names(read.query)}
        try:
            known = {place: _spelling(one, index) for place, one in named.items()}
        except RetryError:
            return read.warnings
        feeds = feed_names(read.query, text, language, store)
        return (*_with_spellings(read.warnings, text, language, named, known), *feeds)

    return spell


def feed_names(
    query: ast.Query, text: str, language: QueryLanguage, store: Store
) -> tuple[Diagnosis, ...]:
    """Return which values of `source` and `feed` that no article has are names of feeds.

    While the store does not answer, none: it is a hint beside an answer that is there already.
    """
    try:
        terms = [
            one
            for one in named_by_feeds(query)[:MOST]
            if not store.index.search(SearchRequest(one, limit=1, count=False)).hits
        ]
        feeds = feeds_in(store.log) if terms else ()
    except RetryError:
        return ()
    return tuple(meant_feeds(text, language, terms, feeds))


def _names(query: ast.Query) -> Iterator[ast.Term]:
    found = (
        one
        for one in ast.walk(query)
        if isinstance(one, ast.Term) and len(one.fields) == 1 and FIELDS.issuperset(one.fields)
    )
    for _, one in zip(range(MOST), found, strict=False):
        yield one


def _spelling(name: ast.Term, index: SearchIndex) -> str | None:
    """Return how stored articles spell a name; as written if one does, None if none has it."""
    if index.search(SearchRequest(name, limit=1, count=False)).hits:
        return name.text
    pattern = "".join(map(_either_case, name.text))
    any_case = ast.Regex(fields=name.fields, pattern=pattern)
    hits = index.search(SearchRequest(any_case, limit=_ARTICLES, count=False)).hits
    spellings = Counter(
        one
        for hit in hits
        for one in _values(hit.article, name.fields[0])
        if one.lower() == name.text.lower()
    )
    return next((one for one, _ in spellings.most_common(1)), None)


def _either_case(char: str) -> str:
    """Return a part of a regular expression of Lucene for a character in either case."""
    cases = dict.fromkeys((char, char.lower(), char.upper()))
    single = [one for one in cases if len(one) == 1]
    if len(single) > 1:
        return f"[{''.join(single)}]"
    return char if char.isalnum() or char == " " else f"\\{char}"


def _values(article: EnrichedArticle, field: str) -> tuple[str, ...]:
    return tuple(getattr(article, field) or ())


def _with_spellings(
    warnings: tuple[Diagnosis, ...],
    text: str,
    language: QueryLanguage,
    named: Mapping[Place, ast.Term],
    known: Mapping[Place, str | None],
) -> tuple[Diagnosis, ...]:
    """Return the warnings, that of the letters of values with what is known of them."""
    form = next((one for one in warnings if one.code == _CODE), None)
    edits = {(one.start, one.end): one for one in (form.edits if form is not None else ())}
    before = dict(edits)
    for place, spelled in known.items():
        name = named[place]
        # The index has it as it was written: there is nothing to repair.
        if spelled == name.text:
            edits.pop(place, None)
        elif spelled is not None:
            quoted = text[name.start : name.start + 1] == '"'
            edits[place] = Edit(name.start, name.end, shown_value(spelled, quoted=quoted))
    if edits == before:
        return warnings
    others = tuple(one for one in warnings if one is not form)
    if not edits:
        return others
    made = _diagnosis(form, text, language, tuple(sorted(edits.values())), named, known)
    return warnings if made is None else (*others, made)


def _diagnosis(
    form: Diagnosis | None,
    text: str,
    language: QueryLanguage,
    edits: tuple[Edit, ...],
    named: Mapping[Place, ast.Term],
    known: Mapping[Place, str | None],
) -> Diagnosis | None:
    """Return the diagnosis of values in other letters; None if its repair cannot be read."""
    suggestion = applied(text, edits)
    try:
        languages.parse(suggestion, language, "UTC")
    except QueryError:
        return None
    first = edits[0]
    place = (first.start, first.end)
    name, spelled = named.get(place), known.get(place)
    params: dict[str, str | int]
    if name is not None and spelled is not None:
        params = {"written": name.text, "field": name.fields[0], "meant": spelled}
    elif form is not None:
        params = {**form.params}
    else:
        return None
    made = Diagnosis(_CODE, first.start, first.end, Severity.WARNING, language, params)
    return replace(made, count=len(edits), edits=edits, suggestion=suggestion)
