"""Decoding of events, of every kind: the first byte chooses one.

The rest is the event's bytes; or, after `field=`, a replacement for one field of a valid event,
since
chance alone finds no way past the parser of JSON.
"""

import json
from typing import Any

from fuzz.promises import answer, require
from pantau_schemas.base import Event
from pantau_schemas.codec import SchemaError, canonical, decode, encode
from pantau_schemas.events.alert import Alert, Alerted, Delivery
from pantau_schemas.events.article import Article, EnrichedArticle
from pantau_schemas.events.dead_letter import DeadLetter
from pantau_schemas.events.feed import Feed, FeedMemory, FeedState
from pantau_schemas.events.subscription import Subscription
from tests.growth.given.makers import alert_of
from tests.support import article, enriched, subscription

KIND = "markup"
MAX_LEN = 2_000
EVENTS: tuple[type[Event], ...] = (
    *(
        Article,
        EnrichedArticle,
        Alert,
        Alerted,
        Delivery,
        DeadLetter,
        Feed,
        FeedMemory,
        FeedState,
        Subscription,
    ),
)
SEEDS = (
    b"0" + encode(article("one", text="Air naik.", tags=("a", "b"))),
    b"1" + encode(enriched("two", text="Air naik.", people=("Aminah",))),
    b"2" + encode(alert_of("Air naik di Demak")),
    b"9" + encode(subscription("one", "banjir")),
    b"0schema_version=0",
    b'0tags=["a",1]',
    b'1entities=[{"type":"person","name":"A","mentions":[{"field":"text","start":0,"end":1}]}]',
    b'2snippets=[{"field":"text","text":"a","marks":[[0,1]]}]',
    b'9channels=[{"kind":"webhook","url":"https://a.example","secret":"whsec_YQ=="}]',
    b'9time_zone="Asia/Jakarta"',
    b'0{"schema_version":0,"article_id":"a","first_seen":"2026-03-02T08:00:00Z"}',
)


def check(data: bytes) -> None:
    """Decode; what is read is written and read again as the same event."""
    kind = EVENTS[data[0] % 10 if data[:1].isdigit() else 0] if data else Article
    event: Event | None = answer(lambda: decode(kind, _value(kind, data[1:])), SchemaError)
    if event is None:
        return
    again = decode(kind, encode(event))
    require(again == event, "events are read as they were written", event, again)
    require(canonical(again) == canonical(event), "equal events are equal bytes", event)


def _value(kind: type[Event], data: bytes) -> bytes:
    name, equals, written = data.partition(b"=")
    good = next((seed[1:] for seed in SEEDS if EVENTS[int(seed[:1])] is kind), SEEDS[0][1:])
    if not equals or name.strip().startswith((b"{", b"[")):
        return data
    fields: dict[str, Any] = json.loads(good)
    fields[name.decode("latin-1")] = "@@"
    return json.dumps(fields).encode().replace(b'"@@"', written)
