"""Members that a newer minor version added are kept, written again, and mean nothing here."""

import json
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from pantau.adapters.elasticsearch.document import article_of, document
from pantau.adapters.memory.store import MemoryStore
from pantau.bootstrap import build_workers
from pantau.extractor.html.page import PageText
from pantau.extractor.merging import read, unread
from pantau.notifier.dispatching.entry import Kept
from pantau.notifier.retry_policy import settle
from pantau.settings import NotifySettings, Settings
from pantau.stream.envelope import record_for
from pantau.usecases.feeds.editing import FeedChanges, edited
from pantau.usecases.rules.given import GivenRules, apply_rules
from pantau_schemas import generate
from pantau_schemas.base import Event, carried, format_time, unknown_of
from pantau_schemas.codec import (
    MOST_ERRORS,
    UNKNOWN_BYTES,
    SchemaError,
    decode,
    encode,
    without_unknown,
)
from pantau_schemas.events.alert import Delivery
from pantau_schemas.events.article import Article, EnrichedArticle, Entity, FullArticle
from pantau_schemas.events.feed import Feed, FeedState
from pantau_schemas.events.rules import Rules
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.ids import digest_id
from pantau_schemas.topics import ARTICLES_ENRICHED, ARTICLES_FULL, TOPICS
from tests.support import START, FixedClock, article, enriched, full, subscription
from tests.unit.notifier.support import delivery

EXAMPLES = sorted((Path(generate.__file__).parent / "examples").glob("*/*.json"))

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
numbers = st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
"""Values of JSON that are not null: in an event, null and absent are the same."""


def places(value: Any, event: type[Any] | None) -> list[dict[str, Any]]:
    """Return the objects of an example that are an event or a part of one, outermost first."""
    if isinstance(value, list):
        return [one for item in value for one in places(item, None)]
    if not isinstance(value, dict) or (event is None and not PARTS & value.keys()):
        return []
    return [value, *(one for item in value.values() for one in places(item, None))]


PARTS = frozenset({"field", "kind", "mentions", "article_id"})
"""Each part of an event in the examples has one of these members; a plain mapping has none."""


def with_member(path: Path, name: str, value: Any, draw: int) -> tuple[type[Event], bytes]:
    """Return an example with an unknown member in one of its objects."""
    event = TOPICS[path.parent.name].event
    fields = json.loads(path.read_bytes())
    found = places(fields, event)
    found[draw % len(found)][name] = value
    return event, json.dumps(fields).encode()


@given(
    st.sampled_from(EXAMPLES), texts.map("x-{}".format), values, st.integers(0, 50), st.booleans()
)
def test_an_event_keeps_the_members_that_nobody_knows(
    path: Path, name: str, value: Any, draw: int, again: bool
) -> None:
    event, written = with_member(path, name, value, draw)
    decoded = decode(event, written)
    if again:
        decoded = decode(event, encode(decoded))
    assert json.loads(encode(decoded)) == json.loads(written)
    assert without_unknown(decoded) == decode(event, path.read_bytes())
    assert str(value) not in repr(decoded) or len(str(value)) < 8


def later(event: Event, **unknown: object) -> bytes:
    return json.dumps({**json.loads(encode(event)), **unknown}).encode()


def test_an_event_of_an_older_version_keeps_them_too() -> None:
    fields = json.loads(later(article(), mood="calm")) | {"schema_version": 1}
    del fields["feed"]
    read_now = decode(Article, json.dumps(fields).encode())
    assert (read_now.schema_version, read_now.model_extra) == (2, {"mood": "calm"})


def test_what_is_wrong_beside_them_is_refused_and_named_alone() -> None:
    with pytest.raises(SchemaError) as error:
        decode(Article, later(article(), mood="calm", title=7))
    assert "title" in str(error.value)
    assert "mood" not in str(error.value)


def test_their_size_is_bounded() -> None:
    kept = decode(Article, later(article(), mood="x" * (UNKNOWN_BYTES - 20)))
    assert unknown_of(kept) == [{"mood": "x" * (UNKNOWN_BYTES - 20)}]
    with pytest.raises(SchemaError, match=f"at most {UNKNOWN_BYTES} are kept"):
        decode(Article, later(article(), mood="x" * UNKNOWN_BYTES))


@pytest.mark.parametrize("written", ["1e400", "NaN", "-Infinity", '{"a": [1e999]}'])
def test_a_number_that_would_not_be_written_again_is_refused(written: str) -> None:
    with pytest.raises(SchemaError, match="cannot express"):
        decode(Article, encode(article())[:-1] + f',"mood":{written}}}'.encode())


def test_null_is_absent_in_them_too() -> None:
    found = decode(Article, later(article(), mood=None, state={"calm": None}))
    assert found.model_extra == {"state": {"calm": None}}
    assert decode(Article, encode(found)) == found


def test_their_number_is_bounded_before_they_are_listed() -> None:
    many = {f"x{number}": number for number in range(MOST_ERRORS + 1)}
    with pytest.raises(SchemaError, match=f"{MOST_ERRORS + 1} members of Article") as error:
        decode(Article, later(article(), **many))
    assert len(str(error.value)) < 100
    many.popitem()
    assert decode(Article, later(article(), **many)).model_extra == many


