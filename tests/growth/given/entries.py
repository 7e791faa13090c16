"""Calls that types alone do not make: whole documents around a text, parts that work together."""

import contextlib
import json
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from pantau.adapters.passwords import Argon2Passwords
from pantau.common.channels.mailbox import Mailbox
from pantau.enricher.build import build_enricher
from pantau.enricher.dictionaries.dictionary import Dictionary
from pantau.enricher.enricher import Enricher
from pantau.enricher.language.langid import Langid
from pantau.feeds.discovery.discover import discover_feeds, without_comments
from pantau.feeds.document import UnreadableFeedError
from pantau.feeds.formats.mail import pack_mails, read_mails
from pantau.feeds.formats.news_sitemap import chosen_sitemaps
from pantau.feeds.formats.opml import read_opml
from pantau.feeds.parse import parse_feed
from pantau.notifier.mail import compose
from pantau.query import ast, parse
from pantau.query.diagnosis.engine import diagnose
from pantau.query.elasticsearch.translate import to_elastic
from pantau.query.explain.explanation import explain_match, hindrances
from pantau.query.explain.highlight import Highlighter
from pantau.query.explain.plain import describer
from pantau.query.explain.plain import read as read_plain
from pantau.query.explain.plain_notes import notes
from pantau.query.explain.selectivity import estimate
from pantau.query.fts5.translate import narrow
from pantau.query.listed import ListValues, bind
from pantau.query.matching.engines import build_engine
from pantau.query.meaning.evaluate import accepts, evaluate
from pantau.query.text.document import Document
from pantau_schemas.codec import decode
from pantau_schemas.events.article import Article, EnrichedArticle
from pantau_schemas.events.feed_page import PageSelectors
from pantau_schemas.events.subscription import QueryLanguage
from tests.growth.given.arguments import make
from tests.growth.given.entries_held import HELD, HELD_INSTANCES
from tests.growth.given.entries_lists import LISTS
from tests.growth.given.entries_marks import MARKS
from tests.growth.given.entries_messages import MESSAGES
from tests.growth.given.entries_pages import PAGES
from tests.growth.given.entries_streams import STREAMS
from tests.growth.given.makers import alert_of, document_of, encodable, ranges_of
from tests.growth.given.pieces import Kind
from tests.growth.given.shapes import ORDINARY
from tests.support import START, enriched

Prepare = Callable[[str], Callable[[], object]]
_LANGUAGES: Final[tuple[QueryLanguage, ...]] = ("lucene", "kql", "pantau")

FEEDS: Final = {
    "rss": "<rss version='2.0'><channel><title>a</title>{}</channel></rss>",
    "rss title": "<rss version='2.0'><channel><title>{}</title><item><title>{}</title></item></channel></rss>",
    "rss description": "<rss version='2.0'><channel><item><title>a</title><description>{}</description></item></channel></rss>",
    "rss in CDATA": "<rss version='2.0'><channel><item><title>a</title><description><![CDATA[{}]]></description></item></channel></rss>",
    "rss open CDATA": "<rss version='2.0'><channel><item><description><![CDATA[{}</description></item><item/></channel></rss>",
    "rss beyond limits": "<rss version='2.0' {}><channel><item><description>{{}}</description></item></channel></rss>".format(
        " ".join(f"a{number}='1'" for number in range(70))
    ),
    "rss link": "<rss version='2.0'><channel><item><title>a</title><link>{}</link><guid>{}</guid></item></channel></rss>",
    "rss date": "<rss version='2.0'><channel><item><title>a</title><pubDate>{}</pubDate></item></channel></rss>",
    "rss attribute": "<rss version='2.0'><channel><item><category "
    "domain='{}'>a</category></item></channel></rss>",
    "rss base": "<rss version='2.0' xml:base='https://a.example/{}'><channel><item><link>b</link></item></channel></rss>",
    "rss unended": "<rss version='2.0'><channel><title>\u2014{}",
    "rss before": "{}<rss version='2.0'><channel><item><title>a</title></item></channel></rss>",
    "rss doctype": "<!DOCTYPE rss [{}]><rss "
    "version='2.0'><channel><item><title>a</title></item></channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id>{}</entry></feed>",
    "atom xhtml": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id><content "
    "type='xhtml'>{}</content></entry></feed>",
    "atom html": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>a</id><title "
    "type='html'>{}</title></entry></feed>",
    "json": '{{"version":"https://jsonfeed.org/version/1.1","items":[{}]}}',
    "json unended": '{{"version":"https://jsonfeed.org/version/1.1","items":[{}',
}
"""Feeds with a place for the text that grows."""
MANY: Final = {
    "links": "<item><link>b</link></item>",
    "guids": "<item><guid>b</guid></item>",
    "bases": "<x xml:base='b'/>",
    "pages": "<item><description>&lt;a href='b'>c&lt;/a></description></item>",
}
"""References to the base of their document."""
OPML: Final = {
    "outlines": "<opml version='2.0'><body>{}</body></opml>",
    "attribute": "<opml version='2.0'><body><outline text='{}' "
    "xmlUrl='https://a.example/{}'/></body></opml>",
    "unended": "<opml><body><outline text='\u2014{}",
}
QUERIES: Final = (
    "aa", "a*", "*a", "a?a*", "aa~2", "/a+b?/", "/(a|b)*c/", '"aa aa"', '"aa aa bb"~4', '"Aa Bb"',
    "[a TO b]", "title:aa AND NOT text:bb", "a* NEAR/3 b*", "aa NEAR/9 aa", "ATLEAST/3(a*)",
    "ATLEAST/2(aa OR bb)", "CASE(Aa)", "quotes:a*", "people:Aa*", "roles:/a.*/", "tags:*a",
    "_exists_:quotes", "a* OR b* OR c* OR *d", "published:[now-1d TO now]",
)  # fmt: skip
"""Queries of every kind, for articles that grow."""


