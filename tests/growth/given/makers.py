"""Builders of values of each type from a text: articles, alerts, queries, positions."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, BinaryIO, Final

from pantau.alerter.matched_query import MatchedQuery
from pantau.common.channels.mailbox import Mailbox
from pantau.common.files.jsonlines import Complaints
from pantau.common.text.safe_text import harmless, one_line
from pantau.enricher.dictionaries.dictionary import Dictionary, DictionaryEntry
from pantau.enricher.dictionaries.format import DictionaryRow, read_entries
from pantau.enricher.language.detect import LanguageModel
from pantau.enricher.language.langid import Langid
from pantau.enricher.lexicon.gazetteer import Gazetteer, load_gazetteer
from pantau.enricher.linking.link import Found
from pantau.enricher.linking.names import Names
from pantau.enricher.ner.engine import Mention, Passage
from pantau.enricher.quotations.marks import Quoted, find_quoted
from pantau.enricher.quotations.named import Named
from pantau.feeds.document import ParsedItem
from pantau.feeds.links import LinkBudget
from pantau.notifier.mails.wire import Draft
from pantau.ports import FetchResponse, Filters, Message
from pantau.query import ast
from pantau.query.errors import QueryError
from pantau.query.explain.plain import describer
from pantau.query.explain.plain_leaves import ClauseDescriber
from pantau.query.listed import ListValues, bind
from pantau.query.parsing.clauses import Bounds, QueryRange
from pantau.query.parsing.kql_values import Value
from pantau.query.parsing.languages import parse as parse_query
from pantau.query.text import tokenizer
from pantau.query.text.document import Document, Tokens
from pantau.stories.words import ArticleWords, read_words
from pantau_schemas.base import Event, Span
from pantau_schemas.events.alert import Alert, ArticleSummary, Delivery, Snippet
from pantau_schemas.events.article import Article, EnrichedArticle
from pantau_schemas.events.feed import Feed, FeedState
from pantau_schemas.events.subscription import EmailChannel, QueryLanguage, Subscription
from tests.support import START, enriched, subscription
from tests.support import article as raw_article

_WORD: Final = re.compile(r"\w+")
_TYPES: Final = ("person", "organization", "place")


class CannotMakeError(Exception):
    """No argument can be made for a parameter."""


def ranges_of(text: str) -> list[tuple[int, int]]:
    """Return every third word's range, in order."""
    return [match.span() for number, match in enumerate(_WORD.finditer(text)) if number % 3 == 1]


def mentions_of(text: str) -> list[Mention]:
    """Return mentions of two words in three, in order, not overlapping; of every type."""
    return [
        Mention(*match.span(), _TYPES[number % 4 % 3])
        for number, match in enumerate(_WORD.finditer(text))
        if number % 3
    ]


_LANGUAGES: Final[tuple[QueryLanguage, ...]] = ("pantau", "lucene", "kql")
_VALUES: Final = ListValues("a", ["aa", "aa bb", "Aa Bb Cc"])
"""The values of every list that a text refers to."""


@lru_cache(maxsize=2_048)
def query_of(text: str) -> ast.Query:
    """Return a text as a query of the first language that accepts it, else of all its words.

    No repair is looked for, which `pantau.query.parse` does, and which takes far longer.
    """
    for language in _LANGUAGES:
        try:
            return bind(parse_query(text, language, "UTC"), lambda _: _VALUES)
        except QueryError:
            continue
    words = tuple(ast.Term(("title", "text"), word) for word in tokenizer.words(text))
    return ast.Boolean(should=words or (ast.MatchAll(),))


def document_of(text: str) -> Document:
    """Return an article whose every field grows."""
    return Document.from_fields(
        {
            "title": text,
            "text": text,
            "first_seen": START,
            "published": START,
            **dict.fromkeys(_VALUED, values_of(text)),
        }
    )


_VALUED: Final = ("people", "organizations", "places", "roles", "quotes", "tags", "author")


def values_of(text: str) -> tuple[str, ...]:
    """Return pieces of a text of up to three words, as fields of several values have them."""
    words = text.split()
    return tuple(" ".join(words[start : start + 3]) for start in range(0, len(words), 3))


def article_of(text: str) -> EnrichedArticle:
    """Return an enriched article that names much: mentions in the text, quotations, tags."""
    clean = encodable(text)
    return enriched(
        "one", title=clean, text=clean, tags=values_of(clean), quotes=values_of(clean), author=clean
    )