def test_they_go_on_with_the_article() -> None:
    given_article = decode(Article, later(article(text="Banjir"), mood="calm", text_from=[7]))
    summary = unread(given_article)
    whole = read(given_article, PageText(text="Banjir di Demak. " * 50), summary, lambda _: ())
    for one in (summary, whole):
        assert json.loads(encode(one))["mood"] == "calm"
        assert one.text_from in {"feed", "page"}  # a member that we know is not taken for another
    assert carried(whole, EnrichedArticle) == {"mood": "calm"}
    assert decode(FullArticle, encode(whole)) == whole


def test_they_stay_in_what_people_edit() -> None:
    fields = {"url": "https://kabar.example/rss", "feed_id": "k", "added": format_time(START)}
    # A name may be that of a method.
    value = json.dumps({"schema_version": 3, **fields, "copy": "calm", "access": {"json": "x"}})
    feed = edited(decode(Feed, value.encode()), FeedChanges(tags=("c",)))
    assert (feed.model_extra, feed.tags) == ({"copy": "calm"}, ("c",))
    assert feed.access is not None
    assert feed.access.model_extra == {"json": "x"}


def test_they_stay_in_the_rules_of_a_subscription() -> None:
    rules = Rules.model_validate({"mood": "calm"})
    changed = apply_rules(GivenRules(every="1h"), rules, UTC, START)
    assert (changed.model_extra, changed != rules) == ({"mood": "calm"}, True)


def test_they_stay_in_a_delivery_under_way() -> None:
    planned = decode(Delivery, later(delivery(), mood="calm", _fields_set="x", self="y"))
    kept = Kept.of(planned).delivery()
    assert kept == planned
    assert json.loads(encode(settle(kept, None, START, NotifySettings())))["mood"] == "calm"
    assert Kept.of(delivery()).unknown is None


def test_the_enricher_passes_them_on(tmp_path: Path) -> None:
    store = MemoryStore(FixedClock())
    made = record_for(full("one", text="Banjir"), ARTICLES_FULL, source="test", time=START)
    known = record_for(full("two", text="Banjir"), ARTICLES_FULL, source="test", time=START)
    value = later(decode(FullArticle, made.value or b""), mood="calm", cut="not ours")
    store.log.append([replace(made, value=value), known])
    settings = Settings(data=tmp_path)
    workers = build_workers(store, FixedClock(), settings, only=["enricher", "indexer"])
    while any(worker.step() for worker in workers):
        pass
    records = store.log.consumer([ARTICLES_ENRICHED.name], None).poll(10)
    moods = [json.loads(one.record.value or b"").get("mood") for one in records]
    assert moods == ["calm", None]
    indexed = store.index.get(digest_id("one"))
    assert indexed is not None
    assert (indexed.model_extra or {}, indexed.cut) == ({}, ())
    for worker in workers:
        worker.close()


def test_the_index_gets_what_it_has_fields_for() -> None:
    known = enriched("one", text="banjir")
    found = decode(EnrichedArticle, later(known, mood="banjir", _pantau={"order": 1}))
    assert document(found) == document(known)
    assert article_of(json.loads(document(found))) == known
    assert without_unknown(known) is known


def test_a_secret_in_one_is_not_shown() -> None:
    found = decode(Subscription, later(subscription("s", "banjir"), token="t0psecret"))
    assert "t0psecret" not in f"{found!r} {found}"
    assert "unknown=1" in repr(found)
    assert unknown_of(found) == [{"token": "t0psecret"}]


def test_a_decoded_event_without_unknown_members_is_not_copied() -> None:
    known = decode(EnrichedArticle, encode(enriched("a")))
    assert without_unknown(known) is known


def test_unknown_members_that_a_changed_copy_got_are_found() -> None:
    known = decode(EnrichedArticle, encode(enriched("a")))
    named = Entity.model_validate({"type": "place", "name": "Demak", "mentions": (), "mood": "x"})
    changed = known.model_copy(update={"entities": (named,)})
    assert unknown_of(changed) == [{"mood": "x"}]
    assert without_unknown(changed).entities[0].model_extra in (None, {})
    assert known.model_copy() == known


@pytest.mark.parametrize("tone", [None, "dry"])
@pytest.mark.parametrize("update", [{"polls": 4}, {"polls": 4, "etag": None}, {"mood": "calm"}, {}])
def test_a_changed_copy_is_that_of_pydantic(tone: str | None, update: dict[str, Any]) -> None:
    state = FeedState(feed_id="f", polls=3, title="Kabar")
    known = decode(FeedState, later(state, **({"tone": tone} if tone else {})))
    theirs = BaseModel.model_copy(known, update=update)
    ours = known.model_copy(update=update)
    assert ours == theirs or (theirs.model_extra is None and ours.model_extra == {})
    assert ours.model_dump() == theirs.model_dump()
    assert ours.model_fields_set == theirs.model_fields_set
    assert encode(ours) == encode(theirs)
    assert known.polls == 3
    assert unknown_of(known) == ([{"tone": tone}] if tone else [])
    if update:
        object.__setattr__(ours, "title", "Lain")
        assert known.title == "Kabar"