def _feed(frame: str) -> Prepare:
    def prepare(text: str) -> Callable[[], object]:
        body = frame.format(*[text] * frame.count("{}")).encode("utf-8", "surrogatepass")
        return lambda: parse_feed(body, url="https://kabar.example/feed")

    return prepare


def _product(piece: str) -> Prepare:
    """Return feeds whose base is as long as its references, which shows their product."""

    def prepare(text: str) -> Callable[[], object]:
        half = len(text) // 2
        base, many = "a/" * (half // 2), piece * (half // len(piece))
        frame = f"<rss version='2.0' xml:base='https://a.example/{base}'><channel>{many}</channel></rss>"
        return lambda: parse_feed(frame.encode(), url="https://kabar.example/feed")

    return prepare


def _json_string(text: str) -> Callable[[], object]:
    item = {
        "id": text,
        "title": text,
        "content_html": text,
        "url": text,
        "date_published": text,
        "tags": [text],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": text, "items": [item]}
    body = json.dumps(feed).encode()
    return lambda: parse_feed(body)


def _page_list(frame: str) -> Prepare:
    selectors = PageSelectors(item="li.item, div > div", date="time", text="p, div")

    def prepare(text: str) -> Callable[[], object]:
        body = frame.format(text).encode("utf-8", "surrogatepass")

        def read() -> object:
            with contextlib.suppress(UnreadableFeedError):
                return parse_feed(body, url="https://kabar.example/", page=selectors)
            return None

        return read

    return prepare


def _sitemap(text: str) -> Callable[[], object]:
    body = f"<sitemapindex>{text}<sitemap><loc>/a</loc></sitemap></sitemapindex>"

    def read() -> object:
        with contextlib.suppress(UnreadableFeedError):
            return chosen_sitemaps(parse_feed(body.encode("utf-8", "surrogatepass")), 3)
        return None

    return read


def _opml(frame: str) -> Prepare:
    def prepare(text: str) -> Callable[[], object]:
        body = frame.format(*[text] * frame.count("{}")).encode("utf-8", "surrogatepass")
        return lambda: read_opml(body)

    return prepare


def _page(text: str) -> Callable[[], object]:
    body = f"<html><head>{text}</head><body>{text}</body></html>".encode("utf-8", "surrogatepass")
    return lambda: without_comments(discover_feeds(body, "https://kabar.example/"))


MAILS: Final = {
    "html": "Subject: a\nContent-Type: text/html\n\n<p>{}</p>",
    "plain": "Subject: a\n\n{}",
    "headers": "Subject: {}\nFrom: {}\nList-Id: {}\nMessage-ID: {}\n\na",
    "parts": "Content-Type: multipart/mixed; boundary=a\n\n--a\n{}\n--a\n{}",
    "head": "{}",
    "link": "Content-Type: text/html\n\n<a href='{}'>{}</a>",
}


def _newsletter(frame: str) -> Prepare:
    def prepare(text: str) -> Callable[[], object]:
        body = frame.format(*[text] * frame.count("{}")).encode("utf-8", "surrogatepass")
        return lambda: read_mails(pack_mails([body]), "maildir:/surat")

    return prepare


@cache
def _enricher(engine: str) -> Enricher:
    return build_enricher(engine)


def _enrich(engine: str) -> Prepare:
    def prepare(text: str) -> Callable[[], object]:
        article = Article(article_id="one", title="Judul", text=encodable(text), first_seen=START)
        return lambda: _enricher(engine).enrich(article)

    return prepare


def _headline(text: str) -> Callable[[], object]:
    article = Article(article_id="one", title=encodable(text), text=ORDINARY, first_seen=START)
    return lambda: _enricher("convolutional").enrich(article)


def _own_names(text: str) -> Callable[[], object]:
    own = make(Dictionary, "", text)
    return lambda: own.find(text, "id")


def _query(language: QueryLanguage) -> Prepare:
    def prepare(text: str) -> Callable[[], object]:
        return lambda: _all_of(bind(parse(text, language), _values), text, language)

    return prepare


def _values(node: ast.InList) -> ListValues:
    return ListValues(node.name, ["aa", "aa bb"])


def _all_of(query: ast.Query, text: str, language: QueryLanguage) -> None:
    """Do everything that is done with a query of a subscriber."""
    document = document_of(ORDINARY * 3)
    accepts(query, document)
    evaluate(query, document)
    engine = build_engine()
    engine.put("one", query)
    engine.match(document)
    explain_match(query, document)
    hindrances(query, document)
    narrow(query)
    to_elastic(query, START)
    read_plain(query, "en", START)
    notes(query, text, language, describer("id", START))
    estimate(query, START)
    diagnose(text, language)


def _refused(language: QueryLanguage) -> Prepare:
    return lambda text: lambda: parse(text, language)


def _dated(frame: str) -> Prepare:
    def prepare(text: str) -> Callable[[], object]:
        return lambda: parse(frame.replace("{}", text), "lucene")

    return prepare


def _own_words(text: str) -> Callable[[], object]:
    """Match a query of the words of an article with that article: both grow."""
    document = document_of(text)
    words = document.tokens("text").sequence
    query = ast.Phrase(
        ("text",), tuple(words[: len(words) // 4 + 2]) if len(words) > 2 else ("a", "b"), 3
    )
    return lambda: evaluate(query, document)


def _against(written: str) -> Prepare:
    query = parse(written, "pantau")

    def prepare(text: str) -> Callable[[], object]:
        document = document_of(text)
        return lambda: (
            accepts(query, document),
            evaluate(query, document),
            explain_match(query, document),
        )

    return prepare


def _matcher(text: str) -> Callable[[], object]:
    engine = build_engine()
    for number, written in enumerate(QUERIES):
        engine.put(str(number), parse(written, "pantau"))
    article = enriched("one", title=encodable(text)[:2000], text=encodable(text))
    return lambda: engine.match(Document.from_article(article))


def _snippets(text: str) -> Callable[[], object]:
    return lambda: Highlighter({"title": text, "text": text}).snippets(
        {"title": ranges_of(text), "text": ranges_of(text)}
    )


def _event(frame: str) -> Prepare:
    def prepare(text: str) -> Callable[[], object]:
        value = frame.replace("{}", text).encode("utf-8", "surrogatepass")
        return lambda: decode(Article, value)

    return prepare


def _event_of_strings(text: str) -> Callable[[], object]:
    fields = enriched("one").model_dump(mode="json") | {
        "title": text,
        "text": text,
        "tags": text.split(),
        "url": text,
    }
    value = json.dumps(fields).encode()
    return lambda: decode(EnrichedArticle, value)


def _mail(text: str) -> Callable[[], object]:
    alert, sender = alert_of(text), Mailbox("pantau", "example.org", "Pantau")
    return lambda: compose(alert, delivery_id="one", sender=sender, to="desk@example.org").content


ENTRIES: Final[dict[str, tuple[Kind, Prepare]]] = {
    **HELD,
    **{f"feed: {name}": ("markup", _feed(frame)) for name, frame in FEEDS.items()},
    **{
        f"feed: long base, many {name}": ("markup", _product(piece)) for name, piece in MANY.items()
    },
    "feed: json strings": ("markup", _json_string),
    **{f"opml: {name}": ("markup", _opml(frame)) for name, frame in OPML.items()},
    "page": ("markup", _page),
    **{f"newsletter: {name}": ("markup", _newsletter(frame)) for name, frame in MAILS.items()},
    "page list": ("markup", _page_list("<ul>{}</ul>")),
    "page list: item": ("markup", _page_list("<li class=item><a href=/a>Judul</a>{}")),
    "sitemap index": ("markup", _sitemap),
    "enrich: convolutional": ("prose", _enrich("convolutional")),
    "enrich: rules": ("prose", _enrich("rules")),
    "enrich: headline": ("prose", _headline),
    "dictionary of the text's own words": ("prose", _own_names),
    "language": ("prose", lambda text: lambda: Langid().classify(text)),
    **{f"query: {language}": ("query", _query(language)) for language in _LANGUAGES},
    **{f"parse: {language}": ("query", _refused(language)) for language in _LANGUAGES},
    **{
        f"date: {frame}": ("address", _dated(frame))
        for frame in ("published:{}", 'published:"{}"', "published:[{} TO *]")
    },
    "time zone": ("address", lambda text: lambda: parse("a", "pantau", time_zone=text)),
    "query: an article's own words": ("prose", _own_words),
    **{f"article against {written}": ("prose", _against(written)) for written in QUERIES},
    "matcher": ("prose", _matcher),
    "snippets": ("prose", _snippets),
    "mail": ("prose", _mail),
    "event: raw": ("markup", _event("{}")),
    "event: list": ("markup", _event('{"article_id":"a","tags":[{}]}')),
    "event: strings": ("prose", _event_of_strings),
    **STREAMS,
    **PAGES,
    **LISTS,
    **MARKS,
    **MESSAGES,
}
INSTANCES: Final[dict[type, Callable[[str], Any]]] = {
    **HELD_INSTANCES,
    # What a hash costs at least is chosen, and says nothing of how it grows with the password.
    Argon2Passwords: lambda _: Argon2Passwords(memory_kib=8, rounds=1),
    Enricher: lambda _: _enricher("convolutional"),
    Langid: lambda _: Langid(),
}
