"""The description of one clause of a query in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from pantau.query import ast
from pantau.query.explain.plain_words import LanguageWords, quoted
from pantau.query.meaning import date_math, proximity_rules
from pantau_schemas.fields import FIELDS, FieldKind

_MILLI: Final = timedelta(milliseconds=1)
_DAY: Final = timedelta(days=1)
_OF_WORDS: Final = (ast.Phrase, ast.ExactCase)
_KINDS: Final = {
    ast.Term: "term",
    ast.Prefix: "prefix",
    ast.Wildcard: "wildcard",
    ast.Fuzzy: "fuzzy",
    ast.Regex: "regex",
    ast.Range: "range",
    ast.Exists: "any",
}


@dataclass(frozen=True, slots=True)
class ClauseDescriber:
    """Describes clauses.

    `now` is the value of that word, `zone` the one in which times are shown.
    """

    words: LanguageWords
    now: datetime
    zone: ZoneInfo

    def leaf(self, query: ast.Query) -> str:
        """Describe a clause and its fields: `the word "banjir" in the title or text`."""
        return self.listed([query], "or")

    def listed(self, queries: Iterable[ast.Query], conjunction: str) -> str:
        """Describe several clauses; neighbours that search the same fields name these once."""
        pieces = [piece for query in queries for piece in _by_kind(query)]
        parts = []
        for where, group in groupby(pieces, key=self._where):
            what = self.words.listed(self._heads(list(group), conjunction), conjunction)
            parts.append(f"{what} {where}" if where else what)
        return self.words.listed(parts, conjunction)

    def _heads(self, group: list[ast.Query], conjunction: str) -> list[str]:
        """Describe each clause, neighbouring words as one."""
        heads = []
        for plain, members in groupby(group, key=_is_word):
            found = list(members)
            if plain and len(found) > 1:
                value = self.words.listed(
                    [quoted(one.text) for one in found if isinstance(one, ast.Term)], conjunction
                )
                single = conjunction == "or"
                heads.append(
                    self.words.say("term", noun=self.words.say("word"), value=value)
                    if single
                    else self.words.say("terms", value=value)
                )
            else:
                heads += map(self._head, found)
        return heads

    def _where(self, query: ast.Query) -> str:
        if isinstance(query, ast.Near | ast.AtLeast):
            names = proximity_rules.fields(query)
        else:
            names = getattr(query, "fields", ())
        if not names or not all(map(_is_text, names)):
            return ""
        fields = self.words.listed([self.words.fields[name] for name in names], "or")
        return self.words.say("where", fields=fields)

    def _noun(self, names: Iterable[str]) -> str:
        nouns = [
            self.words.say("word") if _is_text(name) else self.words.fields[name] for name in names
        ]
        return self.words.listed(dict.fromkeys(nouns), "or")

    def _head(self, query: ast.Query) -> str:  # noqa: PLR0911 (one return a kind of clause)
        say = self.words.say
        match query:
            case ast.MatchAll():
                return say("every")
            case ast.MatchNone():
                return f"{say('no')} ({self.why_nothing(query)})"
            case ast.Phrase(terms=terms, slop=slop):
                return say("sloppy" if slop else "phrase", value=quoted(" ".join(terms)), slop=slop)
            case ast.ExactCase(terms=terms):
                kind = "exact_case" if len(terms) > 1 else "exact_case_1"
                return say(kind, value=quoted(" ".join(terms)))
            case ast.DateRange():
                return self._dates(query)
            case ast.InList():
                return self._listed(query)
            case ast.Near():
                return self._near(query)
            case ast.AtLeast(count=count, operand=operand):
                found = self._operand(operand, proximity_rules.fields(query))
                return found if count == 1 else say("at_least", count=count, operand=found)
            case _:
                return self._values(query)

    def _listed(self, query: ast.InList) -> str:
        noun = self.words.say("value") if query.as_words else self._noun(query.fields)
        if query.values is None:
            return self.words.say("listed", noun=noun, name=query.name)
        return self.words.say(
            "listed_of", noun=noun, name=query.name, count=self.words.number(len(query.values))
        )

    def _near(self, query: ast.Near) -> str:
        """Describe a NEAR.

        The fields are named after it; here only if an operand searches other fields.
        """
        names = proximity_rules.fields(query)
        kind = ("ordered" if query.ordered else "near") + (
            f"_{query.distance}" if query.distance < 2 else ""
        )
        return self.words.say(
            kind,
            first=self._operand(query.first, names),
            second=self._operand(query.second, names),
            distance=query.distance,
        )

    def _operand(self, operand: ast.Query, names: tuple[str, ...]) -> str:
        found = proximity_rules.pieces(operand)
        if not found:
            return self.leaf(operand if isinstance(operand, ast.MatchNone) else ast.MatchNone())
        if all(set(names) <= set(piece.fields) for piece in found):
            return self.words.listed(self._heads(list(found), "or"), "or")
        return self.listed(found, "or")

    def _values(self, query: Any) -> str:
        """Describe clauses over single words or values."""
        say, kind, noun = self.words.say, _KINDS[type(query)], self._noun(query.fields)
        match query:
            case ast.Exists(fields=names):
                return say("filled") if all(map(_is_text, names)) else say(kind, noun=noun)
            case ast.Range(low=None, high=None):
                return say("any", noun=noun)
            case ast.Range():
                return say(kind, noun=noun, bounds=self._bounds(query))
            case ast.Fuzzy(text=text, edits=edits):
                kind = ("term", "fuzzy_1", "fuzzy")[min(edits, 2)]
                return say(kind, noun=noun, value=quoted(text), edits=edits)
            case ast.Regex(pattern=pattern):
                return say(kind, noun=noun, value=f"/{pattern}/")
            case ast.Wildcard(pattern=pattern):
                return say(kind, noun=noun, value=quoted(pattern))
            case _:
                return say(kind, noun=noun, value=quoted(query.text))

    def why_nothing(self, query: ast.MatchNone) -> str:
        """Return why a clause matches nothing."""
        if query.unknown is not None:
            return self.words.say("no_field", name=query.unknown)
        return self.words.say("empty")

    def _bounds(self, query: ast.Range) -> str:
        low = None if query.low is None else quoted(query.low)
        high = None if query.high is None else quoted(query.high)
        return self._span(low, high, after=not query.include_low, before=not query.include_high)

    def _span(self, low: str | None, high: str | None, *, after: bool, before: bool) -> str:
        begins, ends = "after" if after else "from", "before" if before else "to"
        if high is None:
            return self.words.say(begins, low=low)
        if low is None:
            return self.words.say(ends, high=high)
        return self.words.say(f"{begins}_{ends}", low=low, high=high)

    def _dates(self, query: ast.DateRange) -> str:
        say, noun = self.words.say, self.words.fields[query.field]
        low = None if query.low is None else date_math.resolve(query.low, self.now)
        high = None if query.high is None else date_math.resolve(query.high, self.now)
        if low is None and high is None:
            return say("any", noun=noun)
        if low is not None and high is not None and self._is_day(low, high):
            day = f"{self._local(low).date().isoformat()} {self.zone}"
            return say("date", noun=noun, bounds=say("on", day=day))
        # The last millisecond of a second, a minute or a day: people name the next one.
        before = high is not None and high.microsecond == 999_000
        ends = _following(high) if high is not None and before else high
        bounds = self._span(
            None if low is None else self._moment(low, query.low),
            None if ends is None else self._moment(ends, query.high),
            after=False,
            before=before,
        )
        return say("date", noun=noun, bounds=bounds)

    def _local(self, at: datetime) -> datetime:
        try:
            return at.astimezone(self.zone)
        except OverflowError:  # at the ends of the calendar, where the zone overflows
            return at

    def _is_day(self, low: datetime, high: datetime) -> bool:
        start = self._local(low)
        return start.time() == datetime.min.time() and self._local(_following(high)) == start + _DAY

    def _moment(self, at: datetime, written: ast.Moment | None) -> str:
        shown = self.moment(at)
        if written is None or written.from_now is None:
            return shown
        return self.words.say("now", moment=shown, shift=written.from_now)

    def moment(self, at: datetime) -> str:
        """Format a point in time, with its zone."""
        local = self._local(at)
        exact = "milliseconds" if local.microsecond else "seconds" if local.second else "minutes"
        return f"{local.replace(tzinfo=None).isoformat(' ', exact)} {self.zone}"


def _following(at: datetime) -> datetime:
    """Return the first point in time after a range that ends with `at`."""
    try:
        return at + _MILLI
    except OverflowError:
        return at


def _is_text(name: str) -> bool:
    return FIELDS[name].kind is FieldKind.TEXT


def _is_word(query: ast.Query) -> bool:
    return isinstance(query, ast.Term) and all(map(_is_text, query.fields))


def _by_kind(query: ast.Query) -> list[ast.Query]:
    """Split a clause over words and whole values, which are described differently."""
    names: tuple[str, ...] = getattr(query, "fields", ())
    texts = tuple(filter(_is_text, names))
    if not texts or len(texts) == len(names) or isinstance(query, _OF_WORDS):
        return [query]
    others = tuple(name for name in names if name not in texts)
    changed: Any = query
    return [replace(changed, fields=texts), replace(changed, fields=others)]