def encodable(text: str) -> str:
    """Return a text without lone surrogates, which no event can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def snippet_of(text: str) -> Snippet:
    """Return a snippet with many marks."""
    return Snippet(field="text", text=encodable(text), marks=tuple(ranges_of(encodable(text))))


def alert_of(text: str) -> Alert:
    """Return an alert whose every text grows."""
    clean = encodable(text)
    spans = tuple(Span(field="text", start=start, end=end) for start, end in ranges_of(clean))
    return Alert(
        alert_id="one",
        subscription_id="two",
        subscription_name=clean,
        query=clean,
        article=ArticleSummary(
            article_id="three",
            revision=1,
            title=clean,
            url=f"https://kabar.example/{clean}",
            source=clean,
            lang="id",
            published=START,
            first_seen=START,
        ),
        matches=spans,
        snippets=(snippet_of(text), Snippet(field="title", text=clean, marks=())),
        matched_at=START,
    )


def _delivery(text: str) -> Delivery:
    return Delivery(
        delivery_id="one",
        alert_id="two",
        subscription_id="three",
        channel_id="four",
        channel="email:desk@example.org",
        problem=encodable(text),
        created=START,
        updated=START,
    )


def _feed(text: str) -> Feed:
    return Feed(
        feed_id="one",
        url=f"https://kabar.example/{encodable(text)}",
        title=encodable(text),
        added=START,
    )


def _item(text: str) -> ParsedItem:
    return ParsedItem(
        guid=text,
        link=f"https://kabar.example/{text}",
        title=text,
        text=text,
        author=text,
        tags=(text,),
    )


def _response(text: str) -> FetchResponse:
    names = (
        "etag",
        "last-modified",
        "retry-after",
        "cache-control",
        "age",
        "content-type",
        "date",
        "expires",
    )
    return FetchResponse(
        "https://kabar.example/", 200, dict.fromkeys(names, text), text.encode("utf-8", "replace")
    )


def _quoted(text: str) -> Quoted:
    found = find_quoted(f'"{text.replace(chr(34), "")}" kata Aminah.')
    if not found:
        raise CannotMakeError("nothing is quoted")
    return found[0]


def _subscription(text: str) -> Subscription:
    return subscription("one", encodable(text), channels=(EmailChannel(to="desk@example.org"),))


def _draft(text: str) -> Draft:
    line = one_line(text)
    who = Mailbox("pantau", "example.org", line)
    fixed = {
        "date": "Mon, 02 Mar 2026 08:00:00 +0000",
        "message_id": "a@example.org",
        "list_id": "a.example.org",
    }
    plain = harmless(text)
    return Draft(
        sender=who,
        to=who,
        subject=line,
        lang="id",
        plain=plain,
        html=plain,
        boundary="=_a",
        **fixed,
    )


MAKERS: Final[dict[Any, Callable[[str], Any]]] = {
    str: lambda text: text,
    bytes: lambda text: text.encode("utf-8", "surrogatepass"),
    object: lambda text: {"text": text, "words": text.split()},
    BinaryIO: lambda text: io.BytesIO(text.encode("utf-8", "surrogatepass")),
    bool: lambda _: False,
    int: lambda _: 3,
    float: lambda _: 3.0,
    datetime: lambda _: START,
    date: lambda _: START.date(),
    LinkBudget: lambda text: LinkBudget(len(text)),
    Mailbox: lambda text: Mailbox("desk", "example.org", " ".join(encodable(text).split())),
    Draft: _draft,
    Mention: lambda text: Mention(len(text) // 3, len(text), "person"),
    Passage: lambda text: Passage(text, "id"),
    Found: lambda text: Found(
        text, text, mentions_of(text), mentions_of(text), ranges_of(text)[::5]
    ),
    Named: lambda text: Named(0, len(text), text, "person"),
    Quoted: _quoted,
    DictionaryEntry: lambda text: DictionaryEntry(
        type="person", name=text, aliases=tuple(text.split())
    ),
    Dictionary: lambda text: Dictionary(read_entries(LISTS[DictionaryRow](text), "file")[0]),
    Gazetteer: lambda _: load_gazetteer(),
    LanguageModel: lambda _: Langid(),
    Names: lambda _: Names(load_gazetteer()),
    Document: document_of,
    Tokens: lambda text: Tokens((text,)),
    QueryRange: lambda text: QueryRange(text, 0, len(text)),
    Bounds: lambda text: Bounds(text, text),
    Value: lambda text: Value(tuple(text), 0, len(text)),
    QueryError: lambda text: QueryError(text, len(text) // 2, "a word"),
    ClauseDescriber: lambda _: describer("en", START),
    ast.Phrase: lambda text: ast.Phrase(("text",), (*tokenizer.words(text), "a", "b"), 2),
    ast.ExactCase: lambda text: ast.ExactCase(("text",), tuple(text.split()) or ("a",)),
    ast.Term: lambda text: ast.Term(("text",), text),
    ArticleWords: lambda text: read_words(text[:200], text),
    Snippet: snippet_of,
    Alert: alert_of,
    Delivery: _delivery,
    Article: lambda text: raw_article("one", title=encodable(text), text=encodable(text)),
    EnrichedArticle: article_of,
    Event: alert_of,
    Subscription: _subscription,
    MatchedQuery: lambda text: MatchedQuery.of(_subscription(text)),
    Feed: _feed,
    FeedState: lambda text: FeedState(feed_id="one", etag=encodable(text), title=encodable(text)),
    ParsedItem: _item,
    FetchResponse: _response,
    Filters: lambda text: Filters(sources=tuple(text.split())),
    Message: lambda text: Message(
        _delivery(text), alert_of(text), EmailChannel(to="desk@example.org")
    ),
    Complaints: lambda _: Complaints(io.StringIO()),
    EmailChannel: lambda text: EmailChannel(to=encodable(text)),
    DictionaryRow: lambda text: DictionaryRow(
        1, {"type": "person", "name": text, "aliases": text.split()}
    ),
}
FIXED: Final = (
    LinkBudget,
    int,
    float,
    bool,
    datetime,
    date,
    Gazetteer,
    LanguageModel,
    Names,
    ClauseDescriber,
    Complaints,
)
"""Types whose arguments are the same for every text."""
LISTS: Final[dict[Any, Callable[[str], list[Any]]]] = {
    Mention: mentions_of,
    Named: lambda text: [
        Named(start, end, text[start:end], kind) for start, end, kind in mentions_of(text)
    ],
    Span: lambda text: [Span(field="text", start=start, end=end) for start, end in ranges_of(text)],
    DictionaryRow: lambda text: [
        DictionaryRow(at, {"type": "person", "name": word, "id": word})
        for at, word in enumerate(text.split())
    ],
    DictionaryEntry: lambda text: read_entries(LISTS[DictionaryRow](text), "file")[0],
}
