"""An Elasticsearch with a million articles of a year, filled by its own bulk requests.

Real articles, up to six thousand, are enriched once, and written as the documents that the indexer
writes. Each is a template: of every copy the id, the times, the source, the story, one word of the
title and the end of the text are others, sentences of other articles and one seldom word. So words
and names have the frequencies of news, and filling takes little time of this process a document.
"""

import json
import random
import re
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from benchmarks.search import Stories
from pantau.adapters.elasticsearch.document import document
from pantau.adapters.elasticsearch.setup import setup
from pantau.adapters.sort_key import ordering
from pantau.common.portions import portions
from pantau.enricher import Enricher, build_enricher
from pantau.settings import KeepSettings, Settings
from pantau_schemas.base import format_time
from pantau_schemas.events.article import Article, EnrichedArticle
from pantau_schemas.ids import digest_id
from pantau_schemas.index_template import alias, index_name

YEAR: Final = timedelta(days=365)
TAILS: Final = 20_000
"""Ends of texts."""
SELDOM: Final = 2_000_000
"""Made-up words, of which low numbers are more frequent."""
AT_ONCE: Final = 500
SENDERS: Final = 2
TEMPLATES: Final = "templates.jsonl"
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_WORD: Final = re.compile(r"[a-z]{4,}")
_ID, _STORY = digest_id("template"), digest_id("template story")
_SOURCE: Final = "template.example"
_SEEN: Final = datetime(2001, 1, 1, tzinfo=UTC)
_ISSUED: Final = datetime(2001, 1, 2, tzinfo=UTC)
_END, _WORD_OF_TITLE = "endoftemplate", "wordoftemplate"
_NAMED: Final = {
    _ID.encode(): b"id",
    _STORY.encode(): b"story",
    _SOURCE.encode(): b"source",
    format_time(_SEEN).encode(): b"seen",
    format_time(_ISSUED).encode(): b"issued",
    str(ordering(_SEEN, _ID)).encode(): b"order",
    _END.encode(): b"end",
    _WORD_OF_TITLE.encode(): b"word",
}
"""The parts of a template that differ from copy to copy, and their names."""
_DIFFERING: Final = re.compile(b"|".join(re.escape(one) for one in _NAMED))


