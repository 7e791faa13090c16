"""All diagnoses of a query, in stages.

What an early stage finds makes later ones see things that are not there: curly quotes make a phrase
words side by side. So only the first stage that has a repair speaks, and the rest follow when it is
repaired. Within a stage each kind is one diagnosis, with one repair for all of its places.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from pantau.query import ast
from pantau.query.diagnosis.checks import (
    characters,
    date_values,
    extremes,
    kql_habits,
    names,
    operators,
    remarks,
    slashes,
    structure,
    values,
    wordings,
)
from pantau.query.diagnosis.checks.elsewhere import comparisons, marks, programs, regexes
from pantau.query.diagnosis.checks.pasted import (
    arrays,
    calls,
    decorations,
    escapes,
    invisible,
    line_lists,
    lookalikes,
    markup,
    questions,
    spoken_dates,
    sql,
    truncation,
    whole_quotes,
    wrapped,
)
from pantau.query.diagnosis.diagnosis import Diagnosis, Edit, Finding, applied, difference
from pantau.query.diagnosis.repaired_places import RepairedPlaces
from pantau.query.errors import QueryError
from pantau.query.parsing import clauses, languages
from pantau_schemas.events.subscription import QueryLanguage

OfText = Callable[[str, str], Iterator[Finding]]
OfTree = Callable[[ast.Query, str, str], Iterator[Finding]]

_CHARACTERS: Final[tuple[OfText, ...]] = (
    invisible.invisible,
    wrapped.wrapped,
    programs.programs,
    marks.comments,
    arrays.arrays,
    escapes.codes,
    escapes.encodings,
    characters.entities,
    characters.tags,
    markup.markup,
    decorations.decorations,
    characters.percent_encoding,
    characters.doubled_quotes,
    characters.quotes,
    characters.spaces,
    characters.wide_signs,
    lookalikes.letters,
    characters.dashes,
)
_SYNTAX: Final[tuple[OfText, ...]] = (
    line_lists.line_lists,
    line_lists.line_queries,
    marks.defanged,
    marks.colons,
    marks.tags,
    regexes.regexes,
    marks.paths,
    comparisons.nested,
    comparisons.bounds,
    names.names_of_two_words,
    date_values.dates,
    spoken_dates.spoken_dates,
    slashes.addresses,
    slashes.ids,
    sql.comparisons,
    comparisons.in_words,
    calls.calls,
    calls.sets,
    operators.words,
    operators.proximity,
    truncation.truncations,
    structure.empty_groups,
    structure.idle_operators,
    remarks.of_language,
    kql_habits.habits,
    slashes.brackets,
    slashes.slashes,
    names.exact_case,
    names.names,
    names.comparisons,
)
_READ: Final[tuple[OfText, ...]] = (
    remarks.half_operators,
    structure.of_levels,
    structure.one_word_of_a_value,
    wordings.quoted_wildcards,
    wordings.doubled,
    whole_quotes.whole_quotes,
    questions.questions,
)
_TREE: Final[tuple[OfTree, ...]] = (
    values.values,
    wordings.cut_words,
    remarks.unknown_fields,
    remarks.lists,
)
_LAST: Final[tuple[OfText, ...]] = (structure.side_by_side, structure.spare)
_LAST_TREE: Final[tuple[OfTree, ...]] = (remarks.costs, remarks.moments, extremes.extremes)

BLOCKING: Final = frozenset(
    {
        "lone_dash",
        "slash",
        "not_near",
        "regex_with_spaces",
        "lucene_in_kql",
        "unknown_field",
        "value_cut",
    }
)
"""Kinds that leave unclear where clauses begin: without a repair nothing else is suggested."""
DOUBTFUL: Final = frozenset(
    {
        "feed_title",
        "foreign_field",
        "matches_everything",
        "matches_nothing",
        "unknown_field",
        "unknown_value",
        "value_form",
    }
)
"""Kinds of queries that are asked about before they are saved."""
_MOST: Final = 8
"""How many steps a repair may take until the query can be read."""
_MOST_CHARACTERS: Final = 80_000
"""How many characters these steps may look through in all, each of them the whole query."""


def diagnose(text: str, language: QueryLanguage, time_zone: str = "UTC") -> list[Diagnosis]:
    """Return what in a query is surely not meant, the most urgent first.

    A query that cannot be read has only what is seen in its text. Raises UsageError for a time zone
    or a language that does not exist.
    """
    if len(text) > clauses.MAX_LENGTH:
        return []
    return _Desk(language, time_zone).diagnose(text)


def readable(
    text: str, language: QueryLanguage, time_zone: str
) -> tuple[str, QueryLanguage] | None:
    """Return the text, repaired step by step until it can be read, and its language.

    None where no repair is known.
    """
    return _Desk(language, time_zone).settled(text)


class _Desk:
    """Diagnoses queries of one language and time zone."""

    def __init__(self, language: QueryLanguage, time_zone: str) -> None:
        self.language: QueryLanguage = language
        self.time_zone = time_zone

    def parse(self, text: str) -> ast.Query | None:
        """Return the tree; None if the text cannot be read."""
        try:
            return languages.parse(text, self.language, self.time_zone)
        except QueryError:
            return None

    def diagnose(self, text: str) -> list[Diagnosis]:
        if not text.strip():
            return []
        found = self._grouped(text, _CHARACTERS)
        if any(one.suggestion is not None for one in found):
            return found
        query = self.parse(text)
        syntax = self._grouped(text, _SYNTAX)
        found = [*found, *syntax]
        if query is None or any(one.suggestion is not None for one in syntax):
            return found
        for stage in self._of_tree(query, text):
            blocked = any(one.code in BLOCKING for one in found)
            found += [_without_repair(one) for one in stage] if blocked else stage
            if any(one.suggestion is not None for one in found):
                return found
        return found

    def _of_tree(self, query: ast.Query, text: str) -> Iterator[list[Diagnosis]]:
        """Yield what is found in a query that can be read, stage by stage."""
        # In another language the words mean something else.
        of_another = next(remarks.of_language(text, self.language), None) is not None
        if not of_another:
            yield [*self._grouped(text, _READ), *self._grouped_of_tree(query, text, _TREE)]
        last = [] if of_another else self._grouped(text, _LAST)
        yield [*last, *self._grouped_of_tree(query, text, _LAST_TREE)]

    def _grouped(self, text: str, detectors: Iterable[OfText]) -> list[Diagnosis]:
        made: list[Diagnosis] = []
        repaired = RepairedPlaces()
        for detector in detectors:
            again = partial(_once_more, detector)
            found = [one for one in detector(text, self.language) if repaired.is_free(one)]
            made += self._joined(text, found, again)
            repaired.add(found)
        return made

    def _grouped_of_tree(
        self, query: ast.Query, text: str, detectors: Iterable[OfTree]
    ) -> list[Diagnosis]:
        made: list[Diagnosis] = []
        for detector in detectors:
            found = detector(query, text, self.language)
            made += self._joined(text, found, partial(_once_more_of_tree, detector))
        return made

    def _joined(
        self,
        text: str,
        found: Iterable[Finding],
        again: Callable[[str, "_Desk"], Iterable[Finding]] | None = None,
    ) -> list[Diagnosis]:
        """Build one diagnosis per kind for all of its places, with a tested repair."""
        kinds: dict[str, list[Finding]] = {}
        for one in found:
            kinds.setdefault(one.code, []).append(one)
        return [self._one(text, places, again) for places in kinds.values()]

    def _one(
        self,
        text: str,
        places: Sequence[Finding],
        again: Callable[[str, "_Desk"], Iterable[Finding]] | None,
    ) -> Diagnosis:
        # One diagnosis stands for all places of a kind, and points at the first of them.
        first = min(places, key=lambda one: one.start)
        language = next((one.language for one in places if one.language), self.language)
        repair = None
        if again is not None and any(one.edits for one in places):
            repair = self._repair(text, places, language, again)
        edits, suggestion, used = repair or ((), None, self.language)
        return Diagnosis(
            first.code,
            first.start,
            first.end,
            first.severity,
            used,
            first.params,
            len(places),
            edits,
            suggestion,
        )

    def _repair(
        self,
        text: str,
        places: Sequence[Finding],
        language: QueryLanguage,
        again: Callable[[str, "_Desk"], Iterable[Finding]],
    ) -> tuple[tuple[Edit, ...], str, QueryLanguage] | None:
        """Return edits, the text with them, and the language that it is then in.

        None if it cannot be read or the problem stays.
        """
        desk = _Desk(language, self.time_zone)
        edits = tuple(sorted({edit for one in places for edit in one.edits}))
        made = applied(text, edits)
        # The same text in another query language is a repair, too.
        changed = made != text or language != self.language
        settled = desk.settled(made) if made.strip() and changed else None
        if settled is None:
            return None
        new, used = settled
        code = places[0].code
        # Places without edits remain by design; any other remaining place means that the edits
        # failed.
        allowed = sum(not one.edits for one in places)
        left = sum(one.code == code for one in again(new, _Desk(used, self.time_zone)))
        if left > allowed:
            return None
        # Further repairs were needed to make the text readable: show all of them as edits.
        return (edits if new == made else difference(text, new)), new, used

    def settled(self, text: str) -> tuple[str, QueryLanguage] | None:
        """Return the text, repaired until it can be read, and the language that it is then in."""
        desk, tried = self, {text}
        for _ in range(min(_MOST, _MOST_CHARACTERS // max(1, len(text)))):
            try:
                languages.parse(text, desk.language, desk.time_zone)
            except QueryError as error:
                following, language = desk.next_step(text, error)
                if following is None or following in tried:
                    return None
                text = following
                tried.add(text)
                desk = _Desk(language, desk.time_zone)
            else:
                return text, desk.language
        return None

    def next_step(self, text: str, error: QueryError) -> tuple[str | None, QueryLanguage]:
        """Return an unreadable text with one kind of problem repaired, which may not be all."""
        for detector in (*_CHARACTERS, *_SYNTAX):
            places = [one for one in detector(text, self.language) if one.edits]
            if not places:
                continue
            code = places[0].code
            edits = [edit for one in places if one.code == code for edit in one.edits]
            language = next((one.language for one in places if one.language), self.language)
            return applied(text, edits), language
        return error.suggestion, self.language


def _once_more(detector: OfText, text: str, desk: _Desk) -> Iterable[Finding]:
    return detector(text, desk.language)


def _once_more_of_tree(detector: OfTree, text: str, desk: _Desk) -> Iterable[Finding]:
    query = desk.parse(text)
    return () if query is None else detector(query, text, desk.language)


def _without_repair(one: Diagnosis) -> Diagnosis:
    return Diagnosis(
        one.code, one.start, one.end, one.severity, one.language, one.params, one.count
    )


def whole_repair(
    text: str, language: QueryLanguage, time_zone: str = "UTC"
) -> tuple[str, QueryLanguage] | None:
    """Return the query with the first suggestion followed until nothing more is suggested.

    None if nothing is suggested, or no end is found. Raises UsageError for a time zone or a
    language that does not exist.
    """
    start = found = (text, language)
    tried = {start}
    for _ in range(2 * _MOST):
        following = _step(*found, time_zone)
        if following is None or following == found:
            break
        found = following
        if found in tried:
            return None
        tried.add(found)
    return None if found == start else found


def _step(text: str, language: QueryLanguage, time_zone: str) -> tuple[str, QueryLanguage] | None:
    found = diagnose(text, language, time_zone)
    for one in found:
        if one.suggestion is not None:
            return one.suggestion, one.language
    if found and found[0].code in BLOCKING:
        return None
    return readable(text, language, time_zone)
