"""One request to the console, as its pages see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal
from urllib.parse import parse_qsl

from pantau.errors import UsageError
from pantau.messages.languages import Lang
from pantau.operations.base.parts import Parts
from pantau.ports import Store
from pantau.problems import Param, Problem, problem
from pantau.usecases.feeds.feed_list import FeedList
from pantau.usecases.search.checking import LANGUAGES
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau_schemas.events.people.account import Scope
from pantau_schemas.events.subscription import QueryLanguage

Form = Literal["html", "json", "csv", "atom"]
"""How a list is answered; the end of the path says it."""
QUERY_LIMIT: Final = 4_000
"""Longest query that a page takes, in characters."""
VALUE_LIMIT: Final = 4_000
"""Longest other value, in characters."""
LONG_VALUES: Final[Mapping[str, int]] = {
    "q": QUERY_LIMIT,
    **dict.fromkeys(("subject", "text", "html"), 40_000),
}
"""Longest values of other lengths: a query, and the parts of a template.

A template has half as much at most: browsers send each line break as two characters.
"""
PAGE_ROWS: Final = 20
PAGE_MOST: Final = 200
"""Rows of a page, by default and at most."""
DATA_ROWS: Final = 100
DATA_MOST: Final = 1_000
"""Rows of JSON, by default and at most; a page of a table has as many as it may."""
TABLE_MOST: Final = 10_000
"""Rows of a whole table, the first ones."""
FIELDS_LIMIT: Final = 50
"""Values that an address may have."""
FORM_LIMIT: Final = 250
"""Values that a form may have: the boxes of a page of 200 rows, and some more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its values, the language of the answer, the time, and what is there to work with.

    `form` has the values of a POST; `named` those of the path. `wants` is how a list is answered,
    `base` the address by which the console is reached, and `files` has the fields of a form with
    files.
    """

    parts: Parts
    lang: Lang
    now: datetime
    path: str
    values: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    wants: Form = "html"
    cookies: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    base: str = ""

    @property
    def store(self) -> Store:
        """The store."""
        return self.parts.store

    def text(self, code: str, /, **params: Param) -> str:
        """Return a text of the catalogue in the language of the answer."""
        return Problem(code, params).text(self.lang)

    def may(self, right: Scope) -> bool:
        """Return whether the person has a right; without accounts everybody has all."""
        return self.parts.person is None or self.parts.person.may(right)

    @property
    def repository(self) -> SubscriptionRepository:
        """The subscriptions."""
        return SubscriptionRepository(self.store.log, self.parts.clock)

    @property
    def feeds(self) -> FeedList:
        """The feeds."""
        return FeedList(self.store.log, self.parts.clock)

    @property
    def language(self) -> QueryLanguage:
        """The query language that is asked for; Lucene for any other value."""
        return next((one for one in LANGUAGES if one == self.values.get("l")), "lucene")

    @property
    def limit(self) -> int:
        """The rows of a list that are asked for. Raises UsageError."""
        if self.wants == "html":
            return self.number("limit", PAGE_ROWS, PAGE_MOST)
        usual = DATA_MOST if self.wants == "csv" else DATA_ROWS
        return self.number("limit", usual, DATA_MOST)

    @property
    def rows(self) -> int:
        """The rows of a list that has no next page: a table is whole. Raises UsageError."""
        is_whole = self.wants == "csv" and not self.values.get("limit", "").strip()
        return TABLE_MOST if is_whole else self.limit

    def number(self, name: str, default: int, most: int) -> int:
        """Return a value as a number from 1 to `most`. Raises UsageError for anything else."""
        given = self.values.get(name, "").strip()
        if not given:
            return default
        is_short = len(given) < 10 and given.isascii() and given.isdecimal()
        if not (is_short and 0 < int(given) <= most):
            raise UsageError(problem("console.no-number", name=name, most=most))
        return int(given)


def read_values(encoded: str, most: int = FIELDS_LIMIT) -> dict[str, str]:
    """Return the values of a query string or a form; of a repeated name the last counts.

    Raises UsageError for more than `most` values, or longer ones than a page has.
    """
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, max_num_fields=most)
    except ValueError as error:
        raise UsageError(problem("console.too-many-values", most=most)) from error
    for name, value in pairs:
        most_letters = LONG_VALUES.get(name, VALUE_LIMIT)
        if len(value) > most_letters:
            raise UsageError(problem("console.too-long", name=name[:40], most=most_letters))
    return dict(pairs)
