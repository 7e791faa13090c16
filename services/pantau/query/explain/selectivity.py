"""Estimate of a query's selectivity: the fraction of incoming articles it matches.

It uses the tree alone: the frequency of the most common words of Indonesian and English is known,
and that of all others is guessed. A guess is right to a factor of about ten, which is enough to
detect a subscription that will fire all day. With a store, counting is better;
`Selectivity.counted` replaces the estimate by a count.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import exp, prod
from typing import Any, Final

from pantau.query import ast
from pantau.query.ast import children
from pantau.query.explain.plain import Group, Part, shape
from pantau.query.listed import expanded
from pantau.query.meaning import date_math, patterns, proximity_rules
from pantau.query.text import tokenizer
from pantau_schemas.fields import FIELDS, FieldKind

NARROW: Final = 1e-4
"""A query below this fraction is narrow."""
BROAD: Final = 1e-2
"""A query above this fraction is broad."""
EVERYTHING: Final = 0.99
"""A query from this fraction on matches everything."""


class Level(StrEnum):
    """The class of a selectivity."""

    NONE = "none"
    NARROW = "narrow"
    USUAL = "usual"
    BROAD = "broad"
    EVERYTHING = "everything"


class Reason(StrEnum):
    """The reason for a selectivity."""

    NOTHING = "nothing"  # nothing can match it
    ALL = "all"  # everything that it requires is in every article
    ALL_BUT = "all_but"  # it only has exclusions
    PAST = "past"  # its dates are in the past
    COMMON = "common"  # the rarest required clause is common
    MANY = "many"  # any of several clauses is enough
    RAREST = "rarest"  # it requires a clause that is not common


@dataclass(frozen=True, slots=True)
class Selectivity:
    """An estimate. `by` is the deciding clause, `count` the number of clauses it is one of."""

    share: float
    reason: Reason
    by: ast.Query | None = None
    count: int = 1

    @property
    def level(self) -> Level:
        """The class of the fraction."""
        if self.share <= 0:
            return Level.NONE
        if self.share >= EVERYTHING:
            return Level.EVERYTHING
        return (
            Level.BROAD
            if self.share > BROAD
            else Level.NARROW
            if self.share < NARROW
            else Level.USUAL
        )

    def counted(self, matches: int, articles: int) -> "Selectivity":
        """Return the same with a counted fraction.

        A store without articles changes nothing.
        """
        return replace(self, share=matches / articles) if articles else self


Rate = Callable[[ast.Query], float]
"""Returns the fraction of articles that a clause matches."""


def estimate(query: ast.Query, now: datetime, rate: Rate | None = None) -> Selectivity:
    """Estimate the selectivity of a query.

    `rate` returns the fraction of a clause if more is known than the defaults.
    """
    return _of(shape(query), rate or (lambda leaf: leaf_rate(leaf, now)))


def _of(part: Part, rate: Rate) -> Selectivity:
    if not isinstance(part, Group):
        return _leaf(part, rate)
    inside = [_of(one, rate) for one in part.parts]
    if part.kind == "any":
        return _any(inside)
    left = prod(1 - _of(one, rate).share for one in part.none)
    if not inside:
        return Selectivity(left, Reason.ALL_BUT)
    found = _all(inside)
    return replace(found, share=found.share * left)


def _leaf(query: ast.Query, rate: Rate) -> Selectivity:
    share = rate(query)
    if share <= 0:
        return Selectivity(
            0.0, Reason.PAST if isinstance(query, ast.DateRange) else Reason.NOTHING, query
        )
    if share >= EVERYTHING:
        return Selectivity(share, Reason.ALL, query)
    return Selectivity(share, Reason.COMMON if share > BROAD else Reason.RAREST, query)


def _any(parts: list[Selectivity]) -> Selectivity:
    widest = max(parts, key=lambda part: part.share)
    count = sum(part.count for part in parts)
    share = 1 - prod(1 - part.share for part in parts)
    if widest.reason in {Reason.ALL, Reason.ALL_BUT, Reason.NOTHING, Reason.PAST}:
        return replace(widest, share=share)
    return Selectivity(share, Reason.MANY, widest.by, count)


def _all(parts: list[Selectivity]) -> Selectivity:
    """Combine required parts. The words of one query are about one topic.

    Given the rarest, the others are more likely.
    """
    rarest, *others = sorted(parts, key=lambda part: part.share)
    return replace(rarest, share=rarest.share * prod(part.share**0.25 for part in others))


_FUNCTION: Final = frozenset(
    """
    yang di dan dari ke dengan untuk ini itu pada dalam tidak akan juga ada adalah oleh saat kata
    telah sudah karena bisa para lebih atau sebagai menjadi tersebut kepada mereka dia ia kami kita
    saya agar hingga namun masih secara belum the a an of to in and for on is that it with as at by
    be from was has have are he she his her said will not which this its or but had were been they
    their would who we you i about after more also
    """.split()  # noqa: SIM905 (a list of words is read easier as text)
)
"""Function words."""
_EVERYDAY: Final = frozenset(
    """
    jakarta indonesia tahun hari orang baru satu dua tiga rp presiden pemerintah menteri negara
    warga rumah kota kepala ketua polisi polri kpk dpr partai korban kasus hukum jalan anak uang
    harga ekonomi bank kerja masyarakat nasional kabupaten provinsi daerah wakil anggota sekolah
    jawa timur barat utara selatan tengah senin selasa rabu kamis jumat sabtu minggu januari
    februari maret april mei juni juli agustus september oktober november desember covid corona
    pertandingan pemain tim gol piala video foto media sosial government president minister people
    year years new one two three million billion percent pct company market police state states
    united u.s us world day week month monday tuesday wednesday thursday friday saturday sunday
    january february march june july august october december bank dollar trade price prices oil
    share shares stock group home city country national
    """.split()  # noqa: SIM905 (as above)
)
"""Words in at least one of twenty articles."""
_FUNCTION_RATE: Final = 0.5
_EVERYDAY_RATE: Final = 0.05
_KEYWORDS: Final = {
    "lang": 0.5,
    "source": 0.05,
    "url": 1e-6,
    "author": 1e-3,
    "tags": 5e-3,
    "feed": 0.01,
    "people": 5e-4,
    "organizations": 2e-3,
    "places": 2e-3,
    "place_codes": 0.05,
    "entity_ids": 2e-3,
    "story_id": 1e-4,
}
"""Fraction of the articles with one value of a field, as an order of magnitude."""
_PRESENT: Final = {
    "author": 0.5,
    "tags": 0.5,
    "roles": 0.6,
    "quotes": 0.4,
    "people": 0.7,
    "story_id": 0.5,
}
"""Fraction of the articles in which a field has a value, if that is not nearly all."""
_TITLE: Final = 0.2
"""Probability that a word of an article is in its title, too."""
_LEAST: Final = 1e-12
"""A possible clause is never impossible."""
_MOST_OF_LIST: Final = 0.5
"""The fraction that a list approaches as it grows: most values of a long list are rare."""
_PART: Final = {"roles": 0.1, "quotes": 0.2}
"""How much rarer words are in these than in the text."""


def leaf_rate(query: Any, now: datetime) -> float:  # noqa: PLR0911 (one return a kind of clause)
    """Return the fraction of articles that a clause matches, by its kind and word frequency."""
    match query:
        case ast.MatchAll():
            return 1.0
        case ast.MatchNone():
            return 0.0
        case ast.DateRange():
            return _dates(query, now)
        case ast.Exists(fields=names):
            return max(_PRESENT.get(name, 0.995) for name in names)
        case ast.Near(first=first, second=second):
            # Words of one subject stand near each other far more often than by chance.
            rarer, other = sorted((_operand(first, now), _operand(second, now)))
            return float(rarer * other**0.25 * min(1.0, 0.2 + query.distance / 100))
        case ast.AtLeast(count=count, operand=operand):
            return float(_operand(operand, now) / max(count, 1))
        case ast.InList(values=None):
            return _LEAST
        case ast.InList():
            # The values of a list are about one subject and often in the same articles, so their
            # sum tends to a limit.
            total = sum(leaf_rate(one, now) for one in children(expanded(query)))
            return _MOST_OF_LIST * (1 - exp(-total / _MOST_OF_LIST))
        case _:
            return min(1.0, max(_LEAST, sum(_in_field(query, name) for name in _fields(query))))


def _operand(operand: ast.Query, now: datetime) -> float:
    """Return the fraction of articles that have an operand of NEAR or ATLEAST."""
    return min(1.0, sum(leaf_rate(piece, now) for piece in proximity_rules.pieces(operand)))


def _fields(query: Any) -> tuple[str, ...]:
    """Return the fields to add up: a word of the title is nearly always in the text, too."""
    names: tuple[str, ...] = query.fields
    return tuple(name for name in names if name != "title") if "text" in names else names


def _in_field(query: Any, name: str) -> float:
    if FIELDS[name].kind is FieldKind.KEYWORD:
        return _value(query, _KEYWORDS.get(name, 1e-3))
    return _words(query) * (_TITLE if name == "title" else _PART.get(name, 1.0))


def _value(query: Any, one: float) -> float:
    """Guess for a field of whole values, of which `one` is the fraction of a typical value."""
    match query:
        case ast.Term():
            return one
        case ast.Fuzzy():
            return one * 2
        case ast.Prefix(text=text):
            return max(one, _beginning(text))
        case ast.Wildcard(pattern=pattern):
            return max(one, _beginning(patterns.literal_parts(pattern)[0]))
        case _:
            return max(one, 0.3)


def _words(query: Any) -> float:
    match query:
        case ast.Term(text=text):
            return word_rate(text)
        case ast.Phrase(terms=terms, slop=slop):
            # A phrase is rarer than its rarest word; each further word leaves about this share of
            # it.
            return min(map(word_rate, terms)) * (0.25 if slop else 0.15) ** (len(terms) - 1)
        case ast.ExactCase(terms=terms):
            lower = map(tokenizer.lower, terms)
            return 0.7 * min(map(word_rate, lower)) * 0.15 ** (len(terms) - 1)
        case ast.Prefix(text=text):
            return max(word_rate(text), _beginning(text))
        case ast.Wildcard(pattern=pattern):
            known = len(pattern.replace("*", "").replace("?", ""))
            return (
                max(_beginning(patterns.literal_parts(pattern)[0]), _beginning("x" * known))
                if known
                else 1.0
            )
        case ast.Fuzzy(text=text, edits=edits):
            return min(1.0, word_rate(text) * 3.0**edits)
        case ast.Range():
            return 1.0 if query.low is None or query.high is None else 0.9
        case _:
            return 0.3


def word_rate(word: str) -> float:
    """Guess the fraction of articles with a word: short words and numbers are more common."""
    if word in _FUNCTION:
        return _FUNCTION_RATE
    if word in _EVERYDAY:
        return _EVERYDAY_RATE
    if word.isdigit():
        return 0.05 if len(word) < 3 else 5e-3
    return 0.01 if len(word) < 5 else 5e-3


def _beginning(text: str) -> float:
    """Guess the fraction of articles with a prefix."""
    return float(min(1.0, 4.0 * 0.35 ** len(text)))


def _dates(query: ast.DateRange, now: datetime) -> float:
    """Return the selectivity of a range of dates: new articles are current."""
    low = None if query.low is None else date_math.resolve(query.low, now)
    high = None if query.high is None else date_math.resolve(query.high, now)
    if (low is not None and high is not None and low > high) or (low is not None and low > now):
        return 0.0
    if high is not None and high < now:
        return 0.0 if query.field == "first_seen" else 1e-3
    return 1.0 if query.field == "first_seen" else 0.95
