"""Enrichment of a title and a text."""

from functools import cache

from fuzz.promises import answer, require, require_spans, text_of
from pantau.enricher.build import build_enricher
from pantau.enricher.enricher import Enricher
from pantau_schemas.base import Span
from pantau_schemas.codec import decode, encode
from pantau_schemas.events.article import Article, EnrichedArticle
from tests.support import START

KIND = "prose"
MAX_LEN = 3_000
SEEDS = (
    (
        b"Bupati Demak minta warga waspada\nDEMAK, KABAR - Bupati Demak, dr. Aminah Sari, S.H., "
        b"meminta warga waspada. "
        b'"Air naik sejak kemarin," kata Aminah, Senin (2/3/2026).\n\nBaca juga: Lain\nEditor: Budi'
    ),
    (
        b"Badan Penanggulangan (BP) menolak\nKepala Badan Penanggulangan Bencana (BPB) Joko bin "
        b"Tarno di Kota Semarang "
        b"mengatakan, \xe2\x80\x9cKami siap,\xe2\x80\x9d Selasa 10-12 Maret 2026. Foto: Antara/Budi"
    ),
    (
        b"Minister said\nThe minister, John Smith of the United Nations (UN), said on Monday that "
        b"'it "
        b"is over'. 12/3/2024"
    ),
)


@cache
def _enricher() -> Enricher:
    return build_enricher()


def check(data: bytes) -> None:
    """Enrich; every span lies in its text, and the event can be written and read."""
    title, _, text = text_of(data).encode("utf-8", "replace").decode().partition("\n")
    article = Article(article_id="one", title=title, text=text, first_seen=START)
    found: EnrichedArticle = answer(lambda: _enricher().enrich(article))
    require(found.title == title and found.text == text, "texts stay as they are")
    for entity in found.entities:
        _check_spans(entity.mentions, found, "mentions")
        written = [_text(found, span) for span in entity.mentions]
        for surface in entity.surfaces:
            require(
                any(surface in one for one in written), "surfaces are in mentions", surface, written
            )
    _check_spans(found.dates, found, "dates")
    _check_spans(found.quotations, found, "quotations")
    _check_spans(found.boilerplate, found, "boilerplate")
    quoted = tuple(_text(found, one) for one in found.quotations if one.kind == "direct")
    require(len(quoted) == len(found.quotes), "quotes are of the quotations", quoted, found.quotes)
    require(decode(EnrichedArticle, encode(found)) == found, "events are read as they were written")


def _check_spans(spans: tuple[Span, ...], article: EnrichedArticle, what: str) -> None:
    for field in ("title", "text"):
        pairs = [(span.start, span.end) for span in spans if span.field == field]
        require_spans(pairs, getattr(article, field), what)


def _text(article: EnrichedArticle, span: Span) -> str:
    return str(getattr(article, span.field))[span.start : span.end]