@dataclass(frozen=True, slots=True)
class Year:
    """Articles of the year before `end`, the last one at `end`."""

    end: datetime
    count: int

    def seen(self, number: int) -> datetime:
        """Return when an article is first seen."""
        passed = (number + 1) / self.count
        exact = self.end - YEAR + YEAR * passed
        return exact.replace(microsecond=exact.microsecond // 1_000 * 1_000)


def templates(folder: Path, shared: Path, number: int) -> list[bytes]:
    """Return templates of so many articles, which a folder keeps once they are made."""
    kept = folder / TEMPLATES
    if not kept.exists():
        enricher = build_enricher()
        rows = (shared / "news" / "sample.jsonl").read_text(encoding="utf-8").splitlines()
        started = folder / f"{TEMPLATES}.part"
        with started.open("wb") as out:
            for row in rows[:: max(1, len(rows) // number)][:number]:
                out.write(_template(enricher, row) + b"\n")
        started.rename(kept)
    return kept.read_bytes().splitlines()


def _template(enricher: Enricher, row: str) -> bytes:
    """Return the document of an article as a format of bytes."""
    given = json.loads(row)
    enriched = enricher.enrich(
        Article(
            article_id=_ID,
            title=given["title"],
            text=given["text"],
            url=f"https://{_SOURCE}/{_ID}",
            source=_SOURCE,
            published=given.get("published"),
            first_seen=_SEEN,
        )
    )
    copied: EnrichedArticle = enriched.model_copy(
        update={
            "title": f"{enriched.title} {_WORD_OF_TITLE}",
            "text": f"{enriched.text} {_END}",
            "published": _ISSUED,
            "story_id": _STORY,
        }
    )
    written = document(copied).replace(b"%", b"%%")
    return _DIFFERING.sub(lambda found: b"%%(%s)s" % _NAMED[found[0]], written)


def fill(settings: Settings, made: Sequence[bytes], year: Year) -> None:
    """Fill the indexes of the months of a year, which the product sets up."""
    setup(settings.elasticsearch, KeepSettings())
    address = settings.elasticsearch.url
    months = {index_name(year.seen(number), "") for number in range(0, year.count, 100)}
    for one in sorted({*months, index_name(year.end, "")}):
        _ask(address, "PUT", f"/{one}", b"{}")
        _ask(address, "PUT", f"/{one}/_settings", _while_filling("-1", "async"))
    began, done = time.monotonic(), 0
    with ThreadPoolExecutor(SENDERS) as senders:
        under_way: list[Future[int]] = []
        for lines in portions(_lines(made, year), AT_ONCE):
            under_way.append(senders.submit(_send, address, lines))
            while len(under_way) > SENDERS:
                done += under_way.pop(0).result()
                if done % 50_000 == 0:
                    rate = done / (time.monotonic() - began)
                    print(f"  {done:,} articles, {rate:,.0f}/s", file=sys.stderr, flush=True)
        for last in under_way:
            last.result()
    name = alias("")
    _ask(address, "PUT", f"/{name}/_settings", _while_filling("1s", "request"))
    _ask(address, "POST", f"/{name}/_refresh")
    _ask(address, "POST", f"/{name}/_flush")
    _rest(address)


def _while_filling(refreshed: str, synced: str) -> bytes:
    given = {"index": {"refresh_interval": refreshed, "translog": {"durability": synced}}}
    return json.dumps(given).encode()


def _rest(address: str) -> None:
    """Wait until the server merges no more segments."""
    while True:
        found = json.loads(_ask(address, "GET", "/_stats/merge"))
        if not found["_all"]["total"]["merges"]["current"]:
            return
        time.sleep(2)


def _lines(made: Sequence[bytes], year: Year) -> Iterator[bytes]:
    """Yield the lines of a bulk request for each article, in the order of time."""
    chance = random.Random(7)  # noqa: S311 (the same articles every time)
    ends, words, stories = _ends(made, chance), _words(made), Stories()
    for number in range(year.count):
        seen, article_id = year.seen(number), digest_id(str(number))
        named = article_id.encode()
        issued = seen - timedelta(minutes=chance.randrange(600))
        action = (
            b'{"index":{"_index":"%s","_id":"%s","version":1,"version_type":"external_gte"}}'
            % (
                index_name(seen, "").encode(),
                named,
            )
        )
        source = made[int(len(made) * chance.random())] % {
            b"id": named,
            b"story": stories.of(number).encode(),
            b"source": b"source%d.example" % int(min(chance.paretovariate(1.0), 500)),
            b"seen": format_time(seen).encode(),
            b"issued": format_time(issued).encode(),
            b"order": b"%d" % ordering(seen, article_id),
            b"end": b"%s tala%d"
            % (ends[int(TAILS * chance.random())], int(SELDOM ** chance.random())),
            b"word": words[int(len(words) ** chance.random()) - 1],
        }
        yield b"%s\n%s\n" % (action, source)


def texts(made: Sequence[bytes]) -> Iterator[str]:
    """Yield the texts of the templates."""
    for one in made:
        text: str = json.loads(re.sub(rb"%\(order\)s", b"0", one).replace(b"%%", b"%"))["text"]
        yield text


def _ends(made: Sequence[bytes], chance: random.Random) -> list[bytes]:
    """Return ends of texts: sentences of any articles, as they stand in JSON."""
    sentences = [one for text in texts(made) for one in _SENTENCE.split(text) if "%" not in one]
    return [
        json.dumps(" ".join(chance.choices(sentences, k=5)))[1:-1].encode() for _ in range(TAILS)
    ]


def _words(made: Sequence[bytes]) -> list[bytes]:
    """Return all words, each once, those that are met first in front."""
    found = (word for text in texts(made) for word in _WORD.findall(text.lower()))
    return [one.encode() for one in dict.fromkeys(found)]


def _send(address: str, lines: Sequence[bytes]) -> int:
    path = "/_bulk?filter_path=errors,items.*.error"
    answer = json.loads(_ask(address, "POST", path, b"".join(lines)))
    if answer["errors"]:
        sys.exit(f"Elasticsearch refuses articles: {str(answer['items'])[:1_000]}")
    return len(lines)


def _ask(address: str, verb: str, path: str, body: bytes | None = None) -> bytes:
    """Return the body of an answer; leave the program for an error."""
    parts = urlsplit(address)
    with closing(HTTPConnection(parts.hostname or "", parts.port, timeout=600)) as connection:
        connection.request(verb, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
    if answer.status >= 400:
        sys.exit(f"{verb} {path}: {answer.status} {content[:1_000].decode()}")
    return content
